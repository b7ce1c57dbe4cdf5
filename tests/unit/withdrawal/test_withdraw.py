"""Who withdraws leaves: words, names and all that was made of them, and nobody else loses a character."""

import json
from pathlib import Path

import pandas as pd
from three_and_a_survey import NOW, THEIRS, THEMES, found_in

from feedback.intake import add
from feedback.pipeline import run
from feedback.pipeline.shards import documents_of
from feedback.readers import read
from feedback.withdrawal import withdraw
from feedback.withdrawals import withdrawals


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


def test_what_was_decided_about_push_factors_points_at_their_words_no_more(project):
    from feedback.factors.kept import Decision, parse_decisions, with_decision

    said = project.table("segments").dropna(subset=["case_id"])
    own = set(said.loc[said["case_id"] == "P02", "segment_id"])
    everybody = tuple(said["segment_id"])
    project.save_decided(with_decision("", Decision("families", label="Too many", members=everybody)))
    withdraw(project, "P02", now=NOW)
    assert own
    assert set(parse_decisions(project.decided_text)[0].members) == set(everybody) - own
