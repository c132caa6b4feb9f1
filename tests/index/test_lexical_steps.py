"""A lexical index brought up to date step by step answers as one made at once; phrases, prefixes and weights."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hand_made import empty_store
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.index import lexical_build
from kgretrieval.index.bases import Base
from kgretrieval.index.lexical import LexicalIndex
from kgretrieval.index.lexical_build import write_lexical
from kgretrieval.store.ids import make_id
from kgretrieval.store.records import Bundle, CountedText, PictureRow, UseRow
from kgretrieval.store.touched import changes_since
from kgretrieval.store.write import commit
from kgretrieval.text.analysis import Analyser
from kgretrieval.text.counts import count_terms
from kgretrieval.types import Article

ANALYSER = Analyser.default()
WORDS = ["goal", "goals", "golden", "the", "of", "river", "flood", "AT&T", "北京", "大学", "\n\n"]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
put = st.tuples(st.just("put"), st.integers(0, 9), texts)
drop = st.tuples(st.just("drop"), st.integers(0, 9))
histories = st.lists(st.tuples(st.one_of(put, put, drop), st.booleans()), max_size=14)


def key(number):
    return make_id("a", f"k{number}")


def put_text(store, number, text, language="en"):
    """Even numbers are articles, odd ones pictures with a caption."""
    bundle = Bundle(digest="d")
    if number % 2:
        holder, picture = make_id("u", f"k{number}"), make_id("p", f"k{number % 4}")
        words = dict.fromkeys(("date", "source", "credit", "rights", "origin"), "")
        use = UseRow(holder, holder, "d", picture, "", 0, "", text, language=language, tags=(), extra={}, **words)
        bundle.uses.append(use)
        bundle.pictures.append(PictureRow(picture, picture, 1, 1, 7, "JPEG", 1))
    else:
        holder = bundle.article_id = key(number)
        bundle.article = Article(key=f"k{number}", text=text, language=language)
    for terms, counts, positions in count_terms([(text, language)], ANALYSER).by_text():
        bundle.counts.append(CountedText(holder, terms, counts, positions))
    commit(store, [bundle])


def drop_text(store, number):
    commit(store, delete=[make_id("u", f"k{number}") if number % 2 else key(number)])


def write(store, folder, earlier=None, generation=0):
    with store.reading():
        changes = changes_since(store, generation)
        return write_lexical(store, folder, Base(earlier, changes) if earlier else None)


def index_of(folder, *contents, language="en"):
    """Return the index of articles, the first of which has the id of `key(0)`, and where their ids are."""
    store = empty_store(folder / "store")
    for number, text in enumerate(contents):
        put_text(store, 2 * number, text, language)
    index = write(store, folder / "whole")
    store.close()
    return index, [index.owners.tolist().index(key(2 * number).encode()) for number in range(len(contents))]


def holders_of(index, rows):
    order = np.argsort(rows)
    found = np.empty(len(rows), dtype="S14")
    found[order] = index.holders(np.asarray(rows)[order])
    return found.tolist()


def answers(index):
    """All that a search can ask of an index, without the numbers of its rows."""
    groups = [[("goal",)], [("goal", "golden"), ("river",)], [("北京",), ("att",), ("京大",)], [("of",), ("flood",)]]
    live = index.owners != b""
    found = [index.documents, sorted(index.owners[live].tolist())]
    for group in groups:
        for k in (2, 20):
            rows, scores = index.search(group, k, weights=[2.0, 0.5, 1.0][: len(group)])
            parts = [index.score_terms(group, int(row)) for row in rows]
            found.append((holders_of(index, rows), scores.tolist(), parts))
    asked = ("river flood", "goal of the river", "北京大学", "flood AT&T", "the")
    phrases = (ANALYSER.phrase(phrase, ["en", "zh"]) for phrase in asked)
    found += [sorted(holders_of(index, index.phrase_rows(phrase))) for phrase in phrases]
    found.append([index.prefix_terms(prefix, 9) for prefix in ("go", "", "北")])
    found.append([index.document_frequency(term) for term in ("goal", "golden", "大学", "the", "unheard")])
    return found


@given(first=st.lists(texts, max_size=8), history=histories, ratio=st.sampled_from([0, 0, 1, 3]))
@settings(max_examples=40, deadline=None)
def test_an_index_made_in_steps_answers_as_one_made_at_once(first, history, ratio):
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexical_build, "SMALL", 0)
        patch.setattr(lexical_build, "RATIO", ratio)
        patch.setattr(lexical_build, "MOST_DEAD", 0.8)
        store, folder = empty_store(Path(name) / "store"), Path(name)
        for number, text in enumerate(first):
            put_text(store, number, text)
        last, since = folder / "0", store.generation
        write(store, last)
        for step, (action, derive) in enumerate([*history, (("put", 0, "the last goal"), True)], 1):
            put_text(store, *action[1:]) if action[0] == "put" else drop_text(store, action[1])
            if derive:
                write(store, folder / f"{step}", last, since)
                last, since = folder / f"{step}", store.generation
        steps, whole = LexicalIndex(last), write(store, folder / "whole")
        assert answers(steps) == answers(whole)
        assert len(whole.segments) == 1
        assert np.flatnonzero(steps.owners == b"").tolist() == steps.dead.tolist()
        store.close()


def many(store, numbers):
    bundles = []
    for number in numbers:
        article = Article(key=f"k{number}", text="x", language="en")
        bundles.append(Bundle(article_id=key(number), article=article, digest="d"))
        bundles[-1].counts.append(CountedText(key(number), ["goal", f"word{number}"], [1, 1], [0, 1]))
    commit(store, bundles)


def test_what_stays_is_linked_and_keeps_its_rows(tmp_path):
    store = empty_store(tmp_path / "store")
    many(store, range(5000))
    one, since = write(store, tmp_path / "one"), store.generation
    many(store, range(4990, 5010))
    commit(store, delete=[key(7)])
    two = write(store, tmp_path / "two", tmp_path / "one", since)
    (kept,) = one.segments
    assert [info.file for info in two.segments] == [kept.file, f"{store.generation}.terms"]
    assert (tmp_path / "two" / kept.file).samefile(tmp_path / "one" / kept.file)
    same = two.owners[:5000] == one.owners
    assert sorted(one.owners[~same].tolist()) == sorted(key(n).encode() for n in [7, *range(4990, 5000)])
    assert (two.owners[:5000][~same] == b"").all()
    assert (len(two), two.documents) == (5020, 5009)
    store.close()


def test_small_segments_are_merged_and_worn_ones_written_anew(tmp_path):
    store = empty_store(tmp_path / "store")
    many(store, range(6000))
    last, since = tmp_path / "start", store.generation
    write(store, last)
    for step in range(6):
        many(store, range(6000 + 10 * step, 6010 + 10 * step))
        index = write(store, tmp_path / f"{step}", last, since)
        last, since = tmp_path / f"{step}", store.generation
        assert [info.rows for info in index.segments] == [6000, 10 * step + 10]
    for step, rows in enumerate([[6000, 60], [6000, 60], [3660]]):
        commit(store, delete=[key(number) for number in range(800 * step, 800 * step + 800)])
        index = write(store, tmp_path / f"less-{step}", last, since)
        last, since = tmp_path / f"less-{step}", store.generation
        assert [info.rows for info in index.segments] == rows
    store.close()


contents = st.lists(texts, min_size=1, max_size=5)
phrases = st.lists(st.sampled_from(WORDS[:-1]), min_size=1, max_size=4).map(" ".join)


@given(contents=contents, phrase=phrases)
@settings(max_examples=50, deadline=None)
def test_a_phrase_is_where_its_words_stand_in_their_places(contents, phrase):
    wanted = ANALYSER.phrase(phrase, ["en", "zh"])
    with tempfile.TemporaryDirectory() as name:
        index, rows = index_of(Path(name), *contents)
        found = set(index.phrase_rows(wanted).tolist())
    for row, text in zip(rows, contents, strict=True):
        terms, places = ANALYSER.placed_terms(text, "en")
        at = dict(zip(places, terms, strict=True))
        starts = (start for place, _ in wanted for start in (p - place for p in places))
        assert (row in found) == any(all(at.get(s + place) in v for place, v in wanted) for s in starts)


@pytest.mark.parametrize(
    ("phrase", "text", "there"),
    [
        ("president of France", "The President of France spoke.", True),
        ("president of France", "The president, in France, spoke.", True),
        ("president of France", "President France", False),
        ("president of France", "France of president", False),
        ("climate change", "A change of climate", False),
        ("climate change", "Climate\nchanges", True),
        ("climate change", "On the climate\n\nChange is near", False),
        ("to be or not to be", "To be or not to be", True),
        ("to be or not to be", "To be or not: to be seen", False),
        ("北京大学", "他在北京大学学习", True),
        ("北京大学", "北京的大学", False),
        ("北京 大学", "他在北京大学学习", True),
        ("U.S. senate", "the US Senate", True),
        ("zürich", "In Zurich", True),
    ],
)
def test_phrases_of_news(tmp_path, phrase, text, there):
    index, _ = index_of(tmp_path, text, "Something else")
    languages = ["zh"] if "北" in phrase else ["en"]
    assert (len(index.phrase_rows(ANALYSER.phrase(phrase, languages))) == 1) == there


def test_no_phrase_is_nowhere(tmp_path):
    index, _ = index_of(tmp_path, "goal")
    assert index.phrase_rows(()).tolist() == []


def test_prefixes_give_the_most_frequent_terms_first(tmp_path):
    index, _ = index_of(tmp_path, "golf goal golden", "golden golf", "golden", "gofer got")
    assert index.prefix_terms("go", 3) == ["golden", "golf", "goal"]
    assert index.prefix_terms("gol", 9) == ["golden", "golf"]
    assert index.prefix_terms("gx", 9) == []


@pytest.mark.parametrize(
    ("prefix", "text"),
    [("electio", "The elections"), ("Nationali", "Nationality"), ("happ", "happy"), ("happy", "Happy"), ("北", "北京")],
)
def test_a_prefix_finds_words_whose_stems_are_shorter(tmp_path, prefix, text):
    index, _ = index_of(tmp_path, text)
    beginning, stems = ANALYSER.prefix_variants(prefix, ["en"])
    group = (*stems, *index.prefix_terms(beginning, 50))
    assert len(index.search([group], 5)[0]) == 1


def test_a_group_counts_by_its_weight(tmp_path):
    index, (goals, rivers, _) = index_of(tmp_path, "goal goal", "river river", "flood")
    assert index.search([("goal",), ("river",)], 2, weights=[1.0, 1.5])[0].tolist() == [rivers, goals]
    assert index.search([("goal",), ("river",)], 2, weights=[1.5, 1.0])[0].tolist() == [goals, rivers]
    assert index.search([("goal",), ("river",)], 2, weights=[1.0, 0.0])[0].tolist() == [goals]
