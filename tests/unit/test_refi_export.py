"""Studies for other programs: valid by the standard's schemas, exact to the character, safe to give away."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from refi_studies import BOOK, answers, opened, study

from feedback.codebook import Codebook, Theme
from feedback.codebook.text import described, guid, parts_from
from feedback.readers.refi.codes import codebook_of, read_qdc
from feedback.report.handover import handover, written
from feedback.report.limits import cannot_hold
from feedback.tables import conform, empty

SCHEMAS = Path(__file__).parents[1] / "refi"
SPACE = {"q": "urn:QDA-XML:project:1.0"}


@cache
def schema(name):
    # The schemas are read from this folder alone: nothing is fetched.
    return etree.XMLSchema(etree.parse(SCHEMAS / name, etree.XMLParser(no_network=True)))


def project_of(data):
    parts = opened(data)
    root = etree.fromstring(parts["project.qde"])
    schema("Project-mrt2019.xsd").assertValid(root)
    return root, parts


def qdpx(found, **more):
    tables = {**found.tables, **more}
    return written(handover(tables, BOOK, title="A & B"), ".qdpx")


def memos(*about):
    return conform(
        "memos",
        [{"memo_id": f"m{n}", "about": one, "coder": "ana", "written": "2026-01-02T03:04:05+00:00",
          "text": f"Of {one} \x07 😀"} for n, one in enumerate(about)],
    )  # fmt: skip


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.booleans())
def test_every_export_is_valid_and_every_selection_stands_where_its_words_are(seed, spoken):
    found = study(seed, documents=2) if spoken else answers(seed, documents=3)
    given_over = handover(found.tables, BOOK)
    root, parts = project_of(written(given_over, ".qdpx"))
    expected = {(row.document_id, row.begin, row.stop, row.words) for row in given_over.tags.itertuples()}
    seen = set()
    for source in root.iterfind(".//q:TextSource", SPACE):
        text = parts["sources/" + source.get("plainTextPath").removeprefix("internal://")].decode()
        for one in source.iterfind("q:PlainTextSelection", SPACE):
            begin, stop = int(one.get("startPosition")), int(one.get("endPosition"))
            assert " ".join(text[begin:stop].split()).startswith(" ".join(one.get("name").split())[:30])
            if one.find("q:Coding", SPACE) is not None:
                seen.add((source.get("name"), begin, stop, text[begin:stop]))
    assert seen == expected


def test_texts_are_utf_8_with_lf_and_without_a_mark_at_their_start():
    for name, part in project_of(qdpx(answers(3, documents=20)))[1].items():
        assert b"\r" not in part
        assert b"\xef\xbb\xbf" not in part
        part.decode("utf-8")
        assert name == "project.qde" or (name.startswith("sources/") and name.count("/") == 1)


def test_the_same_study_gives_the_same_bytes_and_its_zip_no_date():
    assert qdpx(study(5, documents=3)) == qdpx(study(5, documents=3))
    book = handover({}, BOOK)
    assert written(book, ".qdc") == written(book, ".qdc")


def test_rows_in_another_order_are_the_same_study():
    found = study(6, documents=3)
    other = study(6, documents=3)
    other.tags = other.tags.sample(frac=1, random_state=1)
    other.segments = other.segments.sample(frac=1, random_state=1)
    assert qdpx(found) == qdpx(other)


def test_nothing_of_an_original_and_no_private_table_is_in_a_project():
    found = study(7, documents=4)
    private = {"private/originals": found.originals, "private/pseudonyms": empty("private/pseudonyms")}
    assert qdpx(found) == qdpx(found, **private)


def test_every_coder_is_a_user_and_every_coding_has_one():
    root, _ = project_of(qdpx(study(8, documents=3)))
    users = {one.get("guid"): one.get("name") for one in root.iterfind(".//q:User", SPACE)}
    assert sorted(users.values()) == ["ana", "ben"]
    assert all(one.get("creatingUser") in users for one in root.iterfind(".//q:Coding", SPACE))


def test_every_reference_leads_somewhere_and_every_guid_is_one_things_own():
    found = study(9, documents=3)
    segment_id = found.segments["segment_id"][0]
    root, _ = project_of(qdpx(found, memos=memos("workload", "d0001", segment_id, "all of it")))
    guids = [one.get("guid") for one in root.iter() if one.get("guid") and one.tag[-10:] != "MemberCode"]
    assert len(guids) == len(set(guids))
    targets = [one.get("targetGUID") for one in root.iter() if one.get("targetGUID")]
    assert set(targets) <= set(guids)


def test_memos_stand_at_what_they_are_about():
    found = study(9, documents=3)
    segment_id = found.segments["segment_id"][0]
    root, parts = project_of(qdpx(found, memos=memos("workload", "d0001", segment_id, "all of it")))
    notes = root.findall(".//q:Note", SPACE)
    assert len(notes) == len(root.findall(".//q:NoteRef", SPACE)) == 4
    for path in (".//q:Code/q:NoteRef", ".//q:TextSource/q:NoteRef", ".//q:PlainTextSelection/q:NoteRef",
                 "q:NoteRef"):  # fmt: skip
        assert len(root.findall(path, SPACE)) == 1
    text = parts["sources/" + notes[0].get("plainTextPath").removeprefix("internal://")].decode()
    assert text == "Of workload \ufffd 😀"


def test_a_study_without_tags_people_or_memos_has_no_empty_part():
    found = answers(1)
    found.segments = found.segments.assign(case_id=None)
    found.tags = empty("tags")
    root, _ = project_of(qdpx(found))
    assert [child.tag.partition("}")[2] for child in root] == ["CodeBook", "Sources", "Sets"]
    root, _ = project_of(written(handover(found.tables, Codebook(())), ".qdpx"))
    assert [child.tag.partition("}")[2] for child in root] == ["Sources"]


def test_people_have_the_attributes_that_may_be_shown_and_their_own_words():
    found = answers(2, documents=12)
    ids = sorted(found.segments["case_id"])
    rows = [{"case_id": one, "consent": "internal", "leaver": "yes" if n % 2 else "no",
             "rare": "only one" if n == 3 else None} for n, one in enumerate(ids)]  # fmt: skip
    root, _ = project_of(qdpx(found, cases=conform("cases", pd.DataFrame(rows))))
    values = [one.text for one in root.iterfind(".//q:TextValue", SPACE)]
    assert values.count("internal") == len(ids)
    assert {"yes", "no"} <= set(values)
    assert "only one" not in values
    assert len(root.findall(".//q:Case/q:SourceRef", SPACE)) == len(ids)


def test_people_heard_in_one_document_have_their_stretches_of_it():
    root, _ = project_of(qdpx(study(11, documents=6)))
    marked = {one.get("guid"): one for one in root.iterfind(".//q:PlainTextSelection", SPACE)}
    references = root.findall(".//q:Case/q:SelectionRef", SPACE)
    assert references
    assert all(one.get("targetGUID") in marked for one in references)


def test_tags_of_a_theme_that_is_no_longer_listed_keep_a_code():
    found = study(12, documents=2)
    found.tags = found.tags.assign(theme_id="old theme")
    root, _ = project_of(qdpx(found))
    assert "old theme" in [one.get("name") for one in root.iterfind(".//q:Code", SPACE)]
    assert any("no longer on the list" in line for line in cannot_hold(handover(found.tables, BOOK), ".qdpx"))


def test_guids_never_change_from_one_version_to_the_next():
    assert guid("code", "caseload") == "cdfdc799-6760-53f0-baa5-9e5c8b2aca0e"


def test_a_theme_list_comes_back_as_it_was():
    data = written(handover({}, BOOK), ".qdc")
    schema("Codebook-v1.0.xsd").assertValid(etree.fromstring(data))
    assert codebook_of(read_qdc(data, "book.qdc"), "book.qdc") == BOOK


LINE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff\ufeff"),
    max_size=20,
).map(lambda text: " ".join(text.split()))
SOME = st.lists(LINE.filter(bool), max_size=3, unique=True).map(tuple)


@given(LINE | st.sampled_from(["Include: x", "Phrases:", "- a", "Means: y", "Id: z"]), LINE, SOME, SOME)
def test_a_definition_comes_back_from_a_description(means, include, phrases, examples):
    theme = Theme("pay", "Pay", means, include, phrases=phrases, examples=examples)
    parts = parts_from(described(theme))
    assert (parts.get("means", ""), parts.get("include", "")) == (means, include)
    assert (tuple(parts.get("phrases", ())), tuple(parts.get("examples", ()))) == (phrases, examples)


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-x", "@a"])
def test_a_cell_of_the_table_is_never_a_formula(cell):
    found = answers(17, documents=12)
    found.segments = found.segments.assign(text=cell, end=found.segments["start"] + len(cell))
    found.tags = found.tags.head(1).assign(start=0, end=len(cell))
    assert f",'{cell}," in written(handover(found.tables, BOOK), ".csv").decode("utf-8-sig")
