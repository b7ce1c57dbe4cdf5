"""The round trip of random documents through .qdpx and .csv: drift, validity, and what comes back.

    uv run python tests/quality/refi_measure.py            5,000 documents

Documents have emoji, letters with marks apart, CR LF, masks, control characters and interviewers; each is
also written as other programs write (byte order mark, CR LF, UTF-16 counts) and read again, with the names of
its selections and without them. `off` counts selections that do not hold the words that were tagged: those of
the original, edited.
"""

import re
import sys
import tempfile
import time
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "unit"), str(ROOT.parent)]

from refi_studies import BOOK, answers, changed, keys_of, opened, recounted, study  # noqa: E402
from refi_taken import SPACE, WAYS  # noqa: E402

from feedback.coding import Coding, tags_of  # noqa: E402
from feedback.coding.composed import allowed  # noqa: E402
from feedback.coding.projects import tags_from_project  # noqa: E402
from feedback.readers.refi.project import read_qdpx  # noqa: E402
from feedback.readers.tables.codings import read_codings  # noqa: E402
from feedback.report.handover import handover, written  # noqa: E402
from feedback.spans import Edit, render  # noqa: E402

TOGETHER = 50  # documents of a study
_LINE_END = re.compile("[\r\n]")  # a stretch that ends between CR and LF ends in a space here, in LF there


def drift_of(data, found):
    """How many coded selections there are, and how many do not hold what the original says there, edited."""
    parts = opened(data)
    root = etree.fromstring(parts["project.qde"])
    originals = {one.document_id: one.text for one in found.documents}
    edits = {one: list(own.itertuples()) for one, own in found.edits.groupby("document_id")}
    wanted: dict = {}
    for row in found.tags.itertuples():
        inside = [
            Edit(max(one.start, row.start) - row.start, min(one.end, row.end) - row.start, one.replacement,
                 one.kind, "")
            for one in edits.get(row.document_id, ()) if one.start < row.end and row.start < one.end
        ]  # fmt: skip
        shown = allowed(render(originals[row.document_id][row.start : row.end], inside))
        wanted.setdefault(row.document_id, set()).add(_LINE_END.sub(" ", shown))
    seen, off = 0, 0
    for source in root.iterfind(".//q:TextSource", SPACE):
        text = parts["sources/" + source.get("plainTextPath").removeprefix("internal://")].decode()
        for one in source.iterfind("q:PlainTextSelection[q:Coding]", SPACE):
            words = text[int(one.get("startPosition")) : int(one.get("endPosition"))]
            seen, off = seen + 1, off + (_LINE_END.sub(" ", words) not in wanted[source.get("name")])
    return seen, off


def back(data, found):
    imported = tags_from_project(read_qdpx(data, "a.qdpx"), found.material, BOOK)
    return imported, set().union(*(keys_of(table) for table in imported.tags.values()), set())


def nameless(edit, one_for_crlf=False):
    def without(root, texts):
        edit(root, texts)
        for one in root.iterfind(".//q:PlainTextSelection", SPACE):
            one.attrib.pop("name", None)
        # As another program: ATLAS.ti, MAXQDA and we ourselves count CR LF as one, others as two.
        root.set("origin", "ATLAS.ti" if one_for_crlf else "NVivo")

    return without


def by_table(given, found, folder):
    file = folder / "tags.csv"
    file.write_bytes(written(given, ".csv"))
    codings = [
        Coding(row.line, row.coder, row.source, row.words, (row.theme_ids,), row.place)
        for row in read_codings(file)
    ]
    tags, _ = tags_of(codings, found.segments, found.originals, BOOK, edits=found.edits,
                      documents=found.tables["documents"])  # fmt: skip
    return set().union(*(keys_of(table) for table in tags.values()), set())


def main(documents=5_000):
    schema = etree.XMLSchema(etree.parse(ROOT / "refi" / "Project-mrt2019.xsd"))
    counts = dict.fromkeys(("documents", "selections", "off", "invalid", "tags", "lost", "lost by .csv"), 0)
    ways = {f"{way}{without}": 0 for way in WAYS for without in ("", ", no names")}
    asked = 0
    begun = time.monotonic()
    folder = Path(tempfile.mkdtemp())
    for seed in range(documents // TOGETHER):
        found = (answers if seed % 4 == 0 else study)(seed, documents=TOGETHER)
        given = handover(found.tables, BOOK)
        data = written(given, ".qdpx")
        wanted = keys_of(found.tags)
        selections, off = drift_of(data, found)
        imported, came = back(data, found)
        counts["documents"] += len(given.documents)
        counts["selections"] += selections
        counts["off"] += off
        counts["invalid"] += not schema.validate(etree.fromstring(opened(data)["project.qde"]))
        counts["tags"] += len(wanted)
        counts["lost"] += len(wanted ^ came) + len(imported.problems)
        counts["lost by .csv"] += len(wanted ^ by_table(given, found, folder))
        if seed % 10 == 0:
            in_words = (answers if seed % 4 == 0 else study)(seed, documents=TOGETHER, words=True)
            plain = written(handover(in_words.tables, BOOK, title="of another program"), ".qdpx")
            for way, (write, count) in WAYS.items():
                ways[way] += len(wanted ^ back(changed(data, write, recounted(count)), found)[1])
                other = changed(
                    plain, write, nameless(recounted(count), "as one" in way or "does not" in way)
                )
                ways[f"{way}, no names"] += len(keys_of(in_words.tags) ^ back(other, in_words)[1])
            asked += len(wanted)
    print(counts, f"{time.monotonic() - begun:.0f} s", sep="\n")  # noqa: T201
    print(f"of {asked} tags lost if written in another way:", *ways.items(), sep="\n")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
