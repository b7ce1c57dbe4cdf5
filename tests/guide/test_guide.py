"""The manual is true: every command in it runs, and prints what it says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from feedback.codebook.edit import with_phrase

ROOT = Path(__file__).resolve().parents[2]
# The start page first: it makes the project `study` that later pages use.
PAGES = sorted((ROOT / "feedback" / "guide").glob("*.md"), key=lambda page: (page.stem != "start", page.stem))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SOURCES = ROOT / "corpora" / "leavers" / "sources"


def blocks(page: Path, kind: str) -> list[str]:
    return [body for name, body in BLOCK.findall(page.read_text(encoding="utf-8")) if name == kind]


@pytest.fixture(scope="module")
def desk(demo, tmp_path_factory):
    """A folder as the guide's reader has it: some files of their own, and the finished demo."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(demo.folder, folder / "leavers-demo")
    (folder / "interviews").mkdir()
    for name in ("01.docx", "02.vtt", "03.txt", "05.pdf", "07.docx", "08.txt"):
        shutil.copy(SOURCES / f"interview-{name}", folder / "interviews")
    shutil.copy(SOURCES / "survey.csv", folder)
    shutil.copy(SOURCES.parent / "participants.csv", folder)
    shutil.copy(SOURCES.parent / "gold" / "tags.csv", folder / "codings.csv")
    themes = (SOURCES.parent / "themes.yaml").read_text(encoding="utf-8")
    (folder / "changed.yaml").write_text(with_phrase(themes, "caseload", "thirty-one"), encoding="utf-8")
    (folder / "names.txt").write_text("# staff\nMoira Tench\n", encoding="utf-8")
    return folder


def as_pattern(expected: str) -> str:
    return "".join(".*" if part == "..." else re.escape(part) for part in re.split(r"(\.\.\.)", expected))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_of_the_guide_does_what_it_says(page, desk, demo, feedback):
    for block in blocks(page, "console"):
        command, _, expected = block.partition("\n")
        words, _, comment = command.partition("  # exit ")
        assert words.startswith("$ feedback "), f"{page.name}: {words}"
        arguments = [
            piece[1:-1] if piece[0] == '"' else piece for piece in re.findall(r'"[^"]*"|\S+', words)[2:]
        ]
        # The demo was made by this very command.
        ran = demo.ran if arguments == ["demo", demo.folder.name] else feedback(*arguments, cwd=desk)
        assert ran.code == int(comment or 0), f"{page.name}: {words}\n{ran.out}\n{ran.err}"
        said = (ran.out + ran.err).strip()
        assert re.fullmatch(as_pattern(expected.strip()), said, re.DOTALL), f"{page.name}: {words}\n{said}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_python_example_of_the_guide_runs(page, desk):
    for example in blocks(page, "python"):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", example],
            cwd=desk,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{page.name}\n{done.stderr}"


def test_the_index_lists_every_page(feedback):
    index = (ROOT / "feedback" / "guide" / "index.md").read_text(encoding="utf-8")
    for page in PAGES:
        assert page.stem == "index" or f"| `{page.stem}` |" in index
    assert feedback("guide").out.strip() == index.strip()


def test_the_settings_page_says_the_defaults():
    from feedback.settings import Settings
    from feedback.settings.read import parse_settings

    (settings,) = blocks(ROOT / "feedback" / "guide" / "settings.md", "yaml")
    assert parse_settings(settings) == Settings()


def test_the_themes_page_shows_a_list_that_can_be_used():
    from feedback.codebook import Codebook

    (themes,) = blocks(ROOT / "feedback" / "guide" / "themes.md", "yaml")
    assert Codebook.from_yaml(themes).ids == ("caseload",)


def test_a_page_that_is_not_there_is_answered_with_those_that_are(feedback):
    ran = feedback("guide", "quote")
    assert ran.code == 1
    assert "quotes" in ran.err
