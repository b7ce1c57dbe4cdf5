"""What a study is learnt from stays while it grows; what was kept of its parts is known by its content."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from feedback.pipeline.contents import content_of
from feedback.pipeline.leading import leading, step
from feedback.pipeline.streamed import parted
from feedback.pipeline.stretches import Shard, Stretch


@given(st.lists(st.integers(1, 30), min_size=1, max_size=60), st.integers(1, 30), st.integers(1, 50))
def test_what_is_learnt_from_stays_until_a_study_has_grown_by_a_quarter(
    sizes: list[int], more: int, least: int
) -> None:
    first, then = (leading(segments(some), least=least) for some in (sizes, [*sizes, more]))
    assert sum(sizes[: len(first)]) >= min(sum(sizes), 0.79 * sum(sizes))
    if step(sum(sizes), least=least) == step(sum(sizes) + more, least=least):
        assert first == then
    if sum(sizes) >= least:
        assert step(sum(sizes), least=least) <= sum(sizes) < 1.26 * step(sum(sizes), least=least) + 2


def segments(sizes: list[int]) -> pa.Table:
    ids = [f"d{at:03}" for at, size in enumerate(sizes, start=1) for _ in range(size)]
    return pa.table({"document_id": pa.array(ids).dictionary_encode()})


CELLS = st.one_of(st.none(), st.text(max_size=4))


@given(st.lists(st.tuples(CELLS, st.one_of(st.none(), st.integers(-9, 9))), max_size=12), st.integers(0, 12))
def test_the_content_of_rows_is_theirs_alone(rows: list[tuple[str | None, int | None]], at: int) -> None:
    def table(some: list[tuple[str | None, int | None]]) -> pa.Table:
        words, numbers = ([row[place] for row in some] for place in (0, 1))
        return pa.table({"a": pa.array(words, pa.string()), "n": pa.array(numbers, pa.int64())})

    apart, within = rows[:at], table([("x", 1), *rows, (None, None)]).slice(1, len(rows[:at]))
    assert content_of(table(apart)) == content_of(within)
    if apart:
        first = apart[0]
        changed = [(f"{first[0]}!", first[1]), *apart[1:]]
        assert content_of(table(changed)) != content_of(within)


@given(st.lists(st.integers(0, 4), max_size=30))
def test_what_several_shards_gave_together_is_parted_by_their_documents(whose: list[int]) -> None:
    shards = [Shard((Stretch(f"d{at}", 0, 9, 0, 0),)) for at in range(5)]
    names = [f"d{at}" for at in whose]
    table = pa.table(
        {"segment_id": pa.array([f"{name}:0-{at}" for at, name in enumerate(names)], pa.string())}
    )
    parts = parted({"rows": table, "told": pa.table({"n": [1]})}, shards)
    assert [part["rows"]["segment_id"].to_pylist() for part in parts] == [
        [one for one in table["segment_id"].to_pylist() if one.startswith(f"d{at}:")] for at in range(5)
    ]
    assert ["told" in part for part in parts] == [True, False, False, False, False]
