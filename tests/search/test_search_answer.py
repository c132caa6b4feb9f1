"""Answers as a user sees them: what is found, why, with which sentence, and what is said when nothing is."""

import subprocess
import sys
import threading
from dataclasses import replace

import pytest
import search_kit
from PIL import Image
from search_kit import ANALYSER, article_id, entity_id, picture_id

from kgretrieval.errors import ModelError, NotFoundError, PictureError, UsageError
from kgretrieval.search.answer import Searcher
from kgretrieval.search.names import named_in


def ids(answer):
    return [hit.id for hit in answer.hits]


def by(hit):
    return {found.ranking: found for found in hit.found_by}


class Looks:
    """The real encoder, whose eye knows what a test says that a picture shows."""

    def __init__(self, shows):
        self._mini, self._shows = search_kit.mini(), shows
        self.name, self.weights_hash, self.spaces = "mini", self._mini.weights_hash, self._mini.spaces
        self.picture_size, self.encode_texts = self._mini.picture_size, self._mini.encode_texts

    def encode_pictures(self, pictures):
        return self._mini.encode_texts([self._shows] * len(pictures))


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.png"
    Image.new("RGB", (60, 40), (30, 90, 160)).save(path)
    return path


def looking(store, shows):
    return Searcher(store, lambda: Looks(shows), ANALYSER)


def test_words_find_articles_and_their_pictures(news):
    answer = news.search("flooded houses")
    assert article_id("flood") in ids(answer)[:4]
    shares = by(next(h for h in answer.hits if h.id == picture_id("a boat in a flooded street")))
    assert {"looks_like", "article_words"} <= set(shares)
    assert "words" not in shares


def test_captions_are_words_of_pictures(news):
    (hit,) = news.search("sandbags", kind="picture", k=1).hits
    assert hit.id == picture_id("firefighters carry sandbags")
    assert {"words", "reads_like", "looks_like"} <= set(by(hit))


def test_pixels_are_found_by_words_alone(news):
    hit = news.search("dog", kind="picture", k=1).hits[0]
    assert hit.id == picture_id("a dog on the beach")
    assert set(by(hit)) == {"looks_like"}


def test_meaning_finds_what_shares_no_word(news):
    hit = news.search("firemen rescue inhabitants", kind="article", k=1).hits[0]
    assert hit.id == article_id("flood")
    assert set(by(hit)) == {"reads_like"}


def test_every_language_is_found(news):
    assert ids(news.search("überschwemmtes Dorf", kind="picture", k=1)) == [picture_id("a flooded village")]
    assert ids(news.search("北京大学", kind="article", k=1)) == [article_id("beida")]


def test_a_hit_says_everything_a_reader_needs(news):
    hit = news.search("Merkel podium", kind="picture", k=1).hits[0]
    assert (hit.rank, hit.kind, hit.title) == (1, "picture", "Angela Merkel at the podium")
    assert (hit.date, hit.source, hit.articles) == ("2019-05-03T18:30", "Reuters", (article_id("merkel"),))
    article = news.search("Merkel Macron", kind="article", k=1).hits[0]
    assert article.pictures == (picture_id("a woman at a podium"),)


@pytest.mark.parametrize("query", ["flood houses", "Angela Merkel", "apple pie"])
def test_scores_are_the_sums_of_what_is_shown(news, query):
    for hit in news.search(query, k=30).hits:
        assert hit.score == sum(found.share for found in hit.found_by) == sum(f.share for f in hit.found_by[::-1])


def test_fewer_hits_are_the_beginning_of_more(news):
    many = news.search("flood in Berlin", k=12)
    assert news.search("flood in Berlin", k=3).hits == many.hits[:3]
    assert [h for h in many.hits if h.kind == "article"][:2] == [
        replace(h, rank=next(m.rank for m in many.hits if m.id == h.id))
        for h in news.search("flood in Berlin", k=2, kind="article").hits
    ]


def test_the_same_question_has_the_same_answer(news, news_store):
    first = news.search("Apple Berlin", k=20)
    again = search_kit.searcher(news_store).search("Apple Berlin", k=20)
    assert replace(first, seconds=0.0) == replace(again, seconds=0.0)


def test_many_questions_are_answered_as_one_by_one(news):
    queries = ["flood", "Angela Merkel in Paris", "dog", "北京大学", "zzzz"]
    for many, query in zip(news.search_many(queries, k=5), queries, strict=True):
        one = news.search(query, k=5)
        # A batch is rounded differently in the last digit of a ranking's own score.
        assert [(h.id, h.score, h.snippet) for h in many.hits] == [(h.id, h.score, h.snippet) for h in one.hits]
        assert (many.query, many.entities, many.facts, many.notes) == (query, one.entities, one.facts, one.notes)
    assert list(news.search_many([])) == []


