"""Charts as inline SVG: shares of people on one scale from nobody to all, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from feedback.model import FactorCard, ThemeRow
from feedback.report.wording import n_of, printable

ACCENT = "#0f4c5c"
INK = "#1d2226"
GREY = "#596066"
LINE = "#c9ced2"
TINT = "#c4d8dc"

_WIDTH, _LABELS, _ROW, _BAR = 760, 238, 26, 12
_MOST_SIGNS = 35  # of a label in one line
_SANS = "system-ui,'Segoe UI',Helvetica,Arial,'Liberation Sans',sans-serif"


@dataclass(frozen=True)
class _Panel:
    """A stretch of the chart's width that stands for nobody (left) to all (right)."""

    left: float
    right: float

    def at(self, n: int, of: int) -> float:
        """Where n of `of` people stand."""
        return self.left + (self.right - self.left) * n / of if of else self.left


_REASONS, _SPEAKING, _WHOLE = _Panel(250, 436), _Panel(532, 746), _Panel(250, 690)
_NARROW_WIDTH, _NARROW = 376, _Panel(20, 316)


def factor_chart(cards: Sequence[FactorCard]) -> str:
    """A row a push factor: a bar for leavers' reasons, dots for leavers and stayers who speak of it at all.

    The dots are left out where there is nobody to compare and no reason apart from what leavers speak of. No
    cards: an empty string.
    """
    if not cards:
        return ""
    compared = any(card.of_stayers for card in cards)
    reasons = any(card.n_speak != card.n for card in cards)
    top, bottom = 46, 46 + _ROW * len(cards)
    head = "A reason for leaving" if reasons else "Leavers who speak of it"
    parts = [_text(_REASONS.left, 14, head, weight=600), _scale(_REASONS, top, bottom)]
    if compared or reasons:
        parts += [_legend(compared), _scale(_SPEAKING, top, bottom)]
    for place, card in enumerate(cards):
        y = top + _ROW * (place + 0.5)
        parts += [_label(card.label, y), _strip(_REASONS, card.n, card.of, y)]
        parts += [_dumbbell(card, y)] if compared or reasons else []
    against = ", and what people who stayed say" if compared else ""
    return _svg(
        "factors", bottom + 10, parts,
        title=f"Push factors: shares of leavers{against}", about="; ".join(map(_told, cards)),
    )  # fmt: skip


def theme_chart(rows: Iterable[ThemeRow], *, name: str = "themes") -> str:
    """People by theme as bars, under the headings of the theme list, in the order of the rows."""
    rows = list(rows)
    if not rows:
        return ""
    parts: list[str] = []
    y = 26.0
    for heading in dict.fromkeys(row.group for row in rows):
        group = [row for row in rows if row.group == heading]
        words = ("nobody", "a quarter", "half", "three quarters", "all") if not parts else ()
        parts.append(_text(0, y - 8, heading, weight=600, fill=ACCENT))
        parts.append(_scale(_WHOLE, y, y + _ROW * len(group), words=words))
        for row in group:
            parts.append(_label(f"– {row.label}" if row.parent else row.label, y + _ROW / 2))
            parts.append(_strip(_WHOLE, row.n, row.of, y + _ROW / 2))
            y += _ROW
        y += 36
    told = "; ".join(f"{row.label} {n_of(row.n, row.of)}" for row in rows)
    return _svg(name, y - 28, parts, title="Themes: shares of the people read", about=told)


def narrow_factor_chart(cards: Sequence[FactorCard]) -> str:
    """The same as `factor_chart` for a narrow screen: all of a row under its label."""
    if not cards:
        return ""
    compared = any(card.of_stayers for card in cards)
    spoken = any(card.n_speak != card.n for card in cards) or compared
    step = 66 if spoken else 48
    top = 46.0 if spoken else 24.0
    parts = [_scale(_NARROW, top, top + step * len(cards))]
    if spoken:
        parts += [_text(0, 14, "Bar: a reason for leaving. Speak of it:"), _dot(256, 10, hollow=False)]
        parts += [_text(265, 14, "left", size=12)]
        if compared:
            parts += [_dot(304, 10, hollow=True), _text(314, 14, "stayed", size=12)]
    for place, card in enumerate(cards):
        y = top + step * place
        parts += [_text(0, y + 18, card.label, more=_GROUND), _strip(_NARROW, card.n, card.of, y + 32)]
        parts += [_dumbbell(card, y + 51, _NARROW)] if spoken else []
    return _plain(top + step * len(cards) + 6, parts)


def narrow_theme_chart(rows: Iterable[ThemeRow]) -> str:
    """The same as `theme_chart` for a narrow screen."""
    rows = list(rows)
    parts: list[str] = []
    y = 0.0
    for heading in dict.fromkeys(row.group for row in rows):
        parts.append(_text(0, y + 14, heading, weight=600, fill=ACCENT))
        group = [row for row in rows if row.group == heading]
        parts.append(_scale(_NARROW, y + 40, y + 40 + 44 * len(group)))
        y += 40
        for row in group:
            label = f"– {row.label}" if row.parent else row.label
            parts += [_text(0, y + 18, label, more=_GROUND), _strip(_NARROW, row.n, row.of, y + 31)]
            y += 44
        y += 24
    return _plain(y, parts) if rows else ""


