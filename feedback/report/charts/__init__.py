"""Charts as inline SVG: shares of people on one scale from nobody to all, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feedback.model import FactorCard, ThemeRow
from feedback.outcomes.told import share_of
from feedback.report.charts.drawing import (
    ACCENT,
    GREY,
    GROUND,
    INK,
    LINE,
    TINT,
    Panel,
    at,
    dot,
    label,
    plain,
    svg,
    text,
)
from feedback.report.wording import n_of

_LABELS, _ROW, _BAR = 238, 26, 12


_REASONS, _SPEAKING, _WHOLE = Panel(250, 436), Panel(532, 746), Panel(250, 690)
_NARROW = Panel(20, 316)


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
    parts = [text(_REASONS.left, 14, head, weight=600), _scale(_REASONS, top, bottom)]
    if compared or reasons:
        parts += [_legend(compared), _scale(_SPEAKING, top, bottom)]
    for place, card in enumerate(cards):
        y = top + _ROW * (place + 0.5)
        parts += [label(card.label, _LABELS, y), _strip(_REASONS, card.n, card.of, y, card.interval)]
        parts += [_dumbbell(card, y)] if compared or reasons else []
    against = ", and what people who stayed say" if compared else ""
    return svg(
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
        parts.append(text(0, y - 8, heading, weight=600, fill=ACCENT))
        parts.append(_scale(_WHOLE, y, y + _ROW * len(group), words=words))
        for row in group:
            parts.append(label(f"– {row.label}" if row.parent else row.label, _LABELS, y + _ROW / 2))
            parts.append(_strip(_WHOLE, row.n, row.of, y + _ROW / 2))
            y += _ROW
        y += 36
    told = "; ".join(f"{row.label} {n_of(row.n, row.of)}" for row in rows)
    return svg(name, y - 28, parts, title="Themes: shares of the people read", about=told)


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
        parts += [text(0, 14, "Bar: a reason for leaving. Speak of it:"), dot(256, 10, hollow=False)]
        parts += [text(265, 14, "left", size=12)]
        if compared:
            parts += [dot(304, 10, hollow=True), text(314, 14, "stayed", size=12)]
    for place, card in enumerate(cards):
        y = top + step * place
        parts += [
            text(0, y + 18, card.label, more=GROUND),
            _strip(_NARROW, card.n, card.of, y + 32, card.interval),
        ]
        parts += [_dumbbell(card, y + 51, _NARROW)] if spoken else []
    return plain(top + step * len(cards) + 6, parts)


def narrow_theme_chart(rows: Iterable[ThemeRow]) -> str:
    """The same as `theme_chart` for a narrow screen."""
    rows = list(rows)
    parts: list[str] = []
    y = 0.0
    for heading in dict.fromkeys(row.group for row in rows):
        parts.append(text(0, y + 14, heading, weight=600, fill=ACCENT))
        group = [row for row in rows if row.group == heading]
        parts.append(_scale(_NARROW, y + 40, y + 40 + 44 * len(group)))
        y += 40
        for row in group:
            label = f"– {row.label}" if row.parent else row.label
            parts += [text(0, y + 18, label, more=GROUND), _strip(_NARROW, row.n, row.of, y + 31)]
            y += 44
        y += 24
    return plain(y, parts) if rows else ""


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
    inner = f'<rect x="0.5" y="0.5" width="{at(max(share - 1, 0.5))}" height="9" {fill}/>' if n else ""
    return (
        '<svg class="bar" viewBox="0 0 300 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="0" y="4" width="300" height="2" fill="{LINE}"/>{inner}</svg>'
    )


def _legend(compared: bool) -> str:
    x = _SPEAKING.left
    parts = [text(x, 14, "Speak of it", weight=600)]
    parts += [dot(x + 98, 10, hollow=False), text(x + 107, 14, "left", size=12)]
    if compared:
        parts += [dot(x + 146, 10, hollow=True), text(x + 157, 14, "stayed", size=12)]
    return "".join(parts)


def _scale(
    panel: Panel, top: float, bottom: float, *, words: Sequence[str] = ("nobody", "half", "all")
) -> str:
    parts = []
    for quarter in range(5):
        x = at(panel.at(quarter, 4))
        dashes = "" if quarter in (0, 4) else ' stroke-dasharray="2 3"'
        ends = f'x1="{x}" y1="{at(top)}" x2="{x}" y2="{at(bottom)}"'
        parts.append(f'<line {ends} stroke="{LINE}" stroke-width="1"{dashes}/>')
    for place, word in enumerate(words):
        middle = panel.at(place, len(words) - 1)
        parts.append(text(middle, top - 8, word, anchor="middle", size=11, fill=GREY))
    return "".join(parts)


def _strip(panel: Panel, n: int, of: int, y: float, interval: tuple[float, float] | None = None) -> str:
    """A bar, its interval as a line, and behind both its count, on a white ground over the scale."""
    end = panel.at(n, of)
    size = f'width="{at(end - panel.left)}" height="{_BAR}"'
    shape = f'<rect x="{at(panel.left)}" y="{at(y - _BAR / 2)}" {size} fill="{ACCENT}"/>'
    if interval:
        low, high = (panel.left + (panel.right - panel.left) * limit for limit in interval)
        shape += _reach(low, end, high, y)
        end = high
    return shape + text(end + 7, y + 4, n_of(n, of), size=12, more=GROUND)


def _reach(low: float, end: float, high: float, y: float) -> str:
    """An interval over the end of a bar: light on the bar, dark behind it."""
    inside = f"M{at(low)} {at(y - 3)}v6m0 -3H{at(end)}" if end - low > 1 else ""
    outside = f"M{at(end)} {at(y)}H{at(high)}m0 -4v8"
    light = f'<path d="{inside}" stroke="#fff" stroke-width="1.2" fill="none"/>' if inside else ""
    return light + f'<path d="{outside}" stroke="{INK}" stroke-width="1.4" fill="none"/>'


def _dumbbell(card: FactorCard, y: float, panel: Panel = _SPEAKING) -> str:
    speaking = panel.at(card.n_speak, card.of)
    parts = []
    if card.of_stayers:
        stayed = panel.at(card.stayers, card.of_stayers)
        ends = f'x1="{at(stayed)}" y1="{at(y)}" x2="{at(speaking)}" y2="{at(y)}"'
        parts = [f'<line {ends} stroke="{ACCENT}" stroke-width="1.5"/>', dot(stayed, y, hollow=True)]
    return "".join([*parts, dot(speaking, y, hollow=False)])


def _told(card: FactorCard) -> str:
    said = f"{card.label}: {n_of(card.n, card.of)} leavers"
    if card.interval:
        said += f" (95%: {share_of(*card.interval)}%)"
    if card.n_speak != card.n:
        said += f" as a reason, {n_of(card.n_speak, card.of)} speak of it"
    return f"{said}, {n_of(card.stayers, card.of_stayers)} who stayed" if card.of_stayers else said
