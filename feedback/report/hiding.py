"""Which figures of the tables by attribute may be shown, all tables of a report taken together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from feedback.disclosure import protected, suppress
from feedback.disclosure.linked import Family, Kinds, Row, kinds_of
from feedback.model import ThemeRow
from feedback.report.heard import People
from feedback.report.quoted import Quotes

Figures = tuple[int | None, ...]
Groups = Mapping[str, People]


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it may be shown: the groups' sizes, and a row of counts for each theme; None is hidden.

    `parts`: of each group, how many people are in each of the parts that themes are counted in. A row is None
    only in what is given to `shown_tables` as published: this row is not.
    """

    totals: Figures
    cells: tuple[Figures, ...]
    parts: tuple[Figures, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader of the report knows of its themes besides the tables.

    quoted: for each theme the line under the quotes of each person quoted on it, by person. parents: the
    number of the theme that each is inside of. lines: everybody's line, of `disclosure.attributions`.
    """

    quoted: Sequence[Mapping[str, str]] = ()
    parents: Sequence[int | None] = ()
    lines: Mapping[str, str] = field(default_factory=dict)


def known_of(themes: Sequence[ThemeRow], quotes: Quotes, lines: Mapping[str, str]) -> Known:
    """What a report's quotes and headings tell of its themes, in their order; lines: everybody's."""
    numbers = {theme.theme_id: number for number, theme in enumerate(themes)}
    quoted = [quotes.lines(theme.theme_id) for theme in themes]
    return Known(quoted, [numbers.get(theme.parent) for theme in themes], lines)


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of the people that some themes are counted in, such as those who left, or who were asked.

    people: each part. of: for each theme the number of its part, None for everybody.
    """

    people: Sequence[People] = ()
    of: Sequence[int | None] = ()


def shown_tables(
    tables: Mapping[str, Groups],
    themes: Sequence[People],
    *,
    k: int,
    known: Known | None = None,
    whole: bool = False,
    parts: Parts | None = None,
    out: Sequence[Shown] = (),
) -> list[Shown]:
    """The tables of the same people by several attributes, with what must not be shown hidden.

    tables: by attribute, the people by value, the same people in each. themes: who speaks of each, the number
    of whom is known. Hidden are groups of fewer than k people with all their cells; counts from 1 to k - 1;
    with `whole` counts of a whole group, which would tell what each of it said; and whatever else it takes
    that no hidden number can be worked out from a row's total, from another table or from `known`. A reader
    is taken to know all tables, how many there are of each kind of people, which kinds those quoted can be of
    by their lines, and that a theme inside another has no more people than it. Of `parts`, groups with fewer
    than k people inside or outside the part are hidden too. out: how the first of the tables are published
    already, each with its first parts; a row that one of them has not published, none behind it has. Of what
    is published nothing changes.
    """
    if not tables:
        return []
    known, parts = known or Known(), parts or Parts()
    people = kinds_of(map(_numbers, tables.values()))
    having = _having(known.lines, *people) if any(known.quoted) else {}
    made = [_Table(list(groups.values()), themes, parts, k) for groups in tables.values()]
    for table, shown in zip(made, out, strict=False):
        table.publish_sizes(shown)
    Family(people[0], _sizes(made, parts, *people, out)).hide()
    for table in made:
        table.hide_small(whole=whole)
    for table, shown in zip(made, out, strict=False):
        table.publish(shown)
    for numbers in _families(len(themes), known.parents):
        rows = [_row(at, numbers, themes, made, known, parts, people, having) for at in numbers]
        Family(people[0], rows).hide()
    return [table.figures() for table in made]


def _sizes(
    made: Sequence[_Table],
    parts: Parts,
    kinds: Kinds,
    kind_of: Mapping[str, int],
    out: Sequence[Shown],
) -> list[Row]:
    """How many people are in the groups, and in the parts of them."""
    everybody = kinds.sizes * 0 + kinds.sizes.sum()
    inside = [
        Row(
            _counts(people, kind_of, kinds),
            everybody,
            [table.parts_shown[at] for table in made],
            parent=0,
            out=sum(at < len(shown.parts) for shown in out),
        )
        for at, people in enumerate(parts.people)
    ]
    return [
        Row(
            kinds.sizes,
            everybody,
            [table.sizes_shown for table in made],
            out=sum(bool(shown.totals) for shown in out),
        ),
        *inside,
    ]


def _row(
    at: int,
    numbers: Sequence[int],
    themes: Sequence[People],
    made: Sequence[_Table],
    known: Known,
    parts: Parts,
    people: tuple[Kinds, Mapping[str, int]],
    having: Mapping[str, Any],
) -> Row:
    """One theme in all tables, with what is known of it; numbers: the themes of its family."""
    kinds, kind_of = people
    quoted = known.quoted[at] if known.quoted else {}
    own = [line for case, line in quoted.items() if case in themes[at]]
    parent = known.parents[at] if known.parents else None
    part = parts.of[at] if parts.of else None
    return Row(
        _counts(themes[at], kind_of, kinds),
        kinds.sizes if part is None else _counts(parts.people[part], kind_of, kinds),
        [table.shown[at] for table in made],
        _told_by_lines(own, having, kinds),
        None if parent is None else numbers.index(parent),
        sum(at in table.published for table in made),
    )


def _families(n: int, parents: Sequence[int | None]) -> list[list[int]]:
    """The numbers of themes, those that are inside one another together."""
    found: dict[int, list[int]] = {}
    for at in range(n):
        top, parent = at, parents[at] if parents else None
        while parent is not None:
            top, parent = parent, parents[parent]
        found.setdefault(top, []).append(at)
    return list(found.values())


def _numbers(groups: Groups) -> dict[str, int]:
    return {person: number for number, people in enumerate(groups.values()) for person in people}


def _counts(people: People, kind_of: Mapping[str, int], kinds: Kinds) -> Any:
    import numpy as np

    found = [kind_of[person] for person in people if person in kind_of]
    return np.bincount(np.array(found, dtype=int), minlength=len(kinds.sizes))


class _Table:
    """One table with what of it is shown so far: True is shown."""

    def __init__(self, groups: Sequence[People], themes: Sequence[People], parts: Parts, k: int) -> None:
        import numpy as np
        import pandas as pd

        self.k, self.part_of, self.published = k, parts.of or [None] * len(themes), frozenset[int]()
        self.sizes = np.array([len(people) for people in groups])
        self.parts = [np.array([len(part & group) for group in groups]) for part in parts.people]
        counts = [[len(people & group) for group in groups] for people in themes]
        self.counts = np.array(counts, dtype=int).reshape(len(themes), len(groups))
        sizes = suppress(pd.DataFrame([self.sizes]), k=k, totals=("rows",))
        self.sizes_shown = sizes.notna().to_numpy()[0].copy()
        self.parts_shown = [self._part_shown(part) for part in self.parts]

    def _part_shown(self, part: Any) -> Any:
        """Of which groups it may be said how many are in a part: not where few are in it, or outside."""
        import pandas as pd

        outside = self.sizes - part
        hidden = ~self.sizes_shown | ((outside > 0) & (outside < self.k))
        shown = suppress(
            pd.DataFrame([part]), k=self.k, totals=("rows",), hidden=hidden[None, :], most=self.sizes
        )
        return shown.notna().to_numpy()[0].copy()

    def publish_sizes(self, shown: Shown) -> None:
        """Takes the groups' sizes as they are published already."""
        self.sizes_shown = _seen(shown.totals) if shown.totals else self.sizes_shown
        self.parts_shown[: len(shown.parts)] = [_seen(row) for row in shown.parts]

    def publish(self, shown: Shown) -> None:
        """Takes rows as they are published already."""
        self.published = frozenset(at for at, row in enumerate(shown.cells) if row)
        for at, row in enumerate(shown.cells):
            if row:
                self.shown[at] = _seen(row)

    def hide_small(self, *, whole: bool) -> None:
        """Hides small counts and groups, and what they could be worked out from in their row."""
        import numpy as np
        import pandas as pd

        sizes = [self.sizes if part is None else self.parts[part] for part in self.part_of]
        seen = [self.sizes_shown if part is None else self.parts_shown[part] for part in self.part_of]
        self.most = np.array(sizes, dtype=int).reshape(self.counts.shape)
        known = np.array(seen, dtype=bool).reshape(self.counts.shape)
        self.forced = ~known | (whole & (self.counts == self.most) & (self.most > 0))
        shown = suppress(
            pd.DataFrame(self.counts), k=self.k, totals=("rows",), hidden=self.forced, most=self.most
        )
        self.shown = list(shown.notna().to_numpy().copy())

    def figures(self) -> Shown:
        """What is shown, after a last look: a row that gives a hidden number away is not shown at all."""
        import pandas as pd

        rows = zip(self.counts, self.shown, self.forced, self.most, strict=True)
        for counts, seen, forced, most in [row for at, row in enumerate(rows) if at not in self.published]:
            one = pd.DataFrame([counts], dtype="Int64")
            options: dict[str, Any] = {"k": self.k, "totals": ("rows",), "most": most}
            if not protected(one, one.where(seen[None, :]), hidden=forced, **options):
                seen[:] = False
        cells = [_figures(counts, seen) for counts, seen in zip(self.counts, self.shown, strict=True)]
        parts = [_figures(part, seen) for part, seen in zip(self.parts, self.parts_shown, strict=True)]
        return Shown(_figures(self.sizes, self.sizes_shown), tuple(cells), tuple(parts))


def _seen(figures: Figures) -> Any:
    """Which of published figures are shown."""
    import numpy as np

    return np.array([n is not None for n in figures], dtype=bool)


def _figures(counts: Any, seen: Any) -> Figures:
    return tuple(int(n) if is_seen else None for n, is_seen in zip(counts, seen, strict=True))


def _having(everybody: Mapping[str, str], kinds: Kinds, kind_of: Mapping[str, int]) -> dict[str, Any]:
    """By line, of which kinds those are who have it."""
    import numpy as np

    found: dict[str, Any] = {}
    for line, kind in {(line, kind_of[case]) for case, line in everybody.items() if case in kind_of}:
        found.setdefault(line, np.zeros(len(kinds.sizes), dtype=bool))[kind] = True
    return found


def _told_by_lines(lines: Iterable[str], having: Mapping[str, Any], kinds: Kinds) -> list[tuple[Any, int]]:
    """Sets of kinds of which so many people surely speak of a theme, because they are quoted on it.

    Somebody quoted is one of those who have the line under the quote.
    """
    import numpy as np

    anybody = np.ones(len(kinds.sizes), dtype=bool)
    fitting = [having.get(line, anybody) for line in lines]
    distinct = {tuple(one): one for one in fitting}.values()
    return [(one, sum(bool((other <= one).all()) for other in fitting)) for one in distinct]
