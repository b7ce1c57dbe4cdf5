"""What changed between two theme lists, and what became of themes that were renamed, merged or split."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.codebook import Codebook, Theme
from feedback.codebook.parts import LISTS, TEXTS


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two theme lists.

    `what` is added, removed, renamed, moved, merged, split or a part's name; `before` and `after` are ids, or
    what the part said.
    """

    theme_id: str
    what: str
    before: str = ""
    after: str = ""


def successors(codebook: Codebook) -> dict[str, str | None]:
    """Where people's tags of former themes belong now: old id to new id; None where a theme was split.

    A theme says under `formerly` which themes it came from. Two that name the same one have split it: which
    tags belong to which is for a person to say. Ids that are still in the list are not former ones.
    """
    found: dict[str, str | None] = {}
    for theme in codebook:
        for old in theme.formerly:
            if old not in codebook:
                found[old] = None if old in found else theme.id
    return found


def compare(old: Codebook, new: Codebook) -> list[Change]:
    """What changed from one theme list to another, in the new one's order, removed themes last.

    What a theme's `formerly` says counts. Else a theme that went and one that came with the same words are
    one theme, renamed (or moved).
    """
    gone = {theme.id: theme for theme in old if theme.id not in new}
    changes = _told_by(old, new, gone)
    told = {change.theme_id for change in changes}
    for change in changes:
        for theme_id in change.before.split("; "):
            gone.pop(theme_id, None)
    for theme in new:
        if theme.id in old:
            changes += _changed_parts(old[theme.id], theme)
            continue
        if theme.id in told:
            continue
        twin = next((other for other in gone.values() if _same_words(other, theme)), None)
        if twin is None:
            changes.append(Change(theme.id, "added", after=theme.label))
            continue
        del gone[twin.id]
        what = "moved" if twin.key == theme.key else "renamed"
        changes.append(Change(theme.id, what, twin.id, theme.id))
    return changes + [Change(theme.id, "removed", before=theme.label) for theme in gone.values()]


def _told_by(old: Codebook, new: Codebook, gone: dict[str, Theme]) -> list[Change]:
    """What themes that are gone became, as far as the new list says so."""
    after: dict[str, list[str]] = {}
    for theme in new:
        for was in theme.formerly:
            if was in gone:
                after.setdefault(was, []).append(theme.id)
    split = [
        Change(to, "split", was, "; ".join(ids)) for was, ids in after.items() if len(ids) > 1 for to in ids
    ]
    before: dict[str, list[str]] = {}
    for was, ids in after.items():
        if len(ids) == 1:
            before.setdefault(ids[0], []).append(was)
    merged = [
        Change(to, "renamed" if len(olds) == 1 and to not in old else "merged", "; ".join(olds), to)
        for to, olds in before.items()
    ]
    return merged + split


def _changed_parts(old: Theme, new: Theme) -> list[Change]:
    changes = []
    for key, name in {**TEXTS, **LISTS}.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            changes.append(Change(new.id, key, *(_shown(before, after))))
    return changes


def _shown(before: str | tuple[str, ...], after: str | tuple[str, ...]) -> tuple[str, str]:
    """Texts as they are; of lists only what went and what came."""
    if isinstance(before, str) or isinstance(after, str):
        return str(before), str(after)
    went = "; ".join(item for item in before if item not in after)
    came = "; ".join(item for item in after if item not in before)
    return (went, came) if went or came else ("; ".join(before), "; ".join(after))


def _same_words(one: Theme, other: Theme) -> bool:
    said = (one.means, one.phrases, one.examples)
    return any(said) and said == (other.means, other.phrases, other.examples)
