"""Events and products among names, and types that agree within a text."""

import pytest

from kgretrieval.extractors.tagging.abroad import refine_abroad
from kgretrieval.extractors.tagging.agreement import agree
from kgretrieval.extractors.tagging.analysis import Name, Sentence
from kgretrieval.extractors.tagging.kinds import kind_of


def kind(text, first, last, type_="misc", label="MISC", part="NNP"):
    words = text.split()
    return kind_of(words, [part] * len(words), Name(first, last, type_, 0.9, label))


@pytest.mark.parametrize(
    ("text", "first", "last", "wanted"),
    [
        ("They won the 1998 World Cup in France", 3, 6, "event"),
        ("the Battle of Verdun began", 1, 4, "event"),
        ("Hurricane Irma hit", 0, 2, "event"),
        ("since World War II ended", 1, 4, "event"),
        ("at the Super Bowl .", 2, 4, "event"),
        ("at COP26 in Glasgow", 1, 2, "event"),
        ("She read the novel Bleak House again", 4, 6, "product"),
        ('He starred in " Silent Water " last year', 4, 6, "product"),
        ("a T-72 tank", 1, 2, "product"),
        ("a new Toyota Celica for all", 2, 4, "product"),
        ("the Potter Moon films are", 1, 3, "product"),
        ("the Iraqi film opened", 1, 2, "misc"),
        ("the 21st century", 1, 2, "misc"),
        ("the FTSE-100 fell", 1, 2, "misc"),
        ("the Orange Prize went", 1, 3, "misc"),
        ("many Republicans said", 1, 2, "misc"),
    ],
)
def test_events_and_products_among_other_names(text, first, last, wanted):
    assert kind(text, first, last) == wanted


def test_other_types_change_only_where_the_last_word_says_so():
    assert kind("the Boston Marathon started", 1, 3, "organisation", "ORG") == "event"
    assert kind("the Berlin Conference Centre", 1, 4, "organisation", "ORG") == "organisation"
    assert kind("Mr Cup spoke", 1, 2, "person", "PER") == "person"


def sentence(text, *names):
    words = tuple(text.split())
    return Sentence(words, tuple((i, i) for i in range(len(words))), names=names)


def test_an_unsure_name_takes_the_type_it_surely_has_elsewhere():
    sure = sentence("Nokia fell", Name(0, 1, "organisation", 0.99, "ORG"))
    unsure = sentence("and Nokia rose", Name(1, 2, "person", 0.6, "PER"))
    found = agree([unsure, sure])
    assert found[0].names == (Name(1, 2, "organisation", 0.6, "ORG"),)
    assert found[1] == sure


def test_a_last_name_alone_is_the_person_met_in_full():
    full = sentence("Ann Paris met him", Name(0, 2, "person", 0.98, "PER"))
    short = sentence("Paris laughed", Name(0, 1, "place", 0.5, "LOC"))
    assert agree([full, short])[1].names[0].type == "person"


def test_a_sure_name_keeps_its_type():
    full = sentence("Ann Paris met him", Name(0, 2, "person", 0.98, "PER"))
    city = sentence("in Paris", Name(1, 2, "place", 0.9, "LOC"))
    assert agree([full, city]) == (full, city)


@pytest.mark.parametrize(
    ("text", "first", "last", "label", "language", "wanted"),
    [
        ("bei der Fußball-Weltmeisterschaft 2006 in", 2, 4, "OTH", "de", "event"),
        ("im Zweiten Weltkrieg fiel", 1, 3, "OTH", "de", "event"),
        ('der Film " Stilles Wasser " lief', 3, 5, "OTH", "de", "product"),
        ("die deutsche Mannschaft", 1, 2, "LOCderiv", "de", "misc"),
        ("das Grundgesetz gilt", 1, 2, "OTH", "de", "misc"),
        ("南 非 世 界 杯 开 幕", 0, 5, "organization", "zh", "event"),
    ],
)
def test_events_and_products_in_german_and_chinese(text, first, last, label, language, wanted):
    [found] = refine_abroad(text.split(), [Name(first, last, "misc", 0.9, label)], language)
    assert (found.type, found.label) == (wanted, label)
