"""Text to token numbers, the way BERT's uncased models read English: WordPiece over a `vocab.txt`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import regex

LONGEST_WORD = 100  # characters; a longer run without a space is one unknown token, as in the reference
WORDS_REMEMBERED = 50_000

_CJK = (
    r"\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U0002A6DF\U0002A700-\U0002CEAF"
    r"\U0002F800-\U0002FA1F"
)
_ALONE = r"\p{P}$+<=>^`|~" + _CJK  # ASCII symbols count as punctuation, other symbols stay in their word
_WORDS = regex.compile(rf"[{_ALONE}]|[^\s{_ALONE}]+")
_UNSEEN = regex.compile(r"[[\p{Cc}\p{Cf}\p{Co}\uFFFD]--[\t\n\r]]", regex.V1)
_MARKS = regex.compile(r"\p{Mn}+")


class WordPiece:
    """The tokenizer of one vocabulary.

    `vocabulary` holds one piece per place, in order, and must hold [CLS], [SEP] and [UNK]. `limit` is the
    greatest number of tokens of a text, with [CLS] and [SEP]; what is beyond it is cut off.
    Source: Devlin et al. 2019, `BertTokenizer` with `do_lower_case`.
    """

    def __init__(self, vocabulary: Sequence[str], *, limit: int = 256) -> None:
        self._ids = {piece: place for place, piece in enumerate(vocabulary)}
        self._first, self._last, self._unknown = (self._ids[one] for one in ("[CLS]", "[SEP]", "[UNK]"))
        self._limit = limit
        self._pieces = lru_cache(maxsize=WORDS_REMEMBERED)(self._split)

    def ids(self, text: str) -> list[int]:
        """The token numbers of a text, between [CLS] and [SEP], at most `limit` of them."""
        room = self._limit - 2
        return [self._first, *self._inner(text, room)[:room], self._last]

    def is_cut(self, text: str) -> bool:
        """True when the text has more tokens than `limit`, so that its end is not read."""
        room = self._limit - 2
        return len(self._inner(text, room)) > room

    def _inner(self, text: str, room: int) -> list[int]:
        found: list[int] = []
        for word in words(text):
            found.extend(self._pieces(word))
            if len(found) > room:
                break
        return found

    def _split(self, word: str) -> tuple[int, ...]:
        """The longest piece of the vocabulary that the word begins with, then the same for the rest."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        pieces: list[int] = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if mark + word[start:end] in self._ids), None)
            if end is None:
                return (self._unknown,)
            pieces.append(self._ids[mark + word[start:end]])
            start = end
        return tuple(pieces)


def words(text: str) -> list[str]:
    """The words of a text: lower case, without accents, each punctuation mark and Chinese character alone."""
    text = _UNSEEN.sub("", text)
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFD", text))
    # one letter at a time there is no final sigma; the reference lowers so
    found: list[str] = _WORDS.findall(text.replace("Σ", "σ").lower())
    return found
