"""Which names are alike, and why; nothing here looks at a collection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.resolution.blocks import blocks, is_short, likeness, partner
from kgretrieval.resolution.forms import surname_only
from kgretrieval.resolution.roles import age_beside, roles_beside, walks
from kgretrieval.text.names import name_key

ALIKE = [
    ("Angela Merkel", "Merkel", "surname"),
    ("Vincent van Gogh", "van Gogh", "surname"),
    ("Jim O'Brien", "O'Brien", "surname"),
    ("Volodymyr Zelensky", "Zelenskyy", "surname"),
    ("Barack Obama", "Barack Hussein Obama", "middle"),
    ("George W. Bush", "George Bush", "middle"),
    ("Bill Clinton", "William Clinton", "nickname"),
    ("Steven Gerrard", "Stephen Gerrard", "nickname"),
    ("J. K. Rowling", "Joanne Rowling", "initial"),
    ("Martin Luther King", "Martin Luther King Jr", "generation"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "sound"),
    ("Viktor Yushchenko", "Victor Yuschenko", ""),
    ("Angela Merkel", "Angela Merkle", "slip"),
    ("John Smith", "Jane Smith", ""),
    ("Mark Taylor", "Mary Taylor", ""),
    ("George W. Bush", "George H. W. Bush", "middle"),
    ("George W. Bush", "George P. Bush", ""),
    ("Sammy Davis Sr", "Sammy Davis Jr", ""),
    ("Paris Hilton", "Paris", ""),
]
THINGS = [
    ("UN", "United Nations", "plain"),
    ("WTO", "World Trade Organization", "plain"),
    ("DTI", "Department of Trade and Industry", "acronym"),
    ("Time Warner", "TimeWarner", "spaces"),
    ("Man Utd", "Manchester United", "plain"),
    ("Volkswagen", "Volkswagen Group", "ending"),
    ("Al-Qaeda", "al Qaida", "sound"),
    ("New York", "New York Times", ""),
    ("Germany", "German", ""),
    ("World War I", "World War II", ""),
    ("Bank of England", "Bank of Ireland", ""),
    ("Iraq", "Iran", ""),
]


def keys(one, other, kind):
    return name_key(one, kind), name_key(other, kind)


@pytest.mark.parametrize(("one", "other", "way"), ALIKE)
def test_people(one, other, way):
    first, second = keys(one, other, "person")
    assert likeness(first, second, "person") == likeness(second, first, "person") == way


@pytest.mark.parametrize(("one", "other", "way"), THINGS)
def test_things(one, other, way):
    first, second = keys(one, other, "organisation")
    assert likeness(first, second, "other") == likeness(second, first, "other") == way


WORDS = st.sampled_from(
    """john jon jonathan mary maria mark marc smith smyth smithe schmidt zelensky zelenskyy zelenski o brien van gogh
    bill william w j united nations un nation group fc utd man manchester al qaeda qaida bank of the england jr sr
    reserve federal fed times time warner timewarner""".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(NAMES, NAMES, st.sampled_from(["person", "other"]))
def test_what_is_alike_shares_a_block(one, other, kind):
    """Otherwise a name would find its like or not by who came first."""
    if one != other and likeness(one, other, kind):
        assert {partner(block) for block in blocks(one, kind)} & blocks(other, kind)


@given(NAMES, NAMES, st.sampled_from(["person", "other"]))
def test_likeness_has_no_direction(one, other, kind):
    if one != other:
        assert likeness(one, other, kind) == likeness(other, one, kind)


@given(NAMES)
def test_the_partner_of_a_partner_is_the_block(name):
    for kind in ("person", "other"):
        assert all(partner(partner(block)) == block for block in blocks(name, kind))


def test_short_names():
    assert surname_only("merkel")
    assert surname_only("von der leyen")
    assert not surname_only("angela merkel")
    assert is_short("un", "other")
    assert not is_short("siemens", "other")


def test_what_stands_beside_a_name():
    found = roles_beside("on Monday the prime minister ", "Tony Blair", ", a former lawyer, said")
    assert found == {"prime minister", "lawyer"}
    assert roles_beside("met ", "President Chavez", " in Caracas, the mayor said") == {"president"}
    assert walks(found) == {"politics", "law"}


@pytest.mark.parametrize(
    ("before", "behind", "age"),
    [
        ("", ", 34, from Leeds", 34),
        ("the 61-year-old plumber ", " said", 61),
        ("", " (19) won", 19),
        ("", " won 3-1", None),
    ],
)
def test_ages(before, behind, age):
    assert age_beside(before, behind) == age
