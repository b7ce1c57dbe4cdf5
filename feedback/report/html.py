"""The report as one HTML file that needs nothing else: no link leaves it, no script is needed to read it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from feedback.model import Report
from feedback.report import arrange, charts, wording

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


def write_html(report: Report) -> bytes:
    """The Report as UTF-8 HTML; the same report gives the same bytes.

    Everything in it is text, never markup: words that people said are escaped, masks such as [Person 1] are
    set lightly. The content security policy forbids every request, and every script but the quote filter.
    """
    ranked = arrange.is_ranked(report)
    page = _environment().get_template("report.html").render(
        report=report,
        ranked=ranked,
        groups=arrange.grouped(report.themes),
        factor_chart=_both(charts.factor_chart, charts.narrow_factor_chart, report.factors, ranked),
        theme_chart=_both(charts.theme_chart, charts.narrow_theme_chart, report.themes, ranked),
        told=arrange.grouped(report.testimonies),
        further_quotes=arrange.further_quotes(report),
        key_counts=_KEY_COUNTS,
        quiet=_QUIET,
        pseudonymised=wording.PSEUDONYMISED,
        script=Markup(FILTER),
        script_hash="sha256-" + b64encode(hashlib.sha256(FILTER.encode()).digest()).decode(),
    )  # fmt: skip
    return page.encode("utf-8")


def _both(wide: Callable[[Any], str], narrow: Callable[[Any], str], rows: Any, ranked: bool) -> Markup:
    """A chart for wide screens and paper, and one for narrow screens; the style sheet shows one of them."""
    return Markup(wide(rows) + narrow(rows) if ranked else "")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("feedback.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"masked": masked, "lead": arrange.lead, "shown": arrange.shown}
    environment.globals |= {
        "how_many": wording.how_many,
        "percent": wording.percent,
        "plural": wording.plural,
        "bar": lambda n, of, look="full": Markup(charts.bar(n, of, look=look)),
        "is_counter": arrange.is_counter,
        "share_of": arrange.share_of,
        "not_on_the_list": arrange.not_on_the_list,
        "not_counted": arrange.not_counted,
        "said_most": arrange.said_most,
        "about_counter_voices": arrange.about_counter_voices,
    }
    return environment


def _printable(value: Any) -> Any:
    return wording.printable(value) if type(value) is str else value


def masked(text: str) -> Markup:
    """The text escaped, with masks such as [Person 1] in a span of their own."""
    mask = Markup('<span class="mask">{}</span>')
    parts = [mask.format(piece) if hidden else escape(piece) for piece, hidden in arrange.pieces(text)]
    return Markup("").join(parts)
