"""A person goes through what is doubtful: every decision is kept before the next is shown, and replayed."""

import stat

import pytest
from click.testing import CliRunner

from feedback.cli import cli
from feedback.edits import rendered
from feedback.errors import FeedbackError
from feedback.intake import add
from feedback.journal import read_entries
from feedback.pipeline.shards import documents_of
from feedback.project import Project
from feedback.readers import read_bytes
from feedback.residue import Place, Residue
from feedback.residue.deciding import Answer, answer_of

THEMES = "themes:\n  pay: {means: Money., phrases: [pay]}\n"
TALK = """Interviewer: Why did you leave?
Ann: Somehow Brandreth came to the office and it all changed for the worse for us.
Ann: I was the only male deputy head in the county, and after that Brandreth left us there.
Interviewer: And after?
Ann: Later they all said that it had been so before. She was 14 then.
"""
AT = (Place("d001", 0, 9),)
NAME = Residue("mask", 0.4, "person", "Brandreth", "[Person 1]", "[Person 1]", "capital", AT)
FLAG = Residue(
    "role", 0.7, "flag role", "the one", "in an unusual role", "[in an unusual role]", "pattern", AT
)
NUMBER = Residue("number", 0.9, "number", "44 71 902", "a number", "[Number]", "capital", AT)


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "study", themes=THEMES)
    with (made.path / "feedback.yaml").open("a") as settings:
        settings.write("deidentify: {recognise_names: false}\n")
    put(made, TALK)
    return made


def put(project, talk, name="a.txt"):
    add(project, [read_bytes(talk.encode(), name, document_id="d001")[0]], replacing=True)


def deidentify(project, *arguments, answers=None):
    return CliRunner().invoke(cli, ["deidentify", "-p", str(project.path), *arguments], input=answers)


def review(project, answers):
    return deidentify(project, "--review", answers=answers)


def text(project):
    return "\n".join(rendered(one, project.table("edits")) for one in documents_of(project))


def decisions(project):
    return project.table("private/decisions")


@pytest.mark.parametrize(
    ("said", "about", "answer"),
    [
        ("", NAME, Answer("mask", "", "person")),
        ("m place", NAME, Answer("mask", "", "place")),
        ("m o here", NAME, Answer("mask", "", "organisation", here=True)),
        ("k", NAME, Answer("keep", "", "person")),
        ("k here", NAME, Answer("keep", "", "person", here=True)),
        ("here", NAME, Answer("mask", "", "person", here=True)),
        ("c a colleague", NAME, Answer("change", "[a colleague]", "person")),
        ("c [a colleague] here", NAME, Answer("change", "[a colleague]", "person", here=True)),
        ("= person 2", NAME, Answer("same", "[Person 2]", "person")),
        ("=Person 2", NAME, Answer("same", "[Person 2]", "person")),
        ("= [Person 2] here", NAME, Answer("change", "[Person 2]", "person", here=True)),
        ("", FLAG, Answer("generalise", "[in an unusual role]", "flag role", here=True)),
        ("g", FLAG, Answer("generalise", "[in an unusual role]", "flag role", here=True)),
        ("k", FLAG, Answer("keep", "", "flag role", here=True)),
        ("c a deputy", FLAG, Answer("change", "[a deputy]", "flag role", here=True)),
        ("", NUMBER, Answer("mask", "[Number]", "number")),
        ("k", NUMBER, Answer("keep", "", "number")),
    ],
)
def test_an_answer_says_what_shows_and_where(said, about, answer):
    assert answer_of(said, about, ["[Person 1]", "[Person 2]"]) == answer


@pytest.mark.parametrize(
    ("said", "about", "why"),
    [
        ("keep", NAME, "is no answer"),
        ("7", NAME, "is no answer"),
        ("k brandreth", NAME, "is no answer"),
        ("c", NAME, "what should it say"),
        ("c brandreth's friend", NAME, "shows the very words"),
        ("c " + "x" * 40, NAME, "at most 38"),
        ("c a \x1b[31m", NAME, "letters and figures"),
        ("= Person 9", NAME, "nobody is called"),
        ("= Person 1", FLAG, "only a name"),
        ("m hamlet", NAME, "no kind of name"),
    ],
)
def test_an_answer_that_means_nothing_is_refused_with_a_reason(said, about, why):
    with pytest.raises(FeedbackError, match=why):
        answer_of(said, about, ["[Person 1]", "[Person 2]"])


def test_the_most_risky_is_asked_first_and_decisions_are_replayed(project):
    ran = review(project, "\nk\n\n")
    assert ran.exit_code == 0, ran.output
    asked = [line for line in ran.output.splitlines() if line.startswith("[")]
    assert [line.split("  ")[1] for line in asked[:2]] == [
        "a post or role that few hold", "a mask that may be mistaken",
    ]  # fmt: skip
    assert "the only male deputy" not in text(project)
    assert "[in an unusual role]" in text(project)
    assert text(project).count("Brandreth") == 2
    deidentify(project)
    assert text(project).count("Brandreth") == 2


def test_what_was_decided_is_not_asked_again(project):
    review(project, "\n" * 9)
    ran = review(project, "\n")
    assert isinstance(ran.exception, FeedbackError)
    assert "nothing left to review" in ran.exception.message


