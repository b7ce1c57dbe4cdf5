"""Private files: yours alone, sealed when the project is locked, never half one thing and half another."""

import json
import stat

import numpy as np
import pytest
from click.testing import CliRunner

from feedback import disk, sealing
from feedback.cli import key, passphrase
from feedback.embed.cache import VectorCache
from feedback.errors import FeedbackError
from feedback.keys import ASK, LOCK, SECRET, Keys, mend_rights
from feedback.pipeline.remembered import tags_file
from feedback.pipeline.stages import Context
from feedback.project import Project
from feedback.tables import conform

PASSPHRASE = "four words of mine"
WORDS = "Priya Shah left us over the forms"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A cheaper scrypt: its cost is not what is tested here."""
    monkeypatch.setattr(sealing, "_COST", {"n": 2**4, "r": 8, "p": 1})


@pytest.fixture
def project(tmp_path):
    """A project with a document, a name and a note of the user's."""
    made = Project.create(tmp_path / "study", themes="themes: {}\n")
    row = {"document_id": "d001", "file_name": "Priya.txt", "title": "", "sha256": "0", "text": WORDS}
    made.save("private/originals", conform("private/originals", [row]), {"stage": "read"})
    made.remember_names(["Priya Shah"])
    made.keys.write("merges.yaml", b"same:\n  - [Priya Shah, Pri]\n")
    made.keys.secret()
    made.note("add", documents=["d001"])
    return made


def private_bytes(project):
    folder = project.path / "private"
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def lock(project, words=PASSPHRASE):
    return project.keys.seal_all(words, project.receipt_in_private)


def again(project, words=PASSPHRASE):
    """The same project as the next command sees it."""
    return Project(project.path, passphrase=words)


def holds(project):
    """Everything that was in the project at first, as a command with the passphrase reads it."""
    return (
        list(project.table("private/originals")["text"]),
        project.receipt("private/originals")["stage"],
        project.keys.read("names.txt"),
        project.keys.read("merges.yaml"),
        project.keys.secret(),
    )


def test_no_word_and_no_name_lies_open_in_a_locked_project(project):
    assert lock(project) == 4
    for name, data in private_bytes(project).items():
        assert b"Priya" not in data, name
        assert b"PAR1" not in data, name
    assert holds(again(project)) == holds(project)


def test_what_is_written_into_a_locked_project_is_sealed(project):
    lock(project)
    later = again(project)
    later.remember_names(["Yewande Cole"])
    table = later.table("private/originals").assign(text="Yewande said so")
    later.save("private/originals", table, {"stage": "read"})
    assert not any(b"Yewande" in data for data in private_bytes(project).values())
    assert list(again(project).table("private/originals")["text"]) == ["Yewande said so"]


def test_unlocking_gives_every_byte_back(project):
    before = private_bytes(project)
    lock(project)
    assert again(project).keys.open_all() == 4
    assert private_bytes(project) == before


def test_what_a_table_was_made_from_can_be_seen_without_the_passphrase(project):
    before = project.receipt("private/originals")
    lock(project)
    assert Project(project.path).receipt("private/originals") == before


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(project):
    lock(project)
    before = private_bytes(project)
    for act in (
        lambda p: p.table("private/originals"),
        lambda p: p.keys.open_all(),
        lambda p: p.remember_names(["X Y"]),
        lambda p: p.save("private/originals", conform("private/originals", [])),
        lambda p: lock(p, "another passphrase"),
    ):
        with pytest.raises(FeedbackError, match="not this project's passphrase"):
            act(again(project, "another passphrase"))
    assert private_bytes(project) == before


def test_without_anybody_to_ask_it_is_said_how_to_open(project):
    lock(project)
    with pytest.raises(FeedbackError, match="locked") as told:
        Project(project.path).table("private/originals")
    assert "passphrase=" in told.value.hint


def test_the_one_who_is_asked_is_asked_once(project):
    lock(project)
    asked = []
    token = ASK.set(lambda: asked.append(1) or PASSPHRASE)
    try:
        later = Project(project.path)
        holds(later)
    finally:
        ASK.reset(token)
    assert asked == [1]


def test_a_short_passphrase_is_refused_and_nothing_is_locked(project):
    with pytest.raises(FeedbackError, match="too short"):
        lock(project, "short")
    assert Project(project.path).keys.files(sealed=True) == []
    assert not (project.path / "private" / LOCK).exists()


def test_locking_twice_changes_nothing(project):
    lock(project)
    before = private_bytes(project)
    assert lock(again(project)) == 0
    assert private_bytes(project) == before


@pytest.mark.parametrize("place", [0, 20, 60, 300, -1])
def test_a_damaged_file_is_said_and_nothing_is_overwritten(project, place):
    lock(project)
    file = project.path / "private" / "originals.parquet"
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    before = private_bytes(project)
    with pytest.raises(FeedbackError, match=r"damaged|passphrase"):
        again(project).table("private/originals")
    with pytest.raises(FeedbackError):
        again(project).keys.open_all() if place else again(project).table("private/originals")
    assert private_bytes(project) == before


