"""Charts as inline SVG: shares of people on one scale from nobody to all, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from feedback.model import FactorCard, ThemeRow
from feedback.report.wording import n_of, printable

ACCENT = "#0f4c5c"
INK = "#1d2226"
GREY = "#596066"
LINE = "#c9ced2"
TINT = "#c4d8dc"

_WIDTH, _LEFT, _RIGHT = 760, 232, 588
_ROW, _BAR = 26, 13
_SCALE = ((0.0, "nobody"), (0.25, "a quarter"), (0.5, "half"), (0.75, "three quarters"), (1.0, "all"))
_SANS = "system-ui,'Segoe UI',Helvetica,Arial,'Liberation Sans',sans-serif"


def factor_chart(cards: Sequence[FactorCard]) -> str:
    """A row a push factor: a bar for leavers' reasons, dots for leavers and stayers who speak of it at all.

    Where leavers give no reasons apart from what they speak of, there is no bar; without people who stayed
    there is no hollow dot. No cards: an empty string.
    """
    if not cards:
        return ""
    compared = any(card.of_stayers for card in cards)
    reasons = any(card.n_speak != card.n for card in cards)
    top = 54
    parts = [_legend(compared, reasons), _scale(top, top + _ROW * len(cards))]
    for place, card in enumerate(cards):
        parts.append(_factor(card, top + _ROW * place + _ROW / 2, compared=compared, reasons=reasons))
    against = ", and what people who stayed say" if compared else ""
    return _svg(
        "factors", top + _ROW * len(cards) + 10, parts,
        title=f"Push factors: shares of leavers{against}", about="; ".join(map(_told, cards)),
    )  # fmt: skip


def theme_chart(rows: Iterable[ThemeRow], *, name: str = "themes") -> str:
    """People by theme as bars, under the headings of the theme list, in the order of the rows."""
    rows = list(rows)
    if not rows:
        return ""
    parts: list[str] = []
    y = 30
    for heading in dict.fromkeys(row.group for row in rows):
        group = [row for row in rows if row.group == heading]
        if heading:
            parts.append(_text(0, y + 16, heading, weight=600, fill=ACCENT))
            y += 26
        parts.append(_scale(y, y + _ROW * len(group), words=not parts or y <= 60))
        for row in group:
            parts.append(_bar(row, y + _ROW / 2))
            y += _ROW
        y += 14
    told = "; ".join(f"{row.label} {n_of(row.n, row.of)}" for row in rows)
    return _svg(name, y, parts, title="Themes: shares of the people read", about=told)


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


def _legend(compared: bool, reasons: bool) -> str:
    parts, x = [], 0.0
    if reasons:
        parts += [_strip(x, x + 18, 10), _text(x + 25, 14, "leavers: a reason for leaving", size=12)]
        x += 204
    parts += [_dot(x + 6, 10, hollow=False), _text(x + 18, 14, "leavers who speak of it", size=12)]
    if compared:
        x += 178
        parts += [
            _dot(x + 6, 10, hollow=True),
            _text(x + 19, 14, "people who stayed and speak of it", size=12),
        ]
        parts.append(_text(_WIDTH, 46, "stayed", anchor="end", size=11, fill=GREY))
    head = "reason" if reasons else "leavers"
    parts.append(_text(_RIGHT + 84, 46, head, anchor="end", size=11, weight=600))
    return "".join(parts)


def _scale(top: float, bottom: float, *, words: bool = True) -> str:
    parts = []
    for share, word in _SCALE:
        x = _x(share)
        parts.append(
            f'<line x1="{_at(x)}" y1="{_at(top)}" x2="{_at(x)}" y2="{_at(bottom)}" stroke="{LINE}" '
            f'stroke-width="1"{"" if share in (0, 1) else _DASH}/>'
        )
        if words:
            parts.append(_text(x, top - 8, word, anchor="middle", size=11, fill=GREY))
    return "".join(parts)


_DASH = ' stroke-dasharray="2 3"'


def _factor(card: FactorCard, y: float, *, compared: bool, reasons: bool) -> str:
    parts = [_text(_LEFT - 14, y + 4, _short(card.label), anchor="end")]
    speaking = _x(card.n_speak / card.of if card.of else 0)
    if reasons:
        parts.append(_strip(_LEFT, _x(card.n / card.of if card.of else 0), y))
    if card.of_stayers:
        stayed = _x(card.stayers / card.of_stayers)
        parts += [_line(stayed, speaking, y), _dot(stayed, y, hollow=True)]
    parts.append(_dot(speaking, y, hollow=False))
    parts.append(_text(_RIGHT + 84, y + 4, n_of(card.n, card.of), anchor="end", weight=600))
    if compared:
        beside = n_of(card.stayers, card.of_stayers) if card.of_stayers else "–"
        parts.append(_text(_WIDTH, y + 4, beside, anchor="end", fill=GREY))
    return "".join(parts)


def _strip(x1: float, x2: float, y: float) -> str:
    return (
        f'<rect x="{_at(x1)}" y="{_at(y - 5)}" width="{_at(x2 - x1)}" height="10" fill="{TINT}" '
        f'stroke="{ACCENT}" stroke-width="1"/>'
    )


def _bar(row: ThemeRow, y: float) -> str:
    width = _x(row.n / row.of if row.of else 0) - _LEFT
    indent = "– " if row.parent else ""
    return (
        _text(_LEFT - 14, y + 4, indent + _short(row.label), anchor="end")
        + f'<rect x="{_LEFT}" y="{_at(y - _BAR / 2)}" width="{_at(width)}" height="{_BAR}" fill="{ACCENT}"/>'
        + _text(_WIDTH, y + 4, n_of(row.n, row.of), anchor="end", weight=600)
    )


def _told(card: FactorCard) -> str:
    said = f"{card.label}: {n_of(card.n, card.of)} leavers"
    if card.n_speak != card.n:
        said += f" as a reason, {n_of(card.n_speak, card.of)} speak of it"
    return f"{said}, {n_of(card.stayers, card.of_stayers)} who stayed" if card.of_stayers else said


def _x(share: float) -> float:
    return _LEFT + (_RIGHT - _LEFT - 20) * share


def _at(number: float) -> str:
    """A coordinate with at most one decimal, so that the same numbers give the same bytes anywhere."""
    return f"{number:.1f}".removesuffix(".0")


def _short(label: str, most: int = 32) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _line(x1: float, x2: float, y: float) -> str:
    ends = f'x1="{_at(x1)}" y1="{_at(y)}" x2="{_at(x2)}" y2="{_at(y)}"'
    return f'<line {ends} stroke="{ACCENT}" stroke-width="1.5"/>'


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
) -> str:
    return (
        f'<text x="{_at(x)}" y="{_at(y)}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}">{escape(printable(words))}</text>'
    )


def _svg(name: str, height: float, parts: Sequence[str], *, title: str, about: str) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_at(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="{_SANS}">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(printable(about))}</desc>{"".join(parts)}</svg>'
    )
