"""A small study from files to report in a process where every try to reach a network is refused and counted.

Run as `python -m feedback.doctoring.watched FOLDER`; prints what was counted as one JSON object. Audit hooks
see what Python code does. In a network namespace of its own (Linux) the kernel counts what native code tries
as well: there is no route, and each packet that finds none is counted.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

REFUSED = frozenset(
    ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
     "socket.getnameinfo", "socket.sendto", "socket.sendmsg", "urllib.Request", "http.client.connect",
     "ftplib.connect", "smtplib.connect")
)  # fmt: skip
# A child process is out of the hook's sight, so it is told.
STARTED = frozenset(("subprocess.Popen", "os.posix_spawn", "os.exec", "os.fork", "os.forkpty", "os.system"))
FILES = ("interview-01.docx", "interview-02.vtt", "interview-03.txt", "interview-05.pdf")
# For documentation only (RFC 5737): nobody has this address.
NOBODY = ("192.0.2.1", 9)
_COUNTERS = Path("/proc/self/net/snmp")


class Watch:
    """Counts events, and refuses those that reach for a network."""

    def __init__(self) -> None:
        self.tried: Counter[str] = Counter()
        self.sockets = 0
        self.letting_pass = False

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.__new__":
            self.sockets += 1
        elif event in STARTED:
            self.tried[event] += 1
        elif event in REFUSED:
            self.tried[event] += 1
            if not self.letting_pass:
                raise OSError(f"refused: {event}")


def study(folder: Path) -> int:
    """Reads, masks, tags, counts, quotes and reports some of the files that ship; gives how many."""
    from feedback.intake import add
    from feedback.leaving.publish import refresh_report
    from feedback.pipeline import run
    from feedback.project import Project
    from feedback.readers import read
    from feedback.readers.tables.participants import read_participants
    from feedback.shipped import shipped, starter_themes

    corpus = shipped("corpora", "leavers")
    project = Project.create(folder / "study", themes=starter_themes(), title="A small study")
    documents, dropped = read([corpus / "sources" / name for name in FILES])
    add(project, documents, dropped, people=read_participants(corpus / "participants.csv"))
    list(run(project))
    refresh_report(project)
    return len(documents)


def _packets() -> int | None:
    """How many packets found no route or went out, as the kernel counts here; None where it does not say."""
    try:
        lines = [line.split() for line in _COUNTERS.read_text(encoding="ascii").splitlines()]
    except (OSError, ValueError):
        return None
    counted = {
        head[0] + name: int(number)
        for head, row in zip(lines[::2], lines[1::2], strict=True)
        for name, number in zip(head[1:], row[1:], strict=True)
    }
    return counted.get("Ip:OutNoRoutes", 0) + counted.get("Ip:OutRequests", 0)


def _is_caught() -> bool:
    """Whether a try, made on purpose, is refused."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        try:
            made.connect(NOBODY)
        except OSError as error:
            return "refused" in str(error)
    return False


def _is_counted(watch: Watch) -> bool:
    """Whether the kernel counts a try made on purpose; only where there is no network to reach."""
    import socket

    before = _packets()
    watch.letting_pass = True
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        try:
            made.connect(NOBODY)
        except OSError:
            after = _packets()
            return before is not None and after is not None and after > before
        finally:
            watch.letting_pass = False
    return False


def main(folder: Path, *, cut_off: bool) -> None:
    """Does the study and prints what was tried. cut_off: this process is in a namespace without network."""
    watch = Watch()
    sys.addaudithook(watch)
    before = _packets()
    documents = study(folder)
    packets = (_packets() or 0) - (before or 0)
    tried, sockets = dict(sorted(watch.tried.items())), watch.sockets
    caught = _is_caught()
    told = {
        "documents": documents,
        "tried": tried,
        "sockets": sockets,
        "caught": caught,
        "packets": packets if cut_off and _is_counted(watch) else None,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), cut_off="--cut-off" in sys.argv)
