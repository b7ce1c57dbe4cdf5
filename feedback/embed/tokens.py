"""The tokens of a model that the user brings: WordPiece over its `vocab.txt`, or its `tokenizer.json`."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from feedback.errors import FeedbackError

from .wordpiece import WordPiece

_OURS = {"cls_token": "[CLS]", "sep_token": "[SEP]", "unk_token": "[UNK]"}


def tokens_of(folder: Path, *, longest: int) -> Callable[[str], list[int]]:
    """What gives the token numbers of a text, at most `longest`, for the model in the folder.

    A lower-case WordPiece `vocab.txt` needs no further package; any other tokenizer needs `tokenizer.json`
    and the package `tokenizers`. FeedbackError where neither is there.
    """
    options = _options(folder)
    vocabulary = folder / "vocab.txt"
    if vocabulary.is_file() and options.get("do_lower_case", True):
        return _wordpiece(vocabulary, options, longest)
    if not (folder / "tokenizer.json").is_file():
        raise FeedbackError(
            f"The folder {folder} holds no tokenizer (vocab.txt or tokenizer.json).",
            hint="copy it from where the model came from",
        )
    if importlib.util.find_spec("tokenizers") is None:
        raise FeedbackError(
            f"The model in {folder} reads words by a tokenizer.json, which needs the package tokenizers.",
            hint="install tokenizers, or choose a model with a vocab.txt in lower case",
        )
    return _fast(folder / "tokenizer.json", longest)


def _options(folder: Path) -> dict[str, Any]:
    path = folder / "tokenizer_config.json"
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FeedbackError(f"The file {path} cannot be read.", hint="copy it again") from error
    return dict(found)


def _wordpiece(path: Path, options: dict[str, Any], longest: int) -> Callable[[str], list[int]]:
    pieces = path.read_text(encoding="utf-8").split("\n")
    marks = {}
    for key, ours in _OURS.items():
        named = options.get(key, ours)
        theirs = named.get("content") if isinstance(named, dict) else named
        if theirs not in pieces:
            raise FeedbackError(f"The file {path} has no token {theirs}.", hint="is it the model's own?")
        marks[pieces.index(theirs)] = ours
    # Some vocabularies hold the usual marks as well, under numbers that the model never uses.
    spare = set(_OURS.values())
    known = [
        marks.get(place, f"{piece}\0unused" if piece in spare else piece)
        for place, piece in enumerate(pieces)
    ]
    return WordPiece(known, limit=longest).ids


def _fast(path: Path, longest: int) -> Callable[[str], list[int]]:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the package raises bare Exception
        raise FeedbackError(f"The file {path} cannot be read.", hint="copy it again") from error
    tokenizer.enable_truncation(max_length=longest)
    tokenizer.no_padding()

    def ids(text: str) -> list[int]:
        found: list[int] = tokenizer.encode(text).ids
        return found

    return ids
