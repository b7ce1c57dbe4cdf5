"""Shards: however a project's text is cut up, nothing is lost and every table is the same."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.intake import add
from feedback.parquet import content_hash
from feedback.pipeline import run, streamed
from feedback.pipeline.cutting import make_segments
from feedback.pipeline.shards import Pieces, Rows, documents_of
from feedback.pipeline.stages import Context, no_progress
from feedback.pipeline.stretches import Shard
from feedback.project import Project
from feedback.readers import read_bytes
from feedback.scale.processes import Processes
from feedback.tables import to_arrow

THEMES = "themes:\n  pay: {means: Money., phrases: [pay]}\n"
SURVEY = "id,Why did you leave?,What was good?\n" + "".join(
    f"R{n},The pay \U0001f600 was  low {'é' * n}. I left Ann in {2000 + n}.,{'Nothing. ' * (n % 4)}\n"
    for n in range(1, 13)
)
TALK = "Interviewer: Why did you leave?\nP: The pay. It was low.\nInterviewer: And now?\nP: Better.\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = Project.create(tmp_path_factory.mktemp("shards") / "study", themes=THEMES)
    texts = [
        (SURVEY, "survey.csv"),
        (TALK, "talk.txt"),
        (SURVEY.replace("pay", "hours"), "again.csv"),
        (TALK.replace("pay", "hours"), "other.txt"),
    ]
    add(
        made,
        [
            read_bytes(text.encode(), name, document_id=f"d00{number}")[0]
            for number, (text, name) in enumerate(texts)
        ],
    )
    file = made.path / "feedback.yaml"
    file.write_text(file.read_text() + "deidentify: {recognise_names: false}\n")
    list(run(made, until="segments"))
    return made


SIZES = st.integers(1, 40).map(lambda n: n * n)


@settings(max_examples=10)
@given(characters=SIZES)
def test_pieces_hold_every_character_and_turn_once(project, characters):
    pieces = Pieces(project, characters=characters)
    found = [piece for shard in pieces.shards for piece in pieces.of(shard)]
    for whole in documents_of(project):
        own = [piece for piece in found if piece.stretch.document_id == whole.document_id]
        assert "".join(piece.document.text for piece in own) == whole.text
        said = [piece.document.words(turn) for piece in own for turn in piece.document.turns]
        assert said == [whole.words(turn) for turn in whole.turns]
        assert all(a.stretch.last_turn + 1 == b.stretch.first_turn for a, b in pairwise(own))


@settings(max_examples=10)
@given(characters=SIZES)
def test_a_shard_is_no_larger_than_asked_unless_it_is_one_respondent_or_interview(project, characters):
    pieces = Pieces(project, characters=characters)
    for shard in pieces.shards:
        if shard.characters > characters:
            (piece,) = pieces.of(shard)
            assert len({turn.respondent for turn in piece.document.turns}) == 1


@settings(max_examples=10)
@given(characters=SIZES)
def test_segments_are_the_same_for_every_size_of_shard(project, characters):
    made = make_segments(Context(project, characters=characters), no_progress)
    for name, table in made.items():
        assert content_hash(to_arrow(name, table)) == project.content(name)


def test_an_interview_is_never_cut(project):
    pieces = Pieces(project, characters=1)
    talks = [s for shard in pieces.shards for s in shard.stretches if s.document_id in ("d002", "d004")]
    assert len(talks) == 2
    surveys = {s for shard in pieces.shards for s in shard.stretches if s.document_id == "d001"}
    assert len(surveys) == 12


def test_what_is_sent_to_a_worker_is_its_shard_alone(project):
    segments = Rows(project.arrow("segments"), by="start")
    shards = Pieces(project, characters=300).shards
    sent = [pickle.dumps(segments.of(shard.stretches)) for shard in shards]
    text = segments.of(shards[-1].stretches)["text"][0].as_py().encode()
    assert text in sent[-1]
    assert not any(text in one for one in sent[:-1])


def test_processes_give_the_same_segments(project):
    made = make_segments(Context(project, characters=700, workers=Processes(2)), no_progress)
    assert content_hash(to_arrow("segments", made["segments"])) == project.content("segments")


def test_what_was_done_of_a_broken_off_run_is_not_done_again(project, monkeypatch):
    receipts = {"segments": {"made": "from this"}}
    context = Context(project, characters=700, receipts=receipts)
    with pytest.raises(KeyboardInterrupt):
        make_segments(context, _stop_halfway)
    kept = sorted((project.path / "private" / streamed.KEPT).glob("segments-*"))
    assert kept
    # One is damaged since.
    kept[0].write_bytes(kept[0].read_bytes()[:-1])
    done = []
    made = make_segments(context, lambda now, total: done.append(now))
    assert content_hash(to_arrow("segments", made["segments"])) == project.content("segments")
    assert len(done) < len(Pieces(project, characters=700).shards) / 2 + 2
    streamed.forget_kept(project)
    assert not (project.path / "private" / streamed.KEPT).exists()


def _stop_halfway(done, total):
    if done > total / 2:
        raise KeyboardInterrupt


def test_a_run_that_is_over_leaves_nothing_of_its_shards(project):
    file = project.path / "feedback.yaml"
    file.write_text(file.read_text().replace("unit: sentence", "unit: answer"))
    streamed.Kept(project, "segments", {}).keep(streamed.Task(Shard(()), str), {})
    assert [stage.name for stage in run(project, until="segments")] == ["segments"]
    assert not (project.path / "private" / streamed.WORK).exists()