def test_a_sealed_file_cannot_be_put_in_anothers_place(project):
    lock(project)
    folder = project.path / "private"
    (folder / "names.txt").write_bytes((folder / "merges.yaml").read_bytes())
    with pytest.raises(FeedbackError, match=r"names\.txt' is damaged"):
        again(project).keys.read("names.txt")


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"salt": "zz"}', None])
def test_a_lost_or_damaged_lock_file_loses_nothing(project, damage):
    lock(project)
    file = project.path / "private" / LOCK
    if damage is None:
        file.unlink()
    else:
        file.write_text(damage)
    later = again(project)
    assert holds(later) == holds(again(project))
    later.remember_names(["Yewande Cole"])
    assert not any(b"Yewande" in data for data in private_bytes(project).values())
    assert later.keys.open_all() == 4


@pytest.mark.parametrize("act", ["lock", "unlock"])
def test_broken_off_at_any_write_everything_can_be_read_and_the_same_command_goes_on(
    project, act, monkeypatch
):
    whole = holds(project)
    if act == "unlock":
        lock(project)
    for broken_at in range(6):
        written = []

        def torn(file, data, *, private=False, written=written, broken_at=broken_at, write=disk.write_bytes):
            if len(written) == broken_at:
                raise KeyboardInterrupt
            written.append(file.name)
            write(file, data, private=private)

        with monkeypatch.context() as patch:
            patch.setattr("feedback.keys.write_bytes", torn)
            try:
                lock(project) if act == "lock" else again(project).keys.open_all()
            except KeyboardInterrupt:
                assert holds(again(project)) == whole
    lock(project) if act == "lock" else again(project).keys.open_all()
    assert holds(again(project)) == whole
    assert again(project).keys.files(sealed=act == "unlock") == []


# The secret and the rights


def test_the_secret_is_made_once_and_is_yours_alone(project):
    file = project.path / "private" / SECRET
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert len(project.keys.secret()) == 32
    assert project.keys.secret() == Project(project.path).keys.secret()


@pytest.mark.parametrize("written", ["", "abc", "zz" * 32, "00" * 31, "é"])
def test_a_secret_edited_by_hand_is_refused_and_left_alone(project, written):
    file = project.path / "private" / SECRET
    file.write_text(written, encoding="utf-8")
    with pytest.raises(FeedbackError, match="damaged"):
        project.keys.secret()
    assert file.read_text(encoding="utf-8") == written


def test_rights_that_others_have_are_taken_back_and_told(project):
    folder = project.path / "private"
    assert not mend_rights(folder)
    folder.chmod(0o755)
    (folder / SECRET).chmod(0o644)
    assert mend_rights(folder)
    assert all(stat.S_IMODE(f.stat().st_mode) & 0o077 == 0 for f in [folder, *folder.rglob("*")])
    assert not mend_rights(folder)


# The command


def run(project, *arguments, words=PASSPHRASE, monkeypatch=None):
    monkeypatch.setenv(passphrase.VARIABLE, words) if words else monkeypatch.delenv(
        passphrase.VARIABLE, False
    )
    token = ASK.set(passphrase.ask)
    try:
        return CliRunner().invoke(key.command, [*arguments, "-p", str(project.path)])
    finally:
        ASK.reset(token)


def test_the_command_says_locks_and_unlocks(project, monkeypatch):
    assert "Not locked: 4 files" in run(project, monkeypatch=monkeypatch).output
    assert "Locked: 4 files" in run(project, "lock", monkeypatch=monkeypatch).output
    told = json.loads(run(project, "--json", monkeypatch=monkeypatch).output)
    assert (told["locked"], told["sealed"], told["open"]) == (True, 4, 0)
    assert "Not locked" in run(project, "unlock", monkeypatch=monkeypatch).output


def test_nobody_there_to_type_is_said(project, monkeypatch):
    ran = run(project, "lock", words="", monkeypatch=monkeypatch)
    assert isinstance(ran.exception, FeedbackError)
    assert passphrase.VARIABLE in ran.exception.hint
    assert Keys(project.path / "private").files(sealed=True) == []


def test_the_passphrase_stands_in_no_file(project, monkeypatch):
    run(project, "lock", monkeypatch=monkeypatch)
    for file in project.path.rglob("*"):
        assert file.is_dir() or PASSPHRASE.encode() not in file.read_bytes()


def test_locking_leaves_nothing_open_of_texts_that_are_not_in_the_tables(project, monkeypatch):
    vectors = Context(project).vectors
    known, fingerprint = VectorCache(vectors), Context(project).embedder.fingerprint
    segment = {"segment_id": "d001:0-3", "document_id": "d001", "text": "[Name 1] came."}
    project.save("segments", conform("segments", [segment]))
    known.add(fingerprint, ["Priya came.", segment["text"]], np.eye(2, 384, dtype=np.float32))
    known.keep_lesson("of a student", b"what it learnt of Priya")
    tags_file(project).write_bytes(b"digests")
    run(project, "lock", monkeypatch=monkeypatch)
    assert list(VectorCache(vectors).find(fingerprint, ["Priya came.", segment["text"]])) == [segment["text"]]
    assert [file.suffix for file in vectors.iterdir()] == [".npy"]
