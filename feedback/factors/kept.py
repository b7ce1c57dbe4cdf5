"""What people decided about push factors: names, merges, splits and fixed members, kept over re-runs.

A group of left-over reasons has no number that lasts: with new people "left-over-1" is another one. So a
decision remembers which sentences the group held, and is carried over to the group that holds them now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from feedback.errors import FeedbackError
from feedback.yamlfile import Value, from_yaml

from .wording import bare

FILE = "factors.yaml"
_TEXTS, _LISTS = ("label", "into"), ("members", "pinned", "out")
_PLACE = re.compile(r"(.+):(\d+)-(\d+)")
_BARE = re.compile(
    r"(?!(?:true|false|null)$)[a-z][a-z-]{2,}(?:/[a-z-]+)*|d\d+:\d+-\d+"
)  # what is the same in YAML without quotation marks
_PER_LINE = 6
_STEPS = 50  # of "counted with", before it can only go round in a ring


@dataclass(frozen=True)
class Decision:
    """What was decided about one push factor: a theme's id, or a name that a person gave to a group.

    label: what the group is called. into: the id of the push factor that it is counted with. members: the
    sentences (segment ids) that it held when this was decided, by which it is found again. pinned: sentences
    that belong to it whatever a machine says; out: sentences that never do.
    """

    id: str
    label: str = ""
    into: str = ""
    members: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    out: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is decided."""
        return not (self.label or self.into or self.members or self.pinned or self.out)


def parse_decisions(text: str, *, source: str = FILE) -> tuple[Decision, ...]:
    """The decisions in the text of a factors.yaml, in its order.

    FeedbackError with the line for a setting that there is not, a sentence that is no segment id, and push
    factors that are counted with one another in a ring.
    """
    root = from_yaml(text, source)
    if root.content is None:
        return ()
    if not isinstance(root.content, dict):
        raise _wrong(source, root, "the file should hold push factors by id, each with what was decided")
    found = tuple(_decision(name, value, source) for name, value in root.content.items())
    into = {one.id: one.into for one in found if one.into}
    for name in into:
        if _end_of(name, into) in into:
            raise _wrong(source, root.content[name], f"'{name}' is counted with itself, by a detour")
    return found


def _decision(name: str, value: Value, source: str) -> Decision:
    if not isinstance(value.content, dict):
        raise _wrong(source, value, f"'{name}' should hold what was decided about it", _known_keys())
    given: dict[str, Any] = {}
    for key, item in value.content.items():
        if key in _TEXTS:
            given[key] = _text(item, key, source)
        elif key in _LISTS:
            given[key] = _sentences(item, key, source)
        else:
            near = get_close_matches(key, [*_TEXTS, *_LISTS], 1)
            hint = f"did you mean '{near[0]}'?" if near else _known_keys()
            raise _wrong(source, item, f"'{key}' is nothing that can be decided about a push factor", hint)
    return Decision(name, **given)


def _known_keys() -> str:
    return "there are: " + ", ".join([*_TEXTS, *_LISTS])


def _text(value: Value, key: str, source: str) -> str:
    if not isinstance(value.content, str) or not value.content.strip():
        raise _wrong(source, value, f"'{key}' should be words")
    return value.content.strip()


def _sentences(value: Value, key: str, source: str) -> tuple[str, ...]:
    items = value.content if isinstance(value.content, list) else [value]
    found = [item.content for item in items if isinstance(item.content, str)]
    bad = next((item for item in items if not isinstance(item.content, str)), None)
    bad = bad or next((item for item in items if not _PLACE.fullmatch(str(item.content))), None)
    if bad is not None and value.content is not None:
        raise _wrong(
            source, bad, f"'{key}' should be a list of sentences by their ids, such as d007:1530-1612",
            "`feedback factors show ID` shows the ids of its sentences",
        )  # fmt: skip
    return tuple(dict.fromkeys(found))


def _wrong(source: str, value: Value, what: str, hint: str | None = None) -> FeedbackError:
    return FeedbackError(f"{source} line {value.line or 1}: {what}", hint=hint)


def _end_of(name: str, into: Mapping[str, str]) -> str:
    """The factor that a factor is counted with in the end; within a ring, one of it."""
    for _ in range(_STEPS):
        if name not in into:
            break
        name = into[name]
    return name


