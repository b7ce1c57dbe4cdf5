"""Who withdrew: the receipts in private/withdrawals, by which they are known if their words come again.

A receipt holds the case id, counts, and keyed hashes of files and answers, and no word of the person.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError
from feedback.links import filled, link_turns
from feedback.project import Project
from feedback.withdrawn import names_of, own_words, read_left, still_heard

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "withdrawals"
BEGUN, DONE = "begun", "done"


@dataclass(frozen=True)
class Withdrawal:
    """One receipt. removed: counts by what; marks: of files' bytes and of answers in files (`mark_of_*`).

    whole, shared: documents that were theirs alone, and others that held their words; nobody gets these ids
    again. exports: files that show their words.
    """

    number: str
    case_id: str
    when: str
    state: str = BEGUN
    removed: dict[str, int] = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def withdrawals(project: Project) -> list[Withdrawal]:
    """All receipts, oldest first. Errors: FeedbackError for one that was damaged."""
    folder = project.path / "private" / FOLDER
    return [_read(project, f"{FOLDER}/{file.name}") for file in sorted(folder.glob("w*.json"))]


def write_receipt(project: Project, receipt: Withdrawal) -> bytes:
    """Writes a receipt and gives its bytes."""
    data = json.dumps(asdict(receipt), ensure_ascii=False, indent=1, sort_keys=True).encode()
    project.keys.write(f"{FOLDER}/{receipt.number}.json", data)
    return data


def refuse_unfinished(project: Project) -> None:
    """FeedbackError when a withdrawal was broken off: nothing is made anew of half of somebody's words."""
    for one in withdrawals(project):
        if one.state != DONE:
            raise FeedbackError(
                f"the withdrawal of '{one.case_id}' was broken off",
                hint=f"finish it with `feedback withdraw {one.case_id} --yes`",
            )


def kept_out(
    project: Project, tables: Mapping[str, pd.DataFrame]
) -> tuple[dict[str, pd.DataFrame], tuple[Withdrawal, ...]]:
    """Tables of what was read without those who withdrew, and which of them had come again.

    They are known by case id, by the bytes of a file that was theirs alone, and by their id in a survey of
    the same file name.
    """
    left, again = dict(tables), []
    for one in withdrawals(project):
        links = _links(project, left, one)
        own = own_words(one.case_id, left, links)
        listed = (left["private/people"]["case_id"] == one.case_id).any()
        if own.turns or own.whole or listed:
            names = names_of(own, left["private/people"], left["private/turns"])
            left |= read_left(left, own, links, names)
            again.append(one)
            project.remember_names(still_heard(names, left["private/originals"]["text"]))
    return left, tuple(again)


def _links(project: Project, tables: Mapping[str, pd.DataFrame], one: Withdrawal) -> pd.DataFrame:
    """Which turn is whose, where answers and files that are known by their marks are the one's."""
    originals, secret, marks = tables["private/originals"], project.keys.secret(), set(one.marks)
    links = link_turns(
        tables["private/turns"], originals, tables["private/people"], fixed=tables["private/fixed_links"]
    )
    files = originals.set_index("document_id")[["file_name", "sha256"]].to_dict("index")
    turns = tables["private/turns"].set_index(["document_id", "turn"])["respondent"].to_dict()
    for place, (document, turn) in enumerate(zip(links["document_id"], links["turn"], strict=True)):
        file, respondent = files[document], turns.get((document, turn))
        known = {mark_of_file(secret, file["sha256"])}
        if filled(respondent):
            known.add(mark_of_answer(secret, file["file_name"], respondent))
        if known & marks:
            links.loc[place, "case_id"] = one.case_id
    return links


def mark_of_file(secret: bytes, sha256: str) -> str:
    """By what a file is known, by the hash of its bytes."""
    return _mark(secret, "file", sha256)


def mark_of_answer(secret: bytes, file_name: str, respondent: str) -> str:
    """By what a respondent's answers are known in a later version of the file."""
    return _mark(secret, "answer", file_name, respondent)


def _mark(secret: bytes, *parts: str) -> str:
    return hmac.digest(secret, "\0".join(parts).encode("utf-8", "surrogatepass"), "sha256").hex()


def _read(project: Project, name: str) -> Withdrawal:
    try:
        said: dict[str, Any] = json.loads(project.keys.read(name) or b"")
        lists = {key: tuple(said.get(key, ())) for key in ("whole", "shared", "exports", "marks")}
        return Withdrawal(**{**said, **lists})
    except (ValueError, TypeError) as error:
        raise FeedbackError(
            f"'private/{name}' is damaged: it is the receipt of a withdrawal",
            hint="restore it from a backup; without it the person's words could come in again unseen",
        ) from error
