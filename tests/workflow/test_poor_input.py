"""Studies that lack what push factors need: each command says what is missing and shows what it can."""

import csv
import re

import pytest

REASONS = (
    "The caseload was far too high.", "The pay did not cover the rent.",
    "I was working every evening to finish the paperwork.", "My manager never had time for supervision.",
)  # fmt: skip
DAILY = ("The caseload is heavy.", "The pay could be better.", "My manager listens to me.")
QUICK = """
embedder: lsa
tag: {by: [rules]}
deidentify: {recognise_names: false}
"""


def respondent(at, leavers, **cells):
    left = at < leavers
    return {
        "id": f"R{at:02}",
        "leaver": "yes" if left else "no",
        "region": ("North", "South")[at % 2],
        "Why did you leave?": f"{REASONS[at % 4]} That was {at} years in." if left else "",
        "What is it like here?": f"{DAILY[at % 3]} I see {at + 12} families a week.",
        **cells,
    }


def write(file, rows):
    with file.open("w", newline="", encoding="utf-8") as handle:
        sheet = csv.DictWriter(handle, rows[0])
        sheet.writeheader()
        sheet.writerows(rows)


@pytest.fixture
def study(tmp_path, feedback):
    """Makes a project of survey rows; study.ran(verb, ...) runs a command on it and gives what it did."""

    def make(rows, settings=""):
        folder = tmp_path / "study"
        feedback("new", folder)
        (folder / "feedback.yaml").write_text(QUICK + settings, encoding="utf-8")
        write(tmp_path / "survey.csv", rows)
        texts = ["--text", "Why did you leave?", "--text", "What is it like here?"]
        added = feedback("add", tmp_path / "survey.csv", "-p", folder, "--case", "id", *texts)
        assert added.code == 0, added.err
        return lambda *words: feedback(*words, "-p", folder)

    return make


def everything(ran):
    """What each command did."""
    return {
        "run": ran("run"),
        "show": ran("factors", "show", "bureaucracy"),
        "compare": ran("compare", "--by", "region"),
        "factors compared": ran("compare", "--factors", "--by", "region"),
        "why": ran("why"),
    }


def test_where_nobody_left_themes_are_shown_and_each_command_says_how_to_mark_leavers(study):
    found = everything(study([respondent(at, 0) for at in range(12)]))
    assert {name for name, ran in found.items() if ran.code} == {"show", "factors compared"}
    assert {ran.code for ran in found.values()} == {0, 1}
    for name in ("run", "show", "factors compared"):
        said = found[name].out + found[name].err
        assert "marked as having left" in said and "yes in the column 'leaver'" in said, name
        assert "leaver: everybody" in said, name
    assert "4 of 12: people who speak of it as their own experience" in found["why"].out
    assert "caseload" in found["why"].out and "n-factor" not in found["why"].out


def test_what_one_leaver_says_is_counted_nowhere_and_what_all_say_is_shown(study):
    found = everything(study([respondent(at, 1) for at in range(12)]))
    assert {name for name, ran in found.items() if ran.code} == {"show", "factors compared"}
    for name in ("run", "factors compared"):
        assert "Fewer than 5 people who left" in found[name].out + found[name].err, name
    assert "n-factor" not in found["why"].out and "n-theme-caseload-any" in found["why"].out


def test_where_no_leaver_gives_a_reason_that_is_said_and_complaints_are_not_called_reasons(study):
    rows = [respondent(at, 8, **{"Why did you leave?": "N/A"}) for at in range(16)]
    found = everything(study(rows))
    assert {name for name, ran in found.items() if ran.code} == {"show"}
    assert "has any sentences" in found["show"].err and "quotes --theme" in found["show"].err
    assert "more about it than about any other reason" not in found["run"].out + found["why"].out
    assert "No leaver gives a reason for leaving that was found" in found["run"].out
    assert "give it as a reason" not in found["run"].out


def test_where_nobody_is_asked_why_they_left_that_is_said_and_there_are_no_push_factors(tmp_path, feedback):
    folder = tmp_path / "study"
    feedback("new", folder)
    everybody = "factors: {leaver: everybody}\n"
    (folder / "feedback.yaml").write_text(QUICK + everybody, encoding="utf-8")
    for at in range(8):
        told = " ".join(f"{REASONS[at % 4]} That was in week {week}." for week in range(6))
        text = f"Interviewer: What was a day like in team {at}?\nPerson: {told}\n"
        text += "Interviewer: And at weekends?\nPerson: The same.\n"
        (tmp_path / f"P{at}.txt").write_text(text, encoding="utf-8")
    feedback("add", *sorted(tmp_path.glob("P*.txt")), "-p", folder)
    for verb in ("run", "factors"):
        said = feedback(verb, "-p", folder).out
        assert "Nobody here is asked why they left" in said and "Nobody speaks of leaving" in said, verb
        assert "leavers give" not in said and "speak of it" not in said, verb
    assert "n-factor" not in feedback("why", "-p", folder).out


def test_people_without_an_attribute_stand_in_a_column_of_their_own(study):
    rows = [respondent(at, 20, region="" if at % 3 == 0 else ("North", "South")[at % 2]) for at in range(40)]
    found = everything(study(rows))
    assert not any(ran.code for ran in found.values())
    assert "'region' is not recorded for 14 people" in found["compare"].err


