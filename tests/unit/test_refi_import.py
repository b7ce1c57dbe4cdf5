"""What people coded in other programs comes back as it was: every passage, code and text finds its place."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from refi_studies import BOOK, KEY, answers, changed, keys_of, opened, recounted, study
from refi_taken import PROJECT, SPACE, WAYS, came_back, exported, spoken, taken, with_new_guids

from feedback.codebook import Codebook
from feedback.codebook.text import guid
from feedback.errors import FeedbackError
from feedback.readers.refi.codes import codebook_of, read_qdc
from feedback.report.handover import handover
from feedback.tables import conform


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.booleans())
def test_what_was_exported_comes_back_as_it_was(seed, spoken):
    found = study(seed, documents=2) if spoken else answers(seed, documents=3)
    assert came_back(taken(exported(found), found)) == keys_of(found.tags)


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


def test_codes_with_other_guids_are_themes_by_their_names():
    found = study(17, documents=6)
    data = changed(exported(found), str.encode, with_new_guids)
    assert came_back(taken(data, found)) == keys_of(found.tags)


def test_two_documents_of_one_name_are_told_apart_by_their_words():
    found = study(17, documents=6)

    def same_name(root, texts):
        for one in root.iterfind(".//q:TextSource", SPACE):
            one.set("name", "Interview")
            one.set("guid", "")

    imported = taken(changed(exported(found), str.encode, same_name), found)
    assert came_back(imported) == keys_of(found.tags)
    assert "Interview is d0002, by its words" in imported.notes


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


def test_codes_are_themes_by_their_guid_even_when_both_were_renamed():
    found = study(17, documents=3)
    book = Codebook.from_dict({"reward": {"label": "Money", "formerly": ["pay"]}, "team": "t",
        "load": {"formerly": ["workload"], "means": "m", "themes": {
            "cases": {"formerly": ["workload/caseload"]},
            "time": {"formerly": ["workload/hours"]}}}})  # fmt: skip
    imported = taken(exported(found), found, book)
    assert imported.problems == ()
    assert len(came_back(imported)) == len(keys_of(found.tags))
