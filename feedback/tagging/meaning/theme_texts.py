"""What the theme list itself says of a theme, as sentences: what its vector and its words are made of."""

from __future__ import annotations

from feedback.codebook import Codebook, Theme
from feedback.codebook.phrases import plain
from feedback.tagging.pieces import statements

# What a theme's parts weigh in its vector: label, definition, phrases, examples.
WEIGHTS = (1.0, 2.0, 1.0, 2.0)


def groups(theme: Theme) -> tuple[list[str], ...]:
    """Its label, the sentences of its definition, its phrases as words, its examples; as in WEIGHTS."""
    means = [theme.means[span.start : span.end] for span in statements(theme.means)]
    whole = [f"{theme.label}. {theme.means}"] if theme.means else []
    include = [theme.include] if theme.include else []
    phrases = [text for phrase in theme.phrases for text in plain(phrase)[:2]]
    return [theme.label], [*whole, *means, *include], phrases, list(theme.examples)


def prototypes(theme: Theme) -> list[str]:
    """The theme list's own sentences about a theme: what its vector is made of."""
    return list(dict.fromkeys(text for group in groups(theme) for text in group))


def description(theme: Theme) -> str:
    """All words about a theme in one text; those of its label twice."""
    phrases = [text for phrase in theme.phrases for text in plain(phrase)]
    parts = [theme.label, theme.label, theme.means, theme.include, *phrases, *theme.examples]
    return " ".join(part for part in parts if part)


def all_texts(codebook: Codebook) -> list[str]:
    """Every sentence of the theme list that needs a vector."""
    return [text for theme in codebook for text in [*prototypes(theme), *theme.counter_examples]]
