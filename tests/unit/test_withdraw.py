"""Who withdraws leaves: words, names and all that was made of them, and nobody else loses a character."""

import json
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from feedback.cli.withdraw import command
from feedback.errors import FeedbackError
from feedback.exports import exports_of
from feedback.intake import add
from feedback.leaving import leave
from feedback.pipeline import run
from feedback.pipeline.shards import documents_of
from feedback.project import Project
from feedback.readers import read
from feedback.readers.tables.participants import read_participants
from feedback.tables import conform
from feedback.withdrawal import case_of, withdraw
from feedback.withdrawals import withdrawals

NOW = "2026-11-22T03:00:00+00:00"
# Words of P02 that nobody else says, in every kind of file.
THEIRS = (
    "Thandiwe", "Quillfeather", "zanzibar", "wrenchlight", "marmalade", "snowdrift", "thandiwe-private",
    "lighthouse", "peppercorn", "gazebo",
)  # fmt: skip
THEMES = """\
themes:
  caseload:
    label: Caseload
    means: Number of families held at once.
    phrases: [caseload, families]
    examples: ["I had forty families by Christmas."]
"""
PEOPLE = """\
case_id,name,consent,leaver,role,file
P01,Moira Tench,publication,yes,social worker,moira.txt
P02,Thandiwe Quillfeather,publication,yes,social worker,thandiwe-private.txt; thandiwe-private-2.txt
P03,Ansel Brody,publication,no,manager,ansel.txt
"""
FILES = {
    "moira.txt": (
        "Interviewer: Why did you go?\nMoira: My caseload was forty families when I left the council.\n"
        "Interviewer: And then?\nMoira: Then I was off for a month.\n"
    ),
    "thandiwe-private.txt": (
        "Interviewer: Why did you leave, Thandiwe?\nThandiwe: The zanzibar of it was that my caseload had "
        "wrenchlight written all over it, forty families and nobody else.\n"
        "Interviewer: And then?\nThandiwe: I went to another town.\n"
    ),
    "ansel.txt": (
        "Interviewer: And you?\nAnsel: My caseload was fine and Moira helped me with the families.\n"
        "Interviewer: What else?\nAnsel: Nothing else, I would stay.\n"
    ),
    "group.txt": (
        "Moira: We had too many families in that team every single week.\n"
        "Thandiwe: The marmalade of my caseload was snowdrift, honestly, every single week of it.\n"
        "Ansel: I agree with Moira that the caseload was too high for us all.\n"
        "Thandiwe: And the snowdrift came back.\n"
        "Moira: It did not stop until I left the team for good.\n"
        "Ansel: It went on for the rest of us.\n"
    ),
    "survey.csv": (
        "id,Name,Why did you leave the service?\n"
        "P01,Moira Tench,The caseload was too much for me in the end I think.\n"
        "P02,Thandiwe Quillfeather,A lighthouse of a caseload and a peppercorn of pay was what I had there.\n"
        "P04,Ada Ek,There were too many families for one worker in that team.\n"
    ),
    "thandiwe-private-2.txt": "Interviewer: A gazebo, we said.\n",
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished project of three people, a focus group and a survey, with exports, memos and a coder."""
    desk = tmp_path_factory.mktemp("desk")
    for name, text in FILES.items():
        (desk / name).write_text(text, encoding="utf-8")
    (desk / "participants.csv").write_text(PEOPLE, encoding="utf-8")
    project = Project.create(desk / "study", themes=THEMES)
    settings = project.path / "feedback.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "report: {smallest_group: 1, smallest_group_published: 1}\n"
    )
    documents, dropped = read([desk / name for name in FILES])
    people = read_participants(desk / "participants.csv")
    add(project, documents, dropped, people=people)
    list(run(project))
    _code(project)
    list(run(project))
    quotes = project.table("quotes")
    assert "P02" in set(quotes["case_id"])
    said = " ".join(quotes["text"])
    leave(project, said.encode(), project.path / "reports" / "quotes.txt", what="quotes")
    leave(project, said.encode(), desk / "quotes-for-board.txt", what="quotes")
    leave(project, b"families: 3 of 4", desk / "numbers.txt", what="report")
    return project


def _code(project):
    """A person's tags and memos about everybody's words."""
    tags = project.table("tags/rules")
    project.save("tags/kim", tags.assign(coder="kim", rule=None))
    said = project.table("segments").dropna(subset=["case_id"])
    memos = [
        {"memo_id": f"m{n}", "about": row.segment_id, "coder": "kim", "written": "2026-11-01",
         "text": f"{row.case_id} said so"}
        for n, row in enumerate(said.itertuples())
    ]  # fmt: skip
    project.save("memos", conform("memos", memos))


@pytest.fixture
def project(finished, tmp_path):
    """A copy that a test may change."""
    shutil.copytree(finished.path, tmp_path / "study")
    return Project(tmp_path / "study")


def everything(folder: Path):
    """What stands in a folder, file by file: names, raw bytes, and what is packed in tables and zips."""
    for file in sorted(folder.rglob("*")):
        yield str(file.relative_to(folder))
        if not file.is_file():
            continue
        data = file.read_bytes()
        yield data.decode("latin-1")
        yield data.decode("utf-16", "ignore")
        if file.suffix == ".parquet":
            table = pq.read_table(file)
            yield table.to_pandas().to_csv() + str(table.schema) + str(table.schema.metadata)
            yield " ".join(
                str(chunk.dictionary.to_pylist())
                for column in table.columns
                for chunk in column.chunks
                if hasattr(chunk, "dictionary")
            )
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                yield " ".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())


def found_in(folder, words=THEIRS):
    text = "\0".join(everything(folder)).casefold()
    return sorted(word for word in words if word.casefold() in text)


def test_before_it_all_of_their_words_are_in_the_project(project):
    assert found_in(project.path) == sorted(THEIRS)


def test_after_it_no_word_and_no_name_of_theirs_is_in_any_byte_of_the_project(project):
    withdraw(project, "P02", now=NOW)
    assert found_in(project.path) == []
    list(run(project))
    assert found_in(project.path) == []


def test_everybody_else_keeps_every_character_in_its_place(project):
    before = {one.document_id: one for one in documents_of(project)}
    kept = project.table("private/links").query("case_id != 'P02'")
    words = {
        (row.document_id, row.turn): before[row.document_id].words(before[row.document_id].turns[row.turn])
        for row in kept.itertuples()
    }
    withdraw(project, "P02", now=NOW)
    list(run(project))
    after = {one.document_id: one for one in documents_of(project)}
    links = project.table("private/links")
    assert len(links) == len(words)
    for row in links.itertuples():
        document = after[row.document_id]
        assert document.words(document.turns[row.turn]) == words[row.document_id, row.turn]
        assert len(document.text) == len(before[row.document_id].text)
    pd.testing.assert_frame_equal(links, kept.reset_index(drop=True))


def test_peoples_codings_of_the_others_still_fit(project):
    before = project.table("tags/kim")
    segments = project.table("segments").set_index("segment_id")["case_id"]
    withdraw(project, "P02", now=NOW)
    list(run(project))
    after = project.table("tags/kim")
    theirs = before["segment_id"].map(segments) == "P02"
    assert theirs.any()
    pd.testing.assert_frame_equal(after, before[~theirs].reset_index(drop=True))
    assert set(after["segment_id"]) <= set(project.table("segments")["segment_id"])
    assert not project.table("memos")["text"].str.contains("P02").any()


def test_nobody_elses_pseudonym_changes_and_theirs_is_given_to_nobody(project):
    def shown(case):
        key = project.table("private/pseudonyms")
        return set(key[key["case_id"] == case]["pseudonym"])

    before = {case: shown(case) for case in ("P01", "P02", "P03")}
    withdraw(project, "P02", now=NOW)
    list(run(project))
    assert {case: shown(case) for case in ("P01", "P03")} == {case: before[case] for case in ("P01", "P03")}
    (theirs,) = before["P02"]
    assert theirs not in set(project.table("private/pseudonyms")["pseudonym"])
    assert theirs in set(project.table("private/numbers")["pseudonym"])


def test_they_count_nowhere_any_more(project):
    withdraw(project, "P02", now=NOW)
    list(run(project))
    for name in ("cases", "segments", "quotes"):
        assert "P02" not in set(project.table(name)["case_id"].dropna())
    assert set(project.table("cases")["case_id"]) >= {"P01", "P03"}


def test_what_others_say_of_them_stays_masked(project):
    (project.path.parent / "later.txt").write_text(
        "I left the team. It was Thandiwe who helped me.\n", encoding="utf-8"
    )
    add(project, *read(project.path.parent / "later.txt"))
    list(run(project))
    withdraw(project, "P02", now=NOW)
    list(run(project))
    said = " ".join(project.table("segments")["text"])
    assert "who helped me" in said
    assert "Thandiwe" not in said
    assert found_in(project.path, ("Quillfeather",)) == []


def test_the_receipt_counts_and_holds_no_word(project):
    table = project.table("private/originals")
    files = dict(zip(table["file_name"], table["document_id"], strict=True))
    plan, receipt = withdraw(project, "P02", now=NOW)
    assert receipt.removed["documents"] == 2
    assert receipt.removed["turns"] == 5
    assert receipt.removed["tags/kim"] > 0
    assert plan.whole == (files["thandiwe-private-2.txt"], files["thandiwe-private.txt"])
    assert set(plan.shared) == {files["group.txt"], files["survey.csv"]}
    (kept,) = withdrawals(project)
    assert kept == receipt
    assert kept.state == "done"
    journal = (project.path / "private" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(journal[-1])["receipt"] == "w001"


def test_earlier_exports_that_show_their_words_are_listed(project):
    plan, _ = withdraw(project, "P02", now=NOW)
    assert {Path(one.file).name for one in plan.exports} == {"quotes.txt", "quotes-for-board.txt"}
    assert all(one.quotes for one in plan.exports)
    assert {Path(one.file).name for one in plan.counted} == {"numbers.txt"}


def test_files_that_people_wrote_and_that_name_them_are_listed(project):
    themes = project.path / "themes.yaml"
    themes.write_text(
        THEMES.replace(
            "I had forty families by Christmas.", "My caseload had wrenchlight written all over it"
        ),
        encoding="utf-8",
    )
    project.keys.write("merges.yaml", b"apart:\n  - [Thandiwe Quillfeather, Thandi]\n")
    plan, _ = withdraw(project, "P02", now=NOW)
    assert set(plan.left) == {"private/merges.yaml", "themes.yaml"}
    assert "wrenchlight" in themes.read_text(encoding="utf-8")


# Their words come again


def again(project, *names, people=False):
    desk = project.path.parent / "again"
    desk.mkdir(exist_ok=True)
    for name in names:
        (desk / name).write_text(FILES[name], encoding="utf-8")
    (desk / "participants.csv").write_text(PEOPLE, encoding="utf-8")
    documents, dropped = read([desk / name for name in names]) if names else ([], [])
    given = read_participants(desk / "participants.csv") if people else None
    return add(project, documents, dropped, people=given)


@pytest.mark.parametrize("people", [False, True])
def test_the_same_file_added_again_is_left_out_and_told(project, people):
    withdraw(project, "P02", now=NOW)
    added = again(project, "thandiwe-private.txt", people=people)
    assert added.documents == ()
    assert added.withdrawn == ("P02",)
    assert found_in(project.path) == []


def test_a_participants_table_with_their_row_brings_nothing_back(project):
    withdraw(project, "P02", now=NOW)
    assert again(project, people=True).withdrawn == ("P02",)
    list(run(project))
    assert "P02" not in set(project.table("cases")["case_id"])
    assert found_in(project.path) == []


def test_a_changed_survey_with_their_answer_is_taken_in_without_it(project):
    withdraw(project, "P02", now=NOW)
    desk = project.path.parent / "again"
    desk.mkdir()
    (desk / "survey.csv").write_text(FILES["survey.csv"] + "P05,Bo Fry,It was the families again.\n")
    added = add(project, *read(desk / "survey.csv"), replacing=True)
    assert added.withdrawn == ("P02",)
    assert found_in(project.path) == []
    list(run(project))
    assert "It was the families again." in set(project.table("segments")["text"])


def test_an_id_that_they_had_is_given_to_no_other_file(project):
    documents, dropped = read_text(
        project, "lone.txt", "Interviewer: Why?\nSam: A gazebo, that was why I left.\n"
    )
    add(project, documents, dropped)
    list(run(project))
    withdraw(project, "d007", now=NOW)
    added = add(project, *read_text(project, "other.txt", "It was the commute that I left for.\n"))
    assert [one.document_id for one in added.documents] == ["d008"]
    assert added.withdrawn == ()


def read_text(project, name, text):
    (project.path.parent / name).write_text(text, encoding="utf-8")
    return read(project.path.parent / name)


# Faults


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [("p2", "did you mean 'P02'"), ("p02", "did you mean 'P02'"), ("Zebedee", "ids stand")],
)
def test_somebody_who_is_not_here_is_said_with_the_nearest(project, wanted, hint):
    with pytest.raises(FeedbackError, match=f"no person '{wanted}'") as told:
        case_of(project, wanted)
    assert hint in told.value.hint


def test_somebody_who_withdrew_already_is_said(project):
    withdraw(project, "P02", now=NOW)
    with pytest.raises(FeedbackError, match="withdrew already, on 2026-11-22"):
        case_of(project, "P02")


@pytest.mark.parametrize("stage", [0, 1, 3, 8, 13, 16, 17, 18])
def test_broken_off_anywhere_no_run_goes_on_and_the_same_command_ends_it(project, stage, monkeypatch):
    saved = []
    save = Project.save

    def torn(self, *arguments, **options):
        if len(saved) == stage:
            raise KeyboardInterrupt
        saved.append(arguments[0])
        save(self, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Project, "save", torn)
        try:
            withdraw(project, "P02", now=NOW)
            broken = False
        except KeyboardInterrupt:
            broken = True
    if broken:
        with pytest.raises(FeedbackError, match="broken off"):
            list(run(project))
        assert case_of(project, "P02") == "P02"
        withdraw(project, "P02", now=NOW)
    assert found_in(project.path) == []
    (receipt,) = withdrawals(project)
    assert (receipt.state, receipt.removed["turns"]) == ("done", 5)
    assert set(project.table("private/links")["case_id"]) == {"P01", "P03", "d004-P04"}


def test_a_damaged_receipt_is_said(project):
    withdraw(project, "P02", now=NOW)
    (project.path / "private" / "withdrawals" / "w001.json").write_text("{")
    with pytest.raises(FeedbackError, match=r"w001\.json' is damaged"):
        list(run(project))


def test_it_works_in_a_locked_project(project):
    project.keys.seal_all("four words of mine", project.receipt_in_private)
    locked = Project(project.path, passphrase="four words of mine")
    withdraw(locked, "P02", now=NOW)
    list(run(locked))
    locked.keys.open_all()
    assert found_in(project.path) == []


# The command


def test_the_command_asks_for_yes_and_says_what_goes(project):
    refused = CliRunner().invoke(command, ["P02", "-p", str(project.path)])
    assert isinstance(refused.exception, FeedbackError)
    assert "--yes" in refused.exception.hint
    assert found_in(project.path) == sorted(THEIRS)
    ran = CliRunner().invoke(command, ["P02", "--yes", "-p", str(project.path)])
    assert ran.exit_code == 0
    assert "P02 has withdrawn: 2 documents, 5 turns" in ran.output
    assert "quotes-for-board.txt" in ran.output
    assert found_in(project.path) == []


def test_the_command_gives_one_json_object(project):
    told = json.loads(CliRunner().invoke(command, ["P02", "--yes", "--json", "-p", str(project.path)]).stdout)
    assert told["receipt"] == "w001"
    assert len(told["exports"]) == 2


def test_exports_are_written_down_before_they_leave(project):
    assert [Path(one.file).name for one in exports_of(project)] == [
        "quotes.txt", "quotes-for-board.txt", "numbers.txt",
    ]  # fmt: skip


def test_what_was_decided_about_push_factors_points_at_their_words_no_more(project):
    from feedback.factors.kept import Decision, parse_decisions, with_decision

    said = project.table("segments").dropna(subset=["case_id"])
    own = set(said.loc[said["case_id"] == "P02", "segment_id"])
    everybody = tuple(said["segment_id"])
    project.save_decided(with_decision("", Decision("families", label="Too many", members=everybody)))
    withdraw(project, "P02", now=NOW)
    assert own
    assert set(parse_decisions(project.decided_text)[0].members) == set(everybody) - own
