"""The report as a Word document with real styles, headings, captions and tables, the same bytes every "
"time."""

from __future__ import annotations

from collections.abc import Iterator

from feedback.model import Crosstab, FactorCard, Quote, Report
from feedback.report import arrange, wording
from feedback.report.cards import words as card_words
from feedback.report.together import shown_pairs
from feedback.report.word.outcomes import write_outcomes
from feedback.report.word.page import Page


def write_docx(report: Report) -> bytes:
    """The Report as .docx; the same report gives the same bytes, and the file holds no date and no author."""
    page = Page(report.title)
    page.text(report.title, "Title")
    page.text("Pseudonymised, not anonymous. Numbers are people, not mentions.", "Subtitle")
    _summary(page, report)
    _factors(page, report)
    write_outcomes(page, report)
    _themes(page, report)
    _groups(page, report)
    _testimonies(page, report)
    _quotes(page, report)
    _method(page, report)
    return page.to_bytes()


def _summary(page: Page, report: Report) -> None:
    page.heading("Summary")
    for line in report.summary:
        about, words = arrange.lead(line)
        page.text(f"{about}. ", bold_then=words)


def _factors(page: Page, report: Report) -> None:
    if not report.factors and not report.factors_note:
        return
    page.heading("Push factors", new_page=True)
    if not report.factors:
        page.text(report.factors_note, "Note")
        return
    page.text(report.factors_note, "Note")
    ranked = arrange.is_ranked(report)
    compared = any(card.of_stayers for card in report.factors)
    head = [
        "Push factor",
        "Leavers",
        *(["Share of leavers"] if ranked else []),
        *(["Stayed"] if compared else []),
    ]
    what = "give each as a reason" if report.factors_are_reasons else "speak of each"
    page.caption(f"Leavers who {what}" + (", and people who stayed and speak of it" if compared else ""))
    page.table(
        head, [_factor_row(card, ranked, compared) for card in report.factors], bars=2 if ranked else None
    )
    _together(page, report)
    for card in report.factors:
        _card(page, card, report)


def _together(page: Page, report: Report) -> None:
    if not (pairs := shown_pairs(report)):
        return
    page.caption("Push factors that the same leavers speak of")
    head = ["Push factors", "Leavers who speak of both", "More than by chance"]
    rows = [
        [f"{one}; {other}", wording.n_of(pair.n, pair.of), "yes" if pair.more else ""]
        for one, other, pair in pairs
    ]
    page.table(head, rows)


def _factor_row(card: FactorCard, ranked: bool, compared: bool) -> list[str]:
    beside = wording.n_of(card.stayers, card.of_stayers) if card.of_stayers else "–"
    share = [str(card.n / card.of if card.of else 0)] if ranked else []
    return [card.label, wording.n_of(card.n, card.of), *share, *([beside] if compared else [])]


def _card(page: Page, card: FactorCard, report: Report) -> None:
    page.heading(card.label, 2)
    ranked = arrange.is_ranked(report)
    page.text(card.summary, keep=True)
    page.text(" ".join([*_counts(card, report, ranked), *card_words.facts(card, ranked)]), "Note", keep=True)
    for line in card_words.splits(card):
        page.text(line, "Note", keep=True)
    for quote in card.quotes:
        _quote(page, quote)
    if few := card_words.few_quotes(card):
        page.text(few, "Note")
    found = arrange.about_counter_voices(card.n_counter, card.read_for_counter, len(card.counter))
    page.text("", bold=f"{found}.", keep=bool(card.counter))
    for quote in card.counter:
        _quote(page, quote)
    words = f" Words that mark it: {', '.join(card.words)}." if card.words else ""
    if card.definition or words:
        page.text(f"What counts here: {card.definition}{words}", "Note")


def _counts(card: FactorCard, report: Report, ranked: bool) -> Iterator[str]:
    """The numbers of a card, a sentence each."""
    reason = "give it as a reason for leaving" if report.factors_are_reasons else "speak of it"
    share = f", {words}" if ranked and (words := card_words.share(card)) else ""
    yield f"{wording.n_of(card.n, card.of)} leavers {reason}{share}."
    if report.factors_are_reasons and card.n_speak > card.n:
        share = arrange.share_of(card.n_speak, card.of, report) if ranked else ""
        yield f"{wording.n_of(card.n_speak, card.of)} leavers speak of it at all{share}."
    if card.of_stayers:
        share = arrange.share_of(card.stayers, card.of_stayers, report) if ranked else ""
        yield f"{wording.n_of(card.stayers, card.of_stayers)} people who stayed speak of it{share}."
    if card.n_main and ranked:
        yield arrange.main_reason(card)


