"""The tool says "pseudonymised": it never promises that anybody is anonymous."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROMISE = re.compile(r"(?<!k-)anonym(?:i[sz]|ous|ity)\w*", re.IGNORECASE)
# "pseudonymised, not anonymous" says that it is none.
_DENIED = re.compile(
    r"\b(?:not|never|no|nobody|nor|isn't|than|instead of|an)\W+(?:\w+\W+){0,2}\"?$", re.IGNORECASE
)
# Words that other people write and that are read, not said: speaker labels, attributions, file names.
READ_NOT_SAID = ("feedback/readers/", "/cues.py", "/quotes/verify/people.py")
PAGES = ((ROOT / "feedback").rglob(f"*{suffix}") for suffix in (".md", ".html", ".js"))
TEXTS = sorted([ROOT / "README.md", *(file for pages in PAGES for file in pages)])
CODE = sorted(
    file
    for file in (ROOT / "feedback").rglob("*.py")
    if not any(place in file.as_posix() for place in READ_NOT_SAID)
)


def promises(text: str) -> list[str]:
    return [
        text[max(0, match.start() - 40) : match.end() + 10]
        for match in PROMISE.finditer(text)
        if not _DENIED.search(text[max(0, match.start() - 40) : match.start()])
    ]


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_no_page_and_no_template_promises_that_somebody_is_anonymous(file):
    assert promises(file.read_text(encoding="utf-8")) == []


def test_no_message_help_or_report_does():
    found = {}
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and promises(node.value):
                found[f"{file.name}:{node.lineno}"] = promises(node.value)
    assert found == {}


def test_the_test_knows_a_promise():
    assert promises("All data are anonymised.")
    assert promises("anonymous report")
    assert not promises("The text is pseudonymised, not anonymous: read it.")
