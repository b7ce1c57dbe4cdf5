"""`feedback export` and `feedback import`: out of a project and into it, and what is refused on the way."""

import json

import pytest
from click.testing import CliRunner

import feedback as fb
from feedback.cli import cli
from feedback.codebook import Codebook
from feedback.codebook.merge import as_yaml, compare_for_merge, merged
from feedback.errors import FeedbackError
from feedback.intake import add
from feedback.pipeline import run
from feedback.project import Project
from feedback.readers import read_bytes
from feedback.tables import conform

THEMES = """\
# our own list
themes:
  caseload: {means: Number of cases held at once., phrases: [caseload]}
  pay: {means: What people earn., phrases: [salary]}
"""
TALK = """Interviewer: Why did you leave?
Ann: The caseload was far too high for one person to carry.
Ann: The salary did not pay the rent in the end, and my brother said =SUM is what I lived by.
Interviewer: And after?
Ann: I moved to the seaside with my sister and her two dogs. 😀
""".encode()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    project = Project.create(tmp_path_factory.mktemp("exchange") / "study", themes=THEMES)
    add(project, [read_bytes(TALK, "a.txt", document_id="d001")[0]])
    list(run(project, until="segments"))
    segments = project.table("segments")
    said = segments[segments["role"] == "participant"]
    rows = [
        {"segment_id": row.segment_id, "theme_id": theme, "document_id": row.document_id, "start": row.start,
         "end": row.end, "score": 1.0, "coder": "ana"}
        for row, theme in zip(said.itertuples(), ["caseload", "pay", None], strict=False)
    ]  # fmt: skip
    project.save("tags/ana", conform("tags", rows))
    return project


@pytest.fixture
def project(made, tmp_path):
    import shutil

    shutil.copytree(made.path, tmp_path / "study")
    return Project(tmp_path / "study")


def ran(project, *arguments, **more):
    return CliRunner().invoke(cli, [*map(str, arguments), "-p", str(project.path)], **more)


def refused(project, *arguments):
    result = ran(project, *arguments)
    assert isinstance(result.exception, FeedbackError), result.output
    return f"{result.exception.message} | {result.exception.hint}"


def by_ana(project):
    tags = project.table("tags/ana").dropna(subset=["theme_id"])
    return tags[["segment_id", "theme_id", "start", "end"]].to_numpy().tolist()


@pytest.mark.parametrize("suffix", ["qdpx", "csv", "xlsx"])
def test_a_persons_codings_come_back_through_a_file(project, tmp_path, suffix):
    file, before = tmp_path / f"study.{suffix}", by_ana(project)
    fb.export(project.tables(), file, codebook=project.codebook)
    project.file("tags/ana").unlink()
    result = ran(project, "import", file)
    assert result.exit_code == 0, result.output
    assert "Coder ana:" in result.output
    assert by_ana(project) == before


def test_other_tags_of_a_coder_are_only_replaced_when_that_is_asked(project, tmp_path):
    file = tmp_path / "codings.csv"
    file.write_text("case,quote,code,coder\nd001,two dogs,pay,Ana\n")
    assert "other tags of the coder 'ana' already (2 tags)" in refused(project, "import", file)
    assert len(by_ana(project)) == 2
    assert ran(project, "import", file, "--replace").exit_code == 0
    assert len(by_ana(project)) == 1
    assert ran(project, "import", file).exit_code == 0  # the same once more changes nothing


def test_a_table_that_names_people_and_quotes_finds_their_words(project, tmp_path):
    case = project.table("segments")["case_id"].dropna().iloc[0]
    file = tmp_path / "codings.csv"
    file.write_text(f'participant,quote,theme,coder\n{case},"THE SALARY, did not pay",pay,Cara\n')
    assert ran(project, "import", file).exit_code == 0
    tags, text = project.table("tags/cara"), project.table("private/originals")["text"][0]
    assert [text[row.start : row.end] for row in tags.itertuples()] == ["The salary did not pay"]


def test_the_machines_rows_of_a_table_are_left_out(project, tmp_path):
    file = tmp_path / "codings.csv"
    file.write_text("case,quote,code,coder\nd001,two dogs,pay,rules\nd001,two dogs,pay,Bo\n")
    result = ran(project, "import", file)
    assert "Left out, being the machine's own, which it makes anew: 1 tags." in result.output
    assert project.parts("tags") == ["tags/ana", "tags/bo"]


def test_a_file_that_does_not_fit_is_refused_with_a_list_and_nothing_changes(project, tmp_path):
    file = tmp_path / "study.qdpx"
    other = Codebook.from_dict({"pay": "money", "dogs": {"label": "Two dogs", "means": "pets"}})
    tables = project.tables()
    tables["tags"] = tables["tags"].assign(theme_id=["dogs", "pay"], coder="Bo")
    fb.export(tables, file, codebook=other)
    said = refused(project, "import", file)
    assert "no theme of the list is the code 'Two dogs' (1 codings)" in said
    assert "--merge" in said
    assert project.parts("tags") == ["tags/ana"]
    result = ran(project, "import", file, "--what-fits", "--only-coded")
    assert "Left out: no theme of the list is the code 'Two dogs'" in result.output
    assert list(project.table("tags/bo")["theme_id"]) == ["pay"]


