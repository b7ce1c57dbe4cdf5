"""Whose words a quote is said to be, whether they agreed, and whether its line says too much of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.cases import is_no, is_yes, with_consent
from feedback.disclosure import ANYBODY, Broader, attributions
from feedback.edits.text.words import word_set
from feedback.settings import CONSENTS

if TYPE_CHECKING:
    import pandas as pd

_LEFT = re.compile(r"\b(?:who (?:has |have )?left|leavers?|ex|former)\b", re.IGNORECASE)
_STAYED = re.compile(r"\b(?:who stayed|stayers?|still in post)\b", re.IGNORECASE)
_ASKER = re.compile(
    r"\b(?:interviewer|researcher|moderator|facilitator|interviewed by)\b|^I(?:nt)?:?$", re.IGNORECASE
)
_CLEANED = re.compile(r"\s*\((?:[\w, ]+ left out)\)\s*$")
_USUAL = word_set(
    "a an the of in on at from with and by who left stayed participant participants interviewee respondent "
    "leaver stayer cohort interview survey testimony quote said anonymous person people team social worker "
    "counter voice"
)
_UNTOLD = frozenset({"unknown", "other", "none", "n/a", "not stated", "prefer not to say"})


@dataclass(frozen=True, slots=True)
class Line:
    """What an attribution says: cases that it names, who left or stayed, and attributes by column."""

    text: str
    cases: frozenset[str]
    left: bool | None
    values: Mapping[str, frozenset[str]]
    asker: bool
    unknown: str = ""


class People:
    """The study's people, what each agreed to, and the line that disclosure allows for each."""

    def __init__(
        self,
        cases: pd.DataFrame,
        heard: Iterable[str],
        *,
        audience: str,
        k: int,
        leaver: str,
        names: Mapping[str, str],
        broader: Broader | None = None,
    ) -> None:
        """names: shown names ("[Participant 3]") by case; heard: the cases whose words were read."""
        self.leaver = leaver
        self.known = set(cases["case_id"])
        self.agreed = with_consent(cases, least=audience, levels=CONSENTS)
        self.readable = with_consent(cases, least="analysis", levels=CONSENTS)
        roster = cases[cases["case_id"].isin(set(heard)) & cases["case_id"].isin(self.readable)]
        self.allowed = attributions(roster, k=k, leaver=leaver, broader=broader)
        self._roster = roster
        self._rows = {str(row["case_id"]): row for row in cases.to_dict("records")}
        self._columns = [c for c in cases if c not in ("case_id", "consent", leaver)]
        self._values = {column: self._values_of(column) for column in self._columns}
        self._labels = {shown.strip("[]").casefold(): case for case, shown in names.items()}
        self._cases = {case.casefold(): case for case in self.known}

    def _values_of(self, column: str) -> list[str]:
        """An attribute's values that a line could name, longest first."""
        said = {str(v).strip() for v in self._roster[column] if isinstance(v, str) and v.strip()}
        said = {v for v in said if not is_yes(v) and not is_no(v) and v.casefold() not in _UNTOLD}
        return sorted(said, key=lambda v: (-len(v), v))

    def line(self, text: str, lead: str = "") -> Line:
        """What an attribution line says, and the case ids that the words before a quote name."""
        said = _CLEANED.sub("", " ".join(text.split())).strip(" .,;")
        rest, cases = self._named(said)
        if not cases:
            cases = self._named(lead, ids_only=True)[1]
        values: dict[str, frozenset[str]] = {}
        for column in self._columns:
            found, rest_here = self._mentioned(column, rest)
            if found:
                values[column], rest = frozenset(found), rest_here
        left = True if _LEFT.search(said) else False if _STAYED.search(said) else None
        words = [w for w in re.findall(r"[^\W_]+", rest.casefold()) if w not in _USUAL]
        return Line(said, frozenset(cases), left, values, bool(_ASKER.search(said)), " ".join(words))

    def _named(self, text: str, *, ids_only: bool = False) -> tuple[str, set[str]]:
        """The text without the ids and shown names in it, and whose they are."""
        cases, rest = set(), text
        for names in (self._cases,) if ids_only else (self._labels, self._cases):
            for match in list(re.finditer(r"[^\W_][\w.-]*(?: \d+)?", rest)):
                for word in (match[0], match[0].split(" ")[0], match[0].rstrip(".-")):
                    if word.casefold() in names:
                        cases.add(names[word.casefold()])
                        rest = rest.replace(match[0], " ", 1)
                        break
        return rest, cases

    def _mentioned(self, column: str, text: str) -> tuple[list[str], str]:
        found = []
        for value in self._values[column]:
            # A bare number means something only with its attribute's name: "14 months qualified".
            words = column.replace("_", " ").split()
            bare = value.isdigit() and len(value) < 4
            if bare and not any(word.casefold() in text.casefold() for word in words):
                continue
            shape = re.compile(rf"(?<![\w-]){re.escape(value)}s?(?![\w-])", re.IGNORECASE)
            if shape.search(text):
                found.append(value)
                text = shape.sub(" ", text)
        return found, text

    def is_of(self, line: Line, case: str | None) -> bool:
        """Whether an attribution can be this person's: nothing in it speaks against it."""
        if line.text == self.allowed.get(case or ""):
            return True  # with ranges and parts of the country that no single person's values are
        if line.cases:
            return case in line.cases
        row = self._rows.get(case or "", {})
        for column, said in line.values.items():
            own = str(row.get(column) or "").strip()
            if own not in said and own.casefold() not in {one.casefold() for one in said}:
                return False
        left = row.get(self.leaver)
        return not ((line.left is True and is_no(left)) or (line.left is False and is_yes(left)))

    def too_narrow(self, line: Line, case: str | None) -> bool:
        """Whether an attribution tells more of a person than the line that disclosure allows."""
        if line.text == self.allowed.get(case or ""):
            return False
        allowed = self.line(self.allowed.get(case or "", ANYBODY))
        for column, said in line.values.items():
            if not said <= allowed.values.get(column, frozenset()) and not self._shared(column):
                return True
        return bool(line.left) and not allowed.left and not self._shared(self.leaver)

    def _shared(self, column: str) -> bool:
        """Whether everybody has the same value, so that naming it tells nothing."""
        return column in self._roster and self._roster[column].nunique(dropna=False) <= 1

    def advice(self, case: str | None) -> str:
        """The line that may stand."""
        return self.allowed.get(case or "", ANYBODY)


def shown_names(pseudonyms: pd.DataFrame | None) -> dict[str, str]:
    """The shown names of the study's own people, by case."""
    if pseudonyms is None:
        return {}
    rows: Sequence[tuple[Any, Any]] = list(zip(pseudonyms["case_id"], pseudonyms["pseudonym"], strict=True))
    return {str(case): str(shown) for case, shown in rows if isinstance(case, str) and case}
