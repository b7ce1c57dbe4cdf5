"""A theme list from elsewhere beside the one that is there: what it adds, and both as files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from feedback.codebook import Codebook, Theme
from feedback.codebook.edit import with_themes


@dataclass(frozen=True, slots=True)
class Merge:
    """What a second list would add to a first: whole themes at the top, by key, and the ids of all others.

    `inside`: themes that would stand under a theme of the first list. `other_words`: themes of both lists
    that say something else in the second.
    """

    tops: dict[str, Any]
    inside: tuple[str, ...]
    other_words: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many themes can be added, those under others with them."""
        return sum(map(_size, self.tops.values()))


def compare_for_merge(old: Codebook, new: Codebook) -> Merge:
    """What a new list would add to an old one; themes of one id are the same, no label is taken twice."""
    tops = new.to_dict()["themes"]
    labels = {theme.label.casefold() for theme in old}
    others = [
        theme.id for theme in new if theme.id in old and theme.fingerprint() != old[theme.id].fingerprint()
    ]
    added = {
        key: entry
        for key, entry in tops.items()
        if key not in old and new[key].label.casefold() not in labels
    }
    inside = [theme.id for theme in new if theme.parent and theme.id not in old and _top(theme) not in added]
    return Merge(added, tuple(inside), tuple(others))


def _top(theme: Theme) -> str:
    return theme.id.split("/")[0]


def merged(text: str, merge: Merge, source: str = "themes.yaml") -> str:
    """The text of the old list with the new themes at its end, comments and layout as they were."""
    return with_themes(text, merge.tops, source) if merge.tops else text


def as_yaml(codebook: Codebook, heading: str = "") -> str:
    """The list as the text of a themes.yaml."""
    import yaml

    comment = "".join(f"# {line}\n" for line in heading.splitlines())
    return comment + yaml.safe_dump(codebook.to_dict(), sort_keys=False, allow_unicode=True, width=100)


def _size(entry: dict[str, Any]) -> int:
    return 1 + sum(map(_size, entry.get("themes", {}).values()))
