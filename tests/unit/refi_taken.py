"""Studies that leave as REFI-QDA projects and come back, as this program and as others write them."""

from refi_studies import BOOK, answers, keys_of

from feedback.coding.projects import tags_from_project
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


def with_new_guids(root, texts):
    """What programs do that make their own GUIDs."""
    for one in root.iterfind(".//q:Code", SPACE):
        old, new = one.get("guid"), one.get("guid")[::-1].replace("-", "0")[:8] + one.get("guid")[8:]
        one.set("guid", new.upper())
        for reference in root.iterfind(f".//q:CodeRef[@targetGUID='{old}']", SPACE):
            reference.set("targetGUID", "{" + new + "}")
