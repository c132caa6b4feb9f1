"""From a name to a card: who is meant, what stands around it."""

import pytest
from hand_made import PEOPLE, article, article_id, empty_store, entity_id, picture_id

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.graph.names import find_entities
from kgretrieval.graph.neighbours import entity_card, neighbours, resolve_node
from kgretrieval.store.write import commit

MERKEL, MACRON = entity_id("Angela Merkel"), entity_id("Emmanuel Macron")
NAMESAKES = {
    "Angela Merkel": "person",
    "Merkel GmbH": "organisation",
    "Max Merkel": "person",
    "Merkelbach": "place",
    "Müller": "person",
    "Großbach": "place",
}


@pytest.fixture
def namesakes(tmp_path):
    store = empty_store(tmp_path / "names")
    text = "Merkel GmbH here. Max Merkel there. Max Merkel again. Merkelbach. Müller in Großbach."
    commit(store, [article("one", "Angela Merkel", text, types=NAMESAKES)])
    yield store
    store.close()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Angela Merkel", "Angela Merkel"),
        ("  angela MERKEL ", "Angela Merkel"),
        ("muller", "Müller"),
        ("GROSSBACH", "Großbach"),
        ("merkelb", "Merkelbach"),
        ("gmbh", "Merkel GmbH"),
        ("merkel angela", "Angela Merkel"),
    ],
)
def test_a_name_is_found_as_people_type_it(namesakes, typed, name):
    assert find_entities(namesakes, typed)[0].name == name


def test_part_of_a_chinese_name_is_enough(news):
    assert find_entities(news, "北京")[0].name == "北京大学"


def test_an_ambiguous_name_gives_the_most_mentioned_and_the_others(namesakes):
    card = entity_card(namesakes, "Merkel")
    assert card.entity.name == "Max Merkel"
    assert {e.name for e in card.others} == {"Angela Merkel", "Merkel GmbH"}


def test_a_misspelt_name_gets_suggestions(namesakes):
    with pytest.raises(NotFoundError, match=r"no entity is called 'Angela Merkle'; did you mean Angela Merkel"):
        entity_card(namesakes, "Angela Merkle")


def test_a_beginning_that_fits_several_is_no_answer(namesakes):
    with pytest.raises(NotFoundError, match="did you mean"):
        find_entities(namesakes, "Merk")


def test_a_name_like_no_other_gets_no_suggestion(news):
    with pytest.raises(NotFoundError) as caught:
        find_entities(news, "Qqqq Zzzz")
    assert "did you mean" not in str(caught.value)


def test_an_id_is_taken_as_one(news):
    assert entity_card(news, MERKEL).entity.id == entity_card(news, MERKEL[:8]).entity.id == MERKEL
    with pytest.raises(UsageError, match="article"):
        entity_card(news, article_id("works"))
    with pytest.raises(UsageError, match="empty"):
        entity_card(news, " ")


def test_a_node_may_be_a_document_or_a_name(news):
    assert resolve_node(news, "Olaf Scholz") == entity_id("Olaf Scholz")
    assert resolve_node(news, article_id("works")[:9]) == article_id("works")


def test_neighbours_count_facts_sentences_and_articles(news):
    found = {n.entity.id: (n.facts, n.co_mentions, n.articles) for n in neighbours(news, MERKEL)}
    assert found[MACRON] == (1, 3, 2)
    assert found[entity_id("Paris")] == (0, 1, 1)
    assert found[entity_id("Reuters")] == (0, 0, 2)
    assert MERKEL not in found
    assert neighbours(news, MERKEL)[0].entity.id == MACRON


def test_entities_that_are_only_tags_have_neighbours_too(news):
    found = {n.entity.name: n.articles for n in neighbours(news, entity_id("Ursula von der Leyen"))}
    assert found == {"Siemens": 1, "Berlin": 1, "Olaf Scholz": 1, "Reuters": 1}


def test_who_stands_everywhere_is_nobodys_particular_neighbour(tmp_path):
    store = empty_store(tmp_path / "hub")
    pair = [article(str(i), "Angela Merkel told Reuters of Siemens") for i in range(2)]
    rest = [article(f"n{i}", "Reuters wrote. Reuters again.") for i in range(20)]
    commit(store, [*pair, *rest])
    assert [n.entity.name for n in neighbours(store, MERKEL)] == ["Siemens", "Reuters"]
    store.close()


def test_limits_hold(news):
    assert len(neighbours(news, MERKEL, limit=1)) == 1
    card = entity_card(news, "Reuters", limit=2)
    assert (len(card.articles), len(card.pictures)) == (2, 2)
    assert neighbours(news, "e:000000000000") == ()


def test_articles_come_by_mentions_then_newest(news):
    card = entity_card(news, "Reuters")
    assert [h.id for h in card.articles] == [article_id(k) for k in ("works", "summit", "return")]
    berlin = entity_card(news, "Berlin").articles
    assert [(h.rank, h.id, h.score) for h in berlin] == [(1, article_id("return"), 2.0), (2, article_id("works"), 1.0)]


def test_a_hit_quotes_the_sentence_and_marks_the_name(news):
    for hit in (*entity_card(news, "Angela Merkel").articles, *entity_card(news, "Angela Merkel").pictures):
        assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["Angela Merkel"]


def test_a_picture_with_the_name_in_its_caption_comes_first(news):
    pictures = entity_card(news, "Angela Merkel").pictures
    assert [h.id for h in pictures] == [picture_id("handshake"), picture_id("crowd")]
    assert pictures[0].snippet.field == "caption"
    assert pictures[0].articles == (article_id("summit"),)


def test_a_mere_tag_gives_a_hit_without_a_snippet(news):
    (hit,) = entity_card(news, "Ursula von der Leyen").articles
    assert (hit.id, hit.snippet) == (article_id("works"), None)


def test_a_card_has_the_facts(news):
    (fact,) = entity_card(news, "macron").facts
    assert (fact.subject, fact.predicate, fact.object) == ("Angela Merkel", "visited", "Emmanuel Macron")


def test_every_name_finds_its_own_entity(news):
    for name in PEOPLE:
        assert name in {e.name for e in find_entities(news, name)}
