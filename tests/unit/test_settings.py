"""feedback.yaml: every mistake is named with its line and the nearest right word."""

import pytest

from feedback.errors import FeedbackError
from feedback.settings import Settings, flat
from feedback.settings.read import parse_settings


def refused(text):
    with pytest.raises(FeedbackError) as caught:
        parse_settings(text)
    return caught.value


def test_an_empty_file_means_the_defaults():
    assert parse_settings("") == Settings()
    assert parse_settings("# only a comment\n") == Settings()


def test_settings_are_read_into_their_types():
    settings = parse_settings("title: 2024\ntag:\n  threshold: 1\ndeidentify:\n  names: [Priya, 7]\n")
    assert settings.title == "2024"
    assert settings.tag.threshold == 1.0
    assert settings.deidentify.names == ("Priya", "7")


def test_a_misspelt_setting_gets_its_line_and_the_right_word():
    error = refused("title: x\ntag:\n  treshold: 0.4\n")
    assert error.message == "feedback.yaml line 3: 'treshold' is not a setting"
    assert error.hint == "did you mean 'threshold'?"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tag: {threshold: 3}", "'tag.threshold' should lie between 0 and 1"),
        ("tag: {threshold: nan}", "'tag.threshold' should lie between 0 and 1"),
        ("unit: sentences", "'sentences' is not a value of 'unit'"),
        ("consent: everything", "'everything' is not a value of 'consent'"),
        ("seed: many", "'seed' should be a whole number"),
        ("seed: -1", "'seed' should be 0 or more"),
        ("seed: 1\nseed: 2", "line 2: 'seed' is there twice"),
        ("read: 5", "'read' should hold settings"),
        ("approach: [codebook]", "'approach' should be a word"),
        ("deidentify: {recognise_names: perhaps}", "should be true or false"),
        ("a: *b", "points to another place"),
        ("x: !!python/object:os.system 1", "line 1"),
        ("tag:\n\tthreshold: 1", "line 2, column 1"),
        ("{", "line 1"),
        ("- one\n- two", "should hold settings"),
    ],
)
def test_a_wrong_value_is_refused_in_words(text, said):
    assert said in refused(text).message


def test_every_setting_is_listed_with_its_value():
    listed = dict(flat(Settings()))
    assert listed["tag.threshold"] == 0.55
    assert listed["quotes.audience"] == "internal"
