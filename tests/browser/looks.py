"""Whether words stand out from what they stand on, reckoned by WCAG 2 from the colours as drawn."""

from __future__ import annotations

from chromium import Page

# Every text that can be seen, with its colour and what it stands on.
_TEXTS = """
(() => {
  const solid = colour => !/rgba\\(.*, 0\\)|transparent/.test(colour);
  const ground = e => { for (; e; e = e.parentElement) {
    const found = getComputedStyle(e).backgroundColor; if (solid(found)) return found; }
    return 'rgb(255, 255, 255)'; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = {};
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest('script, style, option')) continue;
    const s = getComputedStyle(e), colour = e.closest('svg') ? s.fill : s.color;
    found[[colour, ground(e)].join('|')] = walk.currentNode.data.trim().slice(0, 40);
  }
  return Object.entries(found);
})()
"""


def brightness(colour: str) -> float:
    """Relative luminance of "rgb(r, g, b)", by WCAG 2."""
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((brightness(one), brightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


def weak_texts(page: Page) -> dict[str, str]:
    """Words whose colour and ground differ by less than 4.5 to 1, with those colours; folds are opened."""
    page.run("document.querySelectorAll('details').forEach(e => e.open = true)")
    found = {pair: words for pair, words in page.run(_TEXTS)}
    assert len(found) >= 4
    return {words: pair for pair, words in found.items() if contrast(*pair.split("|")) < 4.5}
