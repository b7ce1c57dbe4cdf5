"""What is doubtful in the material is found before it is analysed, and each finding says what to do."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.checks.likeness import nearly_same
from feedback.checks.material import Material, check_material
from feedback.errors import FeedbackError
from feedback.intake import add, remove
from feedback.pipeline import run
from feedback.project import Project
from feedback.readers import read_bytes

TALK = """Interviewer: What made you leave?
{who}: It was the forms, {extra} every night until eleven, and nobody ever read one of them.
Interviewer: And the team?
{who}: The team was lovely, I still see two of them on a Sunday for a walk along the canal.
"""


@pytest.fixture
def project(tmp_path):
    return Project.create(tmp_path / "study", themes="themes:\n  bureaucracy: Forms and rules.\n")


def put(project, **files):
    documents = [
        read_bytes(text.encode(), name.replace("_", "."), document_id=f"d{n:03d}")[0]
        for n, (name, text) in enumerate(files.items(), start=1)
    ]
    add(project, documents)
    list(run(project, until="cases"))


def findings(project):
    names = ("documents", "private/originals", "private/turns", "private/links", "private/people", "cases")
    return check_material(Material(*(project.table(name) for name in (*names, "dropped"))))


def test_clean_material_has_no_findings(project):
    other = TALK.replace("forms", "court reports").replace("canal", "beach").replace("lovely", "tired out")
    other = other.replace("I still see two of them on a Sunday", "half of us had gone before the summer")
    put(
        project,
        one_txt=TALK.format(who="Ann", extra=""),
        two_txt=other.format(who="Bo", extra="great piles,"),
    )
    assert findings(project) == []


def test_a_transcript_and_its_corrected_version_are_seen(project):
    long = "".join(f"I remember week {n}, when the {n}th form came back with a note. " for n in range(40))
    put(project, a_txt=TALK.format(who="Ann", extra="") + f"Ann: {long}",
        b_txt=TALK.format(who="Ann", extra="honestly") + f"Ann: {long}")  # fmt: skip
    (found,) = [one for one in findings(project) if one.check == "duplicate"]
    assert found.level == "error"
    assert found.about == ("d001", "d002")
    remove(project, ["d002"])
    assert [one for one in findings(project) if one.check == "duplicate"] == []


def test_answers_sent_twice_are_seen(project):
    same = "I left because the caseload doubled after the merger and nobody asked us."
    put(project, exit_csv=f"id,Why did you leave?\nr1,{same}\nr2,The pay was low for the city we live in.\n"
        f"r3,{same.upper()[:-1]} at all.\nr4,I moved away with my family to the coast.\n")  # fmt: skip
    (found,) = [one for one in findings(project) if one.check == "same answer"]
    assert found.about == ("d001-r1", "d001-r3")


def test_a_blank_file_is_an_error_with_its_remedy(project):
    put(
        project,
        a_txt=TALK.format(who="Ann", extra=""),
        b_txt="Interviewer: Hello?\nBo: Yes.\nInterviewer: Oh.\nBo: Bye.",
    )
    (found,) = [one for one in findings(project) if one.check == "blank"]
    assert (found.level, found.about) == ("error", ("d002",))
    assert "feedback remove" in found.mend


def test_characters_of_a_wrong_encoding_are_seen(project):
    put(project, a_txt=TALK.format(who="Ann", extra="honestly \ufffd"))
    assert [one.check for one in findings(project)] == ["encoding"]


def test_one_id_written_in_two_ways_is_seen(project):
    put(project, P7_txt=TALK.format(who="Ann", extra=""))
    cases = project.table("cases")
    twice = cases.assign(case_id="P07")
    import pandas as pd

    project.save("cases", pd.concat([cases.assign(case_id="p7"), twice], ignore_index=True))
    assert ("P07", "p7") in [one.about for one in findings(project)]


def test_a_document_that_is_not_there_cannot_be_removed(project):
    put(project, a_txt=TALK.format(who="Ann", extra=""))
    with pytest.raises(FeedbackError, match="no document 'd009'"):
        remove(project, ["d001", "d009"])
    assert len(project.table("documents")) == 1, "nothing is removed then"


def test_findings_name_no_file_and_no_words(project):
    put(project, Priya_txt="Interviewer: Hello?\nBo: Yes.\nInterviewer: Oh.\nBo: Bye.")
    (found,) = findings(project)
    assert "Priya" not in found.message + found.mend + "".join(found.about)


@given(st.lists(st.text("abcdef ", min_size=20, max_size=80), min_size=2, max_size=12))
def test_texts_are_nearly_the_same_as_themselves(texts):
    doubled = [*texts, *texts]
    pairs = {(one, other) for one, other, _ in nearly_same(doubled, fewest_words=3)}
    for row, text in enumerate(texts):
        if len(set(text.split())) >= 3 and len(text.split()) >= 3:
            assert (row, row + len(texts)) in pairs


def _share(one, other):
    runs = [
        {tuple(words[at : at + 3]) for at in range(len(words) - 2)} for words in (one.split(), other.split())
    ]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=3, max_size=9).map(" ".join), max_size=9))
def test_of_alike_texts_no_pair_is_missed_and_none_made_up(texts):
    pairs = {
        (one, other): _share(texts[one], texts[other])
        for other in range(len(texts))
        for one in range(other)
        if _share(texts[one], texts[other]) >= 0.8
    }
    found = {(one, other): share for one, other, share in nearly_same(texts, fewest_words=3)}
    assert found == pytest.approx(pairs)


def test_the_screen_shows_ten_of_a_kind_and_says_how_many_more(project, feedback, tmp_path):
    said = [
        f"In team {n} I left since the forms of that week took all of my evenings and more."
        for n in range(12)
    ]
    rows = "".join(f"{n}a,{one}\n{n}b,{one}\n" for n, one in enumerate(said))
    survey = tmp_path / "survey.csv"
    survey.write_text(f"id,why did you leave\n{rows}", encoding="utf-8")
    columns = ("--text", "why did you leave", "--case", "id")
    feedback("add", survey, *columns, "-p", project.path)
    shown = feedback("check", "-p", project.path).out
    assert shown.count("two people gave an answer in nearly the same words") == 10
    assert "and 2 more of this kind (same answer)" in shown
    assert len(feedback("check", "-p", project.path, "--json").json["findings"]) == 12


def test_ranges_of_which_a_spreadsheet_made_days_are_said_with_what_they_were(project):
    people = pd.DataFrame({"case_id": ["a", "b"], "consent": None, "service": ["03-Apr", "Less than 1 year"]})
    put(project, a_txt=TALK.format(who="Bo", extra="and the visits,"))
    tables = {name: project.table(f"private/{name}") for name in ("originals", "turns", "links", "people")}
    material = Material(
        documents=project.table("documents"), cases=people, dropped=project.table("dropped"), **tables
    )
    (found,) = [one for one in check_material(material) if one.check == "spoilt ranges"]
    assert "'service' (03-Apr of 3-4)" in found.message