def _quote(page: Page, quote: Quote) -> None:
    page.text(f"{quote.before}{quote.text}{quote.after}", "Quote", keep=True)
    page.text(quote.attribution, "Attribution")


def _themes(page: Page, report: Report) -> None:
    page.heading("Themes")
    page.text(report.themes_note, "Note")
    if report.themes:
        page.text(
            "One person can speak both critically and favourably of a theme, or neither. “Not as their own”: "
            "only as somebody else’s, as an if, or to say it was not so. “Nothing said”: read, and nothing "
            "found.",
            "Note",
        )
        _theme_table(page, report, "Themes")


def _theme_table(page: Page, report: Report, name: str) -> None:
    rows = report.themes if name == "Themes" else report.testimonies
    lines: list[list[str]] = []
    for group in arrange.grouped(rows):
        if group.heading:
            lines.append([group.heading])
        for row in group.rows:
            share = wording.percent(row.n, row.of, least=report.percentages_from)
            numbers = (row.negative, row.positive, row.not_own, row.of - row.n - row.not_own)
            label = f"– {row.label}" if row.parent else row.label
            lines.append([label, f"{wording.figure(row.n)} {share}".strip(), *map(wording.figure, numbers)])
    page.caption(f"{name}: people, out of {wording.figure(rows[0].of)}")
    page.table(
        ["Theme", "Speak of it", "Critically", "Favourably", "Not as their own", "Nothing said"], lines
    )


def _groups(page: Page, report: Report) -> None:
    page.heading("Themes by group")
    for table in report.tables:
        _crosstab(page, table, report)
    if report.tables_note:
        page.text(report.tables_note, "Note")


def _crosstab(page: Page, table: Crosstab, report: Report) -> None:
    page.caption(f"Themes by {table.attribute.replace('_', ' ')}: people who speak of each")
    totals = ["hidden" if total is None else f"of {wording.figure(total)}" for total in table.totals]
    head = [f"{column}\n{total}" for column, total in zip(table.columns, totals, strict=True)]
    rows = [
        [label, *(_cell(n, total, report) for n, total in zip(cells, table.totals, strict=True))]
        for label, cells in table.rows
    ]
    page.table(["Theme", *head], rows)
    if table.note:
        page.text(f"– {table.note}", "Note")


def _cell(n: int | None, total: int | None, report: Report) -> str:
    if n is None:
        return "–"
    return f"{wording.figure(n)} {wording.percent(n, total or 0, least=report.percentages_from)}".strip()


def _testimonies(page: Page, report: Report) -> None:
    page.heading("Testimonies")
    page.text(report.testimonies_note, "Note")
    if report.testimonies:
        _theme_table(page, report, "Themes in testimonies")
    for row in report.testimonies:
        if row.quotes:
            page.heading(row.label, 2)
        for quote in row.quotes:
            _quote(page, quote)


def _quotes(page: Page, report: Report) -> None:
    page.heading("Quotes")
    page.text(report.quotes_note, "Note")
    heading = ""
    for theme in arrange.further_quotes(report):
        if theme.heading != heading:
            page.heading(theme.heading, 2)
            heading = theme.heading
        page.heading(theme.row.label, 3)
        for quote in theme.quotes:
            if arrange.is_counter(quote):
                page.text("Says otherwise:", "Note", keep=True)
            _quote(page, quote)


def _method(page: Page, report: Report) -> None:
    page.heading("Method")
    for heading, paragraphs in report.method:
        page.heading(heading, 2)
        for words in paragraphs:
            page.text(words)
    page.heading("What was read, and what was left out", 2)
    page.caption("What was read")
    page.table(["What", "Number"], [[words, str(n)] for words, n in report.counts])
    if report.dropped:
        page.caption("What was left out, and why")
        rows = [[f"{stage}: {reason}", str(n)] for stage, reason, n in report.dropped]
        page.table(["Step and reason", "Times"], rows)
    else:
        page.text("Nothing was left out.")
    for name, pairs in (("Settings", report.settings), ("Made with", report.versions)):
        if pairs:
            page.caption(name)
            page.table(
                ["Name", "Value"], [[key, arrange.shown(value)] for key, value in pairs], numbers=False
            )
