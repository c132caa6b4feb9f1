"""Names that are of the same, places in which a caption puts its picture, dates that are those of the picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.provenance.caption_days import of_the_picture
from kgretrieval.provenance.caption_places import located
from kgretrieval.provenance.caption_texts import Stated, one_matter, related, same_name, topic_words

WRITTEN = "Angela Merkel|Merkel|A. Merkel|Max Merkel|Dr. Angela MERKEL|New York|York|US Supreme Court|Supreme Court"
NAMES = st.sampled_from([*WRITTEN.split("|"), "习近平", "UN"])
KINDS = st.sampled_from(["person", "place", "organisation"])


def name(text: str, kind: str = "person") -> Stated:
    return Stated(kind, text, 0)


@given(NAMES, NAMES, KINDS, KINDS)
def test_being_of_the_same_goes_both_ways_and_is_never_unrelated(one, other, kind, second):
    a, b = name(one, kind), name(other, second)
    assert same_name(a, b) == same_name(b, a)
    assert related(a, b) or not same_name(a, b)
    assert same_name(a, a)


@pytest.mark.parametrize(
    ("one", "other", "kind", "same"),
    [
        ("Angela Merkel", "Merkel", "person", True),
        ("Angela Merkel", "A. Merkel", "person", True),
        ("Angela Merkel", "Max Merkel", "person", False),
        ("Joe Biden", "Hunter Biden", "person", False),
        ("Joe Biden", "Joe Manchin", "person", False),
        ("Supreme Court", "US Supreme Court", "organisation", True),
        ("York", "New York", "place", False),
        ("Kansas", "Arkansas", "place", False),
        ("北京", "北京大学", "place", False),
    ],
)
def test_names(one, other, kind, same):
    assert same_name(name(one, kind), name(other, kind)) == same


@pytest.mark.parametrize(
    ("text", "place", "inside"),
    [
        ("People wait in Paris.", "Paris", True),
        ("People wait in Lyon, France.", "France", True),
        ("PARIS, July 3: people wait.", "PARIS", True),
        ("Menschen warten in der Innenstadt von Köln.", "Köln", False),
        ("Menschen warten in Köln.", "Köln", True),
        ("France and Germany disagree.", "France", False),
        ("Talks about Paris go on.", "Paris", False),
    ],
)
def test_where_a_caption_puts_its_picture(text, place, inside):
    assert located(Stated("place", place, text.index(place)), text) == inside


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("A ship burns on @.", True),
        ("A ship burns, @.", True),
        ("A ship that burnt on @.", False),
        ("The mayor, who was elected on @.", False),
        ("A memorial of the @ attacks.", False),
        ("Games will open on @.", False),
        ("Since @ the road is closed.", False),
        ("@: a ship burns.", True),
    ],
)
def test_which_date_is_that_of_the_picture(text, own):
    day = "May 3, 2019"
    claim = Stated("date", day, text.index("@"), value="2019-05-03")
    assert of_the_picture(claim, text.replace("@", day), "2019-05-05") == own


def test_a_day_that_lies_ahead_and_a_whole_year_are_no_date_of_a_picture():
    assert not of_the_picture(Stated("date", "May 3, 2019", 3, value="2019-05-03"), "On May 3, 2019.", "2019-01-01")
    assert not of_the_picture(Stated("date", "2019", 3, value="2019"), "In 2019.")


def test_one_matter_is_most_of_the_words():
    stop = frozenset({"a", "the", "in"})
    words = [
        topic_words(text, (), stop)
        for text in ("A judge reads the verdict in court", "Judge in court reads verdict", "A court in the rain")
    ]
    assert one_matter(words[0], words[1])
    assert not one_matter(words[0], words[2])
    assert not one_matter({"court", "rain"}, {"court", "rain"})
    assert not one_matter(set("abcdef"), set("abcuvwxyz"))
