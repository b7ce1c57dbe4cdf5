"""Which changes to a quote are fair: what may be left out, replaced or written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from feedback.edits.text.words import word_set
from feedback.masks import INSIDE
from feedback.quotes.verify.align import Step, Way
from feedback.quotes.verify.words import Element, Token, words_in

_NEGATIONS = word_set(
    "not no never nobody nothing none neither nor nowhere without cannot hardly barely scarcely rarely "
    "seldom cant wont dont didnt wasnt isnt arent doesnt couldnt wouldnt shouldnt havent hasnt hadnt"
)
_CLAUSE = word_set("and but because so then although though while which who when if")
_END = re.compile(r"[.!?;:,—–()]|\s-\s")
_DIGITS = re.compile(r"\d+")
_REACH, _LOOK_BACK, _FEW, _LONG = 6, 3, 3, 4
_QUOTES = str.maketrans({c: '"' for c in "“”„«»″"} | {c: "'" for c in "‘’‚ʼ′`´"} | {c: "-" for c in "‐‑‒–—―"})
_HEDGES = word_set("if unless maybe perhaps probably suppose guess think almost nearly wish hope")
_COMMENTS = frozenset("sic laughs laughter crying emphasis added pause original sighs".split())


@dataclass(slots=True)
class Judged:
    """What a fair reader makes of a quote whose words all stand in the original.

    `edits`: changes within the policy; `faults`: changes that alter what was said; `notes`: to be looked at;
    `leaks`: it holds words that the project masks.
    """

    edits: dict[str, None] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    leaks: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The tokens that a quote was found among, the original text, and where in it the last turn ends."""

    tokens: Sequence[Token]
    text: str
    end: int

    def between(self, one: int, other: int) -> str:
        """The original characters between two tokens."""
        return self.text[self.tokens[one].end : self.tokens[other].start]

    def words(self, start: int, end: int) -> list[int]:
        """The places of real words among tokens [start, end): no fillers, no ends of turns."""
        return [
            at for at in range(start, end) if not self.tokens[at].optional and not self.tokens[at].end_turn
        ]


def is_negation(word: str) -> bool:
    """Whether a word as it is compared turns round what is said."""
    return word in _NEGATIONS or word.endswith("n't")


def judged(elements: Sequence[Element], way: Way, source: Source) -> Judged:
    """Judges a quote by the way on which all its words were found.

    Fair are [...] and … for what is left out in order, [a word] for a mask or a clarification, a capital or
    small letter at the start, other quotation marks, dashes and punctuation, and fillers left out. Not fair:
    to leave out or replace a "not" that what remains depended on, another number, another mask, a question
    made a statement or the reverse.
    """
    found = Judged()
    for step in way.steps:
        if step.act == "gap":
            _gap(step, elements, source, found)
        elif step.act == "bracket":
            _bracket(elements[step.first], step, source, found)
        elif step.act in ("same", "joined", "parted"):
            found.leaks |= any(source.tokens[at].mask for at in range(step.start, step.end))
            if step.act != "same":
                found.edits["hyphen"] = None
        elif step.act == "passed":
            token = source.tokens[step.start]
            if token.end_turn:
                found.edits["goes on after the interviewer's “mm”"] = None
    _spelling(elements, way, source, found)
    _start(elements, way, source, found)
    return found


def _gap(step: Step, elements: Sequence[Element], source: Source, found: Judged) -> None:
    left_out = source.words(step.start, step.end)
    inner = step.first > 0 and step.last < len(elements)
    if not left_out or not inner:
        return
    if all(source.tokens[at].unheard for at in left_out):
        return
    found.edits["words left out, marked"] = None
    if any(source.tokens[at].end_turn for at in range(step.start, step.end)):
        found.notes.append("put together from more than one answer")
    for at in reversed(left_out):
        if is_negation(source.tokens[at].norm):
            if _governs(at, step.end, left_out, source):
                found.faults.append("the words left out hold a “not” that turns round what follows")
            return


def _governs(negation: int, kept: int, left_out: Sequence[int], source: Source) -> bool:
    """Whether nothing ends the clause between a negation that is left out and the next word that is kept."""
    if kept < len(source.tokens) and (len(left_out) <= _FEW or negation == left_out[-1]):
        return not _END.search(source.between(negation, kept))
    after = [at for at in left_out if at > negation]
    if len(after) > _REACH or kept >= len(source.tokens):
        return False
    closed = any(source.tokens[at].norm in _CLAUSE or source.tokens[at].end_turn for at in (*after, kept))
    return not closed and not _END.search(source.between(negation, kept))


