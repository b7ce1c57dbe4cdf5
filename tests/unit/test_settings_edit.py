"""feedback.yaml is edited by people: what the tool writes into it leaves the rest as it is."""

import pytest

from feedback.errors import FeedbackError
from feedback.settings import FileRead, for_file
from feedback.settings.edit import lines_for, with_file_read
from feedback.settings.read import parse_settings

ENTRY = FileRead(text=("Why: 'x', y?", "Q5"), case="ID #", header="ab12cd34")
FILES = [
    "",
    "# only a comment\n",
    "title: x   # my title\n# the end",
    "read: {}\n",
    "read: {interviewers: [Ann]}  # who asks\n",
    "read:\n  # people\n  interviewers: [Ann]   # who asks\n\n# next\ntag: {threshold: 0.3}\n",
    "read:\n  files:\n    o.csv:\n      text:\n        - A  # one\n        - B\n    # keep\n\nseed: 1\n",
    "read:\r\n  files:\r\n    b.csv: {case: X}\r\nseed: 3\r\n",
    "read:\n  files: {}\nseed: 2\n",
    "read:\n  files:\n    a.csv:\n      text: [old]   # a note\n      case: old\n      interviewers: [Ann]\n",
    "read:\n    files:\n        '*.vtt':\n            interviewers: [A]\n",
]


@pytest.mark.parametrize("text", FILES)
def test_the_columns_of_a_file_are_written_and_every_other_setting_and_comment_stays(text):
    changed = with_file_read(text, "a.csv", ENTRY)
    assert changed is not None
    before, after = parse_settings(text), parse_settings(changed)
    entry = for_file(after.read.files, "a.csv")
    assert (entry.text, entry.case, entry.header) == (ENTRY.text, ENTRY.case, ENTRY.header)
    assert after.tag == before.tag and after.read.interviewers == before.read.interviewers
    assert {**after.read.files, **before.read.files}.keys() == after.read.files.keys()
    for line in text.splitlines():
        _, sign, comment = line.partition("#")
        assert sign + comment in changed
    assert ("\r\n" in changed) == ("\r\n" in text)
    assert "\r\r" not in changed


@pytest.mark.parametrize("text", FILES)
def test_writing_the_same_again_changes_nothing(text):
    once = with_file_read(text, "a.csv", ENTRY)
    assert once is not None and with_file_read(once, "a.csv", ENTRY) == once


def test_what_an_entry_leaves_open_stays_as_it_was():
    text = "read: {files: {a.csv: {interviewers: [Ann], case: ID}}}\n"
    changed = with_file_read(text, "a.csv", FileRead(text=("Q5",)))
    assert changed is not None
    assert parse_settings(changed).read.files["a.csv"] == FileRead(("Q5",), "ID", ("Ann",))


def test_a_file_name_with_signs_of_a_pattern_means_itself():
    changed = with_file_read("", "exit [final]*.csv", ENTRY)
    assert changed is not None
    files = parse_settings(changed).read.files
    assert for_file(files, "exit [final]*.csv").text == ENTRY.text
    assert not for_file(files, "exit f1.csv").text


def test_a_file_that_cannot_be_edited_is_left_alone_and_the_lines_can_be_shown():
    assert with_file_read("read: [1\n", "a.csv", ENTRY) is None
    assert lines_for("a.csv", FileRead(text=("Q5",))) == 'read:\n  files:\n    "a.csv":\n      text: ["Q5"]'


def test_each_setting_is_that_of_the_first_pattern_that_fits_and_has_it():
    text = (
        "read:\n  files:\n    'exit-2026*.csv': {text: [Q5]}\n    '*.CSV': {text: [Q1], case: ID}\n"
        "    '*.vtt': {interviewers: [Ann], participants: [Bo], kind: interview}\n"
    )
    files = parse_settings(text).read.files
    assert for_file(files, "Exit-2026-05.csv") == FileRead(("Q5",), "ID")
    assert for_file(files, "a.vtt") == FileRead((), "", ("Ann",), ("Bo",), "interview")
    assert for_file(files, "a.txt") == FileRead()


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("read:\n  files:\n    a.csv:\n      txt: [Q5]", "line 4: 'txt' is not a setting", "'text'"),
        ("read:\n  file:\n    a.csv: {text: [Q5]}", "line 2: 'file' is not a setting", "'files'"),
        ("read:\n  files: [a.csv]", "should hold names, each with its settings", None),
        ("read:\n  files:\n    a.csv: Q5", "should hold settings", None),
        ("read:\n  files:\n    a.csv: {kind: interveiw}", "'interveiw' is not a value", "'interview'"),
    ],
)
def test_a_slip_in_the_settings_of_a_file_is_named_with_its_line(text, said, hint):
    with pytest.raises(FeedbackError) as caught:
        parse_settings(text)
    assert said in caught.value.message
    assert hint is None or hint in str(caught.value.hint)
