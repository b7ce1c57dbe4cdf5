"""Ways in which quotes may be edited, and stay what was said (see verify_written)."""

from __future__ import annotations

import random
import re

from verify_written import NEGATION, Change, Pool, Quote, as_it_is, words_of, written


def _omitted(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    """[...] for words without a not."""
    words = words_of(quote.text)
    if len(words) < 14:
        return None
    start = chance.randrange(3, len(words) - 7)
    length = chance.randrange(2, 5)
    gone = " ".join(words[start : start + length])
    if NEGATION.search(gone) or "[" in gone or "]" in gone:
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
    "verbatim": as_it_is,
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
