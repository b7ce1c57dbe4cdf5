"""Runs feedback where every try to reach a network ends the process: the proof that nothing leaves.

Loopback counts too. `python tests/offline.py demo DIR` is `feedback demo DIR` without a network. With the
word --orders it loads what commands need, and then does one command for each line of JSON on stdin, in a
child of its own that ends as any process ends; packages are loaded once for all of them.
"""

import gc
import json
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

# Not among them is socket.bind: urllib3, which spaCy imports, binds a socket to see whether there is IPv6.
FORBIDDEN = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "socket.sendmsg",
)
ORDERS = "--orders"
_NEEDED = (
    "pandas", "pyarrow.dataset", "scipy.stats", "sklearn.feature_extraction.text", "sklearn.cluster",
    "spacy", "onnxruntime", "lxml.etree", "jinja2", "docx", "xlsxwriter", "yaml", "phonenumbers",
    "feedback.leaving.publish", "feedback.leaving.bank", "feedback.report.summary",
    "feedback.tagging", "feedback.factors", "feedback.quotes", "feedback.pipeline",
)  # fmt: skip


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in FORBIDDEN:
        sys.stderr.write(f"a connection was tried: {event}\n")
        sys.stderr.flush()
        os._exit(97)


def _load() -> None:
    from feedback.cli import cli
    from feedback.edits.finding.ner import entities

    for name in (*_NEEDED, *(f"feedback.cli.{verb}" for verb in _modules_of(cli))):
        import_module(name)
    list(entities([""]))
    gc.freeze()


def _modules_of(cli) -> list[str]:
    return [{"import": "import_"}.get(verb, verb) for verb in cli.list_commands(None)]


def _next_order() -> list[str]:
    """The words of the next command, in a child that stands where they are to be done."""
    _load()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            return _stand(order)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()
    sys.exit(0)


def _stand(order: dict) -> list[str]:
    os.environ.clear()
    os.environ.update(order["environment"])
    tempfile.tempdir = None  # as this environment says
    os.chdir(order["cwd"])
    for number, file in enumerate((os.devnull, order["out"], order["err"])):
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = [str(Path(__file__)), *order["words"]]
    return list(order["words"])


if __name__ == "__main__":
    sys.addaudithook(_refuse)
    words = _next_order() if sys.argv[1:] == [ORDERS] else sys.argv[1:]
    from feedback.cli import main

    main(words)
