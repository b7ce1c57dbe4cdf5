"""What people coded in other programs comes back as it was, or is refused with what does not fit."""

import io
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from refi_studies import BOOK, KEY, answers, changed, keys_of, opened, recounted, study

from feedback.codebook import Codebook
from feedback.codebook.text import guid
from feedback.coding.places import Material
from feedback.coding.projects import tags_from_project
from feedback.errors import FeedbackError
from feedback.readers.refi.codes import codebook_of, read_qdc
from feedback.readers.refi.project import read_qdpx
from feedback.report.handover import handover, written
from feedback.segments import segments_from
from feedback.tables import conform

PROJECT = "urn:QDA-XML:project:1.0"
SPACE = {"q": PROJECT}


def exported(found, book=BOOK):
    return written(handover(found.tables, book, title="A"), ".qdpx")


def taken(data, found, book=BOOK, **options):
    return tags_from_project(read_qdpx(data, "study.qdpx"), found.material, book, **options)


def came_back(imported):
    assert imported.problems == ()
    return set().union(*(keys_of(table) for table in imported.tags.values()))


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.booleans())
def test_what_was_exported_comes_back_as_it_was(seed, spoken):
    found = study(seed, documents=2) if spoken else answers(seed, documents=3)
    assert came_back(taken(exported(found), found)) == keys_of(found.tags)


def marked(text):
    return text.encode("utf-8-sig")


def windows(text):
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def units(text):
    return len(text.encode("utf-16-le")) // 2


# How other programs write texts and count in them: the text's bytes, and the position of a character.
WAYS = {
    "the byte order mark counts": (marked, lambda text, at, end: at + 1),
    "the mark does not count": (marked, lambda text, at, end: at),
    "CR LF counts as two": (windows, lambda text, at, end: at + text.count("\n", 0, at)),
    "CR LF counts as one": (windows, lambda text, at, end: at),
    "LF counts as two": (str.encode, lambda text, at, end: at + text.count("\n", 0, at)),
    "an emoji counts as two": (str.encode, lambda text, at, end: units(text[:at])),
    "the end is the last character": (str.encode, lambda text, at, end: at - end),
    "all of it": (windows, lambda text, at, end: units(text[:at].replace("\n", "\r\n")) + 1),
}


@pytest.mark.parametrize("way", WAYS)
def test_positions_are_found_however_they_were_counted(way):
    write, count = WAYS[way]
    found = study(17, documents=12)
    imported = taken(changed(exported(found), write, recounted(count)), found)
    assert came_back(imported) == keys_of(found.tags)
    assert any("count" in note for note in imported.notes) == (
        way not in ("the mark does not count", "CR LF counts as one")
    )


@pytest.mark.parametrize("way", ["CR LF counts as two", "the byte order mark counts"])
def test_positions_are_found_without_the_names_of_selections(way):
    write, count = WAYS[way]
    found = spoken()

    def nameless(root, texts):
        recounted(count)(root, texts)
        for one in root.iterfind(".//q:PlainTextSelection", SPACE):
            one.attrib.pop("name", None)

    assert came_back(taken(changed(exported(found), write, nameless), found)) == keys_of(found.tags)


def spoken():
    """A study in plain words, whole sentences tagged."""
    found = answers(1, documents=1)
    said = [
        "My manager was never there when it mattered.\nSo in the end I left for the council next door.",
        "The training was the best thing that I have done.\nNobody told me how many cases I would hold.",
        "We had five team managers in two years.\nThe pay did not keep up with the rent at all.",
    ]
    found.segments = segments_from(said)
    rows = []
    for row in found.segments.itertuples():
        for start, end in ((0, row.text.index("\n")), (row.text.index("\n") + 1, len(row.text))):
            rows.append({"segment_id": row.segment_id, "theme_id": "pay", "document_id": row.document_id,
                         "start": start, "end": end, "score": 1.0, "coder": "ana"})  # fmt: skip
    found.tags = conform("tags", rows)
    found.documents = []
    return found


def test_texts_that_were_masked_anew_since_still_find_their_place():
    found, now = spoken(), spoken()
    masks = [("manager", "[Person 1]"), ("council", "[Council A]"), ("in two years", "")]
    edits = []
    for row in now.segments.itertuples():
        edits += [
            {"document_id": row.document_id, "start": row.text.index(word), "replacement": mask,
             "end": row.text.index(word) + len(word), "kind": "mask", "label": "person"}
            for word, mask in masks if word in row.text
        ]  # fmt: skip
    for word, mask in masks:
        now.segments["text"] = now.segments["text"].str.replace(word, mask)
    now.edits = conform("edits", edits)
    assert came_back(taken(exported(found), now)) == keys_of(found.tags)
    assert came_back(taken(exported(now), found)) == keys_of(found.tags)