def bar(n: int, of: int, *, look: str = "full") -> str:
    """One bar of a card: the share of n in `of`; look: "full", "light" or "hollow".

    It says nothing to a screen reader, as the numbers stand beside it.
    """
    share = 0 if of == 0 else 300 * n / of
    fill = {
        "full": f'fill="{ACCENT}" stroke="{ACCENT}"',
        "light": f'fill="{TINT}" stroke="{ACCENT}"',
        "hollow": f'fill="#fff" stroke="{GREY}"',
    }[look]
    inner = f'<rect x="0.5" y="0.5" width="{_at(max(share - 1, 0.5))}" height="9" {fill}/>' if n else ""
    return (
        '<svg class="bar" viewBox="0 0 300 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="0" y="4" width="300" height="2" fill="{LINE}"/>{inner}</svg>'
    )


def _legend(compared: bool) -> str:
    x = _SPEAKING.left
    parts = [_text(x, 14, "Speak of it", weight=600)]
    parts += [_dot(x + 98, 10, hollow=False), _text(x + 107, 14, "left", size=12)]
    if compared:
        parts += [_dot(x + 146, 10, hollow=True), _text(x + 157, 14, "stayed", size=12)]
    return "".join(parts)


def _scale(
    panel: _Panel, top: float, bottom: float, *, words: Sequence[str] = ("nobody", "half", "all")
) -> str:
    parts = []
    for quarter in range(5):
        x = _at(panel.at(quarter, 4))
        dashes = "" if quarter in (0, 4) else ' stroke-dasharray="2 3"'
        ends = f'x1="{x}" y1="{_at(top)}" x2="{x}" y2="{_at(bottom)}"'
        parts.append(f'<line {ends} stroke="{LINE}" stroke-width="1"{dashes}/>')
    for place, word in enumerate(words):
        at = panel.at(place, len(words) - 1)
        parts.append(_text(at, top - 8, word, anchor="middle", size=11, fill=GREY))
    return "".join(parts)


def _strip(panel: _Panel, n: int, of: int, y: float) -> str:
    """A bar with its count behind its end, on a white ground where it crosses the scale."""
    end = panel.at(n, of)
    size = f'width="{_at(end - panel.left)}" height="{_BAR}"'
    shape = f'<rect x="{_at(panel.left)}" y="{_at(y - _BAR / 2)}" {size} fill="{ACCENT}"/>'
    return shape + _text(end + 7, y + 4, n_of(n, of), size=12, more=_GROUND)


_GROUND = ' stroke="#fff" stroke-width="4" paint-order="stroke"'


def _dumbbell(card: FactorCard, y: float, panel: _Panel = _SPEAKING) -> str:
    speaking = panel.at(card.n_speak, card.of)
    parts = []
    if card.of_stayers:
        stayed = panel.at(card.stayers, card.of_stayers)
        ends = f'x1="{_at(stayed)}" y1="{_at(y)}" x2="{_at(speaking)}" y2="{_at(y)}"'
        parts = [f'<line {ends} stroke="{ACCENT}" stroke-width="1.5"/>', _dot(stayed, y, hollow=True)]
    return "".join([*parts, _dot(speaking, y, hollow=False)])


def _told(card: FactorCard) -> str:
    said = f"{card.label}: {n_of(card.n, card.of)} leavers"
    if card.n_speak != card.n:
        said += f" as a reason, {n_of(card.n_speak, card.of)} speak of it"
    return f"{said}, {n_of(card.stayers, card.of_stayers)} who stayed" if card.of_stayers else said


def _at(number: float) -> str:
    """A coordinate with at most one decimal, so that the same numbers give the same bytes anywhere."""
    return f"{number:.1f}".removesuffix(".0")


def _label(words: str, y: float) -> str:
    """A label that ends where the scale begins, in two lines where one is not enough."""
    lines = wrap(words, _MOST_SIGNS) or [""]
    if len(lines) == 1:
        return _text(_LABELS, y + 4, words, anchor="end")
    more = " ".join(lines[1:])
    second = more if len(more) <= _MOST_SIGNS + 4 else more[: _MOST_SIGNS + 3].rstrip() + "…"
    return "".join(
        _text(_LABELS, y + below, line, anchor="end", size=12)
        for below, line in ((-2.5, lines[0]), (10.5, second))
    )


def _dot(x: float, y: float, *, hollow: bool) -> str:
    fill = f'fill="#fff" stroke="{INK}" stroke-width="1.5"' if hollow else f'fill="{ACCENT}"'
    return f'<circle cx="{_at(x)}" cy="{_at(y)}" r="{"6.5" if hollow else "5"}" {fill}/>'


def _text(
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
        f'<text x="{_at(x)}" y="{_at(y)}" text-anchor="{anchor}" font-size="{size}" '
        f'font-weight="{weight}" fill="{fill}"{more}>{escape(printable(words))}</text>'
    )


def _svg(name: str, height: float, parts: Sequence[str], *, title: str, about: str) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_at(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="{_SANS}">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(printable(about))}</desc>{"".join(parts)}</svg>'
    )


def _plain(height: float, parts: Sequence[str]) -> str:
    """A second drawing of what another chart tells in full, so that nobody is told it twice."""
    return (
        f'<svg class="chart narrow" viewBox="0 0 {_NARROW_WIDTH} {_at(height)}" aria-hidden="true" '
        f'font-family="{_SANS}">{"".join(parts)}</svg>'
    )
