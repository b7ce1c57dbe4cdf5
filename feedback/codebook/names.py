"""Which theme is meant by a name from elsewhere: a label, a path of labels, a former id; never a guess."""

from __future__ import annotations

from collections.abc import Sequence

from feedback.codebook import Codebook, Theme
from feedback.codebook.compare import successors
from feedback.codebook.text import slug


def theme_called(path: Sequence[str], codebook: Codebook) -> str | None:
    """The id of the theme that a path of names is: its id, a former one, its labels from the top down.

    Else the only theme whose label or name is the last of them; None where there is none or several. Capitals
    and signs play no part.
    """
    named = "/".join(path)
    if named in codebook:
        return named
    if former := successors(codebook).get(named):
        return former
    wanted = tuple(map(slug, path))
    whole = [theme.id for theme in codebook if wanted in _paths(theme, codebook)]
    alike = [theme.id for theme in codebook if wanted[-1] in (slug(theme.label), slug(theme.key))]
    return whole[0] if whole else alike[0] if len(alike) == 1 else None


def _paths(theme: Theme, codebook: Codebook) -> tuple[tuple[str, ...], ...]:
    """A theme's labels and its names, each from the top down."""
    labels = [slug(theme.label)]
    above = theme.parent
    while above is not None:
        labels.insert(0, slug(codebook[above].label))
        above = codebook[above].parent
    return tuple(labels), tuple(slug(part) for part in theme.id.split("/"))