def test_a_project_coded_on_the_originals_is_found_by_their_words():
    found = study(23, documents=6)
    texts = {one.document_id: one.text for one in found.documents}
    given_over = handover(found.tables, BOOK)
    plain = {one.document_id: one.text for one in given_over.documents}

    def on_originals(root, members):
        for source in root.iterfind(".//q:TextSource", SPACE):
            for one in list(source):
                source.remove(one)
            document_id = source.get("name")
            for row in found.tags[found.tags["document_id"] == document_id].itertuples():
                etree.SubElement(source, f"{{{PROJECT}}}PlainTextSelection", guid="x",
                    startPosition=str(row.start), endPosition=str(row.end)).append(coding(row))  # fmt: skip
            members["sources/" + source.get("plainTextPath")[11:]] = texts[document_id]

    def coding(row):
        one = etree.Element(f"{{{PROJECT}}}Coding", guid="y", creatingUser=guid("user", row.coder))
        etree.SubElement(one, f"{{{PROJECT}}}CodeRef", targetGUID=guid("code", row.theme_id))
        return one

    assert plain != texts
    imported = taken(changed(exported(found), str.encode, on_originals), found)
    assert imported.problems == ()
    tagged = {(row[0], row[1], row[5]) for row in keys_of(found.tags)}
    assert {(row[0], row[1], row[5]) for row in came_back(imported)} >= tagged


def test_a_coder_who_coded_in_a_document_has_read_all_of_it():
    found = study(17, documents=12)
    imported = taken(exported(found), found)
    ana = imported.tags["ana"]
    coded = set(ana.dropna(subset=["theme_id"])["document_id"])
    own = found.segments[
        found.segments["document_id"].isin(coded) & (found.segments["role"] == "participant")
    ]
    assert set(ana["segment_id"]) == set(own["segment_id"])
    only = taken(exported(found), found, whole=False).tags["ana"]
    assert only["theme_id"].notna().all()


def test_codes_are_themes_by_their_guid_even_when_both_were_renamed():
    found = study(17, documents=3)
    book = Codebook.from_dict({"reward": {"label": "Money", "formerly": ["pay"]}, "team": "t",
        "load": {"formerly": ["workload"], "means": "m", "themes": {
            "cases": {"formerly": ["workload/caseload"]},
            "time": {"formerly": ["workload/hours"]}}}})  # fmt: skip
    imported = taken(exported(found), found, book)
    assert imported.problems == ()
    assert len(came_back(imported)) == len(keys_of(found.tags))


def with_new_guids(root, texts):
    """What programs do that make their own GUIDs."""
    for one in root.iterfind(".//q:Code", SPACE):
        old, new = one.get("guid"), one.get("guid")[::-1].replace("-", "0")[:8] + one.get("guid")[8:]
        one.set("guid", new.upper())
        for reference in root.iterfind(f".//q:CodeRef[@targetGUID='{old}']", SPACE):
            reference.set("targetGUID", "{" + new + "}")


def test_codes_with_other_guids_are_themes_by_their_names():
    found = study(17, documents=6)
    data = changed(exported(found), str.encode, with_new_guids)
    assert came_back(taken(data, found)) == keys_of(found.tags)


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


def test_two_documents_of_one_name_are_told_apart_by_their_words():
    found = study(17, documents=6)

    def same_name(root, texts):
        for one in root.iterfind(".//q:TextSource", SPACE):
            one.set("name", "Interview")
            one.set("guid", "")

    imported = taken(changed(exported(found), str.encode, same_name), found)
    assert came_back(imported) == keys_of(found.tags)
    assert "Interview is d0002, by its words" in imported.notes


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


def test_a_text_inside_the_xml_is_read():
    found = spoken()

    def inline(root, texts):
        for source in root.iterfind(".//q:TextSource", SPACE):
            text = texts.pop("sources/" + source.attrib.pop("plainTextPath").removeprefix("internal://"))
            content = etree.Element(f"{{{PROJECT}}}PlainTextContent")
            content.text = text
            source.insert(1, content)

    assert came_back(taken(changed(exported(found), str.encode, inline), found)) == keys_of(found.tags)