def test_of_a_survey_of_leavers_only_it_can_be_said_that_everybody_left(study, tmp_path):
    rows = [respondent(at, 24) for at in range(24)]
    for row in rows:
        del row["leaver"]
    ran = study(rows)
    before = ran("run")
    assert before.code == 0 and "leaver: everybody" in before.out
    settings = tmp_path / "study" / "feedback.yaml"
    settings.write_text(QUICK + "factors:\n  leaver: everybody\n", encoding="utf-8")
    assert "the setting factors: leaver changed" in re.sub(r"\s+", " ", ran("status").out)
    found = everything(ran)
    assert not any(one.code for one in found.values()), {name: one.err for name, one in found.items()}
    assert (
        "6 of 24 leavers give it as a reason" in found["run"].out
        and "n-factor-bureaucracy-any" in found["why"].out
    )
    assert ran("compare", "--by", "leaver").code == 1


def test_a_survey_of_ticks_alone_is_told_apart_from_one_in_which_nobody_speaks_of_a_theme(tmp_path, feedback):
    folder = tmp_path / "study"
    feedback("new", folder)
    rows = [{"id": at, "leaver": "yes", "Workload": ("TRUE", "FALSE")[at % 2]} for at in range(30)]
    write(tmp_path / "ticks.csv", rows)
    assert "no column looks like free text" in feedback("add", tmp_path / "ticks.csv", "-p", folder).err
    ran = feedback("run", "-p", folder)
    assert ran.code == 0 and "No interviews or survey answers were read" in ran.out
    compared = feedback("compare", "--by", "workload", "-p", folder)
    assert compared.code == 1 and "nobody's words were read" in compared.err and "--text" in compared.err


def test_of_a_survey_with_dozens_of_columns_eight_are_tabulated_and_the_others_are_a_setting(study, tmp_path):
    marks = {f"Question {at}": at for at in range(40)}
    rows = [
        respondent(
            at, 20, **{name: ("agree", "disagree")[at * (step + 3) // 7 % 2] for name, step in marks.items()}
        )
        for at in range(60)
    ]
    ran = study(rows)
    assert ran("run").code == 0
    page = (tmp_path / "study" / "reports" / "report.html").read_text(encoding="utf-8")
    assert page.count("<caption>Themes by ") <= 8
    assert re.search(r"Of 3\d attributes with 2 to 8 values the 8 with the fewest are looked at", page)


def talks(folder):
    folder.mkdir()
    for at in range(8):
        said = f"Interviewer: Why did you leave?\nParticipant: {REASONS[at % 4]} Year {at} did it.\n"
        (folder / f"P{at:02}.txt").write_text(said, encoding="utf-8")
    return folder


def test_a_participants_table_that_fits_nobody_is_refused_and_nothing_is_added(tmp_path, feedback):
    folder = tmp_path / "study"
    feedback("new", folder)
    write(tmp_path / "people.csv", [{"case_id": f"X{at:03}", "leaver": "yes"} for at in range(9)])
    ran = feedback("add", talks(tmp_path / "talks"), "--cases", tmp_path / "people.csv", "-p", folder)
    assert ran.code == 1 and "matches any of the 8 documents" in ran.err and "'file'" in ran.err
    assert feedback("run", "-p", folder).code == 1


@pytest.mark.parametrize(
    ("cells", "said", "option"),
    [
        ({"started": "01/09/2020", "ended": "04/05/2021"}, "could be two different days", "dates=day-first"),
        ({"started": "2020-09-01", "ended": "2020-08-01"}, "before", ""),
        ({"months": "-5"}, "months below zero", "unknown=-5"),
    ],
)
def test_days_and_months_that_cannot_be_are_named_and_reasons_are_counted_all_the_same(
    tmp_path, feedback, cells, said, option
):
    folder = tmp_path / "study"
    feedback("new", folder)
    (folder / "feedback.yaml").write_text(QUICK, encoding="utf-8")
    usual = {"started": "2020-09-01", "ended": "2021-05-04"} if "started" in cells else {"months": "14"}
    rows = [{"case_id": f"P{at:02}", "leaver": "yes", **(usual if at else cells)} for at in range(8)]
    stayed = {"leaver": "no", **({"ended": ""} if "ended" in cells else {})}
    rows += [{**row, **stayed, "case_id": f"S{at}"} for at, row in enumerate(rows[1:])]
    write(tmp_path / "people.csv", rows)
    assert (
        feedback("add", talks(tmp_path / "talks"), "--cases", tmp_path / "people.csv", "-p", folder).code == 0
    )
    assert "2 of 8 leavers give it as a reason" in feedback("run", "-p", folder).out
    days = ["start=started", "left_profession=ended", "until=2023-10-01"]
    columns = days if "started" in cells else ["months=months", "left_profession=leaver"]
    words = ["outcomes", "--definition", "left-profession", "-p", folder]
    words += [word for column in columns for word in ("--set", column)]
    ran = feedback(*words)
    assert (ran.code, ran.out) == (1, "") and said in ran.err and "P00" in ran.err
    assert "Hint:" in ran.err and option in ran.err
    if option:
        assert feedback(*words, "--set", option).code == 0
