"""What charts are drawn with: text, dots, scales and the SVG around them, readable in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from feedback.report.wording import printable

ACCENT = "#0f4c5c"
INK = "#1d2226"
GREY = "#596066"
LINE = "#c9ced2"
TINT = "#c4d8dc"

WIDTH, NARROW_WIDTH = 760, 376
_SIGNS = 35  # of a label in one line
_SANS = "system-ui,'Segoe UI',Helvetica,Arial,'Liberation Sans',sans-serif"
GROUND = ' stroke="#fff" stroke-width="4" paint-order="stroke"'


@dataclass(frozen=True)
class Panel:
    """A stretch of the chart's width that stands for nobody (left) to all (right)."""

    left: float
    right: float

    def at(self, n: int, of: int) -> float:
        """Where n of `of` people stand."""
        return self.left + (self.right - self.left) * n / of if of else self.left


def at(number: float) -> str:
    """A coordinate with at most one decimal, so that the same numbers give the same bytes anywhere."""
    return f"{number:.1f}".removesuffix(".0")


def dot(x: float, y: float, *, hollow: bool) -> str:
    fill = f'fill="#fff" stroke="{INK}" stroke-width="1.5"' if hollow else f'fill="{ACCENT}"'
    return f'<circle cx="{at(x)}" cy="{at(y)}" r="{"6.5" if hollow else "5"}" {fill}/>'


def whisker(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line with a cap at each end, from one point to the other, that stands out on dark and on white."""
    across = (0, 4) if y1 == y2 else (4, 0)
    ends = [(x1, y1, x2, y2)]
    ends += [(x - across[0], y - across[1], x + across[0], y + across[1]) for x, y in ((x1, y1), (x2, y2))]
    path = "".join(f"M{at(a)} {at(b)}L{at(c)} {at(d)}" for a, b, c, d in ends)
    light = f'<path d="{path}" stroke="#fff" stroke-width="3.5" fill="none"/>'
    return light + f'<path d="{path}" stroke="{INK}" stroke-width="1.4" fill="none"/>'


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    size: int = 13,
    weight: int = 400,
    fill: str = INK,
    more: str = "",
) -> str:
    return (
        f'<text x="{at(x)}" y="{at(y)}" text-anchor="{anchor}" font-size="{size}" '
        f'font-weight="{weight}" fill="{fill}"{more}>{escape(printable(words))}</text>'
    )


def label(words: str, x: float, y: float) -> str:
    """A label that ends at x, where a row begins, in two lines where one is not enough."""
    lines = wrap(words, _SIGNS) or [""]
    if len(lines) == 1:
        return text(x, y + 4, words, anchor="end")
    more = " ".join(lines[1:])
    second = more if len(more) <= _SIGNS + 4 else more[: _SIGNS + 3].rstrip() + "…"
    return "".join(
        text(x, y + below, line, anchor="end", size=12) for below, line in ((-2.5, lines[0]), (10.5, second))
    )


def svg(name: str, height: float, parts: Sequence[str], *, title: str, about: str) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {at(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="{_SANS}">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(printable(about))}</desc>{"".join(parts)}</svg>'
    )


def plain(height: float, parts: Sequence[str]) -> str:
    """A second drawing of what another chart tells in full, so that nobody is told it twice."""
    return (
        f'<svg class="chart narrow" viewBox="0 0 {NARROW_WIDTH} {at(height)}" aria-hidden="true" '
        f'font-family="{_SANS}">{"".join(parts)}</svg>'
    )
