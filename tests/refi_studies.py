"""Random studies with everything that makes other programs lose their place, for tests of the exchange."""

import io
import random
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from feedback.codebook import Codebook
from feedback.coding.composed import compose
from feedback.coding.places import Material
from feedback.model import Document, Turn
from feedback.segments import segment, segments_from
from feedback.spans import Edit, merge_edits
from feedback.tables import conform

BOOK = Codebook.from_dict(
    {
        "workload": {"means": "how much", "themes": {"caseload": "cases held", "hours": "time at work"}},
        "pay": {"label": "Pay & reward <all>", "means": "money"},
        "team": {"means": "colleagues", "group": "Push factors"},
    }
)
# Emoji of several code points, letters with marks apart, right to left, no-break and zero-width spaces.
_ODD = (
    "👩‍👧‍👦", "🏳️‍🌈", "😀", "é", "ñ", "Zoë", "a̐é", "שלום", "مرحبا", "日本", "𝔘𝔫", "\xa0", "\u200b", "'", "’",
    "“so”", "…", "&", "<b>", "]]>", "\ufeff", "\x0b", "\x07", "\ufffe", "\t", "=1+1", "10%",
)  # fmt: skip
_PLAIN = ["the", "pay", "was", "never", "enough", "for", "us", "and", "my", "team", "left", "before", "home"]


@dataclass
class Study:
    """Tables of a random study, and the texts before anything was hidden in them."""

    documents: list[Document] = field(default_factory=list)
    segments: object = None
    edits: object = None
    tags: object = None

    @property
    def tables(self):
        kinds = [{"document_id": one.document_id, "kind": one.kind} for one in self.documents]
        return {
            "segments": self.segments,
            "edits": self.edits,
            "tags": self.tags,
            "documents": conform("documents", kinds),
        }

    @property
    def originals(self):
        rows = [{"document_id": one.document_id, "file_name": f"{one.document_id}.txt", "text": one.text}
                for one in self.documents]  # fmt: skip
        return conform("private/originals", rows)

    @property
    def material(self):
        return Material(self.segments, self.originals, self.edits, self.tables["documents"])


def study(seed, *, documents=1, words=False):
    """A study of random interviews, stretches (of whole words, if asked) tagged at random by two people."""
    chance = random.Random(seed)
    made = [_document(chance, f"d{n:04d}") for n in range(1, documents + 1)]
    edits = conform("edits", [row for one in made for row in _edits(chance, one)])
    links = conform(
        "private/links",
        [
            {"document_id": one.document_id, "turn": n, "matched_by": "id",
             "case_id": f"P{one.document_id}-{chance.randint(1, 2)}"}
            for one in made for n, turn in enumerate(one.turns) if turn.role == "participant"
        ],
    )  # fmt: skip
    unit = chance.choice(["sentence", "turn"])
    found = Study(made, segment(made, edits, unit=unit, links=links), edits)
    found.tags = _tags(chance, found, words)
    return found


def answers(seed, *, documents=1, words=False):
    """Survey answers as plain texts, CR LF in them and all, tagged at random."""
    chance = random.Random(seed)
    texts = [_words(chance, chance.randint(1, 40), ends=("\r\n", "\n", "\r", " ")) for _ in range(documents)]
    found = Study(
        segments=segments_from([text for text in texts if text.strip()]), edits=conform("edits", [])
    )
    found.documents = [
        Document(row.document_id, "survey", "csv", row.text, ()) for row in found.segments.itertuples()
    ]
    found.tags = _tags(chance, found, words)
    return found


def _words(chance, n, ends=(" ", " ", " ", "\n")):
    words = []
    for _ in range(n):
        words.append(chance.choice(_ODD) if chance.random() < 0.25 else chance.choice(_PLAIN))
        words.append(chance.choice([".", "!", ",", "", "", ""]) + chance.choice(ends))
    return "".join(words).strip() or "yes"


def _document(chance, document_id):
    turns, parts, at = [], [], 0
    for n in range(chance.randint(1, 6)):
        role = "interviewer" if n % 2 and chance.random() < 0.7 else "participant"
        words = _words(chance, chance.randint(1, 25))
        turns.append(Turn(at, at + len(words), role.title(), role))
        parts.append(words + "\n")
        at += len(words) + 1
    return Document(document_id, "interview", "txt", "".join(parts), tuple(turns))


def _edits(chance, document):
    edits = []
    for _ in range(chance.randint(0, 6)):
        start = chance.randrange(len(document.text) - 1)
        end = min(len(document.text), start + chance.randint(1, 9))
        kind, new = chance.choice(
            [("mask", "[Person 1]"), ("mask", "[Café 👩‍👧]"), ("clean", ""), ("clean", " ")]
        )
        edits.append(Edit(start, end, new, kind, "person" if kind == "mask" else "fillers"))
    return [
        {"document_id": document.document_id, "start": one.start, "end": one.end,
         "replacement": one.replacement, "kind": one.kind, "label": one.label}
        for one in merge_edits(edits)
    ]  # fmt: skip


def _tags(chance, found, words):
    """Tags of two coders on random stretches, each as far as its rendered words reach."""
    rows = []
    for one in compose(found.segments, found.edits):
        for piece in one.pieces:
            if piece.role != "participant" or chance.random() < 0.4:
                continue
            for _ in range(chance.randint(1, 3)):
                start = chance.randrange(piece.start, piece.end)
                shown = piece.shown(start, chance.randint(start + 1, piece.end))
                span = piece.home(*(_whole(one.text, shown) if words else shown))
                rows.append(
                    {"segment_id": piece.segment_id, "theme_id": chance.choice(BOOK.ids),
                     "document_id": one.document_id, "start": span.start, "end": span.end, "score": 1.0,
                     "coder": chance.choice(["ana", "ben"])}
                )  # fmt: skip
    return conform("tags", rows).drop_duplicates(ignore_index=True)


def _whole(text, span):
    """The stretch as far as whole words reach."""
    begin, stop = span
    while begin < stop - 1 and text[begin].isspace():
        begin += 1
    while begin and not text[begin - 1].isspace():
        begin -= 1
    while stop < len(text) and not text[stop].isspace():
        stop += 1
    return begin, stop


KEY = ["segment_id", "theme_id", "document_id", "start", "end", "coder"]


def keys_of(tags):
    """What tags say, as a set, without "read, nothing said"."""
    return set(map(tuple, tags.dropna(subset=["theme_id"])[KEY].to_numpy().tolist()))


def opened(data):
    """The parts of a .qdpx by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(data, edit_text, edit_xml=lambda root, texts: None):
    """A .qdpx as another program might write it: its texts' bytes and its XML changed."""
    parts = opened(data)
    texts = {name: part.decode() for name, part in parts.items() if name != "project.qde"}
    root = etree.fromstring(parts["project.qde"])
    edit_xml(root, texts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("project.qde", etree.tostring(root, encoding="UTF-8"))
        for name, text in texts.items():
            package.writestr(name, edit_text(text))
    return out.getvalue()


def recounted(count):
    """Changes the positions of every selection: count(text, position, is_end) for each."""

    def edit(root, texts):
        space = {"q": "urn:QDA-XML:project:1.0"}
        for source in root.iterfind(".//q:TextSource", space):
            text = texts["sources/" + source.get("plainTextPath").removeprefix("internal://")]
            for one in source.iterfind("q:PlainTextSelection", space):
                for name, is_end in (("startPosition", False), ("endPosition", True)):
                    one.set(name, str(count(text, int(one.get(name)), is_end)))

    return edit
