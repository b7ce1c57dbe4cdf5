"""A browser for the whole session, or the reason why there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "unit" / "report"))  # the sample study

from chromium import MISSING, Browser, Page, program  # noqa: E402
from report_sample import sample_tables  # noqa: E402

from feedback.model import Report  # noqa: E402
from feedback.report import render, summarise  # noqa: E402


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if program() is None:
        pytest.skip(MISSING)
    running = Browser(tmp_path_factory.mktemp("profile"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def report() -> Report:
    return summarise(sample_tables(), title="Why people left")


@pytest.fixture(scope="session")
def file(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("report") / "report.html"
    written.write_bytes(render(report, ".html"))
    return written


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    """The report, freshly opened; whatever a test does, it must have asked for nothing and broken nothing."""
    opened = browser.open(file)
    yield opened
    assert opened.complaints() == []
    assert {address.partition("#")[0] for address in opened.requests()} == {file.as_uri()}
    opened.close()