def test_entities_of_the_query_come_first(news):
    answer = news.search("Apple in Berlin")
    assert [e.name for e in answer.entities[:2]] == ["Apple", "Berlin"]
    assert len(answer.entities) <= 6


def test_the_agency_under_every_article_does_not_win(news):
    answer = news.search("evening of music", kind="article", k=1)
    names = [e.name for e in answer.entities]
    assert names.index("Berlin Philharmonic") < names.index("Reuters")


def test_facts_come_with_their_sentence(news):
    fact = news.search("Merkel and Macron").facts[0]
    assert (fact.subject, fact.predicate, fact.object) == ("Angela Merkel", "met", "Emmanuel Macron")
    assert fact.evidence[0].sentence == "Angela Merkel met Emmanuel Macron on Friday."


def test_facts_of_what_was_asked_come_before_others(news):
    facts = news.search("Apple office", kind="article").facts
    assert (facts[0].subject_id, facts[0].object_id) == (entity_id("Apple"), entity_id("Berlin"))


def test_a_picture_finds_pictures_and_articles(news_store, photo):
    answer = looking(news_store, "a woman at a podium").search(image=photo)
    assert answer.image == str(photo)
    picture = next(h for h in answer.hits if h.kind == "picture")
    article = next(h for h in answer.hits if h.kind == "article")
    assert (picture.id, article.id) == (picture_id("a woman at a podium"), article_id("merkel"))
    assert (by(picture)["looks_like_image"].rank, by(article)["its_picture_looks_like_image"].rank) == (1, 1)
    # All pictures here have one hash: among equals the more alike comes first.
    assert by(picture)["same_image"].rank == 1
    assert picture.score == sum(found.share for found in picture.found_by)


def test_a_filter_of_articles_does_not_hide_how_their_pictures_look(news_store, photo):
    answer = looking(news_store, "a flooded village").search(image=photo, kind="article", language="de")
    assert by(answer.hits[0])["its_picture_looks_like_image"].rank == 1


def test_words_and_a_picture_together(news_store, photo):
    answer = looking(news_store, "a dog on the beach").search("flood", image=Image.open(photo), kind="picture", k=9)
    rankings = {name for hit in answer.hits for name in by(hit)}
    assert {"looks_like", "looks_like_image", "words" if "words" in rankings else "article_words"} <= rankings
    assert by(next(h for h in answer.hits if h.id == picture_id("a dog on the beach")))["looks_like_image"].rank == 1


def test_nothing_to_search_for(news):
    with pytest.raises(UsageError, match="query is empty"):
        news.search('  "" ')
    with pytest.raises(UsageError, match="query 2 is empty"):
        news.search_many(["flood", " "])


def test_pictures_that_are_none(news, tmp_path):
    with pytest.raises(NotFoundError, match="nowhere"):
        news.search(image=tmp_path / "nowhere.jpg")
    (tmp_path / "text.jpg").write_text("no picture")
    with pytest.raises(PictureError, match=r"text\.jpg"):
        news.search(image=tmp_path / "text.jpg")


def test_other_weights_are_refused(news_store):
    other = Looks("")
    other.weights_hash = "f" * 64
    with pytest.raises(ModelError, match=r"ffffffffffff.*ingest into a new folder"):
        Searcher(news_store, lambda: other, ANALYSER).search("flood")


def test_a_missing_encoder_is_an_error_and_not_a_poorer_answer(news_store):
    def missing():
        raise ModelError("the weights are gone; install them")

    with pytest.raises(ModelError, match="the weights are gone"):
        Searcher(news_store, missing, ANALYSER).search("flood")


@pytest.mark.parametrize(
    ("query", "filters", "said"),
    [
        ("zeppelins", {}, "no word of the query occurs in the collection"),
        ("flood", {"source": "Times"}, "nothing in the collection has the source 'Times'"),
        ("flood", {"language": "fr"}, "nothing in the collection has the language 'fr'"),
        ("flood", {"since": "2030"}, "nothing in the collection passes all filters"),
        ("flood", {"since": "2001", "kind": "article"}, "1 without a date left out"),
        ("?!", {}, "the encoder knows none of these words"),
    ],
)
def test_notes_say_what_led_nowhere(news, query, filters, said):
    assert any(said in note for note in news.search(query, **filters).notes)