def test_codes_of_a_project_become_themes_after_a_yes(project, tmp_path):
    file = tmp_path / "study.qdpx"
    other = Codebook.from_dict({"pay": "money", "dogs": {"label": "Two dogs", "means": "pets"}})
    tables = project.tables()
    tables["tags"] = tables["tags"].assign(theme_id=["dogs", "pay"], coder="Bo")
    fb.export(tables, file, codebook=other)
    assert ran(project, "import", file, "--merge", input="y\n").exit_code == 0
    assert project.codebook.ids == ("caseload", "pay", "dogs")
    assert sorted(project.table("tags/bo").dropna()["theme_id"]) == []
    assert sorted(project.table("tags/bo")["theme_id"].dropna()) == ["dogs", "pay"]


def test_a_codebook_is_written_beside_the_own_list_and_never_over_anything(project, tmp_path):
    book = tmp_path / "My Book.qdc"
    fb.export({}, book, codebook=Codebook.from_dict({"pay": "other words", "dogs": "pets"}))
    before = project.themes_text
    result = ran(project, "import", book)
    assert "themes-from-my-book.yaml" in result.output
    assert "1 theme not in themes.yaml yet" in result.output
    assert "other words here: pay" in result.output
    assert project.themes_text == before
    ran(project, "import", book)
    assert len(list(project.path.glob("themes-from-*"))) == 1
    fb.export({}, book, codebook=Codebook.from_dict({"dogs": "and cats"}))
    ran(project, "import", book)
    assert sorted(file.name for file in project.path.glob("themes-from-*")) == [
        "themes-from-my-book-2.yaml", "themes-from-my-book.yaml",
    ]  # fmt: skip


def test_new_themes_are_added_after_a_yes_and_not_after_a_no(project, tmp_path):
    book = tmp_path / "book.qdc"
    fb.export({}, book, codebook=Codebook.from_dict({"dogs": {"means": "pets", "themes": {"big": "large"}}}))
    ran(project, "import", book, "--merge", input="n\n")
    assert "dogs" not in project.codebook
    ran(project, "import", book, "--merge", input="y\n")
    assert project.codebook.ids == ("caseload", "pay", "dogs", "dogs/big")
    assert project.themes_text.startswith("# our own list\n")


def test_a_list_as_yaml_is_the_same_list():
    book = Codebook.from_dict(
        {"no": {"label": "12:30", "means": "a: b # c", "phrases": ["*a", "yes", "é 😀"]}}
    )
    assert Codebook.from_yaml(as_yaml(book, "two\nlines")) == book


def test_themes_under_others_and_labels_that_are_taken_are_not_merged():
    old = Codebook.from_yaml(THEMES)
    new = Codebook.from_dict({"money": {"label": "Pay", "means": "m", "themes": {"rise": "r"}},
                              "caseload": {"means": "n", "themes": {"high": "h"}},
                              "dogs": "pets"})  # fmt: skip
    merge = compare_for_merge(old, new)
    assert (list(merge.tops), merge.inside, merge.other_words) == (
        ["dogs"], ("money/rise", "caseload/high"), ("caseload",)
    )  # fmt: skip
    assert Codebook.from_yaml(merged(THEMES, merge)).ids == ("caseload", "pay", "dogs")


def test_an_export_says_what_is_in_it_and_what_the_format_cannot_hold(project, tmp_path):
    result = ran(project, "export", tmp_path / "study.qdpx")
    assert result.exit_code == 0, result.output
    assert "(1 document, 1 person, " in result.output
    assert "read, nothing said" in result.output
    found = json.loads(ran(project, "export", tmp_path / "s.csv", "--coder", "ana", "--json", "-q").stdout)
    assert (found["tags"], found["documents"]) == (2, 1)
    assert found["not_in_it"]


def test_an_export_is_never_written_over_what_somebody_changed(project, tmp_path):
    file = tmp_path / "book.qdc"
    assert ran(project, "export", file).exit_code == 0
    assert ran(project, "export", file).exit_code == 0
    file.write_text(file.read_text() + "<!-- mine -->")
    assert "somebody else wrote or changed it" in refused(project, "export", file)
    assert "mine" in file.read_text()
    assert ran(project, "export", file, "--replace").exit_code == 0


def test_a_name_that_is_masked_never_leaves_in_an_export(project, tmp_path):
    themes = project.themes_text.replace("What people earn.", "What Anneliese Bergstrom-Quaye earned.")
    project.save_themes(themes)
    file = project.path / "names.txt"
    file.write_text("Anneliese Bergstrom-Quaye\n")
    settings = project.path / "feedback.yaml"
    settings.write_text(settings.read_text() + "deidentify:\n  names: [Anneliese Bergstrom-Quaye]\n")
    assert "it shows what this project masks" in refused(project, "export", tmp_path / "book.qdc")
    assert not (tmp_path / "book.qdc").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("study.html", "feedback report -o"),
        ("study.pdf", "cannot be written as '.pdf'"),
        ("no/x.csv", "no' does"),
    ],
)
def test_a_suffix_that_nothing_writes_is_refused(project, tmp_path, name, said):
    assert said in refused(project, "export", tmp_path / name)


def test_in_python_a_suffix_says_whether_a_report_or_tables_are_wanted(project, tmp_path):
    with pytest.raises(FeedbackError, match=r"a study cannot be written as '\.docx'"):
        fb.export(project.tables(), tmp_path / "a.docx")
    with pytest.raises(FeedbackError, match=r"a report cannot be written as '\.qdpx'"):
        fb.export(fb.summarise(project.tables()), tmp_path / "a.qdpx")
