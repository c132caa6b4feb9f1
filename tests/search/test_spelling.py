"""Names spelt nearly right: what is corrected, and what is left alone."""

from itertools import pairwise

import pytest
import search_kit
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.search.spelling import Correction, correct, corrections

NAMES = ("angela merkel", "emmanuel macron", "reuters", "paris")


def strange(_):
    return True


def nowhere(_):
    return 0


def found(store, query, holding=nowhere, unknown=strange):
    with store.reading():
        return correct(query, corrections(store, query, holding, unknown)).lower()


def slips(name):
    """Every text one slip away from a name, beyond blanks: a letter left out, added, changed, or two exchanged."""
    for at, letter in enumerate(name):
        if letter != " ":
            yield name[:at] + name[at + 1 :]
            yield name[:at] + "q" + name[at + 1 :]
            yield name[:at] + "q" + name[at:]
            if name[at + 1 : at + 2].strip():
                yield name[:at] + name[at + 1] + letter + name[at + 2 :]


@pytest.mark.parametrize("name", NAMES)
def test_every_single_slip_is_corrected_wherever_it_is(news_store, name):
    for slip in slips(name):
        # What is left of a short word must be long enough to be told from others.
        if all(len(word) >= 4 for word in slip.split()):
            assert found(news_store, slip) == name


@pytest.mark.parametrize("query", ["angela", "merk", "pis", "angela m", "qqqq wwww", "angela merkel", "paris paris"])
def test_what_is_right_too_short_or_too_far_stays(news_store, query):
    assert found(news_store, query) == query


def test_a_word_of_a_name_that_is_right_stays(tmp_path):
    store = search_kit.new_store(tmp_path / "names")
    desk = search_kit.Desk(store)
    for place in range(30):
        desk.article(str(place), "Apple grows", "Apple and Berlin agree.")
    desk.commit()
    entity = ("e:000000000001", "vapple petri", "person", "[]", 1, 1, 0)
    columns = "id, name, type, aliases, mentions, articles, pictures"
    store.connection.execute(f"INSERT INTO entity ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", entity)
    store.connection.execute("INSERT INTO alias VALUES (?, ?)", ("vapple petri", "e:000000000001"))
    assert found(store, "vapple petri", holding=lambda _: 1) == "vapple petri"
    assert found(store, "vapple", holding=lambda _: 1) == "apple"
    store.close()


def test_words_that_mean_something_stay(news_store):
    assert found(news_store, "reutres", unknown=lambda _: False) == "reutres"
    assert found(news_store, "reutres", holding=lambda _: 3) == "reutres"


def test_a_name_with_a_capital_beside_a_right_word_is_corrected_though_the_encoder_knows_it(news_store):
    def holding(word):
        return 5 * (word.lower() == "macron")

    assert found(news_store, "Emanuel Macron", holding, lambda _: False) == "emmanuel macron"
    assert found(news_store, "emanuel macron", holding, lambda _: False) == "emanuel macron"


def test_a_query_of_many_strange_words_is_in_another_language(news_store):
    assert found(news_store, "angela merkl wqert uztui bnmvv") == "angela merkl wqert uztui bnmvv"


@given(st.lists(st.sampled_from(["angela merkl", "reutres", "and", "in pariss", "x", "the"]), max_size=5))
def test_corrections_do_not_overlap_and_stand_where_they_say(news_store, parts):
    query = " ".join(parts)
    with news_store.reading():
        made = corrections(news_store, query, nowhere, lambda word: word not in ("and", "in", "the"))
    assert all(a.end <= b.start for a, b in pairwise(made))
    assert correct(query, made).count("Reuters") == sum(one.name == "Reuters" for one in made)


def test_corrections_are_made_from_the_right():
    made = [Correction(0, 1, "one"), Correction(2, 3, "three")]
    assert correct("1 3 4", made) == "one three 4"