def test_a_good_question_has_no_notes(news):
    assert news.search("flood").notes == ()


def test_an_empty_collection_says_so(tmp_path):
    store = search_kit.new_store(tmp_path / "empty")
    answer = search_kit.searcher(store).search("flood")
    assert (answer.hits, answer.entities, answer.facts) == ((), (), ())
    assert answer.notes[0] == "the collection is empty"
    store.close()


def test_an_encoder_without_a_text_space_reads_headlines(tmp_path):
    store = search_kit.news(tmp_path / "clip", spaces=("picture",))
    encoder = Looks("")
    encoder.spaces = {"picture": 512}
    answer = Searcher(store, lambda: encoder, ANALYSER).search("flooding of the city", kind="article", k=3)
    assert all("reads_like" in by(hit) for hit in answer.hits[:1])
    pictures = Searcher(store, lambda: encoder, ANALYSER).search("flooding of the city", kind="picture").hits
    assert not any("reads_like" in by(hit) for hit in pictures)
    store.close()


def test_threads_share_a_searcher(news_store):
    shared = search_kit.searcher(news_store)
    queries = ["flood", "Angela Merkel", "dog", "apple pie"] * 4
    expected = {q: ids(search_kit.searcher(news_store).search(q)) for q in set(queries)}
    found = [None] * len(queries)

    def ask(place):
        found[place] = ids(shared.search(queries[place]))

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(len(queries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected[q] for q in queries]


COLD = """
import sys
from pathlib import Path
from kgretrieval import encoders
from kgretrieval.search.answer import Searcher
from kgretrieval.store.store import open_store
from kgretrieval.text.analysis import Analyser
store = open_store(Path(sys.argv[1]))
found = Searcher(store, lambda: encoders.load("mini"), Analyser(store.manifest.analysis)).search("Angela Merkel flood")
assert found.hits and found.entities
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_a_search_by_words_imports_nothing_heavy(news_store):
    run = [sys.executable, "-c", COLD, str(news_store.location)]
    loaded = set(subprocess.run(run, capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"torch", "open_clip", "sklearn", "scipy", "pandas", "networkx", "faiss", "PIL"}


def no_words(_):
    return 100


def known(_):
    return False


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("Angela Merkel in Paris", ["Angela Merkel", "Paris"]),
        ("ANGELA MERKEL", ["Angela Merkel"]),
        ("Merkel's visit to Paris", ["Paris"]),
        ("Angela Merkel's speech", ["Angela Merkel"]),
        ("北京大学开学", ["北京大学"]),
        ("Paris-Berlin", ["Paris", "Berlin"]),
        ("the Berlin Philharmonic in Berlin", ["Berlin Philharmonic", "Berlin"]),
        ("what may happen", []),
        ("rain in spring", []),
    ],
)
def test_names_in_a_query(news_store, query, named):
    text, found = named_in(news_store, query, no_words, known)
    assert text == query
    assert [name.entities[0].id for name in found] == [entity_id(n) for n in named]


@pytest.mark.parametrize(("query", "named"), [("apple office", ["Apple"]), ("may I", []), ("berlin", ["Berlin"])])
def test_words_in_lower_case_are_names_where_the_collection_uses_them_so(news, news_store, query, named):
    entities = news.search(query).entities
    asked = [e.id for e in entities[: len(named)]]
    assert asked == [entity_id(n) for n in named]
    frequency = {"apple": 6, "may": 3, "berlin": 1}.get
    _, found = named_in(news_store, query, lambda word: frequency(word) or 0, known)
    assert [name.entities[0].id for name in found] == asked


def test_a_word_that_is_seldom_a_name_is_a_word(news_store):
    assert [name.text for name in named_in(news_store, "apple", lambda _: 5, known)[1]] == ["apple"]
    assert named_in(news_store, "apple", lambda _: 50, known)[1] == []


def test_documents_with_more_of_the_names_come_first_then_those_with_more_mentions(news):
    hits = news.search("Angela Merkel, Emmanuel Macron", kind="article", k=9).hits
    ranks = {h.id: by(h)["names"].rank for h in hits if "names" in by(h)}
    assert ranks == {article_id("merkel"): 1, article_id("concert"): 2, article_id("apple"): 3}


def test_a_search_for_a_name_trusts_names_more_than_looks(news):
    hit = news.search("Angela Merkel", kind="picture", k=1).hits[0]
    assert hit.id == picture_id("a woman at a podium")
    assert by(hit)["names"].share > by(hit)["looks_like"].share