def test_a_folder_with_a_capital_and_utf_16_texts_are_read():
    found = spoken()
    parts = opened(exported(found))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            is_text = name.startswith("sources/")
            package.writestr(
                name.replace("sources/", "Sources/"), part.decode().encode("utf-16") if is_text else part
            )
    assert came_back(taken(out.getvalue(), found)) == keys_of(found.tags)


def users(**names):
    def edit(root, texts):
        for one in root.iterfind(".//q:User", SPACE):
            one.set("name", names[one.get("name")])

    return edit


def test_coders_are_called_as_they_are_there_and_never_as_the_machine():
    found = study(17, documents=6)
    imported = taken(changed(exported(found), str.encode, users(ana="Ana Ó Briain", ben="Rules")), found)
    assert set(imported.tags) == {"ana-o-briain"}
    assert "the machine's own tags (rules) are left out: it makes them anew" in imported.notes
    assert set(taken(exported(spoken()), spoken(), coder="rules").tags) == {"rules-2"}
    alike = taken(changed(exported(found), str.encode, users(ana="Ana", ben="ana")), found)
    assert set(alike.tags) == {"ana", "ana-2"}


def test_who_coded_is_asked_when_the_file_does_not_say():
    found = spoken()

    def nobody(root, texts):
        root.remove(root.find("q:Users", SPACE))
        for one in root.iter():
            one.attrib.pop("creatingUser", None)

    data = changed(exported(found), str.encode, nobody)
    assert taken(data, found).problems == ("the file does not say who coded: name them with --coder NAME",)
    assert set(taken(data, found, coder="Cara").tags) == {"cara"}
    two = study(17, documents=6)
    assert "they cannot all be 'Cara'" in taken(exported(two), two, coder="Cara").problems[0]


def test_the_machines_own_tags_are_left_out():
    found = spoken()
    found.tags = found.tags.assign(coder="meaning")
    imported = taken(exported(found), found)
    assert imported.tags == {}
    assert "the machine's own tags (meaning) are left out" in imported.notes[0]


def test_interviewers_words_are_left_out_and_counted():
    found = study(17, documents=6)
    heard = next(one for one in handover(found.tables, BOOK).documents
                 if any(piece.role == "interviewer" for piece in one.pieces))  # fmt: skip
    asked = next(piece for piece in heard.pieces if piece.role == "interviewer")

    def on_questions(root, texts):
        source = root.find(f".//q:TextSource[@name='{heard.document_id}']", SPACE)
        for one in source.iterfind("q:PlainTextSelection", SPACE):
            one.set("startPosition", str(asked.begin))
            one.set("endPosition", str(asked.stop))
            one.attrib.pop("name")

    imported = taken(changed(exported(found), str.encode, on_questions), found)
    assert any("interviewers' words" in note for note in imported.notes)


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


TAGUETTE = b"""<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.4.1"><Codes>
<Code guid="0C5F4B1C-1F0A-3B0E-8B0B-0D4A0D4A0D4A" name="interesting" isCodable="true">
<Description>Further review required</Description></Code>
<Code guid="{1C5F4B1C-1F0A-3B0E-8B0B-0D4A0D4A0D4A}" name="interesting" isCodable="true"/>
<Code guid="2C5F4B1C-1F0A-3B0E-8B0B-0D4A0D4A0D4A" name="a/b &amp; c" isCodable="false"><Description/>
<Code guid="3C5F4B1C-1F0A-3B0E-8B0B-0D4A0D4A0D4A" name="" isCodable="true"/></Code>
</Codes><Sets/></CodeBook>"""


def test_a_codebook_of_taguette_with_an_empty_sets_is_a_theme_list():
    book = codebook_of(read_qdc(TAGUETTE, "book.qdc"), "book.qdc")
    assert book.ids == ("interesting", "interesting-2", "a-b-c", "a-b-c/unnamed")
    assert book["interesting"].means == "Further review required"
    assert book["a-b-c"].label == "a/b & c"


def test_a_codebook_without_codes_says_so():
    with pytest.raises(FeedbackError, match="has no codes"):
        codebook_of(read_qdc(b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>', "b"), "b")


def test_tags_have_the_columns_of_the_table():
    found = study(17, documents=3)
    table = taken(exported(found), found).tags["ana"]
    assert set(KEY) < set(table.columns)
    assert (table["score"] == 1).all()
