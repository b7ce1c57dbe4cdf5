"""Tags by the phrases of the theme list: exact, quick, and every hit can say which phrase it was."""

from __future__ import annotations

import re
import struct
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any

from feedback.codebook import Codebook, Theme
from feedback.codebook.check import Finding
from feedback.codebook.phrases import PhraseError, anchors, pattern
from feedback.errors import FeedbackError
from feedback.masks import MASK
from feedback.tagging.memory import current, digest_of

_FEW = 60
_NUMBERS = "<iiii"
_TOKEN = re.compile(r"\w+")


class SlowPhrase(UserWarning):
    """A phrase took too long on some text; all its hits were left out."""


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A phrase of a theme found in texts[row][start:end]."""

    row: int
    theme_id: str
    start: int
    end: int
    phrase: str


@dataclass(frozen=True, slots=True, eq=False)
class _Matcher:
    theme: int
    phrase: str
    compiled: Any = field(repr=False)
    excludes: bool = False

    def spans(self, text: str, timeout_s: float) -> list[tuple[int, int]]:
        found = self.compiled.finditer(text, timeout=timeout_s)
        return [match.span() for match in found if match.end() > match.start()]


def rule_hits(texts: Sequence[str], codebook: Codebook, *, timeout_s: float = 1.0) -> list[Hit]:
    """Where the theme list's phrases stand in the texts, sorted; hits of one theme do not overlap.

    Of overlapping phrases of one theme the longest counts; a hit that overlaps one of the theme's `not`
    phrases does not. A phrase that takes longer than `timeout_s` on one text is left out altogether, with a
    SlowPhrase warning. Raises FeedbackError for a phrase that cannot be read.
    """
    said = digest_of(*texts).hex()
    digests = {
        theme.id: digest_of("rules", said, timeout_s, *theme.phrases, "", *theme.not_) for theme in codebook
    }
    memory = current()
    known = {theme_id: memory.find(digest) for theme_id, digest in digests.items()}
    found = [hit for theme in codebook for hit in _unpacked(known[theme.id] or b"", theme)]
    missing = Codebook(tuple(theme for theme in codebook if known[theme.id] is None), codebook.source)
    hits, slow = _searched(texts, missing, timeout_s)
    for theme_id, phrase in sorted(slow):
        message = (
            f"the phrase '{phrase}' of '{theme_id}' took over {timeout_s:g} s on one text and was left out"
        )
        warnings.warn(message, SlowPhrase, stacklevel=2)
    # What was slow today may be quick tomorrow, so it is not remembered.
    of: dict[str, list[Hit]] = {theme_id: [] for theme_id in missing.ids}
    for hit in hits:
        of[hit.theme_id].append(hit)
    for theme in missing:
        if not any(theme_id == theme.id for theme_id, _ in slow):
            memory.keep(digests[theme.id], _packed(of[theme.id], theme))
    return sorted([*found, *hits])


def _searched(
    texts: Sequence[str], codebook: Codebook, timeout_s: float
) -> tuple[list[Hit], set[tuple[str, str]]]:
    """All hits, and the theme and phrase of those that took too long, whose hits are left out."""
    search = _Search(codebook, timeout_s)
    hits = [hit for row in search.rows(texts) for hit in search.hits(row, texts[row])]
    slow = {(codebook.themes[matcher.theme].id, matcher.phrase) for matcher in search.slow}
    return [hit for hit in hits if (hit.theme_id, hit.phrase) not in slow], slow


def _packed(hits: Sequence[Hit], theme: Theme) -> bytes:
    """Hits of one theme as numbers: row, start, end, and which of its phrases."""
    which = {phrase: at for at, phrase in enumerate(theme.phrases)}
    return b"".join(struct.pack(_NUMBERS, hit.row, hit.start, hit.end, which[hit.phrase]) for hit in hits)


def _unpacked(packed: bytes, theme: Theme) -> Iterator[Hit]:
    for row, start, end, which in struct.iter_unpack(_NUMBERS, packed):
        yield Hit(row, theme.id, start, end, theme.phrases[which])


def try_phrase(phrase: str, texts: Sequence[str], *, timeout_s: float = 1.0) -> list[Hit]:
    """What one phrase would find, before it goes into the list; the hits' theme_id is "try"."""
    codebook = Codebook((Theme("try", "Try", phrases=(phrase,)),), source="the phrase")
    return rule_hits(texts, codebook, timeout_s=timeout_s)


def check_examples(codebook: Codebook) -> list[Finding]:
    """Examples that no phrase of their theme finds, and counter-examples that one does.

    Themes without phrases are left to tagging by meaning. A theme's examples may be found by the phrases of
    themes below it.
    """
    findings = []
    for theme in codebook:
        family = tuple(t for t in codebook if t.id == theme.id or t.id.startswith(f"{theme.id}/"))
        if not any(member.phrases for member in family):
            continue
        texts = (*theme.examples, *theme.counter_examples)
        found = {hit.row: hit for hit in rule_hits(texts, Codebook(family, codebook.source))}
        for row, text in enumerate(texts):
            wanted = row < len(theme.examples)
            if wanted and row not in found:
                message = f"no phrase of '{theme.id}' finds its example '{text}'"
                findings.append(Finding(theme.id, theme.line, "warning", message))
            if not wanted and row in found:
                message = (
                    f"the phrase '{found[row].phrase}' of '{theme.id}' finds its counter-example '{text}'"
                )
                findings.append(Finding(theme.id, theme.line, "error", message))
    return findings


