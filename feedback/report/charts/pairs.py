"""The map of the reasons: which push factors the same leavers speak of, as a half table of circles."""

from __future__ import annotations

import math
from collections.abc import Sequence

from feedback.model import FactorCard, Report, Together
from feedback.report.charts.drawing import INK, LINE, NARROW_WIDTH, TINT, WIDTH, at, label, plain, svg, text
from feedback.report.together import shown_pairs

_CELL, _LABELS, _LARGEST = 30, 238, 13.0
_NARROW_CELL, _NARROW_LABELS, _NARROW_SIGNS = 19, 150, 21


def together_chart(report: Report) -> str:
    """A circle where a row's and a column's push factor meet, sized by the leavers who speak of both.

    A thick ring: more than chance would have it. Only push factors with a shown pair; "" where there is none.
    """
    pairs = [pair for *_, pair in shown_pairs(report)]
    if not pairs:
        return ""
    shown = _shown(report.factors, pairs)
    told = "; ".join(
        f"{one} and {other}: {pair.n} of {pair.of}{', more than by chance' if pair.more else ''}"
        for one, other, pair in shown_pairs(report)
    )
    parts = _drawn(shown, pairs, _LABELS, min(_CELL, (WIDTH - _LABELS) / len(shown)))
    height = 34 + _CELL * len(shown)
    return svg("together", height, parts, title="Push factors that the same leavers speak of", about=told)


def narrow_together_chart(report: Report) -> str:
    """The same for a narrow screen."""
    pairs = [pair for *_, pair in shown_pairs(report)]
    if not pairs:
        return ""
    shown = _shown(report.factors, pairs)
    cell = min(_NARROW_CELL, (NARROW_WIDTH - _NARROW_LABELS) / len(shown))
    return plain(34 + _NARROW_CELL * len(shown), _drawn(shown, pairs, _NARROW_LABELS, cell, _NARROW_SIGNS))


def _shown(cards: Sequence[FactorCard], pairs: Sequence[Together]) -> list[FactorCard]:
    named = {name for pair in pairs for name in (pair.one, pair.other)}
    return [card for card in cards if card.factor_id in named]


def _named(name: str, number: int, x: float, y: float, signs: int | None, size: int) -> str:
    """A row's label: cut after so many signs, or in two lines where there is room for them."""
    if signs is None:
        return label(f"{name} {number}", x, y)
    cut = name if len(name) <= signs else name[: signs - 1].rstrip() + "…"
    return text(x, y + 4, f"{cut} {number}", anchor="end", size=size)


def _drawn(
    cards: Sequence[FactorCard], pairs: Sequence[Together], left: float, cell: float, signs: int | None = None
) -> list[str]:
    """Rows with numbered labels from the second push factor on, columns by their numbers, circles."""
    place = {card.factor_id: number for number, card in enumerate(cards)}
    most = max(pair.n for pair in pairs)
    small = 10 if cell < _CELL - 4 else 12
    parts = []
    for number, card in enumerate(cards):
        y = 20 + cell * (number + 0.5)
        parts.append(_named(card.label, number + 1, left - 10, y, signs, small + 1))
        if number:
            end = at(left + cell * number)
            parts.append(f'<path d="M{at(left)} {at(y)}H{end}" stroke="{LINE}" stroke-dasharray="2 3"/>')
        if number < len(cards) - 1:
            x = left + cell * (number + 0.5)
            parts.append(text(x, 14 + cell * (number + 0.9), str(number + 1), anchor="middle", size=small))
    for pair in pairs:
        column, row = sorted((place[pair.one], place[pair.other]))
        x, y = left + cell * (column + 0.5), 20 + cell * (row + 0.5)
        radius = max(0.62, math.sqrt(pair.n / most)) * min(_LARGEST, cell / 2 - 1)
        look = f'fill="{TINT}" stroke-width="3"' if pair.more else 'fill="#fff" stroke-width="1.2"'
        where = f'cx="{at(x)}" cy="{at(y)}" r="{at(radius)}"'
        parts.append(f'<circle {where} {look} stroke="{INK}"/>')
        parts.append(text(x, y + 4, str(pair.n), anchor="middle", size=small - 1))
    return parts
