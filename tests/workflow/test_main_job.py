"""The main job as people do it: demo, run again, change a phrase, and all the ways it can go wrong."""

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from feedback import Project
from feedback.embed.minilm import MiniLM
from feedback.pipeline import run

REASON = re.compile(r"^(.+): (\d+) of (\d+) leavers", re.MULTILINE)
ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "corpora" / "leavers" / "sources"


def fingerprints(folder: Path) -> dict[str, str]:
    """The files of a project that are its result, with the hash of their bytes."""
    kept = [file for place in ("tables", "reports") for file in sorted((folder / place).rglob("*"))]
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in kept
        if file.is_file()
    }


def test_the_demo_prints_push_factors_by_people_with_a_quote_each_and_the_report(demo):
    found = REASON.findall(demo.ran.out)
    assert len(found) >= 5
    counts = [int(n) for _, n, _ in found]
    assert counts == sorted(counts, reverse=True)
    assert len({of for *_, of in found}) == 1
    assert demo.ran.out.count("“") >= len(found) - 1
    assert (demo.folder / "reports" / "report.html").stat().st_size > 20_000


def test_a_second_run_does_nothing_and_says_so(demo_copy, feedback):
    before = fingerprints(demo_copy)
    ran = feedback("run", "-p", demo_copy)
    assert "Nothing to do: everything is up to date." in ran.out
    assert fingerprints(demo_copy) == before
    assert feedback("run", "-p", demo_copy, "--json").json["done"] == []


def test_the_same_files_give_the_same_bytes_with_a_network_and_without(demo, tmp_path, feedback):
    ran = feedback("demo", demo.folder.name, cwd=tmp_path)
    assert fingerprints(tmp_path / demo.folder.name) == fingerprints(demo.folder)
    assert ran.out == demo.ran.out


def test_a_changed_phrase_tags_anew_without_reading_or_embedding_the_texts_again(demo_copy, monkeypatch):
    project = Project(demo_copy)
    themes = demo_copy / "themes.yaml"
    text = themes.read_text(encoding="utf-8")
    changed = text.replace("phrases: [caseload,", "phrases: [caseload, duty phone,", 1)
    themes.write_text(changed, encoding="utf-8")
    before = {name: project.receipt(name) for name in ("edits", "segments", "private/originals")}
    embedded, encode = set(), MiniLM.encode

    def watched(self, texts, *, progress=None):
        embedded.update(texts)
        return encode(self, texts, progress=progress)

    monkeypatch.setattr(MiniLM, "encode", watched)
    done = [stage.name for stage in run(project)]
    assert done[:2] == ["rules", "meaning"]
    assert {"cases", "deidentify", "segments"}.isdisjoint(done)
    assert {name: project.receipt(name) for name in before} == before
    # Whether reasons group at all is tested on shuffled words; short texts come out of that as they were.
    texts = {text for text in project.table("segments").query("role == 'participant'")["text"]}
    assert embedded.isdisjoint(text for text in texts if len(text.split()) > 5)
    tags = project.table("tags/rules")
    assert "duty phone" in set(tags[tags["theme_id"] == "caseload"]["rule"])


def test_status_says_what_a_run_would_do(demo_copy, feedback):
    def to_do():
        rows = feedback("status", "-p", demo_copy, "--json").json["stages"]
        return [row["stage"] for row in rows if row["stale"]]

    assert to_do() == []
    settings = demo_copy / "feedback.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "quotes: {longest: 40}\n", encoding="utf-8")
    assert to_do() == ["quotes"]


def test_no_interviewer_and_nobody_without_consent_is_quoted(demo):
    project = Project(demo.folder)
    quotes, segments = project.table("quotes"), project.table("segments").set_index("segment_id")
    consent = project.table("cases").set_index("case_id")["consent"]
    assert len(quotes) > 30
    assert set(segments.loc[quotes["segment_id"], "role"]) == {"participant"}
    assert set(consent.loc[quotes["case_id"]]) <= {"internal", "publication"}


def test_a_quote_is_verbatim(demo):
    project = Project(demo.folder)
    segments = project.table("segments")
    for row in project.table("quotes").itertuples():
        own = segments[(segments["document_id"] == row.document_id) & (segments["role"] == "participant")]
        inside = own[(own["start"] >= row.start) & (own["end"] <= row.end)]
        said = " ".join(inside["text"])
        assert " ".join(row.text.split()) == " ".join(said.split())


