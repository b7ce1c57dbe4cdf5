"""The house rules: short files, imports only downwards, heavy packages only where they are used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "feedback").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
ROWS = (
    ("errors", "spans", "model", "masks", "arrows"),
    ("tables", "registry", "yamlfile", "codebook", "settings", "shipped"),
    ("readers", "edits", "embed", "sealing", "intervals", "agreeing"),
    ("links", "cases", "coding", "segments", "taken", "withdrawn"),
    ("disclosure",),
    ("outcomes", "checks"),
    ("tagging", "residue"),
    ("factors", "quotes"),
    ("report", "tuning"),
    ("comparing",),
    ("disk", "keys", "parquet", "project", "journal", "scale"),
    ("pipeline", "intake", "exports", "withdrawals"),
    ("leaving", "withdrawal"),
    ("doctoring",),
    ("cli", "guide", "__init__", "__main__"),
)  # fmt: skip
ROW_OF = {room: row for row, rooms in enumerate(ROWS) for room in rooms}
HEAVY = {"pandas", "numpy", "spacy", "sklearn", "bertopic", "onnxruntime", "pyarrow", "scipy", "rich", "lxml"}


def room_of(file: Path) -> str:
    first = file.relative_to(ROOT / "feedback").parts[0]
    return first.removesuffix(".py")


def is_file(room: str) -> bool:
    return (ROOT / "feedback" / f"{room}.py").exists()


def imports(file: Path):
    """The feedback rooms that a file imports, and whether it does so at its top."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
            if node.module == "feedback":
                names = [f"feedback.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith("feedback."):
                yield name.split(".")[1]


@pytest.mark.parametrize("file", [*FILES, *TESTS], ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_is_short(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_imports_only_from_rows_above_its_own_room(file):
    own = room_of(file)
    for room in imports(file):
        assert room in ROW_OF, f"'{room}' is not in the plan of the house"
        if room != own:
            down = ROW_OF[room] < ROW_OF[own]
            beside = ROW_OF[room] == ROW_OF[own] and (is_file(room) or is_file(own))
            assert down or beside, f"{own} imports {room}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_heavy_packages_are_imported_where_they_are_used(file):
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            assert name.split(".")[0] not in HEAVY, f"line {node.lineno} imports {name} for everybody"


def test_asking_for_help_imports_nothing_heavy():
    code = (
        "import sys; from click.testing import CliRunner; from feedback.cli import cli; "
        "assert CliRunner().invoke(cli, ['--help']).exit_code == 0; "
        f"found = {HEAVY!r} & set(sys.modules); assert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_no_room_takes_the_name_of_a_public_function():
    # Importing feedback.evaluate would put the module where `fb.evaluate` was.
    import feedback

    assert not {room_of(file) for file in FILES} & set(feedback.__all__)


def test_every_file_of_the_package_has_a_room():
    assert {room_of(file) for file in FILES} <= set(ROW_OF)


# The rooms within a room, from the lowest; a file beside them may be in a row as well.
WITHIN = {
    "edits": (
        ("text",),
        ("clean", "forms", "telling"),
        ("finding",),
        ("people", "reviewed"),
        ("study",),
        ("whole", "leaks"),
    ),
}


@pytest.mark.parametrize("room", WITHIN)
def test_rooms_within_a_room_import_downwards_too(room):
    row_of = {name: row for row, names in enumerate(WITHIN[room]) for name in names}
    folder = ROOT / "feedback" / room
    for file in [one for one in FILES if one.is_relative_to(folder)]:
        own = file.relative_to(folder).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"feedback.{room}."):
                other = str(node.module).split(".")[2]
                if own in row_of and other != own:
                    assert row_of[other] < row_of[own], f"{own} imports {other}"