class _Search:
    """The phrases of a codebook, ready to run, with an index of the words that call for each.

    A text's words are looked up by their beginnings, so that an expression runs only on texts that hold a
    word it needs: on short answers all but a few in a hundred runs are saved.
    """

    def __init__(self, codebook: Codebook, timeout_s: float) -> None:
        self.codebook = codebook
        self.timeout_s = timeout_s
        self.slow: set[_Matcher] = set()
        self._always: list[_Matcher] = []
        self._by_beginning: dict[str, list[_Matcher]] = {}
        self._called: dict[str, tuple[_Matcher, ...]] = {}
        self._excluders: dict[int, list[_Matcher]] = {}
        for at, theme in enumerate(codebook):
            self._excluders[at] = [_matcher(theme, at, phrase, True) for phrase in theme.not_]
            for phrase in theme.phrases:
                self._index(_matcher(theme, at, phrase, False))
        self._longest = max(map(len, self._by_beginning), default=0)

    def rows(self, texts: Sequence[str]) -> Sequence[int]:
        """The rows that may hold a hit: all, but where words' beginnings are few, as of one changed theme."""
        if self._always or len(self._by_beginning) > _FEW:
            return range(len(texts))
        return _holding([text.lower() for text in texts], self._by_beginning)

    def hits(self, row: int, text: str) -> Iterator[Hit]:
        spans: dict[int, list[tuple[int, int, str]]] = {}
        for matcher in self._candidates(text):
            for start, end in self._spans(matcher, text):
                spans.setdefault(matcher.theme, []).append((start, end, matcher.phrase))
        masks = [match.span() for match in MASK.finditer(text)] if spans and "[" in text else []
        for at, found in spans.items():
            barred = [span for matcher in self._excluders[at] for span in self._spans(matcher, text)]
            free = [hit for hit in found if not any(_overlap(hit, span) for span in barred)]
            # Nobody said "manager" who named a person that is shown as [Manager 3].
            free = [hit for hit in free if not any(a <= hit[0] and hit[1] <= b for a, b in masks)]
            for start, end, phrase in _longest(free):
                yield Hit(row, self.codebook.themes[at].id, start, end, phrase)

    def _index(self, matcher: _Matcher) -> None:
        beginnings = anchors(matcher.phrase)
        if beginnings is None:
            self._always.append(matcher)
            return
        for beginning in beginnings:
            self._by_beginning.setdefault(beginning, []).append(matcher)

    def _candidates(self, text: str) -> Iterable[_Matcher]:
        called = dict.fromkeys(self._always)
        for token in _TOKEN.findall(text.lower()):
            for matcher in self._called_by(token):
                called[matcher] = None
        return called

    def _called_by(self, token: str) -> tuple[_Matcher, ...]:
        known = self._called.get(token)
        if known is None:
            lengths = range(1, min(len(token), self._longest) + 1)
            known = tuple(m for length in lengths for m in self._by_beginning.get(token[:length], ()))
            self._called[token] = known
        return known

    def _spans(self, matcher: _Matcher, text: str) -> list[tuple[int, int]]:
        if matcher in self.slow:
            return []
        try:
            return matcher.spans(text, self.timeout_s)
        except TimeoutError:
            self.slow.add(matcher)
            return []


def _holding(texts: Sequence[str], words: Iterable[str]) -> list[int]:
    """The rows of texts, rising, in which one of some words stands anywhere; looked for in all at once."""
    joined = "\n".join(texts)
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    found: set[int] = set()
    for word in words:
        at = joined.find(word)
        while at >= 0:
            row = bisect_right(starts, at) - 1
            found.add(row)
            at = joined.find(word, starts[row + 1])
    return sorted(found)


def _matcher(theme: Theme, at: int, phrase: str, excludes: bool) -> _Matcher:
    try:
        return _Matcher(at, phrase, _compiled(phrase), excludes)
    except PhraseError as error:
        reason = str(error)
    place = f" (line {theme.line})" if theme.line else ""
    raise FeedbackError(
        f"the phrase '{phrase}' of '{theme.id}'{place} cannot be used: {reason}",
        hint="`feedback themes check` lists all such phrases",
    )


@lru_cache(maxsize=8192)
def _compiled(phrase: str) -> Any:
    import regex

    try:
        return regex.compile(pattern(phrase), regex.IGNORECASE)
    except regex.error as error:
        raise PhraseError(f"as a regular expression it is wrong ({error.msg})") from None


def _overlap(one: tuple[int, int, str], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _longest(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans that do not overlap: the longer before the shorter, the earlier before the later."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(set(spans), key=lambda span: (span[0] - span[1], span)):
        if not any(_overlap(span, (other[0], other[1])) for other in kept):
            kept.append(span)
    return kept
