"""Work in processes and on a cluster: the same results, and lost workers are borne with."""

import os
import signal
import time
import warnings
from pathlib import Path

import pytest

from feedback.cli.add import reading_in
from feedback.errors import FeedbackError
from feedback.readers import read
from feedback.scale import HERE, Lost, in_order, workers
from feedback.scale.cluster import refuse_unsafe
from feedback.tagging.rules import SlowPhrase

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs processes that can be killed")


def squared(shared, item):
    return shared * item * item


def deadly(marks: Path, item: int):
    """Kills its process when it comes to item 3 for the first time, and always at item 5."""
    mark = marks / f"{item}-{time.monotonic_ns()}"
    mark.touch()
    if item == 5 or (item == 3 and len(list(marks.glob("3-*"))) == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    return item * 10


def complaining(shared, item):
    if item == 1:
        warnings.warn(f"the phrase {item} is slow", SlowPhrase, stacklevel=2)
    if item == 2:
        raise FeedbackError("no such thing", hint="look again")
    return item


def sleeping(shared, item):
    Path(shared).write_text(str(os.getpid()))
    time.sleep(60)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_are_the_same_however_many_processes_work(jobs):
    results = list(in_order(workers(jobs).as_done(squared, 2, range(20))))
    assert results == [2 * n * n for n in range(20)]


def test_work_that_ends_its_process_is_done_again_and_given_up_only_when_it_always_does(tmp_path):
    results = list(in_order(workers(2).as_done(deadly, tmp_path, range(8))))
    assert [type(one) for one in results].count(Lost) == 1
    assert [one for one in results if not isinstance(one, Lost)] == [0, 10, 20, 30, 40, 60, 70]
    assert isinstance(results[5], Lost)


def test_warnings_and_errors_of_workers_are_told_where_the_work_was_given_out():
    with pytest.warns(SlowPhrase, match="phrase 1 is slow"):
        assert list(in_order(workers(2).as_done(complaining, None, [0, 1]))) == [0, 1]
    with pytest.raises(FeedbackError, match="no such thing") as caught:
        list(workers(2).as_done(complaining, None, [2]))
    assert caught.value.hint == "look again"


def test_processes_end_at_once_when_work_is_stopped(tmp_path):
    file = tmp_path / "pid"
    found = workers(2).as_done(_sleeping_then_quick, str(file), [0, 1])
    assert next(found)[0] == 1
    found.close()
    pid, until = int(file.read_text()), time.monotonic() + 20
    while _lives(pid):
        assert time.monotonic() < until
        time.sleep(0.05)


def _sleeping_then_quick(shared, item):
    if item == 0:
        sleeping(shared, item)
    while not Path(shared).exists():
        time.sleep(0.01)
    return item


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_process_works_here():
    assert workers(1) is HERE


@pytest.mark.parametrize("address", ["tls://far.example:8786", "tcp://127.0.0.1:8786", "tcp://localhost:1"])
def test_addresses_that_are_encrypted_or_on_this_machine_are_taken(address):
    refuse_unsafe(address, insecure=False)


@pytest.mark.parametrize("address", ["tcp://far.example:8786", "10.0.0.5:8786", "tcp://0.0.0.0:8786"])
def test_an_address_over_which_others_could_read_along_is_taken_only_when_somebody_insists(address):
    with pytest.raises(FeedbackError, match="not encrypted"):
        refuse_unsafe(address, insecure=False)
    refuse_unsafe(address, insecure=True)


@pytest.mark.parametrize("address", ["", "tls://", "http://far.example:80", "nonsense://x"])
def test_an_address_that_is_none_is_refused_in_words(address):
    with pytest.raises(FeedbackError, match="not the address of a cluster"):
        refuse_unsafe(address, insecure=True)


def test_files_are_read_alike_in_one_process_and_in_two(tmp_path):
    for number in range(4):
        (tmp_path / f"talk {number}.txt").write_text(f"Interviewer: Why?\nP{number}: The pay.\n" * 3)
    (tmp_path / "talk 1.docx").write_bytes(b"no such format")
    (tmp_path / "README.md").write_text("About these files.\n")
    documents, dropped = read(tmp_path, doing=reading_in(2))
    assert (documents, dropped) == read(tmp_path)
    assert [one.document_id for one in documents] == ["d001", "d002", "d003", "d004"]
    assert any("talk 1.docx" in one.reason for one in dropped)
