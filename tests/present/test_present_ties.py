from kgretrieval.present.words import ties
from kgretrieval.types import Entity, Neighbour

NASA = Entity("e:1", "NASA", "organisation")


def test_a_neighbour_says_what_ties_it():
    assert ties(Neighbour(NASA, facts=1, co_mentions=2, articles=3)) == ("1 fact", "2 sentences", "3 articles")


def test_a_neighbour_by_tags_alone_counts_articles():
    assert ties(Neighbour(NASA, facts=0, co_mentions=0, articles=1)) == ("1 article",)
