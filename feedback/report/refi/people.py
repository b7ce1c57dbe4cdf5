"""People as cases of a .qdpx: the attributes that may be shown, and the words that are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from feedback.codebook.text import guid

if TYPE_CHECKING:
    from lxml import etree

    from feedback.coding.composed import Composed
    from feedback.report.refi.study import Study


def add_variables(study: Study, root: etree._Element) -> None:
    """A variable for every attribute that has a value to show."""
    if names := _attributes(study):
        variables = study.make.under(root, "Variables")
        for name in names:
            study.make.under(
                variables, "Variable", guid=study.variable(name), name=name, typeOfVariable="Text"
            )


def add_cases(study: Study, root: etree._Element) -> None:
    """A case for everybody who is heard, with their attributes, and their documents or stretches of them."""
    places = _places(study)
    if not places:
        return
    names = _attributes(study)
    known = study.handover.cases.set_index("case_id")[names].to_dict("index")
    cases = study.make.under(root, "Cases")
    for case_id in sorted(places):
        case = study.make.under(cases, "Case", guid=guid("case", study.project, case_id), name=case_id)
        for name in names:
            value = known.get(case_id, {}).get(name)
            if isinstance(value, str) and value:
                holder = study.make.under(case, "VariableValue")
                study.make.under(holder, "VariableRef", targetGUID=study.variable(name))
                study.make.under(holder, "TextValue", value)
        for tag, target in sorted(places[case_id], reverse=True):
            study.make.under(case, tag, targetGUID=target)


def _attributes(study: Study) -> list[str]:
    cases = study.handover.cases
    return [str(name) for name in cases if name != "case_id" and cases[name].notna().any()]


def _places(study: Study) -> dict[str, list[tuple[str, str]]]:
    """Each person's references: a whole document where nobody else is heard, else stretches of it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for document in study.handover.documents:
        stretches = stretches_of(document)
        if not is_shared(stretches):
            for case in {case for _, _, case in stretches}:
                found.setdefault(case, []).append(("SourceRef", study.source(document)))
            continue
        for begin, stop, case in stretches:
            stretch = stretch_guid(study.source(document), begin, stop)
            found.setdefault(case, []).append(("SelectionRef", stretch))
    return found


def stretches_of(document: Composed) -> list[tuple[int, int, str]]:
    """(begin, stop, case) of what each person says without another in between, in order."""
    found: list[tuple[int, int, str]] = []
    before: str | None = None
    for piece in document.pieces:
        case = piece.case_id if piece.role == "participant" else None
        if case is not None and case == before:
            found[-1] = (found[-1][0], piece.stop, case)
        elif case is not None:
            found.append((piece.begin, piece.stop, case))
        before = case
    return found


def is_shared(stretches: Sequence[tuple[int, int, str]]) -> bool:
    """Whether several people are heard in a document."""
    return len({case for _, _, case in stretches}) > 1


def stretch_guid(source: str, begin: int, stop: int) -> str:
    """The GUID of a person's stretch of a source."""
    return guid("stretch", source, begin, stop)
