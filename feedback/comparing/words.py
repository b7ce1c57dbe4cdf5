"""What must be said beside a comparison, in fixed words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedback.comparing.found import Compared
from feedback.comparing.groups import APART, TESTIMONIES, Grouping
from feedback.comparing.lines import FACTOR, Material
from feedback.disclosure.values import NOT_RECORDED
from feedback.model import Report
from feedback.report.wording import figure, listed, plural

_ALIKE = 0.2


def notes_of(
    made: Sequence[Compared],
    groupings: Sequence[Grouping],
    material: Material,
    report: Report,
    n_comparisons: int,
) -> list[str]:
    """The notes on a comparison: how it was counted, what is missing, how it was tested, what it is not."""
    k = report.smallest_group
    return [
        *_counted(made, material, report),
        *_pooled(made, material),
        *_missing(groupings, k),
        *(note for one in groupings for note in one.notes),
        *_tests(made, n_comparisons, report.approach),
        *_limits(groupings, material, k),
        *_hidden(made, k),
    ]


def _counted(made: Sequence[Compared], material: Material, report: Report) -> Iterator[str]:
    heard = material.heard
    if made[0].kind == FACTOR:
        gave = "give it as a reason for leaving" if report.factors_are_reasons else "speak of it"
        left = figure(len(heard.leavers | material.pooled))
        yield (
            f"Counted are people, once each: of the {left} who left and "
            f"were heard in interviews and surveys{' or testimonies' if material.pooled else ''}, those who "
            f"{gave}."
        )
    else:
        yield (
            f"Counted are people, once each: of the {figure(len(heard.people))} heard in interviews and "
            "surveys, those who speak of it as their own experience. The others were read and said nothing "
            "of it. Testimonies are not in it."
        )
    if heard.not_read:
        yield f"Not read: {plural(len(heard.not_read), 'person', 'people')} of the participants table."
    asked = {line.label: line.not_asked for line in made if line.not_asked}
    if asked:
        said = listed([f"{label} ({figure(n)})" for label, n in asked.items()])
        yield (
            "Not asked, and so not counted: who answered only questions under which nobody at all speaks "
            f"of it. {said}."
        )


def _pooled(made: Sequence[Compared], material: Material) -> Iterator[str]:
    """Which testimonies are among the leavers, and how to choose otherwise."""
    if made[0].kind != FACTOR or not (material.pooled or material.heard.witnesses):
        return
    if material.pooled:
        yield (
            f"Pooled, as was asked: {figure(len(material.pooled))} of these leavers were heard only in "
            "testimonies written to be published, in which nobody asked them why they left. They count in "
            "every total, "
            f"stand in a group of their own ('{TESTIMONIES}') and are in no test. `factors: pool: nothing` "
            "in feedback.yaml leaves them out."
        )
    else:
        yield (
            "Testimonies are not in it. `factors: pool: testimonies` in feedback.yaml counts them too, in a "
            "group of their own, where they add enough leavers."
        )


def _missing(groupings: Sequence[Grouping], k: int) -> Iterator[str]:
    for one in groupings:
        if missing := len(one.groups.get(NOT_RECORDED, ())):
            n = plural(missing, "person", "people") if missing >= k else f"fewer than {k} people"
            yield f"'{one.name}' is not recorded for {n}; they stand in a column of their own and in no test."


def _tests(made: Sequence[Compared], n_comparisons: int, approach: str) -> Iterator[str]:
    if approach == "reflexive":
        yield (
            "The approach is reflexive: nothing is ranked or tested, and a number says who was heard to say "
            "it, not how common it is."
        )
        return
    if not n_comparisons:
        yield "Nothing was compared: each is said, or not said, by too few people."
        return
    yield (
        f"{plural(n_comparisons, 'comparison was', 'comparisons were')} made. 'p' is how often chance alone "
        "would part the groups as far (Fisher's exact test for two groups, a permutation test for more); "
        "'corrected' takes their number into account (Holm): in 19 of 20 such runs without any true "
        "difference none is found. Further runs are further comparisons: who looks often enough finds "
        "something. That none is found does not mean that there is none; among few people only large ones "
        "show."
    )
    if any(line.differs for line in made):
        yield "Intervals are 95 %, each for itself, not corrected."


def _limits(groupings: Sequence[Grouping], material: Material, k: int) -> Iterator[str]:
    yield (
        "A difference may come from who was heard and what they were asked, and says nothing of causes or of "
        "people who were not heard."
    )
    for one in groupings:
        if _differ_in_kind(one, material, k):
            yield (
                f"The groups of '{one.name}' were heard in different ways, some more in interviews and "
                "others more in surveys: people say more in an interview, which alone can make a difference."
            )


def _differ_in_kind(grouping: Grouping, material: Material, k: int) -> bool:
    """Whether the share who were interviewed differs by a fifth or more between groups of k or more."""
    talked = material.heard.interviewed
    shares = [
        len(people & talked) / len(people)
        for name, people in grouping.groups.items()
        if name not in APART and len(people) >= k
    ]
    return bool(shares) and max(shares) - min(shares) >= _ALIKE


def _hidden(made: Sequence[Compared], k: int) -> Iterator[str]:
    if any(one.n is None for line in made for one in line.groups):
        yield (
            f"Hidden (·): counts and groups of fewer than {k} people, counts of a whole group, and others "
            "from which these could be worked out, also with the report or another comparison. A test takes "
            "hidden groups together, or leaves them out, and reckons with what would be hidden by chance."
        )
