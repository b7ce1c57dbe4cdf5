"""`feedback doctor` finds what is wrong and says what to do; what is well is shown to be well."""

import json
import os
import shutil
from datetime import UTC, datetime

import pytest
from killing import made_of

from feedback.disk import LEFTOVER
from feedback.doctoring import connections, installed, places, records
from feedback.project import Project

TOLD = {"documents": 4, "tried": {}, "sockets": 1, "caught": True, "packets": 0}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return made_of(tmp_path_factory.mktemp("doctor"))


@pytest.fixture
def study(base, tmp_path):
    return shutil.copytree(base, tmp_path / "study")


def of(findings, check):
    return [one for one in findings if one.check == check]


def states(findings):
    return {one.state for one in findings}


def test_doctor_finds_a_sound_project_sound_and_changes_nothing(study, feedback):
    before = {file: file.read_bytes() for file in study.rglob("*") if file.is_file()}
    ran = feedback("doctor", "-p", study, "--json")
    found = {(one["check"], one["state"]) for one in ran.json["findings"]}
    assert ran.code == 0, ran.out
    assert {("connections", "fine"), ("models", "fine"), ("journal", "fine"), ("tables", "fine")} <= found
    (study_run,) = (one for one in ran.json["findings"] if one["check"] == "connections")
    assert study_run["facts"]["tried"] == {}
    assert study_run["facts"]["packets"] in (0, None)
    assert {file: file.read_bytes() for file in study.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize(
    "told",
    [
        {**TOLD, "tried": {"socket.getaddrinfo": 1}},
        {**TOLD, "packets": 4},
        {**TOLD, "caught": False},
    ],
)
def test_a_try_to_reach_a_network_must_be_mended(told):
    assert connections.judged(told).state == "mend"
    assert connections.judged(TOLD).state == "fine"


def test_what_native_code_does_is_not_claimed_where_it_cannot_be_counted():
    assert "cannot be counted" in connections.judged({**TOLD, "packets": None}).message


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_open_rights_of_a_single_file_are_found(study):
    assert states(of(places.findings(Project(study)), "rights")) == {"fine"}
    (study / "private" / "secret").chmod(0o644)
    (found,) = of(places.findings(Project(study)), "rights")
    assert found.state == "mend"
    assert found.facts == {"open": 1}


@pytest.mark.parametrize(
    ("above", "mark", "by"),
    [
        ("OneDrive - A Council", "", "OneDrive"),
        ("Dropbox (Personal)", "", "Dropbox"),
        ("Google Drive", "", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "", "iCloud Drive"),
        ("Library/CloudStorage/Whatever", "", "a cloud folder"),
        ("renamed", ".dropbox.cache", "Dropbox"),
        ("renamed", ".tmp.drivedownload", "Google Drive"),
        ("renamed", ".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        ("plain", "", ""),
    ],
)
def test_folders_that_a_cloud_program_synchronises_are_known(tmp_path, above, mark, by):
    study = tmp_path / above / "study"
    study.mkdir(parents=True)
    if mark:
        (study.parent / mark).touch()
    assert places.synced_by(study, {"HOME": str(tmp_path)}) == by


def test_a_synchronised_folder_is_known_by_the_environment_and_by_dropboxes_own_list(tmp_path):
    study = tmp_path / "mine" / "study"
    study.mkdir(parents=True)
    home = tmp_path / "home"
    assert (
        places.synced_by(study, {"HOME": str(home), "OneDriveCommercial": str(tmp_path / "mine")})
        == "OneDrive"
    )
    (home / ".dropbox").mkdir(parents=True)
    (home / ".dropbox" / "info.json").write_text(
        json.dumps({"personal": {"path": str(tmp_path / "mine")}}), encoding="utf-8"
    )
    assert places.synced_by(study, {"HOME": str(home)}) == "Dropbox"


def test_a_network_drive_is_told_by_the_table_of_mounts(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"none / ext4 rw 0 0\nserver:/share {tmp_path}/far\\040away cifs rw 0 0\n", encoding="utf-8"
    )
    assert places.network_drive(tmp_path / "far away" / "study", mounts) == "cifs"
    assert places.network_drive(tmp_path / "near", mounts) == ""


def test_leftovers_a_changed_journal_and_a_clock_that_is_behind_are_found(study):
    project = Project(study)
    assert states(records.findings(project)) == {"fine"}
    (study / "tables" / f".abc{LEFTOVER}").touch()
    (found,) = of(records.findings(project), "leftovers")
    assert found.state == "mend"
    assert "feedback run" in found.remedy
    with project.locked():
        assert states(of(records.findings(Project(study)), "leftovers")) == {"look"}
    assert records.clock(project, datetime(2001, 1, 1, tzinfo=UTC)).state == "mend"
    journal = study / "private" / "journal.jsonl"
    journal.write_text(
        journal.read_text(encoding="utf-8").replace('"people": 6', '"people": 7'), encoding="utf-8"
    )
    assert states(of(records.findings(project), "journal")) == {"mend"}


def test_a_file_of_a_model_that_was_altered_is_found(tmp_path):
    package = tmp_path / "thing-1.0.dist-info"
    package.mkdir()
    (tmp_path / "weights.bin").write_bytes(b"as it was")
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n", encoding="utf-8")
    (package / "RECORD").write_text(
        "weights.bin,sha256=0ZTUSjlObxyAWMc8dW7aTYcIPLCTtVXa1Qr5wC3qmTY,9\n", encoding="utf-8"
    )
    (found,) = installed.Distribution.discover(path=[str(tmp_path)])
    assert installed.altered(found) == (["weights.bin"], 1)
    assert not installed.altered(installed.distribution(installed.LANGUAGE_MODEL))[0]
