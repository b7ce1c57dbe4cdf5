"""Nobody is quoted above what they agreed to, whatever consent tables say and whoever filled the quotes."""

from __future__ import annotations

import json

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.quotes import pick_quotes
from feedback.report import render, summarise
from feedback.report.bank import quote_bank
from feedback.settings import CONSENTS
from feedback.tables import conform

LEVEL = st.sampled_from([*CONSENTS, None])
SAID = "My caseload went up to {n} children in {n} families and nobody asked whether they were well."


def study(consents):
    cases = [f"P{n:02d}" for n in range(len(consents))]
    texts = [SAID.format(n=n + 11) for n in range(len(consents))]
    segments = conform(
        "segments",
        [
            {"segment_id": f"d{n:03d}:0-{len(text)}", "document_id": f"d{n:03d}", "case_id": case, "turn": 0,
             "start": 0, "end": len(text), "role": "participant", "text": text}
            for n, (case, text) in enumerate(zip(cases, texts, strict=True))
        ],
    )  # fmt: skip
    tags = conform(
        "tags",
        [
            {"segment_id": row.segment_id, "theme_id": "caseload", "document_id": row.document_id,
             "start": row.start, "end": row.end, "score": 1.0, "coder": coder, "valence": "negative",
             "assertion": "own"}
            for row in segments.itertuples() for coder in ("rules", "meaning")
        ],
    )  # fmt: skip
    people = pd.DataFrame({"case_id": cases, "consent": consents, "leaver": "yes"})
    documents = conform(
        "documents",
        [{"document_id": f"d{n:03d}", "kind": "interview", "format": "txt"} for n in range(len(cases))],
    )
    themes = conform(
        "themes",
        [{"theme_id": "caseload", "label": "Caseload", "group": "Push factors", "position": 0}],
    )
    return {"segments": segments, "tags": tags, "cases": conform("cases", people), "documents": documents,
            "themes": themes}, dict(zip(cases, texts, strict=True))  # fmt: skip


def above(consents, audience):
    allowed = CONSENTS[CONSENTS.index(audience) :]
    return [n for n, consent in enumerate(consents) if consent not in allowed]


@settings(max_examples=12)
@given(consents=st.lists(LEVEL, min_size=1, max_size=14), audience=st.sampled_from(CONSENTS[2:]))
def test_no_quote_is_picked_above_its_speakers_consent(consents, audience):
    tables, texts = study(consents)
    quotes = pick_quotes(
        tables["segments"], tables["tags"], cases=tables["cases"], documents=tables["documents"],
        audience=audience, per_theme=20,
    )  # fmt: skip
    barred = {f"P{n:02d}" for n in above(consents, audience)}
    assert not barred & set(quotes["case_id"])
    assert not {texts[case] for case in barred} & set(quotes["text"])


@settings(max_examples=5)
@given(consents=st.lists(LEVEL, min_size=6, max_size=12), audience=st.sampled_from(CONSENTS[2:]))
def test_reports_and_quote_banks_leave_out_quotes_that_should_not_be_in_the_table(consents, audience):
    """As when somebody withdrew consent after the quotes were picked, or wrote into the table by hand."""
    tables, texts = study(consents)
    everybody = tables["cases"].assign(consent="publication")
    tables["quotes"] = pick_quotes(
        tables["segments"], tables["tags"], cases=everybody, documents=tables["documents"], per_theme=20
    )
    barred = [texts[f"P{n:02d}"] for n in above(consents, audience)]
    report = summarise(tables, audience=audience)
    written = [render(report, ".json").decode(), render(report, ".html").decode()]
    bank = quote_bank(tables, audience=audience)
    written.append(json.dumps([quote.text for quote in bank.quotes]))
    assert not [text for text in barred for page in written if text in page]


def test_those_who_agreed_are_quoted():
    tables, texts = study(["publication"] * 6)
    quotes = pick_quotes(tables["segments"], tables["tags"], cases=tables["cases"], audience="publication")
    assert set(quotes["text"]) <= set(texts.values())
    assert len(quotes) == 3
