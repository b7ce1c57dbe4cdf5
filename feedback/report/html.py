"""The report as one HTML file that needs nothing else: no link leaves it, no script is needed to read it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from feedback.model import Quote, Report, ThemeRow
from feedback.report import charts, wording
from feedback.report.voices import COUNTER

_MASK = re.compile(r"\[[A-Z][\w' -]{0,30}\]")
# Shows the filter only where scripts run; it hides quotes without the words, and themes left without quotes.
FILTER = """
(function () {
  var box = document.getElementById("filter");
  if (!box) return;
  box.hidden = false;
  box.querySelector("input").addEventListener("input", function (event) {
    var words = event.target.value.toLowerCase(), left = 0;
    document.querySelectorAll("#quotes .by-theme").forEach(function (theme) {
      var any = false;
      theme.querySelectorAll("figure").forEach(function (quote) {
        var fits = (theme.dataset.label + " " + quote.textContent).toLowerCase().indexOf(words) >= 0;
        quote.hidden = !fits;
        if (fits) { any = true; left += 1; }
      });
      theme.hidden = !any;
    });
    box.querySelector("output").textContent = left + (left === 1 ? " quote" : " quotes");
  });
})();
"""
# The counts that stand under the title, by the words of the method page.
_KEY_COUNTS = {
    "interviews": "interviews",
    "people who answered a survey": "survey responses",
    "people heard in interviews and surveys": "people heard",
    "of them left": "left",
    "of them stayed": "stayed",
}
_QUIET = ("How far to trust it", "What the words mean")


@dataclass(frozen=True)
class Group:
    """A heading of the theme list with its rows."""

    heading: str
    rows: tuple[ThemeRow, ...]


def write_html(report: Report) -> bytes:
    """The Report as UTF-8 HTML; the same report gives the same bytes.

    Everything in it is text, never markup: words that people said are escaped, masks such as [Person 1] are
    set lightly. The content security policy forbids every request, and every script but the quote filter.
    """
    template = _environment().get_template("report.html")
    ranked = report.approach != "reflexive"
    groups = _groups(report.themes, ranked=ranked)
    page = template.render(
        report=report,
        ranked=ranked,
        groups=groups,
        factor_chart=Markup(charts.factor_chart(report.factors) if ranked else ""),
        theme_chart=Markup(
            charts.theme_chart(row for group in groups for row in group.rows) if ranked else ""
        ),
        told=_groups(report.testimonies, ranked=ranked),
        quote_groups=_further_quotes(report, groups),
        key_counts=_KEY_COUNTS,
        quiet=_QUIET,
        pseudonymised=wording.PSEUDONYMISED,
        script=Markup(FILTER),
        script_hash="sha256-" + b64encode(hashlib.sha256(FILTER.encode()).digest()).decode(),
    )
    return page.encode("utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("feedback.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=0,
    )
    environment.filters |= {"masked": masked, "lead": _lead, "shown": _shown}
    environment.globals |= {
        "how_many": wording.how_many,
        "percent": wording.percent,
        "plural": wording.plural,
        "bar": lambda n, of, hollow=False: Markup(charts.bar(n, of, hollow=hollow)),
        "is_counter": lambda quote: quote.why.startswith(COUNTER),
    }
    return environment


def _printable(value: Any) -> Any:
    return wording.printable(value) if type(value) is str else value


def masked(text: str) -> Markup:
    """The text escaped, with masks such as [Person 1] in a span of their own."""
    text = wording.printable(text)
    parts, at = [], 0
    for mask in _MASK.finditer(text):
        parts += [escape(text[at : mask.start()]), Markup('<span class="mask">{}</span>').format(mask[0])]
        at = mask.end()
    return Markup("").join([*parts, escape(text[at:])])


def _lead(line: str) -> tuple[str, str]:
    """A line of the summary as (what it is about, what it says)."""
    lead, _, words = line.partition(": ")
    return lead, words


def _shown(value: object) -> str:
    """A setting as people write it."""
    if isinstance(value, tuple | list):
        return ", ".join(str(one) for one in value) or "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value in (None, "") else str(value)


def _groups(rows: tuple[ThemeRow, ...], *, ranked: bool) -> list[Group]:
    """Rows under their headings in the list's order; ranked, by people within each, children by parents."""
    headings = dict.fromkeys(row.group for row in rows)
    return [
        Group(heading, tuple(_ordered([row for row in rows if row.group == heading], ranked=ranked)))
        for heading in headings
    ]


def _ordered(rows: list[ThemeRow], *, ranked: bool) -> list[ThemeRow]:
    if not ranked:
        return rows
    people = {row.theme_id: row.n for row in rows}

    def rank(row: ThemeRow) -> list[tuple[int, str]]:
        parts = row.theme_id.split("/")
        path = ["/".join(parts[: i + 1]) for i in range(len(parts))]
        return [(-people.get(step, 0), step) for step in path]

    return sorted(rows, key=rank)


def _further_quotes(
    report: Report, groups: list[Group]
) -> list[tuple[str, list[tuple[ThemeRow, list[Quote]]]]]:
    """Quotes by heading and theme that stand on no push-factor card already."""
    shown = {
        (quote.segment_id, quote.text) for card in report.factors for quote in (*card.quotes, *card.counter)
    }
    found = []
    for group in groups:
        rows = []
        for row in group.rows:
            fresh = [quote for quote in row.quotes if (quote.segment_id, quote.text) not in shown]
            shown |= {(quote.segment_id, quote.text) for quote in fresh}
            if fresh:
                rows.append((row, fresh))
        if rows:
            found.append((group.heading or "Themes", rows))
    return found
