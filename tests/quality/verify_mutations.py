"""Ways in which quotes go wrong on their way into a document (see verify_written)."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from verify_written import Change, Pool, Quote, as_it_is, words_of, written

_AUXILIARY = re.compile(
    r"\b(was|were|is|are|did|do|could|would|should|had|has|have|can|will)\b(?! not|n['’]t)"
)


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


def _plain(word: str) -> str:
    return re.sub(r"\W", "", word).casefold()


def _swapped(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    words = words_of(quote.text)
    at = [n for n, word in enumerate(words) if word.isalpha() and len(word) > 3]
    other = [w for w in words_of(chance.choice(pool["participant"]).text) if w.isalpha() and len(w) > 3]
    if not at or not other:
        return None
    place = chance.choice(at)
    new = chance.choice(other)
    if new.casefold() == words[place].casefold():
        return None
    return written(" ".join([*words[:place], new, *words[place + 1 :]]), quote)


def _dropped(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    words = words_of(quote.text)
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
    words = words_of(quote.text)
    place = chance.randrange(1, len(words))
    return written(
        " ".join([*words[:place], chance.choice(["really", "always", "the", "often"]), *words[place:]]), quote
    )


def _reordered(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    words = words_of(quote.text)
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
    one, other = words_of(quote.text), words_of(chance.choice(others).text)
    return written(" ".join(one[: max(4, len(one) // 2)] + other[-max(4, len(other) // 2) :]), quote)


def _another(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    others = [one.case_id for one in pool["participant"] if one.case_id != quote.case_id]
    return written(quote.text, quote, chance.choice(others)) if others else None


def _interviewer(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    return written(quote.text, quote, "a participant")


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
    words = [word for _ in range(4) for word in words_of(chance.choice(pool["participant"]).text)[:4]]
    chance.shuffle(words)
    return written(" ".join(words), quote)


def _other_mask(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    match = re.search(r"\[(Person|Place|Organisation) (\d+)\]", quote.text)
    if not match:
        return None
    new = f"[{match[1]} {int(match[2]) + 1}]"
    return written(quote.text[: match.start()] + new + quote.text[match.end() :], quote)


def _left_out_silently(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    words = words_of(quote.text)
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
    "no consent": as_it_is,
    "[...] hides a not": _hidden_not,
    "[word] for a not": _bracketed_not,
    "another mask": _other_mask,
    "statement made a question": _sub(r"(?<=\w)\.(?= [A-Z])", "?"),
    "masked words typed out": _leaked,
    "invented": _invented,
}
