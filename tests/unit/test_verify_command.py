"""`quotes verify` on documents: our own report is in order, and what is wrong in others is shown."""

from __future__ import annotations

import pytest


@pytest.fixture
def report(tmp_path):
    """Writes a document; gives its path."""

    def write(text, name="report.md"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


SAID = "I had 29 children when I left and I was told that was 'about average', which it was."


def test_our_own_report_is_all_in_order(demo, feedback):
    ran = feedback("quotes", "verify", demo.folder / "reports" / "report.html", "-p", demo.folder)
    assert ran.code == 0, ran.out
    asked = feedback("quotes", "verify", demo.folder / "reports" / "report.html", "-p", demo.folder, "--json")
    assert asked.json["verdicts"]["verified"] >= 90
    # A word that a PDF divides at a line's end stands undivided in the quote, which is fair and told.
    fair = {"verified", "edited within policy", "too short to check", "not a quote of a person"}
    assert set(asked.json["verdicts"]) <= fair


def test_a_dropped_word_ends_with_exit_code_3_and_shows_the_difference(demo, feedback, report):
    file = report(f"> {SAID.replace('which it was', 'which it was not')}\n")
    ran = feedback("quotes", "verify", file, "-p", demo.folder)
    assert ran.code == 3
    assert "altered" in ran.out and "was not" in ran.out and "Hint:" in ran.err
    before = feedback("quotes", "-p", demo.folder, "--json", "verify", file)
    assert before.json["passages"][0]["verdict"] == "altered"
    assert before.json["passages"][0]["difference"]


def test_a_report_of_another_project_is_said_to_be_one(demo, feedback, report):
    words = (
        "the lizards of the moon have taken over the department",
        "nobody on the moon ever answered my calls about cheese",
        "it snowed cheese on us for three winters in a row",
    )
    ran = feedback("quotes", "verify", report("\n\n".join(f"> {one}" for one in words)), "-p", demo.folder)
    assert ran.code == 3
    assert "another project's" in ran.err


def test_a_document_without_quotes_is_no_proof_of_anything(demo, feedback, report):
    ran = feedback("quotes", "verify", report("Nothing is quoted here.\n"), "-p", demo.folder)
    assert ran.code == 1
    assert "no quotes found" in ran.err


def test_names_that_the_project_masks_are_not_printed(demo, feedback, report):
    text = "> Chidera Nwosu told me that her manager had never once read the file of Imran Chaudhry.\n"
    text += "> — Hannah Ode\n"
    for more in ((), ("--json",)):
        ran = feedback("quotes", "verify", report(text), "-p", demo.folder, *more)
        assert ran.code == 3
        for name in ("Chidera", "Nwosu", "Imran", "Chaudhry", "Hannah"):
            assert name not in ran.out + ran.err


def test_picking_quotes_works_as_before(demo, feedback):
    assert feedback("quotes", "-p", demo.folder, "--json").json["quotes"]
    assert "verify" in feedback("quotes", "--help").out
