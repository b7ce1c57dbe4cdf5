from __future__ import annotations

import ftfy.bad_codecs  # noqa: F401 (registers sloppy-windows-1252)
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import reading, said

from feedback.errors import FeedbackError
from feedback.readers.encodings import decode, decode_in_pieces
from feedback.readers.mojibake import repaired

TALK = "I: Why did you leave us?\nP: It cost me £20 a day – “too much”, café and all. I don’t know…\n" * 3
# Sentences that are right, with the letters that look most like spoiled ones.
RIGHT = {
    "French": "L’ÂGE, l’été, où ça ? « À la côte d’Ivoire », forêt, naïve, Noël — GARÇON",
    "Polish": "Zażółć gęślą jaźń. Łódź, ŻÓŁĆ, Świętosława",
    "Portuguese": "São João, ação, AÇÃO, coração, à noite, LIÇÕES — ªº",
    "Romanian": "Âncă, România, ÎNTÂI, știință, Ţară",
    "German": "Größe, Straße, ÄÖÜ, „Übermut“, Müßiggang",
    "Spanish": "¿Qué? ¡Señor Núñez! EL NIÑO — «sí»",
    "Swedish": "Måns Ångström, Åre, ÄNGEL, fjäll",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy",
    "Turkish": "Çağrı, İstanbul, ığdır, ŞÜKRÜ, Âdem",
    "Welsh": "Tŷ, dŵr, gêm, iâr, PÂR, sgôr, naïf",
    "Irish": "Seán Ó Súilleabháin, Éire, BÁISTEACH",
    "Vietnamese": "Nguyễn Thị Ánh, ĂN UỐNG, Đà Nẵng, ÃN",
    "Icelandic": "Þórður, Æðey, ÐÝRT, Sigríður",
    "Hungarian": "Árvíztűrő tükörfúrógép, ŐSZ",
    "Dutch": "Coördinatie, reünie, ’s-Gravenhage, IJ, café’s",
    "Greek": "Γιατί έφυγες; Για τα χρήματα.",
    "Russian": "Почему вы ушли? Всё было тяжело.",
}


@pytest.mark.parametrize("language", RIGHT)
def test_text_that_is_right_is_never_repaired(language: str) -> None:
    text = RIGHT[language]
    for form in (text, text.upper(), text.lower(), f"“{text}”", text.replace(" ", "\u00a0")):
        assert repaired(form) == (form, [])
        assert decode(form.encode(), "a.txt") == (form, [])


@pytest.mark.parametrize("language", [name for name in RIGHT if name not in {"Greek", "Russian"}])
@pytest.mark.parametrize("spoiled", ["sloppy-windows-1252", "latin-1"])
def test_spoiled_text_is_repaired_in_every_language(language: str, spoiled: str) -> None:
    text = RIGHT[language]
    wrong = text.encode().decode(spoiled)
    found, notes = repaired(wrong)
    # ftfy leaves a run that it is not sure of; it never makes it worse.
    right = sum(a == b for a, b in zip(found.split(), text.split(), strict=False))
    assert notes and right >= 0.7 * len(text.split())


def test_each_repair_is_told_with_its_place_and_nothing_else_changes() -> None:
    text = "Right: it’s ‘fine’ — ﬁne & &amp;.\nWrong: itâ€™s spoilt.\nÂ£20 and Â£30\n"
    document, dropped = reading(text)
    assert document.text == "Right: it’s ‘fine’ — ﬁne & &amp;.\nWrong: it’s spoilt.\n£20 and £30\n"
    assert sorted(drop.reason for drop in dropped) == [
        "wrong letters repaired (mojibake): 'Â' to '', 2 places (line 3)",
        "wrong letters repaired (mojibake): 'â€™' to '’', 1 place (line 2)",
    ]


def test_text_that_was_spoiled_twice_is_repaired() -> None:
    twice = "don’t".encode().decode("cp1252").encode().decode("cp1252")
    assert repaired(f"I {twice} know")[0] == "I don’t know"


@given(st.text(st.characters(max_codepoint=0x17F, exclude_categories=["Cc"]), max_size=60))
def test_what_is_repaired_is_told_and_nothing_is_told_otherwise(text: str) -> None:
    found, notes = repaired(text)
    assert (found != text) == bool(notes)
    assert found.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_an_encoding_changes_neither_words_nor_notes(encoding: str) -> None:
    assert decode(TALK.encode(encoding), "a.txt") == (TALK, [])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Чому ви пішли?\nЧерез гроші.\n", "لماذا غادرت العمل؟\nبسبب الراتب.\n"])
