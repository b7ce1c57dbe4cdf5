"""The report as one HTML file that needs nothing else: no link leaves it, no script is needed to read it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from feedback.model import Outcome, Report, ThemeRow
from feedback.outcomes.told import share_of
from feedback.report import arrange, charts, wording
from feedback.report.cards import words as card_words
from feedback.report.charts.curves import curve_chart, narrow_curve_chart
from feedback.report.charts.pairs import narrow_together_chart, together_chart
from feedback.report.numbers import Numbers
from feedback.report.retention import has_ranges, told_points
from feedback.report.shelves import shelves_of
from feedback.report.together import shown_pairs
from feedback.report.transcripts import Transcripts

# The counts that stand under the title, by the words of the method page.
_KEY_COUNTS = {
    "interviews": "interviews",
    "people who answered a survey": "survey responses",
    "people heard in interviews and surveys": "people heard",
    "of them left": "left",
    "of them stayed": "stayed",
}
_QUIET = ("How far to trust it", "What the words mean")


def write_html(report: Report) -> bytes:
    """The Report as UTF-8 HTML; the same report gives the same bytes.

    Everything in it is text, never markup: words that people said are escaped, masks such as [Person 1] are
    set lightly. The content security policy forbids every request, and every script and style but its own.
    """
    ranked = arrange.is_ranked(report)
    numbers = Numbers(report)
    page = environment().get_template("report.html").render(
        report=report,
        ranked=ranked,
        groups=arrange.grouped(report.themes),
        factor_chart=_both(charts.factor_chart, charts.narrow_factor_chart, report.factors, ranked),
        theme_chart=_both(charts.theme_chart, charts.narrow_theme_chart, report.themes, ranked),
        together_chart=Markup(together_chart(report) + narrow_together_chart(report)),
        pairs=shown_pairs(report),
        curves=[_curve(outcome) for outcome in report.outcomes],
        told=arrange.grouped(report.testimonies),
        numbers=numbers,
        shelves=shelves_of(report, numbers),
        subjects={row.label: row.theme_id for row in report.themes},
        key_counts=_KEY_COUNTS,
        quiet=_QUIET,
        pseudonymised=wording.PSEUDONYMISED,
        style=embedded("report.css"),
        script=embedded("shared.js", "report.js"),
    )  # fmt: skip
    return page.encode("utf-8")


def write_transcripts(given: Transcripts) -> bytes:
    """The Transcripts as UTF-8 HTML, under the same rules as the report; the same bytes every time."""
    page = environment().get_template("transcripts.html").render(
        given=given,
        style=embedded("report.css", "transcripts.css"),
        script=embedded("shared.js", "transcripts.js"),
    )  # fmt: skip
    return page.encode("utf-8")


@dataclass(frozen=True)
class Embedded:
    """A style sheet or a script that stands in a page, and the hash by which the page's policy knows it."""

    text: Markup
    hash: str


def embedded(*files: str) -> Embedded:
    """These files of the templates, one after the other."""
    folder = resources.files("feedback.report") / "templates"
    text = "".join((folder / file).read_text("utf-8") for file in files).replace("\r\n", "\n")
    return Embedded(Markup(text), "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode())


def _both(wide: Callable[[Any], str], narrow: Callable[[Any], str], rows: Any, ranked: bool) -> Markup:
    """A chart for wide screens and paper, and one for narrow screens; the style sheet shows one of them."""
    return Markup(wide(rows) + narrow(rows) if ranked else "")


def _curve(outcome: Outcome) -> Markup:
    name = f"curve-{outcome.definition}"
    return Markup(curve_chart(outcome, name=name) + narrow_curve_chart(outcome))


def _told_at(row: ThemeRow, kind: str, numbers: Numbers) -> str:
    """Where people behind a theme's number speak, if not beside its id: testimonies have their own."""
    if kind != "testimony":
        return ""
    return f"told-{numbers.slug(row.theme_id)}" if row.quotes else "testimonies"


def _linked(words: str, report: Report, numbers: Numbers) -> Markup:
    """A line of the summary in which the number after a theme's label leads to what stands behind it."""
    line = escape(wording.printable(words))
    for row in report.themes:
        measure = "gained" if wording.is_about_programme(row.group) else "criticised"
        if found := numbers.by_key("theme", row.theme_id, measure):
            told = f"({wording.n_of(found.n, found.of)} people"
            line = leading(line, wording.n_of(found.n, found.of), found.id, within=f"{row.label} {told}")
    return line


def leading(words: str, number: str, id_: str, *, within: str = "") -> Markup:
    """The words, in which the first such number (inside the words `within`) leads to what it counts."""
    line, place = escape(words), escape(wording.printable(within)) or escape(number)
    if not id_ or place not in line:
        return line
    link = Markup('<a class="number" href="#{0}" data-number="{0}" title="{0}">{1}</a>').format(id_, number)
    return Markup(line.replace(place, place.replace(escape(number), link), 1))


def environment() -> Environment:
    """What fills in the templates: all values are escaped, a missing one is an error."""
    made = Environment(
        loader=PackageLoader("feedback.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"leading": leading, "masked": masked, "opening": arrange.opening}
    made.filters |= {"lead": arrange.lead, "shown": arrange.shown}
    made.globals |= {
        "how_many": wording.how_many,
        "figure": wording.figure,
        "n_of": wording.n_of,
        "percent": wording.percent,
        "plural": wording.plural,
        "bar": lambda n, of, look="full": Markup(charts.bar(n, of, look=look)),
        "is_counter": arrange.is_counter,
        "told_at": _told_at,
        "linked": _linked,
        "has_ranges": has_ranges,
        "told_points": told_points,
        "share_range": share_of,
        "share_of": arrange.share_of,
        "shared": lambda card: f", {said}" if (said := card_words.share(card, short=True)) else "",
        "facts": card_words.facts,
        "by_attribute": card_words.by_attribute,
        "few_quotes": card_words.few_quotes,
        "main_reason": arrange.main_reason,
        "about_counter_voices": arrange.about_counter_voices,
    }
    return made


def _shown(value: Any) -> Any:
    """A count as people read it; words without what HTML cannot hold: what is escaped already stays so."""
    if type(value) is int:
        return wording.figure(value)
    return type(value)(wording.printable(value)) if isinstance(value, str) else value


def masked(text: str) -> Markup:
    """The text escaped, with masks such as [Person 1] in a span of their own."""
    mask = Markup('<span class="mask">{}</span>')
    parts = [mask.format(piece) if hidden else escape(piece) for piece, hidden in arrange.pieces(text)]
    return Markup("").join(parts)
