"""Large studies: push factors and quotes found part by part are those found in the whole."""

from functools import partial

import pandas as pd
import pytest

from feedback.factors import large
from feedback.factors.questions import Study
from feedback.intake import add
from feedback.parquet import content_hash
from feedback.pipeline import factored, quoted, run
from feedback.pipeline.quoted import material
from feedback.pipeline.stages import Context, make_factors, make_quotes, no_progress
from feedback.project import Project
from feedback.quotes import surest
from feedback.readers import read_bytes
from feedback.tables import to_arrow

THEMES = (
    "themes:\n  pay: {group: Push factors, means: Money., phrases: [pay, wages]}\n"
    "  hours: {group: Push factors, means: Time at work., phrases: [hours, shifts]}\n"
)
WHY = (
    "The pay was low.",
    "The drive took two hours. I never saw my children.",
    "My supervisor shouted at everybody. The wages were poor.",
    "The road to the office was flooded each winter and the drive was long.",
    "It wasn't the pay, it was the computer system that lost my work.",
    "The computer system crashed daily and lost all of my work.",
    "The drive to work was too long for me.",
    "N/A",
)
SURVEY = "id,leaver,Why did you leave?,Anything else?\n" + "".join(
    f"R{n:02},{'no' if n % 4 == 3 else 'yes'},{WHY[n % 8]},{WHY[(3 * n + 1) % 7] if n % 3 else ''}\n"
    for n in range(32)
).replace("poor.", '"poor, so I left."').replace("work,", "work;")
TALK = (
    "Interviewer: Why did you leave?\nP: The pay. It was low.\nInterviewer: And now?\n"
    "P: The hours are better.\nP: Nobody minded the shifts. I left because of the long drive.\n"
)
# Who keeps coming back to the shifts: in one talk A3 is asked about leaving, nobody asks A4.
SHIFTS = "Interviewer: What was a day like?\nP: " + " ".join(
    f"The shifts wore me out in week {n}." for n in range(6)
)
ASKED = "Interviewer: Why did you leave?\nP: That is a long story, I will come to it.\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = Project.create(tmp_path_factory.mktemp("large") / "study", themes=THEMES)
    texts = [(SURVEY, "survey.csv"), (TALK, "A1.txt"), (TALK.replace("pay", "travel"), "A2.txt")]
    texts += [(ASKED, "A3.txt"), (SHIFTS, "A3-more.txt"), (SHIFTS.replace("a day", "it"), "A4.txt")]
    ids, files = ["A1", "A2", "A3", "A4"], ["A1.txt", "A2.txt", "A3.txt;A3-more.txt", "A4.txt"]
    people = pd.DataFrame({"case_id": ids, "leaver": ["yes", "no", "yes", "yes"], "consent": "internal"})
    people = people.assign(file=files)
    asked = {"text_columns": ["Why did you leave?", "Anything else?"], "case_column": "id"}
    documents = [
        read_bytes(text.encode(), name, document_id=f"d{n}", **(asked if name.endswith("csv") else {}))[0]
        for n, (text, name) in enumerate(texts)
    ]
    add(made, documents, people=people)
    file = made.path / "feedback.yaml"
    text = file.read_text().replace("consent: analysis", "consent: internal")
    file.write_text(text + "deidentify: {recognise_names: false}\n")
    list(run(made))
    return made


def of(made):
    return {name: content_hash(to_arrow(name, table)) for name, table in made.items()}


@pytest.mark.parametrize("characters", [40, 300, 5000])
def test_factors_are_the_same_for_every_size_of_shard(project, characters):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(factored, "AS_A_WHOLE", 0)
        made = make_factors(Context(project, characters=characters), no_progress)
    assert of(made) == {name: project.content(name) for name in made}
    assert len(made["factors"]) >= 2


def test_who_dwells_on_something_counts_only_when_asked_about_leaving_in_whichever_part(project):
    segments = project.table("segments")
    texts = segments[segments["text"].str.startswith("The shifts wore")]
    assert set(texts["case_id"]) == {"A3", "A4"} and texts["document_id"].nunique() == 2
    counted = project.table("members").dropna(subset="factor_id").merge(texts, on="segment_id")
    assert set(counted["case_id"]) == {"A3"} and set(counted["factor_id"]) == {"hours"}


def test_reasons_beyond_the_sample_join_groups_and_count(project, monkeypatch):
    monkeypatch.setattr(factored, "AS_A_WHOLE", 0)
    monkeypatch.setattr(large, "Wish", partial(large.Wish, fit_on=12))
    found = [make_factors(Context(project, characters=size), no_progress) for size in (50, 900)]
    assert of(found[0]) == of(found[1])
    whole = project.table("factors").set_index("factor_id")["n_cases"]
    counts = found[0]["factors"].set_index("factor_id")["n_cases"]
    assert counts["pay"] == whole["pay"]  # themes are counted over everybody
    assert len(found[0]["members"]["segment_id"].unique()) >= len(project.table("segments")) // 3


@pytest.mark.parametrize(("at_once", "most"), [(1, 3), (7, 3000), (31, 2)])
def test_quotes_are_the_same_however_many_tags_are_looked_at_once(project, at_once, most):
    def read(project, cases, *, audience):
        return material(project, cases, audience=audience, at_once=at_once)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(surest, "MOST", most)
        whole = make_quotes(Context(project), no_progress)
        patched.setattr(quoted, "material", read)
        assert of(make_quotes(Context(project), no_progress)) == of(whole)
    assert len(whole["quotes"])


def test_a_part_without_leavers_has_no_reasons():
    segments = pd.DataFrame(
        {
            "segment_id": ["d1:0-9"], "document_id": "d1", "case_id": ["a"], "turn": 0, "start": 0, "end": 9,
            "role": "participant", "question": "Why did you leave?", "text": "Low pay.",
        }
    )  # fmt: skip
    cases = pd.DataFrame({"case_id": ["a"], "left": ["no"]})
    asked = large.Asked((), Study(("Why did you leave?",), False))
    found = large.look(asked, large.Part(segments, pd.DataFrame(), cases))
    assert len(found["reasons"]) == 0
    assert not len(found["asked"]) and not len(found["silent"])