def test_utf16_without_a_mark_is_known_in_other_alphabets(encoding: str, text: str) -> None:
    assert decode((text * 4).encode(encoding), "a.txt") == (text * 4, [])


def test_a_single_high_byte_is_read_as_windows_1252() -> None:
    assert decode(b"They paid \xa35 less a day, for years.\n", "a.txt") == (
        "They paid £5 less a day, for years.\n",
        [],
    )


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("I don’t know, she couldn’t, it’s a “café”.\n" * 2, "mac_roman", "Mac Roman"),
        ("Życie było ciężkie, złoty tani, książka żółta.\n" * 2, "cp1250", "Central European"),
        ("Życie było ciężkie, złoty tani, książka żółta.\n" * 2, "iso8859_2", "Central European"),
        ("Почему вы ушли с этой работы сейчас?\n" * 2, "cp1251", "Cyrillic or Greek"),
    ],
)
def test_other_encodings_are_warned_of_and_never_decide(text: str, encoding: str, name: str) -> None:
    found, (note,) = decode(text.encode(encoding), "a.txt")
    assert found == text.encode(encoding).decode("cp1252")
    assert name in note.reason and "save the file as UTF-8" in note.reason


@pytest.mark.parametrize(
    "language", ["French", "German", "Spanish", "Swedish", "Irish", "Icelandic", "Dutch"]
)
def test_western_languages_in_windows_1252_are_not_warned_of(language: str) -> None:
    text = (RIGHT[language] + "\n") * 5
    assert decode(text.encode("cp1252"), "a.txt") == (text, [])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\nd", "a\nb\nc\nd"),
        (b"a\r\r\nb\r\r\nc", "a\nb\nc"),
        ("a\u2028b\u2029c\x0bd\x0ce".encode(), "a\nb\nc\nd\ne"),
        ("a\x85b\x85c".encode(), "a\nb\nc"),
        ("and then\x85 nothing\nb".encode(), "and then… nothing\nb"),
    ],
)
def test_every_line_end_is_one_line_end(data: bytes, text: str) -> None:
    assert decode(data, "a.txt")[0] == text


def test_labels_survive_marks_that_nobody_sees() -> None:
    document, _ = reading("\u200bI:\u00a0Why?\n\u200eP: Pay.\n\u200bI: And?\nP\u200b: Hours.\n")
    assert said(document) == [("I", "Why?"), ("P", "Pay."), ("I", "And?"), ("P", "Hours.")]


def test_a_file_of_mojibake_is_read_with_its_right_labels() -> None:
    text = "Zoë: Why?\nSeán: Pay, £5.\nZoë: And?\nSeán: It’s the hours.\n"
    document, _ = reading(text.encode().decode("cp1252"))
    assert document.text == text
    assert [turn.speaker for turn in document.turns] == ["Zoë", "Seán", "Zoë", "Seán"]


def test_old_line_ends_and_utf16_make_no_difference_to_turns() -> None:
    text = "Ann: Why?\nBen: Pay.\nAnn: And?\nBen: Hours.\n"
    want = said(reading(text)[0])
    assert said(reading(text.replace("\n", "\r"))[0]) == want
    assert said(reading(text.replace("\n", "\r\n").encode("utf-16-le"))[0]) == want
    assert said(reading("\ufeff" + text.replace("\n", "\r\n"))[0]) == want


def test_bytes_of_no_text_are_refused() -> None:
    with pytest.raises(FeedbackError, match="not a text file"):
        decode(bytes(range(1, 32)) * 50, "a.txt")


@given(
    lines=st.lists(
        st.sampled_from(["plain", "donâ€™t", "wide \U0001f44d", "caf\u00e9\x07", "a\x85b", "x\ry", "\u2028"]),
        min_size=1,
    ),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    stray=st.sampled_from([b"", b"\xff", b"\xe2\x82"]),
)
def test_a_long_file_in_pieces_is_the_same_text_with_the_same_notes(lines, end, mark, stray):
    data = mark + end.join(["words " * 400, *lines]).encode() + stray
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("feedback.readers.encodings._PIECE", 6)
        pieces, notes = decode_in_pieces(data, "a.csv")
    assert ("".join(pieces), notes) == decode(data, "a.csv")
