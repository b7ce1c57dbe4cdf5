"""A classifier as the bytes of a skops file: arrays and words, no code, the same bytes for the same model.

skops names its parts by where they lay in memory and stamps them with the time; both are put in order here.
What is read back is refused unless it holds nothing but plain values and arrays, in our shape.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError
from feedback.tagging.classifier import Classifier
from feedback.tagging.classifier.features import Features, vectorizers
from feedback.tagging.classifier.learners import Blend, Linear
from feedback.tagging.classifier.thresholds import Cut

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_KIND, _VERSION = "feedback classifier", 1
_SCHEMA = "schema.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 500_000_000
_TRAIN = "delete it, and train again with `feedback train`"
_PLAIN = {"DictNode", "ListNode", "JsonNode", "TypeNode", "NdArrayNode"}


def model_bytes(model: Classifier) -> bytes:
    """The classifier as a skops file."""
    from skops import io as skops

    plain = {
        "kind": _KIND,
        "version": _VERSION,
        "about": json.dumps(
            {
                "theme_ids": model.theme_ids,
                "codebook": model.codebook,
                "embedder": model.embedder,
                "weights": model.blend.weights,
                "bias": model.blend.bias,
                "slack": model.cut.slack,
                "card": model.card,
            },
            sort_keys=True,
            ensure_ascii=False,
        ),
        "words": _words(model.features.words),
        "pieces": _words(model.features.pieces),
        "arrays": {name: _single(array) for name, array in _arrays(model).items()},
    }
    return _in_order(skops.dumps(plain))


def model_from(data: bytes) -> Classifier:
    """The classifier in the bytes of a skops file.

    Raises FeedbackError for anything else: a torn file, one that holds code, one of another program.
    """
    plain = _opened(data)
    try:
        return _classifier(plain)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise FeedbackError(
            "the classifier's file is not one that `feedback train` wrote", hint=_TRAIN
        ) from error


def _opened(data: bytes) -> Mapping[str, Any]:
    from skops import io as skops

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MOST_BYTES:
                raise ValueError("too large")
            strange = _kinds(json.loads(archive.read(_SCHEMA))) - _PLAIN
        if strange or skops.get_untrusted_types(data=data):
            raise FeedbackError(
                "the classifier's file holds more than figures and words, so it was not opened", hint=_TRAIN
            )
        plain = skops.loads(data, trusted=[])
    except FeedbackError:
        raise
    except Exception as error:  # whatever a foreign file brings zipfile, json and skops to
        raise FeedbackError("the classifier's file cannot be read; it is damaged", hint=_TRAIN) from error
    if not isinstance(plain, dict) or (plain.get("kind"), plain.get("version")) != (_KIND, _VERSION):
        raise FeedbackError("the classifier's file is not one that this feedback wrote", hint=_TRAIN)
    return plain


def _kinds(node: Any) -> set[str]:
    """The kinds of everything that a schema wants to be made."""
    found: set[str] = set()
    if isinstance(node, dict):
        if "__class__" in node:
            found.add(str(node.get("__loader__")))
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            found |= _kinds(one)
    return found


def _classifier(plain: Mapping[str, Any]) -> Classifier:
    about, arrays = json.loads(plain["about"]), plain["arrays"]
    words, pieces = vectorizers()
    features = Features(
        _fitted(words, plain["words"], arrays["words_idf"]),
        _fitted(pieces, plain["pieces"], arrays["pieces_idf"]),
        arrays["word_axes"],
        arrays["piece_axes"],
        arrays["centre"],
    )
    theme_ids = tuple(about["theme_ids"])
    ridge = Linear(arrays["ridge_weights"], arrays["ridge_bias"])
    choice = Linear(arrays["choice_weights"], arrays["choice_bias"])
    n_words, n_pieces = arrays["words_idf"].size, arrays["pieces_idf"].size
    common = arrays["centre"].size + len(theme_ids)
    wanted = {
        "word_axes": (features.word_axes.shape[0], n_words),
        "piece_axes": (features.piece_axes.shape[0], n_pieces),
        "ridge_weights": (n_words + n_pieces + common, len(theme_ids)),
        "choice_weights": (
            features.word_axes.shape[0] + features.piece_axes.shape[0] + common,
            len(theme_ids) + 1,
        ),
        "usual": (len(theme_ids),),
        "shift": (len(theme_ids),),
        "limits": (len(theme_ids),),
    }
    if not theme_ids or any(arrays[name].shape != shape for name, shape in wanted.items()):
        raise ValueError("parts do not fit each other")
    return Classifier(
        theme_ids=theme_ids,
        codebook=about["codebook"],
        embedder=about["embedder"],
        features=features,
        ridge=ridge,
        choice=choice,
        usual=arrays["usual"],
        blend=Blend(tuple(map(float, about["weights"])), float(about["bias"])),  # type: ignore[arg-type]
        cut=Cut(arrays["shift"], arrays["limits"], float(about["slack"])),
        card=about["card"],
    )


def _arrays(model: Classifier) -> dict[str, Array]:
    features = model.features
    return {
        "words_idf": features.words.idf_,
        "pieces_idf": features.pieces.idf_,
        "word_axes": features.word_axes,
        "piece_axes": features.piece_axes,
        "centre": features.centre,
        "ridge_weights": model.ridge.weights,
        "ridge_bias": model.ridge.bias,
        "choice_weights": model.choice.weights,
        "choice_bias": model.choice.bias,
        "usual": model.usual,
        "shift": model.cut.shift,
        "limits": model.cut.limits,
    }


def _single(array: Array) -> Array:
    """float32, so that the last bits of a long sum are no part of a model."""
    import numpy as np

    return np.ascontiguousarray(array, dtype=np.float32)


def _words(vectorizer: Any) -> str:
    return "\n".join(map(str, vectorizer.get_feature_names_out()))


def _fitted(vectorizer: Any, words: str, idf: Array) -> Any:
    """A vectorizer that knows these words and how rare they are."""
    known = words.split("\n")
    if len(known) != idf.size:
        raise ValueError("words and figures do not fit each other")
    vectorizer.set_params(vocabulary={word: at for at, word in enumerate(known)}, max_features=None)
    vectorizer.idf_ = idf
    return vectorizer


def _in_order(data: bytes) -> bytes:
    """The same skops file with its parts numbered in order and without a time."""
    source = zipfile.ZipFile(io.BytesIO(data))
    schema = json.loads(source.read(_SCHEMA))
    ids: dict[int, int] = {}
    files: dict[str, str] = {}
    ordered = _renumbered(schema, ids, files)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as out:
        for old, new in files.items():
            out.writestr(zipfile.ZipInfo(new, _EPOCH), source.read(old), zipfile.ZIP_DEFLATED)
        text = json.dumps(ordered, sort_keys=True)
        out.writestr(zipfile.ZipInfo(_SCHEMA, _EPOCH), text, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def _renumbered(node: Any, ids: dict[int, int], files: dict[str, str]) -> Any:
    if isinstance(node, list):
        return [_renumbered(one, ids, files) for one in node]
    if not isinstance(node, dict):
        return node
    found: dict[str, Any] = {}
    for key, value in node.items():
        if key == "__id__":
            found[key] = ids.setdefault(value, len(ids) + 1)
        elif key == "file":
            suffix = str(value).rpartition(".")[2]
            found[key] = files.setdefault(value, f"{len(files) + 1}.{suffix}")
        else:
            found[key] = _renumbered(value, ids, files)
    return found
