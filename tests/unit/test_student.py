"""The student: near to its teacher, the same bytes everywhere, and set aside where it is worth too little."""

import os
import pickle
import subprocess
import sys
import weakref
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback import embed
from feedback.embed import lessons
from feedback.embed.cache import VectorCache
from feedback.embed.student import Student, StudentNote, for_corpus

WHO = ["my manager", "the team", "nobody", "our trainer", "the council", "a colleague", "the office"]
DID = ["listened to", "supported", "cancelled", "forgot", "praised", "ignored", "checked", "paid for"]
WHAT = ["my supervision", "the paperwork", "our rota", "the families", "my caseload", "the training", "us"]
WHEN = ["every week", "at the end", "in March", "again and again", "when I was ill", "for a year"]
TEXTS = [f"{a} {b} {c} {d}".capitalize() + "." for a in WHO for b in DID for c in WHAT for d in WHEN]


class Teacher:
    """Vectors of a text's words, as any model might make them; quick, since a test needs thousands."""

    fingerprint = "teacher-1"

    def __init__(self):
        self.asked = 0

    def encode(self, texts, *, progress=None):
        self.asked += len(texts)
        rows = np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, 24)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def _vector(self, text):
        found = np.ones(24)
        for word in text.lower().strip(".").split():
            found += 2 * np.random.default_rng(zlib.crc32(word.encode())).normal(size=24)
        return found


class Whims(Teacher):
    """A teacher whose vectors have nothing to do with the words."""

    fingerprint = "whims-1"

    def _vector(self, text):
        return np.random.default_rng(zlib.crc32(text.encode())).normal(size=24)


def taught(texts=TEXTS, teacher=None, **options):
    student = Student(teacher or Teacher(), texts, learnt_from=600, held_out=200, **options)
    with pytest.warns(StudentNote):
        return student.fit()


@pytest.fixture(scope="module")
def student():
    return taught()


def test_a_student_comes_near_to_its_teacher_on_texts_it_never_saw(student):
    assert student.worth.enough
    assert student.worth.learnt_from == 600
    assert student.worth.held_out == 200
    rows = Teacher().encode(TEXTS)
    assert (student.encode(TEXTS) * rows).sum(axis=1).mean() > 0.9


def test_its_teacher_reads_the_sample_and_nothing_else():
    teacher = Teacher()
    student = taught(teacher=teacher)
    assert teacher.asked == 800
    student.encode(TEXTS)
    assert teacher.asked == 800


@settings(max_examples=20)
@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=30), max_size=30), st.text(max_size=40))
def test_a_text_has_the_same_bytes_alone_and_in_any_company(student, company, text):
    rows = student.encode([*company, text])
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[-1].tobytes() == student.encode([text])[0].tobytes()
    assert student.encode([*company, text][::-1])[0].tobytes() == rows[-1].tobytes()


def test_the_order_of_the_corpus_plays_no_part(student):
    again = taught(TEXTS[::-1])
    assert again.fingerprint == student.fingerprint
    assert again.encode(TEXTS[:50]).tobytes() == student.encode(TEXTS[:50]).tobytes()


def test_another_process_with_more_threads_learns_the_same_bytes(student):
    code = (
        "import sys, warnings, hashlib; warnings.simplefilter('ignore');"
        "from test_student import Student, Teacher, TEXTS;"
        "s = Student(Teacher(), TEXTS, learnt_from=600, held_out=200);"
        "print(hashlib.sha256(s.encode(TEXTS).tobytes()).hexdigest())"
    )
    here = Path(__file__)
    path = os.pathsep.join([str(here.parents[2]), str(here.parent)])
    found = set()
    for threads in ("1", "2"):
        env = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
        )
        found.add(done.stdout.strip())
    assert len(found) == 1


def test_a_worker_gets_the_same_vectors_without_the_teacher(student):
    sent = pickle.loads(pickle.dumps(student))
    assert sent.fingerprint == student.fingerprint
    assert sent.worth == student.worth
    assert sent.encode(TEXTS[:50]).tobytes() == student.encode(TEXTS[:50]).tobytes()
    assert len(pickle.dumps(student)) < 10_000_000