def test_who_withdrew_is_in_no_table(demo):
    project = Project(demo.folder)
    barred = set(project.table("cases").query("consent == 'none'")["case_id"])
    assert barred
    assert barred.isdisjoint(project.table("segments")["case_id"].dropna())
    assert "no consent to analysis" in set(project.table("dropped")["reason"])


def test_no_planted_name_stands_in_what_may_leave(demo):
    """Names in the participants table are known beforehand: not one may be left."""
    project = Project(demo.folder)
    names = [name for name in project.table("private/people")["name"] if isinstance(name, str) and name]
    assert len(names) == 34
    leaving = "\n".join(project.table("segments")["text"]) + (
        demo.folder / "reports" / "report.html"
    ).read_text(encoding="utf-8")
    assert [name for name in names if name in leaving] == []


def test_the_journal_holds_no_words_and_no_file_names(demo):
    journal = (demo.folder / "private" / "journal.jsonl").read_text(encoding="utf-8")
    assert "interview-" not in journal
    assert "Hannah" not in journal


# Bad input


def test_nothing_can_be_run_before_something_is_added(tmp_path, feedback):
    feedback("new", tmp_path / "study")
    ran = feedback("run", "-p", tmp_path / "study", alone=True)
    assert ran.code == 1
    assert "Error: there is nothing in this project yet" in ran.err
    assert "Hint: add files" in ran.err


@pytest.mark.parametrize("verb", ["run", "status", "tag", "quotes", "factors", "report", "deidentify"])
def test_a_folder_that_is_no_project_is_said_with_what_to_do(verb, tmp_path, feedback):
    ran = feedback(verb, "-p", tmp_path)
    assert ran.code == 1
    assert "is not a feedback project" in ran.err
    assert "feedback new" in ran.err
    assert ran.out == ""


def test_a_missing_an_empty_and_a_wrong_file_are_named(tmp_path, feedback):
    feedback("new", tmp_path / "study")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "not.docx").write_bytes(b"%PDF-1.4 not a Word file")
    for name in ("absent.txt", "empty.txt", "not.docx"):
        ran = feedback("add", "-p", tmp_path / "study", tmp_path / name)
        assert ran.code == 1
        assert name in ran.err
        assert "Hint:" in ran.err
    assert len(Project(tmp_path / "study").table("documents")) == 0


def test_one_bad_file_among_good_ones_loses_none_of_them(tmp_path, feedback):
    feedback("new", tmp_path / "study")
    shutil.copy(SOURCES / "interview-03.txt", tmp_path / "good.txt")
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 torn")
    ran = feedback("add", "-p", tmp_path / "study", tmp_path / "good.txt", tmp_path / "bad.docx")
    assert ran.code == 0
    assert "bad.docx" in ran.err
    project = Project(tmp_path / "study")
    assert len(project.table("documents")) == 1
    assert "bad.docx" not in " ".join(project.table("dropped")["reason"])


def test_participants_that_match_nothing_change_nothing(tmp_path, feedback):
    feedback("new", tmp_path / "study")
    (tmp_path / "people.csv").write_text("case_id,leaver\nX1,yes\nX2,no\n")
    ran = feedback(
        "add", "-p", tmp_path / "study", "--cases", tmp_path / "people.csv", SOURCES / "interview-03.txt"
    )
    assert ran.code == 1
    assert "X1, X2" in ran.err
    assert "column 'file'" in ran.err
    assert len(Project(tmp_path / "study").table("documents")) == 0


def test_the_same_file_twice_is_one_document(tmp_path, feedback):
    feedback("new", tmp_path / "study")
    for _ in range(2):
        ran = feedback("add", "-p", tmp_path / "study", SOURCES / "interview-03.txt")
        assert ran.code == 0
    assert "here already" in ran.err
    assert len(Project(tmp_path / "study").table("documents")) == 1


