"""What is written is there, what is deleted is gone, and nothing else has changed."""

from contextlib import closing
from itertools import pairwise

import numpy as np
import pytest
from hand_made import article, article_id, empty_store, entity_id, lone_picture, picture_id
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.errors import NotFoundError
from kgretrieval.graph.facts import facts_about
from kgretrieval.store.knowledge import documents_of, entities, entities_named
from kgretrieval.store.read import article_digests, counts, documents, full_id, uses_to_delete
from kgretrieval.store.scan import holders, vector_rows
from kgretrieval.store.term_rows import term_rows, term_texts
from kgretrieval.store.write import commit

VISIT = article(
    "visit",
    "Angela Merkel visited Paris",
    "Angela Merkel visited Emmanuel Macron. Xylophones played.",
    facts=(("Angela Merkel", "visited", "Emmanuel Macron"),),
    pictures=(("shared", "Emmanuel Macron waits."), ("own", "")),
    date="2020-01-01",
)
WORKS = article("works", "Siemens builds in Berlin", "Angela Merkel came.", pictures=(("shared", ""),))
LONE = lone_picture("lone", "Berlin at night.")
POOL = (VISIT, WORKS, LONE, article("city", "Paris", "Reuters wrote of Paris."), lone_picture("own", "Paris."))


@pytest.fixture
def store(tmp_path):
    opened = empty_store(tmp_path / "news")
    yield opened
    opened.close()


def everything(store):
    """All that a reader can see, in one comparable value: rows of tables, counts by word, vectors by holder."""
    tables = ("article", "picture", "use", "passage", "mention", "relation", "entity", "alias")
    found = {t: sorted(store.connection.execute(f"SELECT * FROM {t}").fetchall(), key=repr) for t in tables}
    found["term"] = sorted(store.connection.execute("SELECT text, holders FROM term"))
    found["words"] = [words_of(store, rows) for rows in term_rows(store)]
    vectors = store.vectors["picture"].rows()
    found["vectors"] = {(*where, vectors[row].tobytes()) for row, *where in vector_rows(store, "picture")}
    return found


def words_of(store, rows):
    """For each text its document, and for each of its words where it stands."""
    texts = term_texts(store, rows.terms)
    own = np.split(rows.positions, np.cumsum(rows.counts)[:-1])
    placed = [(texts[i], at.tolist()) for i, at in zip(rows.terms.tolist(), own, strict=True)]
    starts = [0, *rows.ends.tolist()]
    names = zip(rows.holders, rows.documents, pairwise(starts), strict=True)
    return [(holder, document, sorted(placed[start:end])) for holder, document, (start, end) in names]


def identifier(bundle):
    return bundle.article_id or bundle.uses[0].id


def test_a_document_comes_back_as_it_was_given(store):
    commit(store, [VISIT])
    found = documents(store, [article_id("visit"), picture_id("shared")])
    assert found[article_id("visit")].text == VISIT.article.text
    assert found[article_id("visit")].pictures == (picture_id("shared"), picture_id("own"))
    assert found[picture_id("shared")].captions == ("Emmanuel Macron waits.",)
    assert found[picture_id("shared")].date == "2020-01-01"


def test_a_fact_quotes_its_sentence(store):
    commit(store, [VISIT])
    (fact,) = facts_about(store, [entity_id("Angela Merkel")])
    assert fact.evidence[0].sentence == "Angela Merkel visited Emmanuel Macron."
    assert (fact.subject, fact.predicate, fact.object) == ("Angela Merkel", "visited", "Emmanuel Macron")


def test_every_batch_is_one_generation(store):
    assert [commit(store, [VISIT]), commit(store, [WORKS, LONE]), commit(store)] == [1, 2, 3]
    assert store.generation == 3


def test_the_same_document_again_replaces_the_old_one(store):
    commit(store, [VISIT])
    changed = article("visit", "Olaf Scholz visited Paris", pictures=(("own", ""),))
    commit(store, [changed])
    assert documents(store, [article_id("visit")])[article_id("visit")].title == "Olaf Scholz visited Paris"
    assert entity_id("Angela Merkel") not in entities(store, [entity_id("Angela Merkel")])
    assert picture_id("shared") not in documents(store, [picture_id("shared")])
    assert article_digests(store, [article_id("visit")]) == {article_id("visit"): changed.digest}


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(POOL), gone=st.sets(st.sampled_from(range(len(POOL)))), size=st.integers(1, 5))
def test_deleting_leaves_what_never_having_added_leaves(tmp_path_factory, order, gone, size):
    folder = tmp_path_factory.mktemp("exact")
    doomed = [POOL[i] for i in sorted(gone)]
    with closing(empty_store(folder / "all")) as with_all, closing(empty_store(folder / "few")) as without:
        for start in range(0, len(order), size):
            commit(with_all, order[start : start + size])
        commit(with_all, delete=[identifier(b) for b in doomed])
        commit(without, [b for b in POOL if b not in doomed])
        assert everything(with_all) == everything(without)