def test_undo_takes_back_the_last_decision_and_asks_again(project):
    ran = review(project, "k\nk\nu\nu\nu\nq\n")
    assert "nothing to undo" in ran.output
    assert len(decisions(project)) == 0
    assert [entry["act"] for entry in read_entries(project.path / "private" / "journal.jsonl")][-4:] == [
        "decide", "decide", "undo", "undo",
    ]  # fmt: skip


def test_a_changed_mind_replaces_the_decision_and_undo_brings_the_first_back(project):
    review(project, "s\nk\nb\nc somebody\nq\n")
    assert list(decisions(project)["act"]) == ["change"]
    assert "[somebody]" in text(project)
    review(project, "s\nq\n")
    assert list(decisions(project)["act"]) == ["change"]


def test_a_decision_for_one_place_leaves_the_others_to_be_asked(project):
    ran = review(project, "s\nk here\nq\n")
    assert ran.output.count("a mask that may be mistaken") == 2
    assert text(project).count("Brandreth") == 1


def test_a_skipped_find_is_not_decided_and_asked_again(project):
    review(project, "s\ns\ns\ns\ns\ns\n")
    assert not len(decisions(project))
    assert review(project, "q\n").output.count("[1 of") == 1


def test_a_decision_survives_a_corrected_file(project):
    review(project, "\nk here\nk here\nq\n")

    def corrected(said):
        return said.replace("Why did", "Please tell me: why did").replace("for the worse", "for much worse")

    before = text(project)
    put(project, corrected(TALK))
    deidentify(project)
    assert text(project) == corrected(before)


def test_the_log_has_rule_coder_and_time_and_not_a_word_of_a_participant(project):
    deidentify(project, "--review", "--coder", "ab", answers="k\nk\nm\n\nq\n")
    journal = read_entries(project.path / "private" / "journal.jsonl")
    entries = [one for one in journal if one["act"] == "decide"]
    assert {"when", "decision", "label", "rule", "scope", "coder"} <= entries[0].keys()
    assert entries[0]["coder"] == "ab"
    kept = (project.path / "private" / "journal.jsonl").read_text() + decisions(project).to_csv()
    assert not any(word in kept.casefold() for word in ("brandreth", "deputy", "county"))
    assert stat.S_IMODE(project.file("private/decisions").stat().st_mode) == 0o600


def test_a_run_is_noted_with_counts_by_label_and_source_and_versions(project):
    deidentify(project)
    entry = next(
        one for one in read_entries(project.path / "private" / "journal.jsonl") if one["act"] == "deidentify"
    )
    assert entry["labels"]["person"] >= 2
    assert entry["sources"]["capital"] >= 2
    assert entry["flags"]["role"] == 1
    assert entry["versions"]["feedback"]


def test_a_review_needs_somebody_who_answers(project):
    ran = review(project, "")
    assert isinstance(ran.exception, FeedbackError)
    assert "needs a terminal" in ran.exception.message
    assert not project.file("private/decisions").exists()


def test_a_review_whose_input_ends_keeps_what_was_decided(project):
    ran = review(project, "k\n")
    assert ran.exit_code == 0, ran.output
    assert len(decisions(project)) == 1


def test_a_review_does_not_speak_json(project):
    ran = deidentify(project, "--review", "--json")
    assert isinstance(ran.exception, FeedbackError)


def test_the_residue_as_json_has_places_and_no_words(project):
    ran = deidentify(project, "--residue", "--json", "-q")
    assert '"document_id": "d001"' in ran.output
    assert "Brandreth" not in ran.output
    assert "a.txt" not in ran.output


def test_the_residue_on_the_screen_has_no_file_name(project):
    ran = deidentify(project, "--residue")
    assert "▸Brandreth◂" in ran.output
    assert "a.txt" not in ran.output


def test_what_is_kept_is_shown_wherever_it_was_said(project):
    settings = project.path / "feedback.yaml"
    settings.write_text(settings.read_text().replace("names: false", "names: false, keep: [Scrum]"))
    review(project, "s\nk\nq\n")
    said = deidentify(project).output
    assert "Kept as no names by feedback.yaml: Scrum" in said
    assert "Kept as no names by review: brandreth" in said
    assert "1 decision from reviews holds: 1 keep." in said


def test_words_to_keep_that_are_also_names_to_mask_are_masked_and_said(project):
    settings = project.path / "feedback.yaml"
    kept = settings.read_text().replace("recognise_names: false", "recognise_names: false, keep: [Brandreth]")
    settings.write_text(kept.replace("keep: [Brandreth]", "keep: [Brandreth], names: [Brandreth]"))
    ran = deidentify(project)
    assert "'Brandreth' is in deidentify: keep: and among the names to mask; names win" in ran.output
    assert "Brandreth" not in text(project)


def test_decisions_made_with_another_secret_are_not_dropped_in_silence(project):
    review(project, "k\nq\n")
    (project.path / "private" / "secret").write_text("ab" * 32)
    (project.path / "private" / "numbers.parquet").unlink()
    put(project, TALK + "More.\n")
    ran = deidentify(project)
    assert isinstance(ran.exception, FeedbackError)
    assert "another secret" in ran.exception.message
    assert len(decisions(project)) == 1
