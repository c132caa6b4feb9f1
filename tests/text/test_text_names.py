import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.text.names import name_key
from kgretrieval.types import ENTITY_TYPES


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Angela Merkel", "ANGELA MERKEL", "person"),
        ("Dr. Angela Merkel", "Angela Merkel", "person"),
        ("Mr. Tim Cook's", "Tim Cook", "person"),
        ("Apple Inc.", "Apple", "organisation"),
        ("the United Nations", "United Nations", "organisation"),
        ("U.N.", "UN", "organisation"),
        ("São Paulo", "Sao Paulo", "place"),
        ("Coca-Cola", "coca cola", "organisation"),
        ("安格拉·默克尔", "安格拉默克尔".replace("拉默", "拉·默"), "person"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other, kind):
    assert name_key(one, kind) == name_key(other, kind) != ""


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Angela Merkel", "Angela Markel", "person"),
        ("AT&T", "ATT", "organisation"),
        ("Pope Francis", "Francis", "person"),
    ],
)
def test_other_names_have_other_keys(one, other, kind):
    assert name_key(one, kind) != name_key(other, kind)


@pytest.mark.parametrize("text", ["", "...", "5", "a", "'s", "--"])
def test_what_is_no_name_has_no_key(text):
    assert name_key(text, "misc") == ""


def test_one_chinese_character_is_a_name():
    assert name_key("中", "place") == "中"


@given(st.text(max_size=40), st.sampled_from(ENTITY_TYPES))
def test_a_key_is_its_own_key(text, kind):
    key = name_key(text, kind)
    assert name_key(key, "misc") in {key, name_key(key, "misc")}
    assert key == " ".join(key.split())
