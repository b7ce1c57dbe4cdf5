"""Who coded in another program: their names, what they have read, and which of it is people's work."""

from refi_studies import BOOK, changed, study
from refi_taken import SPACE, exported, spoken, taken

from feedback.report.handover import handover


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