def _bracket(element: Element, step: Step, source: Source, found: Judged) -> None:
    places = source.words(step.start, step.end)
    taken = [source.tokens[at] for at in places]
    said = words_in(element.text)
    masks = list(dict.fromkeys(one.mask for one in taken if one.mask))
    if [one.norm for one in taken] == said and not masks:
        return  # the original's own brackets
    norms = " ".join(one.norm for one in taken)
    if len(said) >= _LONG and " ".join(said) in norms:
        found.faults.append("words beside what is in brackets are left out without a sign")
    if masks and f"[{element.text}]" in masks and len(masks) == 1 and all(one.mask for one in taken):
        return  # as everybody sees it
    if all(one.unheard for one in taken) and taken:
        return
    label = INSIDE.fullmatch(element.text)
    if label and masks and f"[{element.text}]" not in masks:
        found.faults.append(f"[{element.text}] stands where the project has {masks[0]}")
    if masks and label and not all(one.mask for one in taken):
        found.faults.append(f"words beside {masks[0]} are left out without a sign")
    turned = {one.norm for one in taken if is_negation(one.norm)}
    if turned and not any(map(is_negation, said)):
        found.faults.append("a “not” was replaced by what is in brackets")
    if not turned and any(map(is_negation, said)) and not set(said) <= _COMMENTS:
        found.faults.append("what is in brackets adds a “not”")
    numbers = set(_DIGITS.findall(" ".join(one.norm for one in taken if not one.mask)))
    given = set(_DIGITS.findall(element.text)) if not label else set()
    if numbers and given and numbers != given:
        found.faults.append("another number stands in brackets")
    found.edits["a mask or clarification in brackets" if taken else "a remark in brackets"] = None


def _spelling(elements: Sequence[Element], way: Way, source: Source, found: Judged) -> None:
    """Capitals, quotation marks, dashes, punctuation and question marks."""
    same = [step for step in way.steps if step.act == "same"]
    for number, step in enumerate(same):
        element, token = elements[step.first], source.tokens[step.start]
        said = source.text[token.start : token.end].translate(_QUOTES)
        quoted = element.text.translate(_QUOTES)
        if said != quoted:
            first = step.first == 0 or (number and same[number - 1].start + 1 < step.start)
            found.edits["capital or small letter at the start" if first else "capitals"] = None
        elif element.text != source.text[token.start : token.end]:
            found.edits["quotation marks and dashes"] = None
        following = same[number + 1] if number + 1 < len(same) else None
        if following is None:
            _last_mark(element, step, elements, source, found)
        elif following.start == step.start + 1 and following.first == step.first + 1:
            _marks(element.after, source.between(step.start, following.start), found)


def _marks(quoted: str, said: str, found: Judged) -> None:
    if ("?" in quoted) != ("?" in said):
        found.faults.append("a question mark was " + ("added" if "?" in quoted else "taken away"))
    one, other = (re.sub(r"\s+", " ", text.replace("…", "...")).strip() for text in (quoted, said))
    if one == other:
        return
    if re.sub(r"\s", "", one.translate(_QUOTES)) == re.sub(r"\s", "", other.translate(_QUOTES)):
        found.edits["quotation marks and dashes"] = None
    else:
        found.edits["punctuation"] = None


def _last_mark(
    element: Element, step: Step, elements: Sequence[Element], source: Source, found: Judged
) -> None:
    """A quote may end before its sentence does; but what it ends with may not make it a question."""
    if step.last < len(elements):
        return
    rest = range(step.end, len(source.tokens))
    following = next(
        (at for at in rest if source.tokens[at].end_turn or not source.tokens[at].optional), None
    )
    end = source.end if following is None else source.tokens[following].start
    said = source.text[source.tokens[step.start].end : end]
    asked, stated = "?" in element.after, "." in element.after
    if "?" in said and stated:
        found.faults.append("a question mark was taken away")
    if asked and "?" not in said and re.match(r"\W*[.!]", said):
        found.faults.append("a question mark was added")


def _start(elements: Sequence[Element], way: Way, source: Source, found: Judged) -> None:
    """A quote that begins right after a "not" in its sentence."""
    first = next((step for step in way.steps if step.act == "same"), None)
    if first is None or first.first > 0:
        return
    word, token = elements[0].text, source.tokens[first.start]
    raised = word[:1].isupper() and source.text[token.start : token.start + 1].islower()
    for at in _before(first.start, source):
        before = source.tokens[at].norm
        if is_negation(before) and raised:
            found.faults.append("it is cut so that the “not” before it is lost")
            return
        if is_negation(before) or before in _HEDGES:
            found.notes.append(f"it begins right after “{before}”: read the sentence around it")
            return


def _before(place: int, source: Source) -> Iterator[int]:
    """The words of the same clause right before a token, nearest first."""
    seen = 0
    for at in range(place - 1, -1, -1):
        token = source.tokens[at]
        if token.end_turn or _END.search(source.between(at, at + 1)) or seen == _LOOK_BACK:
            return
        if token.norm in _CLAUSE:
            if token.norm in _HEDGES:
                yield at
            return
        if not token.optional:
            seen += 1
            yield at
