"""Wording, short ids and cut sentences."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kgretrieval.present.excerpts import pieces
from kgretrieval.present.ids import short_ids
from kgretrieval.present.words import cells, clean, count, seconds, shorten, size, squeeze
from kgretrieval.types import Snippet

IDS = st.lists(st.text("0f", min_size=7, max_size=12).map("a:".__add__), max_size=30)


@given(IDS)
def test_a_short_id_begins_exactly_one_of_the_ids_shown(ids):
    short = short_ids(ids)
    assert set(short) == set(ids)
    for own, shown in short.items():
        longer = {other for other in ids if other.startswith(shown)}
        assert own.startswith(shown)
        assert longer == {own} or shown == own


def test_six_digits_suffice_where_they_tell_ids_apart():
    assert short_ids(["a:3f9c21d0", "p:3f9c21d0"]) == {"a:3f9c21d0": "a:3f9c21", "p:3f9c21d0": "p:3f9c21"}


@given(st.text())
def test_clean_text_keeps_offsets_and_can_be_written(text):
    shown = clean(text)
    assert len(shown) == len(text)
    assert shown.encode() is not None
    assert "\n" not in shown
    assert "\x1b" not in shown


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=5))
def test_pieces_of_a_short_sentence_are_the_sentence(text, marks):
    found = pieces(Snippet(text, "text", tuple(marks)), most=80)
    assert "".join(piece for piece, _ in found) == clean(text)
    marked = {i for start, end in marks for i in range(max(start, 0), min(end, len(text)))}
    assert sum(len(piece) for piece, matched in found if matched) == len(marked)


@given(st.integers(0, 959), st.integers(1, 40), st.integers(50, 200))
@example(959, 40, 200)
def test_a_long_sentence_is_cut_around_its_match(start, length, most):
    text = "".join(chr(0x4E00 + i) for i in range(1000))
    found = pieces(Snippet(text, "text", ((start, start + length),)), most=most)
    shown = "".join(piece for piece, _ in found).replace("…", "")
    assert len(shown) == most
    assert shown in text
    assert any(matched and piece[0] == text[start] for piece, matched in found)


def test_wide_characters_take_two_columns():
    assert cells("新闻") == 4
    assert cells("e\u0301") == 1
    assert shorten("新闻新闻", 5) == "新闻…"


@given(st.text(max_size=40), st.integers(1, 30))
def test_a_shortened_text_fits(text, most):
    assert cells(shorten(squeeze(text), most)) <= most


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.012, "12 ms"), (3.44, "3.4 s"), (125, "2 min 5 s"), (3600, "1 h 0 min"), (90000, "25 h 0 min")],
)
def test_durations_read_as_a_person_would_say_them(value, said):
    assert seconds(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (123_456_789, "123 MB"), (2e12, "2.0 TB")]
)
def test_sizes_keep_a_short_unit(value, said):
    assert size(value) == said


def test_counts_agree_with_their_noun():
    assert [count(n, "entity", "entities") for n in (0, 1, 1234)] == ["0 entities", "1 entity", "1,234 entities"]
