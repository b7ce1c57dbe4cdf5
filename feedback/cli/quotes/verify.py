"""`feedback quotes verify FILE`: checks every quote in a finished document against the originals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, plain, say, say_table
from feedback.cli.work import advance
from feedback.errors import CheckFailed, FeedbackError

if TYPE_CHECKING:
    from feedback.project import Project
    from feedback.quotes.verify import Checked
    from feedback.readers.published import Published

_MANY = 3
_SHOWN = 90


@click.command("verify")
@click.argument("file", metavar="FILE")
@click.option(
    "--audience", type=click.Choice(["internal", "publication"]), help="Who will read the document."
)
@click.option("--all", "every", is_flag=True, help="List the quotes that are in order, too.")
@common
def command(file: str, audience: str | None, every: bool, folder: str, as_json: bool) -> None:
    """Checks every quote in a finished document (.docx .html .pdf .pptx .md .txt) against the originals.

    What stands in quotation marks or in a quote style is looked up word by word: who said it, whether it was
    changed, and whether its speaker agreed to the audience. Exit code 3 when a quote may not stand as it is.
    """
    from feedback.leaving.gate import verified
    from feedback.project import Project
    from feedback.readers.published import quoted_in

    folder, as_json = _also_before(folder, as_json)
    project = Project(folder)
    published = quoted_in(file)
    if not published.passages:
        raise FeedbackError(
            f"no quotes found in {file}",
            hint="quotes are what stands in quotation marks or in a style called Quote; write them so",
        )
    advance(project, until="deidentify")
    audience = audience or project.settings.quotes.audience
    found = _covered(project, verified(project, published, audience))
    if as_json:
        give_json(_as_json(file, audience, published, found))
    else:
        _show(published, found, every=every)
    _judge(file, folder, found)


def _also_before(folder: str, as_json: bool) -> tuple[str, bool]:
    """-p and --json mean the same before `verify` as after it."""
    context = click.get_current_context()
    before = context.parent.params if context.parent else {}
    if context.get_parameter_source("folder") is ParameterSource.DEFAULT:
        folder = before.get("folder", folder)
    return folder, as_json or bool(before.get("as_json"))


def _covered(project: Project, found: Sequence[Checked]) -> list[Checked]:
    """The findings as they may be shown: what the project masks is covered wherever the document has it."""
    from feedback.quotes.verify import MASKED

    pieces = [_texts_of(one) for one in found]
    shown = iter(_without_leaks([text for texts in pieces for text in texts], project))
    safe = []
    for one, texts in zip(found, pieces, strict=True):
        text, line, lead, where, *rest = [next(shown) for _ in texts]
        quoted, notes = rest[: len(one.difference)], rest[len(one.difference) :]
        if MASKED in (one.verdict, *one.also):
            text, quoted = one.said or "(words that the project masks)", [""] * len(quoted)
        passage = replace(one.passage, text=text, attribution=line, lead=lead, where=where)
        difference = tuple(zip((said for said, _ in one.difference), quoted, strict=True))
        safe.append(replace(one, passage=passage, difference=difference, notes=tuple(notes)))
    return safe


def _texts_of(one: Checked) -> list[str]:
    """Everything in a finding that comes from the document."""
    passage = one.passage
    quoted = [quoted for _, quoted in one.difference]
    return [passage.text, passage.attribution, passage.lead, passage.where, *quoted, *one.notes]


def _without_leaks(texts: Sequence[str], project: Project) -> list[str]:
    from feedback.edits.leaks import find_leaks

    leaks = find_leaks("\n\n".join(texts), project.table("private/pseudonyms"))
    shown, at = [], 0
    for text in texts:
        covered, until = text, len(text)
        for leak in sorted(leaks, key=lambda leak: (-leak.end, leak.start)):
            if at <= leak.start and leak.end <= at + until:
                until = leak.start - at
                covered = covered[:until] + (leak.pseudonym or f"[{leak.label}]") + covered[leak.end - at :]
        shown.append(" ".join(covered.split()))
        at += len(text) + 2
    return shown


def _as_json(file: str, audience: str, published: Published, found: Sequence[Checked]) -> dict[str, Any]:
    rows = []
    for number, one in enumerate(found, start=1):
        rows.append(
            {
                "number": number,
                "where": one.passage.where,
                "verdict": one.verdict,
                "also": list(one.also),
                "fails": one.fails,
                "text": one.passage.text,
                "attribution": one.passage.attribution,
                "document_id": one.document_id,
                "turn": one.turn,
                "case_id": one.case_id,
                "start": one.start,
                "end": one.end,
                "edits": list(one.edits),
                "notes": list(one.notes),
                "difference": [{"said": said, "quoted": quoted} for said, quoted in one.difference],
                "said": one.said,
                "advice": one.advice,
            }
        )
    verdicts = Counter(one.verdict for one in found)
    return {
        "file": file,
        "audience": audience,
        "verdicts": dict(verdicts.most_common()),
        "notes": list(published.notes),
        "passages": rows,
    }


def _show(published: Published, found: Sequence[Checked], *, every: bool) -> None:
    rows = []
    for number, one in enumerate(found, start=1):
        if not every and not one.fails:
            continue
        shown, line = one.passage.text, one.passage.attribution
        shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1].rstrip() + "…"
        who = f"\n— {line}" if line else ""
        rows.append((number, one.passage.where, f"“{shown}”{who}", "\n".join(_finding(one))))
    if rows:
        say_table(("", "Where", "Quote", "Finding"), rows, right=(0,))
    verdicts = Counter(one.verdict for one in found)
    say(
        f"{count(len(found), 'quote')}: "
        + ", ".join(f"{n} {name}" for name, n in verdicts.most_common())
        + "."
    )
    for one_note in published.notes:
        note(f"Note: {one_note}.")


def _finding(one: Checked) -> list[str]:
    lines = ["; ".join((one.verdict, *one.also)) + (f" ({', '.join(one.edits)})" if one.edits else "")]
    if one.document_id:
        lines.append(f"{one.document_id}, turn {one.turn}, {one.case_id or 'the interviewer'}")
    for said, quoted in one.difference:
        lines.append(f"said: “{said or '–'}”, quoted: “{plain(quoted) or '–'}”")
    lines += one.notes
    if one.advice:
        lines.append(f"→ {one.advice}")
    return lines


def _judge(file: str, folder: str, found: Sequence[Checked]) -> None:
    """Ends with exit code 3 when a quote may not stand."""
    from feedback.quotes.verify import EDITED, NOT_FOUND, VERIFIED

    wrong = sum(one.fails for one in found)
    if not wrong:
        return
    missing = sum(one.verdict == NOT_FOUND for one in found)
    said = sum(one.verdict in (VERIFIED, EDITED) and len(one.passage.text.split()) > _MANY for one in found)
    if wrong >= _MANY and not said and 2 * missing >= wrong:
        raise CheckFailed(
            f"none of the quotes in {file} was said so in this project ({missing} of {len(found)} not found)",
            hint=f"is the document another project's? This one is {folder}; name another with -p DIR",
        )
    it_is = "it is" if wrong == 1 else "they are"
    raise CheckFailed(
        f"{count(wrong, 'quote')} of {len(found)} in {file} cannot stay as {it_is}",
        hint="mend them in the document and check it again",
    )
