"""What an embedder takes for unrelated: the measure by which texts count as alike.

Cosines mean different things with different embedders. Sentences and words that have nothing to do with
each other give the common direction, which is taken off, and how near two texts come by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Vectors]

# Told where it was said, "It was the volume" is understood better: of the sentences in usual-reasons.txt four
# in a hundred more are nearest to their own reason, with this opening as with a dozen others.
IN_A_JOB = "In my job, "
_CHANCE = 0.99
_SHORT = 3  # words
_LEAST_ALIKE = 0.08


@dataclass(frozen=True)
class Measure:
    """What is common to all texts (`mean`) and to very short ones, and what counts as near.

    `alike`: the cosine that one in a hundred pairs of unrelated texts reaches once the common is taken off.
    `setting`: words that stand before each text when it is read.
    """

    mean: Vectors = field(repr=False)
    mean_of_short: Vectors = field(repr=False)
    alike: float
    setting: str = ""

    def of(self, texts: Sequence[str], embed: Embed) -> Vectors:
        """A centred row for each text, read in the setting."""
        return self.centred(read_in(self.setting, texts, embed), texts)

    def centred(self, vectors: Vectors, texts: Sequence[str]) -> Vectors:
        """Rows of length 1 without the common direction; a row without anything of its own stays zero.

        "Pay." and "Parking." are alike in being a single word; that direction is taken off these too.
        """
        return self.without_common(vectors, shortness(texts))

    def without_common(self, vectors: Vectors, short: Vectors) -> Vectors:
        """The same; short: whether each text is a word or two."""
        import numpy as np

        return _unit(vectors - np.where(short[:, None], self.mean_of_short, self.mean))


def measure(embed: Embed, chat: Sequence[str] = (), *, setting: str = "") -> Measure:
    """The measure of an embedder, from the background and from what people said of other things (`chat`).

    With chat of the same interviews, words that everybody there uses ("families") bring nothing together.
    """
    import numpy as np

    vectors = read_in(setting, [*SENTENCES, *WORDS, *chat], embed)
    words = vectors[len(SENTENCES) : len(SENTENCES) + len(WORDS)]
    said = vectors[len(SENTENCES) + len(WORDS) :] if len(chat) else vectors[: len(SENTENCES)]
    mean = said.mean(axis=0)
    rows = _unit(said - mean)
    pairs = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    alike = max(_LEAST_ALIKE, float(np.quantile(pairs, _CHANCE)))
    return Measure(mean, words.mean(axis=0), alike, setting)


def read_in(setting: str, texts: Sequence[str], embed: Embed) -> Vectors:
    """A row for each text, read with the words of the setting before it."""
    import numpy as np

    # Of a word or two the setting would be the greater part.
    told = [text if _is_short(text) else setting + text for text in texts]
    return np.asarray(embed(told), dtype=np.float64)


def shortness(texts: Sequence[str]) -> Vectors:
    """Whether each text is a word or two."""
    import numpy as np

    return np.array([_is_short(text) for text in texts], dtype=bool)


def _is_short(text: str) -> bool:
    return len(text.split()) <= _SHORT


def _unit(rows: Vectors) -> Vectors:
    import numpy as np

    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(length > 1e-9, length, 1.0)


SENTENCES: tuple[str, ...] = (
    "The ferry to the island runs twice a day.",
    "She painted the kitchen yellow last spring.",
    "I have never understood the offside rule.",
    "There were swallows nesting under the bridge.",
    "He repairs violins in a shed behind the house.",
    "The supermarket moved the bread again.",
    "My cousin is a bell-ringer.",
    "We used to have a caravan by a lake.",
    "The film was too long and the seats were hard.",
    "I keep a list of words I like.",
    "Our neighbours grow enormous marrows.",
    "It was the hottest day for ten years.",
    "The library has a new self-service machine.",
    "Somebody left a glove on the railings.",
    "I can't whistle, I never could.",
    "He wrote a letter to the newspaper about pigeons.",
    "They sell second-hand bicycles in the old church.",
    "The recipe said two eggs but I only had one.",
    "My aunt won a ham in a raffle.",
    "There was a brass plate on the door with no name on it.",
    "We saw a seal from the harbour wall.",
    "The bus shelter was painted by the school.",
    "I was named after a singer my dad liked.",
    "She collects maps of places that don't exist.",
    "The moon was very bright that night.",
    "A parrot escaped and sat in the chestnut tree.",
    "I prefer tea in a glass.",
    "The tailor on the corner closed after forty years.",
    "Nobody knew how to fold the tent again.",
    "We played cards until the candle went out.",
    "The river floods that field every winter.",
    "I found a coin from 1912 in the garden.",
    "My glasses steam up when I open the oven.",
    "He can say the alphabet backwards.",
    "They built a snowman in front of the bank.",
    "The orchestra was tuning when we sat down.",
    "I once slept through an earthquake.",
    "She had a laugh you could hear in the next street.",
    "The wallpaper had little sailing boats on it.",
    "There is a shop that only sells buttons.",
    "I voted for the first time that May.",
    "Our tortoise is older than my mother.",
    "The zip on my coat broke in the rain.",
    "He taught himself Polish from a cookery book.",
    "The carnival comes through on the last Sunday of August.",
    "I like the smell of cut grass.",
    "We had lentil soup and a very sharp cheese.",
    "The statue in the square has lost its nose.",
    "Her handwriting slopes to the left.",
    "They found a Roman coin under the cinema.",
    "The goalkeeper saved two penalties.",
    "I have three brothers and a sister.",
    "The soap smelt of lavender.",
    "We took the wrong path and ended up in a quarry.",
    "My tooth came out on a toffee.",
    "The wind took the roof off the greenhouse.",
    "He keeps bees on top of the theatre.",
    "I dreamt about a staircase.",
    "The last tram ran in 1953.",
    "She ran the marathon dressed as a teapot.",
)

WORDS: tuple[str, ...] = (
    "Curtains.",
    "Football.",
    "Tuesday.",
    "Mushrooms.",
    "Thunder.",
    "Pyjamas.",
    "Geography.",
    "Trombone.",
    "Cheese.",
    "Velvet.",
    "Volcano.",
    "Scissors.",
    "Holidays.",
    "Carpet.",
    "Giraffe.",
    "Opera.",
    "Pepper.",
    "Lighthouse.",
    "Yoghurt.",
    "Chess.",
    "Tractor.",
    "Eclipse.",
    "Slippers.",
    "Bamboo.",
    "Umbrella.",
    "Parliament.",
    "Raspberries.",
    "Gravel.",
    "Ballet.",
    "Sandpaper.",
    "Penguins.",
    "A long staircase.",
    "The weather.",
    "My bicycle.",
    "Old photographs.",
    "The second floor.",
    "Blue paint.",
    "A good film.",
    "The telephone.",
    "Garden furniture.",
    "Two oranges.",
    "The crossword.",
    "Winter coats.",
)
