"""What is doubtful in a theme list, found before it is used."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from feedback.codebook import Codebook, Theme
from feedback.codebook.phrases import PhraseError, anchors, is_expression, pattern, plain

_SHORTEST = 3
_PROBE_S = 0.1
# A repeat inside a repeat, (a+)+ or (a*b*)*, is where expressions take for ever.
_NESTED = re.compile(r"\((?:[^()\\]|\\.)*(?:[*+]|\{\d+,\})(?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\})")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at in a theme list. `line` is the theme's; an "error" makes a phrase useless."""

    theme_id: str
    line: int | None
    level: Literal["error", "warning"]
    message: str


def check(codebook: Codebook) -> list[Finding]:
    """Doubtful places in the order of the list; none for a list that is fine.

    Finds phrases that two themes share, that cannot be read, that could take for ever, that are too short or
    also in the theme's own `not`; themes without definition or phrases; ids that differ in capitals only.
    Whether phrases find the examples is told by `tagging.rules.check_examples`.
    """
    shared = _shared_phrases(codebook)
    parents = {theme.parent for theme in codebook}
    by_id: dict[str, list[Finding]] = defaultdict(list)
    for theme in codebook:
        by_id[theme.id] += _check_parts(theme, is_parent=theme.id in parents)
        by_id[theme.id] += _check_phrases(theme)
    for theme, message in [*shared, *_twins(codebook), *_near_groups(codebook), *_former(codebook)]:
        by_id[theme.id].append(Finding(theme.id, theme.line, "warning", message))
    return [finding for theme in codebook for finding in by_id[theme.id]]


def _former(codebook: Codebook) -> list[tuple[Theme, str]]:
    """Former themes that are still in the list, and such as several themes came from."""
    heirs: dict[str, list[str]] = defaultdict(list)
    for theme in codebook:
        for old in theme.formerly:
            heirs[old].append(theme.id)
    found = []
    for theme in codebook:
        for old in theme.formerly:
            if old in codebook:
                found.append((theme, f"'{theme.id}' was formerly '{old}', which is still in the list"))
            elif len(heirs[old]) > 1 and heirs[old][0] == theme.id:
                message = f"'{old}' was split into {', '.join(heirs[old])}: people's codings wait"
                found.append((theme, message))
    return found


def _near_groups(codebook: Codebook) -> list[tuple[Theme, str]]:
    """Groups that one theme alone has and that are written nearly as another: a slip that loses the theme."""
    members: dict[str, list[Theme]] = defaultdict(list)
    for theme in codebook:
        members[theme.group].append(theme)
    found = []
    for group, themes in members.items():
        others = [other for other in members if other != group and len(members[other]) > len(themes)]
        near = get_close_matches(group, others, 1, cutoff=0.85) if group else []
        for theme in themes if near else ():
            found.append((theme, f"'{theme.id}' is in the group '{group}'; is '{near[0]}' meant?"))
    return found


def _check_parts(theme: Theme, *, is_parent: bool) -> list[Finding]:
    if not theme.means and not theme.phrases and not theme.examples and not is_parent:
        message = f"'{theme.id}' has neither a definition nor phrases, so nothing can be found for it"
        return [Finding(theme.id, theme.line, "error", message)]
    findings = []
    if not theme.means:
        message = f"'{theme.id}' has no definition; write under 'means' what belongs to it"
        findings.append(Finding(theme.id, theme.line, "warning", message))
    if not theme.phrases and not is_parent:
        message = f"'{theme.id}' has no phrases, so only tagging by meaning can find it"
        findings.append(Finding(theme.id, theme.line, "warning", message))
    return findings


def _check_phrases(theme: Theme) -> list[Finding]:
    excluded = {_normal(phrase) for phrase in theme.not_}
    findings = []
    for phrase in (*theme.phrases, *theme.not_):
        problem = _problem(phrase)
        if problem:
            message = f"the phrase '{phrase}' of '{theme.id}' cannot be used: {problem}"
            findings.append(Finding(theme.id, theme.line, "error", message))
        elif phrase in theme.phrases and _normal(phrase) in excluded:
            message = f"the phrase '{phrase}' of '{theme.id}' is also in its 'not', so it never counts"
            findings.append(Finding(theme.id, theme.line, "error", message))
        elif phrase in theme.phrases and _too_short(phrase):
            message = f"the phrase '{phrase}' of '{theme.id}' is so short that it will be found by accident"
            findings.append(Finding(theme.id, theme.line, "warning", message))
    return findings


def _problem(phrase: str) -> str | None:
    """Why a phrase cannot be used, in words; None when it can."""
    import regex

    try:
        compiled = regex.compile(pattern(phrase), regex.IGNORECASE)
    except PhraseError as error:
        return str(error)
    except regex.error as error:
        return f"as a regular expression it is wrong ({error.msg} at character {(error.pos or 0) + 1})"
    return _expression_problem(phrase, compiled) if is_expression(phrase) else None


def _expression_problem(phrase: str, compiled: Any) -> str | None:
    if compiled.fullmatch(""):
        return "it matches nothing at all, so it would be found everywhere"
    slow = "it could take for ever on some texts; do not repeat what already repeats, as in (a+)+"
    if _NESTED.search(phrase):
        return slow
    try:
        for probe in _probes(phrase):
            compiled.search(probe, timeout=_PROBE_S)
    except TimeoutError:
        return slow
    return None


def _probes(phrase: str) -> list[str]:
    """Texts on which a bad expression backtracks: its own letters again and again, then a stranger."""
    runs = dict.fromkeys(
        [*re.findall(r"[^\W_]+", phrase), *re.findall(r"[^\W_]", phrase), "a", "1", " ", "a "]
    )
    return [run * 200 + "\x00" for run in list(runs)[:40]]


def _too_short(phrase: str) -> bool:
    if is_expression(phrase):
        return False
    letters = min(len(re.sub(r"\W", "", text)) for text in plain(phrase) or ("",))
    return letters < _SHORTEST or anchors(phrase) is None


def _normal(phrase: str) -> str:
    try:
        return pattern(phrase.lower())
    except PhraseError:
        return phrase


def _shared_phrases(codebook: Codebook) -> list[tuple[Theme, str]]:
    """The later of two themes with one phrase; a theme may share with the theme above it."""
    owners: dict[str, list[Theme]] = defaultdict(list)
    found = []
    for theme in codebook:
        for phrase in theme.phrases:
            for other in owners[_normal(phrase)]:
                if not theme.id.startswith(f"{other.id}/"):
                    found.append((theme, f"the phrase '{phrase}' is in '{other.id}' and in '{theme.id}'"))
            owners[_normal(phrase)].append(theme)
    return found


def _twins(codebook: Codebook) -> list[tuple[Theme, str]]:
    seen: dict[str, Theme] = {}
    found = []
    for theme in codebook:
        twin = seen.setdefault(theme.id.casefold(), theme)
        if twin is not theme:
            found.append((theme, f"'{twin.id}' and '{theme.id}' differ in capitals only"))
    return found
