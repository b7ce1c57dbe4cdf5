"""A report that was summed up once is not summed up again, and is never kept for longer than it holds."""

import pytest

from feedback import Project
from feedback.leaving.kept import kept
from feedback.leaving.publish import _summed_up, report_of
from feedback.model import Crosstab, FactorCard, Outcome, OutcomePoint, Quote, Report, SideTable, Split
from feedback.pipeline.remembered import forget, report_file
from feedback.report.kept import packed, unpacked

FULL = Report(
    title="Why they left “again”",
    approach="codebook",
    counts=(("people", 3),),
    factors=(
        FactorCard(
            "pay", "Pay", ("pay", "money"), 3, 9,
            stability=0.5, interval=(0.1, 0.25), gap=(0.1, -0.2, 1.0),
            quotes=(Quote("The pay.", "A worker"),),
            splits=(Split("role", (("a", 1, None), ("b", None, None))),),
        ),
    ),
    tables=(Crosstab("role", ("a",), (None,), (("pay", (5, None)), ("none", ()))),),
    outcomes=(Outcome("left", "left", (OutcomePoint("", 12.0, 3, low=0.5),), (SideTable("c", (), ((),)),)),),
    method=(("Reading", ("one", "two")), ("Tags", ())),
    settings=(("report.attributes", ("role", "cohort")), ("seed", 0), ("titled", None), ("share", 0.5)),
)  # fmt: skip


@pytest.fixture
def study(tmp_path):
    return Project.create(tmp_path / "study", themes="themes:\n  pay: {label: Pay, means: Money.}\n")


@pytest.mark.parametrize("report", [FULL, Report("", "codebook", ())], ids=["full", "empty"])
def test_a_report_comes_back_as_it_was(report):
    assert unpacked(packed(report)) == report


def test_what_a_whole_study_gives_comes_back_as_it_was(demo):
    report = _summed_up(Project(demo.folder))
    assert unpacked(packed(report)) == report


def test_a_report_is_summed_up_once(study):
    asked = []

    def summed_up():
        asked.append(1)
        return FULL

    for made_from in ("these", "these", "others", "others"):
        assert kept(study, made_from, summed_up) == FULL
    assert len(asked) == 2


def test_a_changed_setting_theme_or_folder_name_is_seen_in_the_report(study):
    settings = study.path / "feedback.yaml"
    assert report_of(study).title == "study"
    settings.write_text(
        settings.read_text().replace('title: "study"', "report: {smallest_group: 7}\ntitle: ''")
    )
    assert report_of(study).smallest_group == 7
    moved = study.path.rename(study.path.with_name("moved"))
    assert report_of(Project(moved)).title == "moved"


@pytest.mark.parametrize("spoil", [lambda data: data[:-9], lambda data: b"", lambda data: data[:64] + b"[]"])
def test_a_spoiled_file_is_made_anew(study, spoil):
    whole = report_of(study)
    file = report_file(study)
    file.write_bytes(spoil(file.read_bytes()))
    assert report_of(study) == whole


def test_it_is_kept_where_it_can_be_and_fails_nowhere(study):
    with study.locked():
        assert report_of(study).title == "study"
        assert not report_file(study).exists()
    assert report_of(study).title == "study"
    assert report_file(study).exists()
    forget(study)
    assert not report_file(study).exists()
