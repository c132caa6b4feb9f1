"""How `mini` reads a text: words of three languages, compounds, spellings, and what is only spelled."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.encoders._words import CHARACTER, Tokens, runs

ENGLISH = ["the", "die", "house", "film", "hard", "wand"]
GERMAN = ["der", "die", "haus", "feuer", "feuerwehr", "wehr", "leute", "lage", "münchen", "strasse", "bahn", "schule"]
GERMAN += ["gebäude", "kinder", "löschen", "fahrzeug", "gesundheit", "ministerin", "wand", "brennen", "gross"]
HAN = ["的", "中", "国", "中国", "国人", "人", "消防员", "消", "防", "员"]
WORDS = ENGLISH + GERMAN + HAN
LEANS = {"the": -100, "house": -90, "hard": -80, "die": 90, "film": 0, "wand": 20, "gross": 60}


@cache
def tokens():
    first = len(ENGLISH)
    leans = [LEANS.get(word, 100 if at >= first else 0) for at, word in enumerate(ENGLISH + GERMAN)] + [0] * len(HAN)
    return Tokens(WORDS, 50, german=(first, first + len(GERMAN)), leans=leans, simple="國国員员")


def read(text):
    """The words whose rows a text gets, ``de:`` before the German row of a form with two."""
    first = len(ENGLISH)
    return [("de:" if row >= first and WORDS[row] in ENGLISH else "") + WORDS[row] for row in tokens().rows(text)[0]]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Feuerwehr", ["feuerwehr"]),
        ("Feuerwehrleute", ["feuerwehr", "leute"]),
        ("Feuerwehrfahrzeug", ["feuerwehr", "fahrzeug"]),
        ("Gesundheitsministerin", ["gesundheit", "ministerin"]),
        ("Schulkinder", ["schule", "kinder"]),
        ("Löschfahrzeug", ["löschen", "fahrzeug"]),
        ("Straßenbahn", ["strasse", "bahn"]),
        ("Strassenbahnlage", ["strasse", "bahn", "lage"]),
        ("Muenchen", ["münchen"]),
        ("Feuerwehrgebaeude", ["feuerwehr", "gebäude"]),
        ("Loeschfahrzeuge", ["löschen", "fahrzeug"]),
        ("großes", ["gross"]),
        ("brennendes", ["brennen"]),
        ("Filmleute", ["film", "leute"]),
    ],
)
def test_german_words_without_a_row_are_read_by_their_parts(word, parts):
    assert read(word) == parts


def test_words_nearby_decide_what_a_form_of_two_languages_means():
    assert read("der Film die Wand") == ["der", "film", "de:die", "de:wand"]
    assert read("the house wand") == ["the", "house", "wand"]


def test_a_word_in_an_english_text_is_never_split():
    rows, shares = tokens().rows("the house Feuerwehrleute hard")
    assert [WORDS[r] for r in rows if r < len(WORDS)] == ["the", "house", "hard"]
    assert sum(shares) == pytest.approx(4)


def test_chinese_is_cut_into_its_likeliest_words_and_their_characters():
    rows, shares = tokens().rows("中国的消防员")
    assert [WORDS[r] for r in rows] == ["中国", "中", "国", "的", "消防员", "消", "防", "员"]
    assert shares == [1, CHARACTER, CHARACTER, 1, 1, CHARACTER, CHARACTER, CHARACTER]


def test_traditional_characters_mean_what_the_simplified_do():
    assert tokens().rows("中國的消防員") == tokens().rows("中国的消防员")


def test_an_unknown_word_weighs_as_much_as_a_known_one():
    rows, shares = tokens().rows("Zxqwvk")
    assert min(rows) >= len(WORDS)
    assert sum(shares) == pytest.approx(1)


def test_a_spelling_is_no_meaning():
    assert tokens().knows("Feuerwehrleute")
    assert tokens().knows("消防员")
    assert not tokens().knows("Zxqwvk")
    assert not tokens().knows("")


@given(st.text(max_size=80))
def test_any_text_gives_rows_of_the_table_and_as_many_shares(text):
    rows, shares = tokens().rows(text)
    assert len(rows) == len(shares)
    assert all(0 <= row < len(WORDS) + 50 for row in rows)
    assert all(0 < share <= 1 for share in shares)


@given(st.text(st.sampled_from("中国的人消防员國狗猫"), min_size=1, max_size=40))
def test_cut_loses_no_character(text):
    (run, han), *rest = list(runs(text))
    assert han
    assert not rest
    assert "".join(tokens().cut(run)) == text.replace("國", "国")
