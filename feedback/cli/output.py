"""What the command line writes: results to stdout, notes and progress to stderr, nothing that could hurt.

Whatever came out of a file passes through `plain` first: control and bidirectional characters are taken out,
so that a transcript cannot drive the terminal, and nothing is read as markup.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from feedback.cli.stopping import hearing_ctrl_c

if TYPE_CHECKING:
    import pandas as pd

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
WIDTH = 100


def plain(text: object) -> str:
    """The text without characters that steer a terminal."""
    return _UNSAFE.sub("", str(text))


def say(text: str = "") -> None:
    """A line of the result, on stdout."""
    click.echo(plain(text))


def say_wrapped(line: str, *, indent: str = "  ") -> None:
    """A line of the result that may be too long for one, wrapped and set in."""
    from textwrap import fill

    say(fill(plain(line), WIDTH, subsequent_indent=indent, break_on_hyphens=False))


def note(text: str) -> None:
    """A line beside the result, on stderr; silent with -q."""
    if not _quiet():
        click.echo(plain(text), err=True)


def _quiet() -> bool:
    context = click.get_current_context(silent=True)
    return bool(context and context.find_root().meta.get("quiet"))


def give_json(result: Mapping[str, Any]) -> None:
    """The result as one JSON object with `"feedback": 1`."""
    click.echo(json.dumps({"feedback": 1, **result}, ensure_ascii=False, default=str, indent=1))


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A table's rows for JSON, missing values as null."""
    return [
        {str(key): (None if value != value else value) for key, value in record.items()}  # noqa: PLR0124
        for record in frame.to_dict("records")
    ]


def say_table(headers: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[int] = ()) -> None:
    """A table for reading, on stdout, as wide as its content and at most the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for number, header in enumerate(headers):
        table.add_column(header, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain("" if cell is None else cell)) for cell in row))
    console = Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else WIDTH)
    console.print(table)


def say_quote(text: str, attribution: str = "", *, indent: str = "  ") -> None:
    """A quote, wrapped and set in, with who said it."""
    from textwrap import fill

    body = fill(f"“{plain(text)}”", WIDTH - 4, initial_indent=indent, subsequent_indent=indent + " ")
    click.echo(body)
    if attribution:
        click.echo(f"{indent}— {plain(attribution)}")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 document, 2 documents."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def lasting(seconds: float) -> str:
    """A stretch of time in words: 4 s, 3 min, 2 h 10 min."""
    whole = max(1, round(seconds))
    if whole < 100:
        return f"{whole} s"
    minutes = round(whole / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def progress() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """Bars for long work, on stderr, on a terminal only: one a name, told (done, total).

    Each says what is being done, how much of it, and how long it still takes; until the first news it says
    for how long it has been at work. Ctrl-C is heard at the next news at the latest.
    """
    with hearing_ctrl_c() as check, _bars() as bar:

        def checked(name: str) -> Callable[[int, int], None]:
            check()
            tell = bar(name)

            def told(done: int, total: int) -> None:
                check()
                tell(done, total)

            return told

        yield checked


@contextmanager
def _bars() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    if not sys.stderr.isatty() or _quiet():
        yield lambda name: lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(),
               TextColumn("{task.fields[left]}"))  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        shown: list[Any] = []

        def bar(name: str) -> Callable[[int, int], None]:
            while shown:  # the one before is done
                bars.remove_task(shown.pop())
            task = bars.add_task(name, total=None, left="")
            shown.append(task)

            def told(done: int, total: int) -> None:
                at = bars.tasks[bars.task_ids.index(task)]
                left = (at.elapsed or 0) * (total - done) / done if done else 0
                bars.update(
                    task, completed=done, total=total, left=f"{lasting(left)} left" if left >= 1 else ""
                )

            return told

        yield bar
