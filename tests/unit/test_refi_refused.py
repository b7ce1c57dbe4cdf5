"""Projects of other programs that do not fit are refused in plain words, and what is not read is counted."""

import io
import zipfile

import pandas as pd
import pytest
from lxml import etree
from refi_studies import BOOK, changed, keys_of, study
from refi_taken import PROJECT, SPACE, exported, spoken, taken, with_new_guids

from feedback.coding.places import Material
from feedback.coding.projects import tags_from_project
from feedback.errors import FeedbackError
from feedback.readers.refi.codes import read_qdc
from feedback.readers.refi.project import read_qdpx


def test_a_code_that_no_theme_has_is_named_and_never_guessed():
    found = study(17, documents=6)

    def renamed(root, texts):
        with_new_guids(root, texts)
        for one in root.iterfind(".//q:Code[@name='Caseload']", SPACE):
            one.set("name", "Case loads and such")

    imported = taken(changed(exported(found), str.encode, renamed), found)
    assert [line for line in imported.problems if "Workload > Case loads and such" in line]
    left = {key for key in keys_of(found.tags) if key[1] != "workload/caseload"}
    assert set().union(*(keys_of(table) for table in imported.tags.values())) == left


def test_words_that_stand_in_two_documents_are_refused_unless_the_name_tells():
    found = spoken()
    twice = spoken()
    other = twice.segments.assign(
        document_id=[f"e{n}" for n in range(3)], segment_id=[f"e{n}:0-9" for n in range(3)]
    )
    segments = pd.concat([twice.segments, other], ignore_index=True)
    material = Material(segments, twice.originals)
    project = read_qdpx(exported(found), "x.qdpx")
    assert tags_from_project(project, material, BOOK).problems == ()

    def nameless(root, texts):
        for one in root.iterfind(".//q:TextSource", SPACE):
            one.set("name", "Interview")

    project = read_qdpx(changed(exported(found), str.encode, nameless), "x.qdpx")
    problems = tags_from_project(project, material, BOOK).problems
    assert "Interview: its words are in several documents (d001, e0) (2 codings)" in problems


def test_a_text_of_another_study_is_refused_by_name():
    found, other = spoken(), study(99, documents=2)
    imported = taken(exported(other), found)
    assert [line.partition(":")[0] for line in imported.problems] == ["d0001", "d0002"]
    assert not imported.tags


def test_passages_that_are_not_in_the_text_are_counted_with_their_places():
    found = spoken()

    def beyond(root, texts):
        root.find(".//q:PlainTextSelection", SPACE).set("endPosition", "99999")
        root.findall(".//q:PlainTextSelection", SPACE)[1].set("startPosition", "no number")

    problems = taken(changed(exported(found), str.encode, beyond), found).problems
    assert problems == ("d001: 2 of 2 coded passages are not in d001 (positions 13-99999, -1-105)",)


def test_missing_texts_and_texts_outside_are_named():
    found = spoken()

    def lost(root, texts):
        sources = root.findall(".//q:TextSource", SPACE)
        sources[0].set("plainTextPath", "relative://here.txt")
        sources[1].set("plainTextPath", "internal://gone.txt")
        sources[2].attrib.pop("plainTextPath")

    assert taken(changed(exported(found), str.encode, lost), found).problems == (
        "d001: its text is a file outside of the project",
        "d002: its text is missing from the project",
        "d003: the project has no plain text of it",
    )


def test_what_is_not_read_is_counted():
    found = spoken()

    def more(root, texts):
        sources = root.find("q:Sources", SPACE)
        picture = etree.SubElement(sources, f"{{{PROJECT}}}PictureSource", guid="p")
        area = etree.SubElement(picture, f"{{{PROJECT}}}PictureSelection", guid="a")
        etree.SubElement(area, f"{{{PROJECT}}}Coding", guid="c")
        etree.SubElement(sources[0], f"{{{PROJECT}}}Coding", guid="w")

    notes = taken(changed(exported(found), str.encode, more), found).notes
    assert {"not read: 1 codings of pictures", "not read: 1 codes given to whole documents"} <= set(notes)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is not a zip file"),
        (b"<Project/>", "it is not a zip file"),
        (b"PK\x03\x04 nothing", "damaged or incomplete"),
        (b"zip:other.txt", "has no project file"),
        (b"zip:project.qde", "cannot be read"),
        (b"bomb", "unpacks to more than"),
    ],
)
def test_what_is_no_project_is_refused_in_plain_words(data, said):
    if data.startswith((b"zip:", b"bomb")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            name = "project.qde" if data == b"bomb" else data[4:].decode()
            package.writestr(name, b" " * 30_000_000 if data == b"bomb" else b"nothing")
        data = out.getvalue()
    with pytest.raises(FeedbackError, match=said):
        read_qdpx(data, "study.qdpx")


def test_another_kind_of_xml_is_no_project():
    with pytest.raises(FeedbackError, match="is no REFI-QDA project"):
        read_qdpx(
            changed(exported(spoken()), str.encode, lambda root, texts: setattr(root, "tag", "x")), "a.qdpx"
        )
    with pytest.raises(FeedbackError, match="is no REFI-QDA codebook"):
        read_qdc(b"<Project/>", "a.qdc")
    with pytest.raises(FeedbackError, match="declares entities"):
        read_qdc(b'<!DOCTYPE a [<!ENTITY b "c">]><CodeBook>&b;</CodeBook>', "a.qdc")
