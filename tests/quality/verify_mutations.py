"""Ways in which quotes go wrong on their way into a document, and ways in which they may be edited.

Each takes a quote, the pool of all quotes and a chance; it gives the line for the document, or None where
this quote cannot be changed so.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Quote:
    """Rendered words of one person, where they stand, the line they may have, and the original words."""

    text: str
    document_id: str
    turn: int
    case_id: str | None
    line: str
    raw: str
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


Pool = dict[str, list[Quote]]
Change = Callable[[Quote, Pool, random.Random], str | None]
_NEGATION = re.compile(r"(?i)\b(?:not|never|no|nobody|nothing|none|without|nor|neither)\b|n['’]t\b|cannot")
_AUXILIARY = re.compile(
    r"\b(was|were|is|are|did|do|could|would|should|had|has|have|can|will)\b(?! not|n['’]t)"
)


def written(text: str, quote: Quote, line: str | None = None) -> str:
    """As a report has it."""
    return f"> {text}\n> — {quote.line if line is None else line}"


def _sub(pattern: str, replacement: str | Callable[[re.Match[str]], str], *, flags: int = 0) -> Change:
    """One place where the pattern stands, changed."""
    shape = re.compile(pattern, flags)

    def change(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
        # At the very start a change can leave a shorter quote that was said.
        places = [m for m in shape.finditer(quote.text) if m.start() and not _in_mask(quote.text, m.start())]
        if not places:
            return None
        match = chance.choice(places)
        new = replacement(match) if callable(replacement) else match.expand(replacement)
        text = re.sub(r" {2,}", " ", quote.text[: match.start()] + new + quote.text[match.end() :]).strip()
        return written(text, quote) if text.casefold() != quote.text.casefold() else None

    return change


def _in_mask(text: str, at: int) -> bool:
    return text.rfind("[", 0, at + 1) > text.rfind("]", 0, at)


def _words(text: str) -> list[str]:
    return text.split(" ")


def _plain(word: str) -> str:
    return re.sub(r"\W", "", word).casefold()


def _swapped(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    words = _words(quote.text)
    at = [n for n, word in enumerate(words) if word.isalpha() and len(word) > 3]
    other = [w for w in _words(chance.choice(pool["participant"]).text) if w.isalpha() and len(w) > 3]
    if not at or not other:
        return None
    place = chance.choice(at)
    new = chance.choice(other)
    if new.casefold() == words[place].casefold():
        return None
    return written(" ".join([*words[:place], new, *words[place + 1 :]]), quote)


def _dropped(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    words = _words(quote.text)
    inner = [
        n
        for n in range(1, len(words) - 1)
        if words[n].isalpha() and words[n] not in ("um", "er", "erm", "uh")
        and _plain(words[n]) not in (_plain(words[n - 1]), _plain(words[n + 1]))
    ]  # fmt: skip
    if not inner:
        return None
    place = chance.choice(inner)
    return written(" ".join(words[:place] + words[place + 1 :]), quote)


def _added(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    words = _words(quote.text)
    place = chance.randrange(1, len(words))
    return written(
        " ".join([*words[:place], chance.choice(["really", "always", "the", "often"]), *words[place:]]), quote
    )


def _reordered(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    words = _words(quote.text)
    places = [n for n in range(len(words) - 1) if words[n].isalpha() and words[n + 1].isalpha()
              and words[n].casefold() != words[n + 1].casefold()]  # fmt: skip
    if not places:
        return None
    n = chance.choice(places)
    words[n], words[n + 1] = words[n + 1], words[n]
    return written(" ".join(words), quote)


def _spliced(quote: Quote, pool: Pool, chance: random.Random, *, same: bool) -> str | None:
    others = [
        one
        for one in pool["participant"]
        if (one.document_id == quote.document_id) == same
        and (one.case_id == quote.case_id) == same
        and (not same or one.turn > quote.turn)
    ]
    if not others:
        return None
    one, other = _words(quote.text), _words(chance.choice(others).text)
    return written(" ".join(one[: max(4, len(one) // 2)] + other[-max(4, len(other) // 2) :]), quote)


def _another(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    others = [one.case_id for one in pool["participant"] if one.case_id != quote.case_id]
    return written(quote.text, quote, chance.choice(others)) if others else None


def _interviewer(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    return written(quote.text, quote, "a participant")


def _as_it_is(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    return written(quote.text, quote)


def _hidden_not(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    match = re.search(r"(?<=\w )(?:not|never) (?=\w)", quote.text)
    return (
        written(quote.text[: match.start()] + "[...] " + quote.text[match.end() :], quote) if match else None
    )


def _bracketed_not(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    match = re.search(r"(?<=\w )(?:not|never)(?= \w)", quote.text)
    return (
        written(quote.text[: match.start()] + "[really]" + quote.text[match.end() :], quote)
        if match
        else None
    )


def _invented(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    words = [word for _ in range(4) for word in _words(chance.choice(pool["participant"]).text)[:4]]
    chance.shuffle(words)
    return written(" ".join(words), quote)


def _other_mask(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    match = re.search(r"\[(Person|Place|Organisation) (\d+)\]", quote.text)
    if not match:
        return None
    new = f"[{match[1]} {int(match[2]) + 1}]"
    return written(quote.text[: match.start()] + new + quote.text[match.end() :], quote)


def _left_out_silently(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    words = _words(quote.text)
    if len(words) < 20:
        return None
    start = chance.randrange(5, len(words) - 12)
    return written(" ".join(words[:start] + words[start + 6 :]), quote)


def _leaked(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    """Typed from the raw transcript, names and all."""
    if not re.search(r"\[(?:Person|Place|Organisation) \d+\]", quote.text) or "\n" in quote.raw:
        return None
    return written(quote.raw, quote)


_TENSES = {"was": "is", "is": "was", "were": "are", "are": "were", "had": "have", "have": "had",
           "did": "do", "went": "go", "said": "say", "felt": "feel", "got": "get"}  # fmt: skip
_NUMBERS = {"one": "two", "two": "three", "three": "four", "four": "five", "five": "six", "six": "seven",
            "seven": "eight", "eight": "nine", "nine": "ten", "ten": "twelve", "twenty": "thirty",
            "thirty": "forty", "forty": "fifty", "hundred": "thousand"}  # fmt: skip
_PERSONS = {"I": "they", "we": "they", "they": "we", "my": "their", "he": "she", "she": "he", "you": "they"}
_MODALS = {"could": "would", "would": "should", "might": "will", "will": "might", "should": "could",
           "can": "must", "must": "can"}  # fmt: skip


def _one_of(table: dict[str, str], *, flags: int = re.IGNORECASE) -> Change:
    def other(match: re.Match[str]) -> str:
        word = match[0]
        new = table.get(word, table.get(word.lower(), word))
        return new.capitalize() if word[:1].isupper() and word != "I" else new

    return _sub(r"(?<![\w'’-])(?:" + "|".join(table) + r")(?![\w'’-])", other, flags=flags)


def _negated(match: re.Match[str]) -> str:
    return {"can": "can't", "will": "won't"}.get(match[1], f"{match[1]}n't")


HARMFUL: dict[str, Change] = {
    "one word swapped": _swapped,
    "one word dropped": _dropped,
    "one word added": _added,
    "not dropped": _sub(r"\b(?:not|never) ", ""),
    "n't dropped": _sub(r"\b(was|were|is|are|did|do|does|could|would|should|had|has|have)n['’]t\b", r"\1"),
    "not added": _sub(_AUXILIARY.pattern, r"\1 not"),
    "negated auxiliary": _sub(_AUXILIARY.pattern, _negated),
    "number changed": _one_of(_NUMBERS),
    "digits changed": _sub(r"\b\d+\b", lambda match: str(int(match[0]) + 1)),
    "words reordered": _reordered,
    "singular or plural": _sub(r"\b([a-z]{3,}[a-rt-z])s\b", r"\1"),
    "tense": _one_of(_TENSES),
    "intensifier dropped": _sub(
        r"\b(?:very|really|so|quite|always|just|too|all|absolutely|completely) (?=\w)", ""
    ),
    "hedge dropped": _sub(
        r"\b(?:I think|I suppose|maybe|probably|sort of|kind of|I guess),? ", "", flags=re.I
    ),
    "person changed": _one_of(_PERSONS, flags=0),
    "modal changed": _one_of(_MODALS),
    "spliced, two people": lambda q, p, c: _spliced(q, p, c, same=False),
    "spliced, one person": lambda q, p, c: _spliced(q, p, c, same=True),
    "words left out silently": _left_out_silently,
    "another person's": _another,
    "interviewer's words": _interviewer,
    "no consent": _as_it_is,
    "[...] hides a not": _hidden_not,
    "[word] for a not": _bracketed_not,
    "another mask": _other_mask,
    "statement made a question": _sub(r"(?<=\w)\.(?= [A-Z])", "?"),
    "masked words typed out": _leaked,
    "invented": _invented,
}


def _omitted(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    """[...] for words without a not."""
    words = _words(quote.text)
    if len(words) < 14:
        return None
    start = chance.randrange(3, len(words) - 7)
    length = chance.randrange(2, 5)
    gone = " ".join(words[start : start + length])
    if _NEGATION.search(gone) or "[" in gone or "]" in gone:
        return None
    sign = chance.choice(["[...]", "[…]", "…", "..."])
    return written(" ".join([*words[:start], sign, *words[start + length :]]), quote)


def _sentence_omitted(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    if len(quote.after) < 2:
        return None
    return written(f"{quote.text} [...] {quote.after[1]}", quote)


def _curly(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    if not re.search(r"['\"’“]| - |–", quote.text):
        return None
    text = quote.text.replace("'", "’") if "'" in quote.text else quote.text.replace("’", "'")
    text = re.sub(r'"([^"]*)"', r"‘\1’", text).replace(" - ", " — ").replace("–", "—")
    return written(text, quote)


def _spaced(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    return written(re.sub(r" ", lambda found: chance.choice([" ", "  ", "\xa0", " "]), quote.text), quote)


def _raw(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    if quote.raw == quote.text or "[" in quote.text or len(quote.raw) > 2 * len(quote.text):
        return None
    return written(" ".join(quote.raw.split()), quote)


def _fillers(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    """Fillers that a person takes out by hand."""
    raw = " ".join(quote.raw.split())
    text = re.sub(r"(?i),? ?\b(?:um|uh|er|erm|hmm|mm)\b,?(?= )", "", raw).strip()
    if text == raw or "[" in quote.text or not text:
        return None
    return written(text, quote)


def _clarified(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    match = re.search(r"(?<=\w )(?:it|she|he|they|them|him|her|this)(?=[ .,])", quote.text)
    if not match:
        return None
    return written(quote.text[: match.start()] + "[my manager]" + quote.text[match.end() :], quote)


def _remasked(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    text = re.sub(r"\[Person \d+\]", "[a colleague]", quote.text)
    text = re.sub(r"\[Place \d+\]", "[a town]", text)
    text = re.sub(r"\[Organisation \d+\]", "[the council]", text)
    return written(text, quote) if text != quote.text else None


def _from_the_middle(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    """Begun after a comma, with a capital."""
    _, comma, rest = quote.text.partition(", ")
    if not comma or len(rest.split()) < 6 or not rest[:1].islower():
        return None
    new = chance.choice([f"[{rest[0].upper()}]{rest[1:]}", rest[0].upper() + rest[1:], f"... {rest}"])
    return written(new, quote)


def _in_text(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    """In quotation marks in a sentence, with the comma of American typesetters."""
    if re.search(r"[\"“”?]", quote.text) or not quote.text.endswith("."):
        return None
    return f"One said, “{quote.text[:-1]},” and others nodded."


def _two_paragraphs(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    if not quote.after or re.search(r"[\"“”]", quote.text + quote.after[0]):
        return None
    return f"“{quote.text}\n\n“{quote.after[0]}”\n\n— {quote.line}"


FAIR: dict[str, Change] = {
    "verbatim": _as_it_is,
    "with the person's id": lambda q, p, c: written(q.text, q, q.case_id),
    "words left out, marked": _omitted,
    "a sentence left out, marked": _sentence_omitted,
    "curly marks and dashes": _curly,
    "white space": _spaced,
    "from the raw transcript": _raw,
    "fillers taken out": _fillers,
    "[my manager] for she": _clarified,
    "masks reworded": _remasked,
    "capital at the start": _from_the_middle,
    "in a sentence": _in_text,
    "over two paragraphs": _two_paragraphs,
    "no end mark": lambda q, p, c: written(q.text.rstrip(".!") + "...", q) if q.text[-1:] in ".!" else None,
    "without its line": lambda q, p, c: f"> {q.text}",
    "straight marks around": lambda q, p, c: (
        f'"{q.text}" ({q.line})' if not re.search(r"[\"“”]", q.text) else None
    ),
}
