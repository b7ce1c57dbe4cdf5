"""Reads each file of a folder in a process of its own and says how that went; run as a script.

`python hostile_worker.py FOLDER SECONDS` prints one JSON object a line: name, outcome ("read", "refused",
"traceback", "hang", "killed"), seconds, megabytes (peak of the process), message, hint, words, lost.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from pathlib import Path

import pandas  # noqa: F401  (what every reader may need is in the memory before a file is)

import feedback as fb
import feedback.readers
from feedback.errors import FeedbackError

MEGABYTE = 1024 if sys.platform != "darwin" else 1024 * 1024


def lost(documents: list, dropped: list) -> int:
    """How many characters lie in no turn and no report, or in two."""
    count = 0
    for document in documents:
        parts = [*document.turns, *(drop for drop in dropped if drop.document_id == document.document_id)]
        position = 0
        for start, end in sorted((part.start, part.end) for part in parts if part.start is not None):
            count += len("".join(document.text[position:start].split())) + max(0, position - start)
            position = end
        count += len("".join(document.text[position:].split()))
    return count


def outcome(path: Path) -> dict[str, object]:
    """What reading the file gives; the peak of memory is taken before anything is checked."""
    try:
        documents, dropped = fb.read(path)
    except FeedbackError as error:
        return {"outcome": "refused", "message": str(error), "hint": error.hint or ""}
    except BaseException:
        return {"outcome": "traceback", "message": traceback.format_exc()[-1500:]}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    words = "\n".join(document.words(turn) for document in documents for turn in document.turns[:50])[
        :MEGABYTE
    ]
    words.encode()
    told = [drop.reason for drop in dropped]
    return {
        "outcome": "read",
        "words": words,
        "lost": lost(documents, dropped),
        "told": told[:20],
        "peak": peak,
    }


def child(path: Path, out: int) -> None:
    """Reads the file and writes what came of it."""
    before = time.process_time()  # what it costs, however busy the machine is
    result = outcome(path)
    result["seconds"] = round(time.process_time() - before, 2)
    peak = result.pop("peak", None) or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result["megabytes"] = round(int(str(peak)) / MEGABYTE)
    with os.fdopen(out, "wb") as pipe:
        pipe.write(json.dumps(result).encode())


def watched(path: Path, seconds: float) -> dict[str, object]:
    """The file read in a forked process that is ended when it takes too long."""
    inside, outside = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(inside)
        try:
            child(path, outside)
        finally:
            os._exit(0)
    os.close(outside)
    data, end = b"", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and select.select([inside], [], [], left)[0]:
        piece = os.read(inside, 1 << 16)
        if not piece:
            break
        data += piece
    else:
        os.kill(pid, signal.SIGKILL)
        data = json.dumps({"outcome": "hang", "seconds": seconds, "megabytes": 0}).encode()
    os.close(inside)
    os.waitpid(pid, 0)
    return json.loads(data or b'{"outcome": "killed", "seconds": 0, "megabytes": 0}')


def warm_up() -> None:
    """Loads what the readers load when they are first used, so that no file pays for it."""
    from nasty_hostile import WHOLE

    for ending, make in WHOLE.items():
        fb.readers.read_bytes(make(), f"warm.{ending}", document_id="d001")


def main() -> None:
    """Reads all files of the folder."""
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    warm_up()
    for path in sorted(folder.iterdir()):
        result = watched(path, seconds)
        sys.stdout.write(json.dumps({"name": path.name, **result}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
