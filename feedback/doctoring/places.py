"""Where a project lies: who may look into it, what copies it elsewhere, and whether there is room."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from feedback.doctoring import FINE, LOOK, MEND, Finding
from feedback.project import Project

_MEGABYTE = 1_000_000
_LEAST_FREE = 200 * _MEGABYTE
# Folders that a program keeps the same on another machine, by a part of the path.
_NAMES = (
    ("OneDrive", re.compile(r"onedrive(\s*[-–].*)?", re.IGNORECASE)),
    ("Dropbox", re.compile(r"dropbox([\s-].*)?", re.IGNORECASE)),
    ("iCloud Drive", re.compile(r"icloud ?drive.*|com~apple~clouddocs|mobile documents", re.IGNORECASE)),
    ("Google Drive", re.compile(r"google ?drive([\s-].*)?|my drive", re.IGNORECASE)),
    ("Box", re.compile(r"Box( Sync|-Box)?")),
    ("a cloud folder", re.compile(r"cloudstorage|nextcloud|owncloud|pcloud ?drive", re.IGNORECASE)),
)  # fmt: skip
# And by what such a program leaves in the folder at its top.
_MARKERS = (
    ("Dropbox", (".dropbox", ".dropbox.cache")),
    ("Google Drive", (".tmp.driveupload", ".tmp.drivedownload")),
    ("OneDrive", (".849C9593-D756-4E56-8D6E-42412F2A707B",)),
    (
        "a cloud folder",
        (".stfolder", ".owncloudsync.log", ".nextcloudsync.log", ".sync", ".csync_journal.db"),
    ),
)
_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_REMOTE = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "fuse.rclone", "davfs")
)
_MOVE = "move the project's folder to this machine's own disk, outside every folder that is synchronised"


def findings(project: Project) -> Iterator[Finding]:
    """Rights, synchronised and network folders, free disk."""
    folder = project.path.resolve()
    yield _rights(folder / "private")
    yield _synced(project.path, folder)
    remote = network_drive(folder)
    if remote:
        yield Finding(
            "place", LOOK, f"the project lies on a network drive ({remote}): who runs it can read private/",
            "lock it (`feedback key lock`), or " + _MOVE, {"drive": remote},
        )  # fmt: skip
    yield _room(folder)


def _rights(private: Path) -> Finding:
    """private/ 0700 and its files 0600, where the system knows such rights."""
    if os.name != "posix":
        return Finding(
            "rights", LOOK, "rights are not looked at on Windows", "keep the project in your own folder"
        )
    wide = [one for one in [private, *sorted(private.rglob("*"))] if one.exists() and _is_wide(one)]
    if not wide:
        return Finding("rights", FINE, "private/ and what is in it are yours alone (0700, files 0600)")
    return Finding(
        "rights", MEND, f"others on this machine can look into private/ ({len(wide)} files or folders)",
        "any command that works on the project mends it: `feedback run`", {"open": len(wide)},
    )  # fmt: skip


def _is_wide(path: Path) -> bool:
    return bool(stat.S_IMODE(path.lstat().st_mode) & 0o077) and not path.is_symlink()


def _synced(given: Path, folder: Path) -> Finding:
    found = synced_by(given.absolute(), os.environ) or synced_by(folder, os.environ)
    if not found:
        return Finding("place", FINE, "the folder is none that a known cloud program synchronises")
    return Finding(
        "place", MEND, f"{found} synchronises this folder, private/ included", _MOVE, {"by": found}
    )


def synced_by(folder: Path, environment: Mapping[str, str]) -> str:
    """Who keeps a folder the same elsewhere: by its path, by marker files above it, by Dropbox's own list."""
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or Path.home())
    for name, pattern in _NAMES:
        if any(pattern.fullmatch(part) for part in folder.parts):
            return name
    for name, marks in _MARKERS:
        if any(
            (above / mark).exists() for above in (folder, *folder.parents) for mark in marks if above != home
        ):
            return name
    for variable in _VARIABLES:
        if environment.get(variable) and folder.is_relative_to(environment[variable]):
            return "OneDrive"
    return "Dropbox" if any(folder.is_relative_to(path) for path in _dropboxes(home)) else ""


def _dropboxes(home: Path) -> list[str]:
    try:
        said = json.loads((home / ".dropbox" / "info.json").read_bytes())
        return [str(account["path"]) for account in said.values()]
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return []


def network_drive(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of network drive that a folder lies on; "" where there is none, or nobody says (not Linux)."""
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    above = [(line[1].replace("\\040", " "), line[2]) for line in lines if len(line) > 2]
    fitting = [(len(point), kind) for point, kind in above if folder.is_relative_to(point)]
    kind = max(fitting)[1] if fitting else ""
    return kind if kind in _REMOTE else ""


def _room(folder: Path) -> Finding:
    """Room for what the project is already: while a table is written its old form is there as well."""
    own = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file() and not one.is_symlink())
    needed, free = max(own, _LEAST_FREE), shutil.disk_usage(folder).free
    facts = {"project": own, "needed": needed, "free": free}
    said = (
        f"{_megabytes(free)} are free; the project takes {_megabytes(own)}, and a run may need "
        f"{_megabytes(needed)} more"
    )
    if free >= needed:
        return Finding("disk", FINE, said, facts=facts)
    return Finding("disk", MEND, said, "free some space, or move the project to a larger disk", facts)


def _megabytes(number: int) -> str:
    return f"{number / _MEGABYTE:,.0f} MB"