def with_decision(text: str, decision: Decision, *, source: str = FILE) -> str:
    """The text of a factors.yaml with a decision in the place of what it says of this push factor.

    What it says of others, with all comments, stays as it was written; an empty decision takes the entry out.
    FeedbackError where the file is laid out in a way that a person must change by hand.
    """
    before = {one.id: one for one in parse_decisions(text, source=source)}
    start, end = _lines_of(text, decision.id) if decision.id in before else (None, None)
    lines = text.splitlines()
    block = [] if decision.is_empty else _block(decision)
    if start is None:
        lines = lines or _HEAD.splitlines()
        new = [*lines, *block]
    else:
        new = [*lines[:start], *block, *lines[end:]]
    changed = "\n".join(new) + "\n"
    wanted = {**before, decision.id: decision}
    expected = [one for one in wanted.values() if not one.is_empty]
    if sorted(parse_decisions(changed, source=source), key=_by_id) != sorted(expected, key=_by_id):
        raise FeedbackError(
            f"{source} is laid out in a way that nothing can be changed safely",
            hint=f"change what stands under '{decision.id}' by hand",
        )
    return changed


_HEAD = """\
# What people decided about push factors. It holds over re-runs; edit it, or use `feedback factors name`,
# `merge`, `split`, `pin` and `free`. A group of reasons is found again by the sentences under `members`.
"""


def _by_id(decision: Decision) -> str:
    return decision.id


def _block(decision: Decision) -> list[str]:
    """The lines of an entry: words first, then lists of sentences, a few to a line."""
    lines = [f"{_quoted(decision.id)}:"]
    lines += [f"  {key}: {_quoted(said)}" for key in _TEXTS if (said := getattr(decision, key))]
    for key in _LISTS:
        if ids := getattr(decision, key):
            rows = [ids[at : at + _PER_LINE] for at in range(0, len(ids), _PER_LINE)]
            lines += [f"  {key}: [", *(f"    {', '.join(map(_quoted, row))}," for row in rows), "  ]"]
    return lines


def _quoted(text: str) -> str:
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _lines_of(text: str, name: str) -> tuple[int, int]:
    """From which line (from 0) up to which an entry stands; comments and blank lines after it are not its."""
    import yaml

    # The slower parser: only its marks say where what was written in lines ends.
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    key, value = next(pair for pair in root.value if pair[0].value == name)
    lines = text.splitlines()
    end = min(len(lines), max(value.end_mark.line + bool(value.end_mark.column), key.end_mark.line + 1))
    while end > key.start_mark.line + 1 and _is_no_entry(lines[end - 1]):
        end -= 1
    return key.start_mark.line, end


def _is_no_entry(line: str) -> bool:
    return not line.strip() or line.startswith("#")


def without_places(text: str, gone: Callable[[str, int, int], bool], *, source: str = FILE) -> str:
    """The text of a factors.yaml without the sentences that are `gone` (document_id, start, end)."""
    for one in parse_decisions(text, source=source):
        lists: dict[str, Any] = {
            key: tuple(place for place in getattr(one, key) if not _is(place, gone)) for key in _LISTS
        }
        if lists != {key: getattr(one, key) for key in _LISTS}:
            text = with_decision(text, replace(one, **lists), source=source)
    return text


def _is(place: str, gone: Callable[[str, int, int], bool]) -> bool:
    document_id, start, end = place_of(place) or ("", 0, 0)
    return gone(document_id, start, end)


def place_of(segment_id: str) -> tuple[str, int, int] | None:
    """Where a segment stands, as its id says: document, start, end; None for an id that says nothing."""
    found = _PLACE.fullmatch(segment_id)
    return (found[1], int(found[2]), int(found[3])) if found else None


def two_parts(
    texts: Sequence[str],
    people: Sequence[str],
    embed: Callable[[Sequence[str]], Any],
    *,
    smallest: int,
    seed: int,
) -> list[int] | None:
    """Two parts (0, 1) of a group by meaning, the larger first; None where one would have too few people.

    texts: in an order that only they decide; people: whose each is. By k-means (Lloyd 1982).
    """
    import numpy as np
    from sklearn.cluster import KMeans

    if len(set(texts)) < 2:
        return None
    vectors = np.asarray(embed([bare(text) for text in texts]), dtype=np.float64)
    parts = KMeans(2, n_init=10, random_state=seed).fit_predict(vectors - vectors.mean(axis=0)).tolist()
    heard = [{who for who, part in zip(people, parts, strict=True) if part == one} for one in (0, 1)]
    if min(map(len, heard)) < smallest:
        return None
    # The part with more people is the first; of two alike the one with the first text.
    turned = (len(heard[0]), parts[0] == 0) < (len(heard[1]), parts[0] == 1)
    return [1 - part for part in parts] if turned else parts
