"""What `feedback deidentify` shows of what may still identify."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.cli.deidentify.review import in_context
from feedback.cli.output import count, say, say_table

if TYPE_CHECKING:
    from feedback.model import Document
    from feedback.project import Project
    from feedback.residue import Rare, Residue

_NEAR = 24
_CASES = 5


@dataclass(frozen=True)
class Left:
    """What may still identify in a project: finds by risk, attributes, people known by one name; and k."""

    found: Sequence[Residue]
    rare: Sequence[Rare]
    forms: Mapping[str, str]
    documents: Sequence[Document]
    k: int


def left_of(project: Project) -> Left:
    """What may still identify, of a project that is masked as its settings and decisions say."""
    from feedback.pipeline.masking import decided
    from feedback.pipeline.shards import documents_of
    from feedback.residue import one_form, rare_combinations, residue

    documents, k = documents_of(project), project.settings.report.smallest_group
    found = residue(
        documents,
        project.table("edits"),
        project.table("flags"),
        keep=project.settings.deidentify.keep,
        decided=decided(project),
    )
    rare = rare_combinations(project.table("cases"), k=k)
    return Left(found, rare, one_form(project.table("private/pseudonyms")), documents, k)


def say_left(left: Left, most: int) -> None:
    """All of it, the most risky first, `most` of each kind."""
    from feedback.residue import kind_of

    say("What may still identify, the most risky first. The words are participants': for your screen only.")
    texts = {document.document_id: document.text for document in left.documents}
    for kind in dict.fromkeys(one.kind for one in left.found):
        ones = [one for one in left.found if one.kind == kind]
        say(f"\n{kind_of(kind).many.capitalize()}: {len(ones)}")
        say_table(["where", "what stands" if kind != "mask" else "what is masked", "places", "safe"], [
            [one.places[0], in_context(texts[one.places[0].document_id], one.places[0], _NEAR),
             len(one.places), one.safe]
            for one in ones[:most]
        ], right=(2,))  # fmt: skip
        _say_more(len(ones) - most)
    _say_rare(left, most)
    if left.forms:
        say(f"\n{count(len(left.forms), 'person', 'people')} known by one name only: another name of theirs")
        say("is looked for nowhere unless you give it (--names).")
    if not (left.found or left.rare or left.forms):
        say("Nothing was found. That is no proof: read the text before you share it.")


def _say_rare(left: Left, most: int) -> None:
    if not left.rare:
        return
    say("\nAttributes that single people out (reports hide groups below "
        f"{left.k}; in exports they stand as they are):")  # fmt: skip
    say_table(
        ["attributes", "alone", f"fewer than {left.k}", "of", "people"],
        [
            [" + ".join(one.attributes), len(one.alone), one.few, one.of, _few(one.alone)]
            for one in left.rare[:most]
        ],
        right=(1, 2, 3),
    )
    _say_more(len(left.rare) - most)


def _few(cases: Sequence[str]) -> str:
    return ", ".join(cases[:_CASES]) + (", …" if len(cases) > _CASES else "")


def _say_more(more: int) -> None:
    if more > 0:
        say(f"... and {more} more; -n shows more of each.")


def in_short(found: Iterable[Residue]) -> str:
    """How much of each kind there is: "3 numbers that stand, 12 exact ages"."""
    from feedback.residue import KINDS, kind_of

    n = Counter(one.kind for one in found)
    kinds = [*KINDS, *sorted(n.keys() - KINDS.keys())]
    return "\n".join(f"  {n[kind]:>4}  {kind_of(kind).many}" for kind in kinds if n[kind])


def as_json(left: Left) -> dict[str, Any]:
    """All of it with places and safe wordings, and not a word of a participant."""
    return {
        "residue": [
            {
                "kind": one.kind, "risk": one.risk, "safe": one.safe, "source": one.source,
                "places": [
                    {"document_id": at.document_id, "start": at.start, "end": at.end} for at in one.places
                ],
            }
            for one in left.found
        ],
        "combinations": [
            {"attributes": one.attributes, "alone": one.alone, "fewer": one.few, "of": one.of, "k": left.k}
            for one in left.rare
        ],
        "one_name_only": list(left.forms),
    }  # fmt: skip
