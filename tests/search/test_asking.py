"""How a question is understood: names linked and corrected, persons for names, phrases, what is left out."""

import pytest
from search_kit import article_id, entity_id, picture_id

from kgretrieval.errors import UsageError
from kgretrieval.search.parse import parse
from kgretrieval.types import Linked


def ids(answer):
    return {hit.id for hit in answer.hits}


def linked(news, query):
    return [(one.text, one.name, one.how) for one in news.search(query).understood.names]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Angela Merkel in Paris", [("Angela Merkel", "Angela Merkel", "exact"), ("Paris", "Paris", "exact")]),
        ("Angela Merkl in Paris", [("Angela Merkl", "Angela Merkel", "fuzzy"), ("Paris", "Paris", "exact")]),
        ("Emanuel Macron", [("Emanuel Macron", "Emmanuel Macron", "fuzzy")]),
        ("Reutres report", [("Reutres", "Reuters", "fuzzy")]),
        ("rain in spring", []),
        ("walkers at the coast", []),
    ],
)
def test_names_are_linked_and_their_spelling_is_corrected(news, query, names):
    assert linked(news, query) == names


def test_what_is_found_for_a_slip_is_what_is_found_for_the_name(news):
    slip, right = news.search("Emmanuel Macrom in Paris", k=5), news.search("Emmanuel Macron in Paris", k=5)
    assert [hit.id for hit in slip.hits] == [hit.id for hit in right.hits]
    assert slip.understood.names[0] == Linked(
        "Emmanuel Macrom", entity_id("Emmanuel Macron"), "Emmanuel Macron", "fuzzy"
    )


@pytest.mark.parametrize("query", ["Merkel", "Pariser", "Balin", "北京学大"])
def test_what_may_be_another_word_stays_as_it_is(news, query):
    assert all(how != "fuzzy" for _, _, how in linked(news, query))


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("Angela Merkel at a podium", "a person at a podium"),
        ("Angela Merkel and Emmanuel Macron shake hands", "a person and a person shake hands"),
        ("ein Auto mit Angela Merkel", "ein Auto mit eine Person"),
        ("Angela Merkel", ""),
        ("rain in Paris", ""),
    ],
)
def test_the_picture_model_is_asked_for_persons_not_for_names(news, query, seen):
    assert news.search(query).understood.looks_like == seen


def test_pronouns_say_what_a_person_looks_like(tmp_path):
    from kgretrieval import Article, create

    with create(tmp_path / "news") as collection:
        collection.add(Article(key="1", title="A talk", text="Angela Merkel spoke. She said that she is glad."))
        answer = collection.search("Angela Merkel at a podium")
    assert answer.understood.looks_like == "a woman at a podium"


def test_a_phrase_must_occur_as_it_stands(news):
    assert ids(news.search('"apple pie"', kind="article")) == {article_id("pie")}
    assert ids(news.search('"river rose"', kind="article", min_score=0)) == {article_id("flood")}
    assert not ids(news.search('"rose river"', min_score=0))


def test_a_picture_holds_the_phrases_of_its_articles(news):
    shown = ids(news.search('"flooded houses"', kind="picture", min_score=0))
    assert shown == {picture_id("a boat in a flooded street"), picture_id("firefighters carry sandbags")}


def test_a_phrase_that_nothing_holds_is_said(news):
    assert any('"seven dwarfs"' in note for note in news.search('"seven dwarfs"').notes)


@pytest.mark.parametrize("ask", [{"query": "apple -pie"}, {"query": "apple", "exclude": ["pie"]}])
def test_what_is_left_out_is_in_no_ranking(news, ask):
    answer = news.search(**ask, min_score=0, k=50)
    assert article_id("pie") not in ids(answer)
    assert article_id("apple") in ids(answer)
    assert answer.understood.excluded == ("pie",)


def test_pictures_are_left_out_by_captions_and_titles(news):
    everything = ids(news.search("water", kind="picture", min_score=0, k=50))
    assert {picture_id("firefighters carry sandbags"), picture_id("a boat in a flooded street")} <= everything
    assert picture_id("firefighters carry sandbags") not in ids(news.search("water -sandbags", min_score=0, k=50))
    without = ids(news.search('water -"old town"', kind="picture", min_score=0, k=50))
    assert picture_id("a boat in a flooded street") not in without
    # Firefighters are in the text of the article alone, which does not say that its picture shows them.
    assert picture_id("a boat in a flooded street") in ids(news.search("water -firefighters", min_score=0, k=50))


def test_a_query_that_only_leaves_out_is_refused(news):
    with pytest.raises(UsageError, match="but for what it leaves out"):
        news.search("-flood")


def test_a_weight_moves_what_it_weighs_up(news):
    def rank(query):
        found = [hit.id for hit in news.search(query, kind="article", k=20, min_score=0).hits]
        return found.index(article_id("pie"))

    assert rank("river town apple^10 pie^10") < rank("river town apple^0.1 pie^0.1")


def test_the_beginning_of_a_word_finds_the_words(news):
    assert article_id("flood") in ids(news.search("firefi*", kind="article"))
    assert any("no word begins with 'zzzq'" in note for note in news.search("zzzq*").notes)


def test_headlines_are_ranked_as_they_stand(news):
    (ranked,) = news.rank_many(['River -floods "the old town" of a city'], kind="article")
    assert ranked[0][0] == article_id("flood")


def test_ranking_without_the_graph_looks_up_no_names(news):
    for graph in (True, False):
        (ranked,) = news.rank_many(["Angela Merkel"], kind="article", graph=graph)
        assert any(found.ranking == "names" for _, one in ranked for found in one.found_by) == graph


def test_a_question_is_understood_the_same_alone_and_among_others(news, news_store):
    queries = ["Angela Merkel at a podium", '"apple pie" -fruit', "flood^3 town", "firefi*"]
    for query, many in zip(queries, news.search_many(queries), strict=True):
        assert many.understood == news.search(query).understood


@pytest.mark.parametrize(("query", "kind"), [("philharmonic", "names"), ("walkers", "words"), ("rain", "words")])
def test_a_word_that_is_written_as_part_of_names_is_looked_up_as_one(news, query, kind):
    with news._store.reading():
        found = news._asker.asked(news._current(), parse(query))
    assert (found.names, found.type) == ([], kind)