def test_a_corrected_file_is_refused_until_it_is_to_replace_the_old_one(tmp_path, feedback):
    feedback("new", tmp_path / "study")
    for version, words in (("one", "I left over pay."), ("two", "I left over the pay, mostly.")):
        (tmp_path / version).mkdir()
        (tmp_path / version / "P01.txt").write_text(words)
    feedback("add", "-p", tmp_path / "study", tmp_path / "one" / "P01.txt")
    refused = feedback("add", "-p", tmp_path / "study", tmp_path / "two" / "P01.txt")
    assert refused.code == 1
    assert "P01.txt (d001)" in refused.err
    assert "--replace" in refused.err
    done = feedback("add", "-p", tmp_path / "study", "--replace", tmp_path / "two" / "P01.txt")
    assert done.code == 0
    originals = Project(tmp_path / "study").table("private/originals")
    assert list(originals["text"]) == ["I left over the pay, mostly."]


def test_a_typing_mistake_in_the_theme_list_is_named_and_nothing_is_lost(demo_copy, feedback):
    before = fingerprints(demo_copy)
    themes = demo_copy / "themes.yaml"
    text = themes.read_text(encoding="utf-8")
    line = text[: text.index("    phrases:")].count("\n") + 1
    themes.write_text(text.replace("    phrases:", "    phrase:", 1), encoding="utf-8")
    ran = feedback("run", "-p", demo_copy)
    assert ran.code == 1
    assert f"themes.yaml line {line}: 'phrase'" in ran.err
    assert "did you mean 'phrases'?" in ran.err.lower()
    assert fingerprints(demo_copy) == before


def test_an_unknown_setting_is_named(demo_copy, feedback):
    with (demo_copy / "feedback.yaml").open("a") as file:
        file.write("treshold: 0.4\n")
    ran = feedback("run", "-p", demo_copy)
    assert ran.code == 1
    assert "'treshold' is not a setting" in ran.err


def test_a_misspelt_verb_gets_the_right_one(feedback):
    ran = feedback("quots", alone=True)
    assert ran.code == 2
    assert "Did you mean 'quotes'?" in ran.err


def test_a_report_in_a_form_that_nobody_writes_is_refused(demo, feedback):
    ran = feedback("report", "-p", demo.folder, "-o", "report.pages")
    assert ran.code == 1
    assert ".html" in ran.err
    assert not Path("report.pages").exists()


def test_leavers_that_nobody_marked_are_said_and_the_rest_still_works(tmp_path, feedback):
    feedback("new", tmp_path / "study")
    feedback("add", "-p", tmp_path / "study", SOURCES / "interview-03.txt", SOURCES / "interview-19.txt")
    ran = feedback("run", "-p", tmp_path / "study")
    assert ran.code == 0
    assert "leaver" in ran.out
    assert len(Project(tmp_path / "study").table("tags")) > 10
    assert len(Project(tmp_path / "study").table("quotes")) == 0
    quotes = feedback("quotes", "-p", tmp_path / "study")
    assert "consent" in quotes.err


def test_every_verb_gives_one_json_object(demo, feedback):
    verbs = [
        ("status",), ("tag",), ("factors",), ("quotes",), ("deidentify",), ("themes", "check"),
        ("themes", "list"), ("themes", "try", "caseload"), ("agree", "rules", "meaning"), ("run",),
    ]  # fmt: skip
    for verb in verbs:
        ran = feedback(*verb, "-p", demo.folder, "--json")
        assert ran.code == 0, ran.err
        assert ran.json["feedback"] == 1


def test_the_lsa_embedder_needs_no_model(demo_copy, feedback):
    settings = demo_copy / "feedback.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "embedder: lsa\n", encoding="utf-8")
    ran = feedback("run", "-p", demo_copy, "--json")
    assert ran.code == 0, ran.err
    assert "meaning" in ran.json["done"]


@pytest.mark.parametrize(
    "verb", [("report", "-o"), ("quotes", "-o"), ("export",)], ids=["report", "quotes", "export"]
)
def test_a_file_that_somebody_worked_on_is_never_written_over_unasked(demo_copy, feedback, tmp_path, verb):
    file = tmp_path / ("study.xlsx" if verb[0] == "export" else "paper.docx")
    where = ("-p", demo_copy)
    assert feedback(*verb, file, *where).code == 0
    assert feedback(*verb, file, *where).code == 0, "as it was written, it may be written again"
    file.write_bytes(file.read_bytes() + b"worked on")
    refused = feedback(*verb, file, *where)
    assert refused.code == 1
    assert "somebody else wrote or changed it" in refused.err
    assert file.read_bytes().endswith(b"worked on")
    assert feedback(*verb, file, *where, "--replace").code == 0