def test_the_fingerprint_follows_teacher_and_sample(student):
    others = [
        Student(Whims(), TEXTS, learnt_from=600, held_out=200),
        Student(Teacher(), TEXTS[1:700], learnt_from=600, held_out=200),
        Student(Teacher(), TEXTS, learnt_from=601, held_out=199),
    ]
    assert len({student.fingerprint, *(one.fingerprint for one in others)}) == 4


def test_texts_that_are_known_have_the_teachers_vectors_where_they_are_asked_for_as_such():
    student = taught(known=["Salary, wages and money.", "Sleep"])
    exact = Teacher().encode(["Sleep"])[0]
    assert student.fixed(["pay", "Sleep"])[1].tobytes() == exact.tobytes()
    sent = pickle.loads(pickle.dumps(student))
    assert sent.fixed(["Sleep"])[0].tobytes() == exact.tobytes()


def test_what_somebody_said_has_the_same_vector_whatever_is_known(student):
    knowing = taught(known=[TEXTS[0], "Sleep"])
    assert knowing.fingerprint == student.fingerprint
    assert knowing.encode(TEXTS[:9]).tobytes() == student.encode(TEXTS[:9]).tobytes()


def test_where_it_is_worth_too_little_the_teacher_reads_everything():
    student = Student(Whims(), TEXTS, learnt_from=600, held_out=200)
    with pytest.warns(StudentNote, match="the model read every text"):
        rows = student.encode(TEXTS[:20])
    assert not student.worth.enough
    assert rows.tobytes() == Whims().encode(TEXTS[:20]).tobytes()
    assert pickle.loads(pickle.dumps(student)).encode(TEXTS[:20]).tobytes() == rows.tobytes()


def test_what_it_learnt_is_read_again_unless_the_file_is_damaged(student, tmp_path):
    wanted = student.encode(TEXTS[:50]).tobytes()
    first = taught(cache=VectorCache(tmp_path))
    teacher = Teacher()
    again = Student(teacher, TEXTS, learnt_from=600, held_out=200, cache=VectorCache(tmp_path))
    assert first.encode(TEXTS[:50]).tobytes() == again.encode(TEXTS[:50]).tobytes() == wanted
    assert again.worth == first.worth
    assert teacher.asked == 0
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert taught(teacher=teacher, cache=VectorCache(tmp_path)).encode(TEXTS[:50]).tobytes() == wanted
    assert teacher.asked == 800


def test_the_note_says_what_the_student_is_worth(student):
    told = student.worth.told()
    assert "600 texts" in told
    assert f"{student.worth.cosine:.2f}" in told
    assert "its vectors stand for the rest" in told


def test_only_a_large_corpus_has_a_student():
    teacher = Teacher()
    assert for_corpus(teacher, [*TEXTS[:50]] * 3, above=50) is teacher
    assert for_corpus(teacher, TEXTS, above=0) is teacher
    assert isinstance(for_corpus(teacher, TEXTS[:51], above=50), Student)


@pytest.mark.filterwarnings("ignore::feedback.embed.student.StudentNote")
def test_the_model_that_ships_can_teach():
    student = Student(embed.load("minilm"), TEXTS[::12], learnt_from=150, held_out=40)
    assert student.worth.cosine > 0.8
    assert student.encode(["", "Pay.", "日本"]).shape == (3, 384)


def test_a_student_that_is_good_enough_lets_its_teacher_go():
    teacher = Teacher()
    gone = weakref.ref(teacher)
    student = taught(teacher=teacher)
    del teacher
    assert gone() is None
    assert student.encode(TEXTS[:3]).shape == (3, 24)


def test_a_student_that_is_not_good_enough_keeps_its_teacher():
    texts = [f"text {n}" for n in range(900)]
    with pytest.warns(StudentNote, match="too little"):
        student = Student(Whims(), texts, learnt_from=600, held_out=200).fit()
    assert np.array_equal(student.encode(texts[:3]), Whims().encode(texts[:3]))


def test_vectors_are_the_same_to_the_last_bit_however_much_is_worked_at_once(monkeypatch):
    student = taught()
    whole = student.encode(TEXTS)
    monkeypatch.setattr(lessons, "_COLUMNS", 5)
    monkeypatch.setattr(lessons, "_AT_ONCE", 7)
    assert student.encode(TEXTS).tobytes() == whole.tobytes()
