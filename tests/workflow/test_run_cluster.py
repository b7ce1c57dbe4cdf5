"""On a dask cluster a run gives the same tables, whoever is lost on the way."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="dask is not installed (extra `scale`)")

from feedback.errors import FeedbackError
from feedback.intake import add
from feedback.parquet import content_hash
from feedback.pipeline import run
from feedback.pipeline.stages import Context, no_progress
from feedback.pipeline.tagged import chosen_tags
from feedback.project import Project
from feedback.readers import read_bytes
from feedback.scale import Lost
from feedback.scale.cluster import opened
from feedback.scale.versions import Versions, versions_here
from feedback.tables import to_arrow


def loopback() -> bool:
    """Whether this machine can reach itself; where there is no network at all, it cannot."""
    with socket.socket() as one, socket.socket() as other:
        try:
            one.bind(("127.0.0.1", 0))
            one.listen()
            other.connect(one.getsockname())
        except OSError:
            return False
    return True


pytestmark = [
    pytest.mark.skipif(not loopback(), reason="a cluster needs a network, if only the machine's own"),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs processes that can be killed"),
    pytest.mark.filterwarnings("ignore"),  # dask's own, on the way down
]
THEMES = "themes:\n  pay: {label: Pay, means: Money and pay., phrases: [pay, salary]}\n"
SURVEY = "id,Why did you leave?\n" + "".join(
    f"R{n},{'The pay was low and nobody listened. ' * (1 + n % 3)}I left in {1990 + n}.\n" for n in range(40)
)
OLDER = Versions("minilm", ".", (("pandas", "0.1"),))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = Project.create(tmp_path_factory.mktemp("cluster") / "study", themes=THEMES)
    add(made, [read_bytes(SURVEY.encode(), "survey.csv", document_id="d001")[0]])
    file = made.path / "feedback.yaml"
    file.write_text(file.read_text() + "deidentify: {recognise_names: false}\n")
    list(run(made, until="meaning"))
    return made


@pytest.fixture(scope="module")
def cluster(project):
    with opened("local", jobs=2, versions=versions_here("minilm", str(project.path))) as found:
        yield found


def tagged_on(cluster, project, characters=400):
    return chosen_tags("meaning", Context(project, workers=cluster, characters=characters), no_progress)


def same_as_without(project, tags):
    return content_hash(to_arrow("tags", tags)) == project.content("tags/meaning")


def test_a_cluster_gives_the_same_tags(cluster, project):
    assert same_as_without(project, tagged_on(cluster, project))


def slow(marks: Path, item: int):
    (marks / f"{item}-{os.getpid()}").touch()
    time.sleep(0.2)
    return item


def test_a_worker_that_is_lost_in_the_middle_changes_nothing(cluster, tmp_path):
    found = {}
    for number, result in cluster.as_done(slow, tmp_path, range(12)):
        found[number] = result
        if len(found) == 2:
            os.kill(int(next(iter(sorted(tmp_path.iterdir()))).name.partition("-")[2]), signal.SIGKILL)
    assert found == {n: n for n in range(12)}


def test_a_run_whose_worker_is_killed_gives_the_same_tags(cluster, project):
    killed = []

    def kill_once(done, total):
        if not killed:
            killed.append(cluster._client.run(os.getpid).popitem()[1])
            os.kill(killed[0], signal.SIGKILL)

    tags = chosen_tags("meaning", Context(project, workers=cluster, characters=400), kill_once)
    assert killed
    assert same_as_without(project, tags)


def deadly(shared, item):
    if item == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def test_what_always_kills_its_workers_is_named_and_the_rest_is_done(cluster):
    found = dict(cluster.as_done(deadly, None, range(6)))
    assert isinstance(found.pop(3), Lost)
    assert found == {n: n for n in (0, 1, 2, 4, 5)}


def test_a_worker_with_another_version_is_named_before_work_begins():
    with (
        pytest.raises(FeedbackError, match=r"has another pandas: .* instead of 0\.1"),
        opened("local", jobs=1, versions=OLDER),
    ):
        pass


@contextmanager
def scheduler_and_worker(port, folder):
    """A cluster as somebody would start it, killed at the end."""
    address = f"tcp://127.0.0.1:{port}"
    kinds = [
        ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show"],
        ["worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)],
    ]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *kind],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for kind in kinds
    ]  # fmt: skip
    try:
        yield address
    finally:
        for one in started:
            with suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()


def test_a_scheduler_that_is_killed_and_comes_back_changes_nothing(project, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = {}
    second = scheduler_and_worker(port, tmp_path)
    with scheduler_and_worker(port, tmp_path) as address:
        with_versions = opened(address, jobs=1, versions=versions_here("minilm", str(project.path)))
        cluster = with_versions.__enter__()
        work = cluster.as_done(slow, tmp_path, range(8))
        found.update([next(work)])
    try:
        with second:
            found.update(work)
    finally:
        with_versions.__exit__(None, None, None)
    assert found == {n: n for n in range(8)}


def test_nobody_at_the_address_is_said_in_words():
    with (
        pytest.raises(FeedbackError, match="does not answer"),
        opened("tcp://127.0.0.1:9", jobs=1, versions=OLDER, patience_s=1),
    ):
        pass