def test_a_picture_goes_with_its_last_use(store):
    commit(store, [VISIT, WORKS])
    commit(store, delete=[article_id("visit")])
    assert set(documents(store, [picture_id("shared"), picture_id("own")])) == {picture_id("shared")}
    commit(store, delete=[article_id("works")])
    assert counts(store)["picture"] == 0


def test_deleting_a_picture_leaves_its_articles(store):
    commit(store, [VISIT, WORKS])
    commit(store, delete=uses_to_delete(store, picture_id("shared")))
    assert documents(store, [article_id("works")])[article_id("works")].pictures == ()
    assert picture_id("shared") not in documents(store, [picture_id("shared")])


def test_what_is_deleted_is_wiped_from_the_vectors(store):
    commit(store, [VISIT, LONE])
    rows = {row for row, holder, _, _ in vector_rows(store, "picture") if holder == picture_id("lone")}
    commit(store, delete=[LONE.uses[0].id])
    vectors = store.vectors["picture"].rows()
    assert rows
    assert all((vectors[row] == 0).all() == (row in rows) for row in range(len(vectors)))


def test_what_is_deleted_is_no_longer_in_the_database_file(store):
    commit(store, [VISIT, LONE])
    commit(store, delete=[article_id("visit")])
    store.close()
    assert b"Emmanuel Macron waits" not in (store.location / "kg.sqlite").read_bytes()
    assert b"Berlin at night" in (store.location / "kg.sqlite").read_bytes()


def test_a_batch_that_fails_changes_nothing(store):
    commit(store, [VISIT])
    before = everything(store)
    broken = article("broken", "Paris")
    broken.annotations.mentions.append(None)
    with pytest.raises(AttributeError):
        commit(store, [WORKS, broken], delete=[article_id("visit")])
    assert everything(store) == before
    assert store.generation == 1
    assert commit(store, [WORKS]) == 2


def test_vectors_stay_with_their_holders(store):
    commit(store, [VISIT])
    commit(store, [LONE])
    commit(store, delete=[article_id("visit")])
    (row,) = [r for r, holder, _, _ in vector_rows(store, "picture") if holder == picture_id("lone")]
    expected = LONE.vectors[0].vector.astype(np.float16)
    assert np.array_equal(store.vectors["picture"].rows()[row], expected)


def test_names_are_found_without_case_and_accents(store):
    commit(store, [VISIT])
    assert [e.name for e in entities_named(store, ["ANGELA MÉRKEL"])["ANGELA MÉRKEL"]] == ["Angela Merkel"]
    assert entities_named(store, ["Nobody"]) == {}


def test_documents_of_an_entity_are_counted(store):
    commit(store, [VISIT, WORKS])
    rows = {(document, count) for _, document, count, *_ in documents_of(store, [entity_id("Angela Merkel")])}
    assert rows == {(article_id("visit"), 2), (article_id("works"), 1)}


def test_a_use_without_a_date_has_its_articles(store):
    commit(store, [VISIT])
    assert {h.date for h in holders(store)} == {"2020-01-01"}


@pytest.mark.parametrize("prefix", ["a:", "a:0000000000000", "x:12", "Angela"])
def test_what_is_no_id_says_so(store, prefix):
    with pytest.raises(Exception, match="is no id"):
        full_id(store, prefix)


def test_any_unambiguous_prefix_is_enough(store):
    commit(store, POOL)
    for row in holders(store):
        whole = row.document
        assert full_id(store, whole[:10]) == full_id(store, whole) == whole


def test_an_ambiguous_prefix_names_the_candidates(store):
    many = [article(str(i), "Paris") for i in range(40)]
    commit(store, many)
    first = {b.article_id[:3] for b in many if sum(o.article_id[:3] == b.article_id[:3] for o in many) > 1}
    with pytest.raises(Exception, match="several ids"):
        full_id(store, min(first))


def test_an_unknown_id_is_not_found(store):
    with pytest.raises(NotFoundError, match="a:123"):
        full_id(store, "a:123")
