"""Articles and queries are analysed alike, whatever is installed later."""

import json
import pickle
import re
import zipfile
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.stem import snowball

from kgretrieval.errors import CollectionError
from kgretrieval.text import nltk_data
from kgretrieval.text._placed import PARAGRAPH
from kgretrieval.text.analysis import Analyser
from kgretrieval.text.clean import fold

# Nouns and verbs in the layout of WordNet's own files: a licence, then sorted lines.
TINY_WORDNET = {
    "index.noun": "  1 This is no licence\ncity n 1 0\nmouse n 1 0\nwolf n 1 0\n",
    "index.verb": "  1 This is no licence\ngo v 1 0\nhope v 1 0\nrun v 1 0\n",
    "noun.exc": "mice mouse\nwolves wolf\n",
    "verb.exc": "ran run\nwent go\n",
}


@pytest.fixture(autouse=True)
def no_nltk_data(monkeypatch):
    monkeypatch.setattr(nltk_data, "_folders", lambda: iter(()))


@pytest.fixture
def analyser():
    return Analyser.default()


@pytest.fixture
def install(monkeypatch, tmp_path):
    """Install corpora as nltk.download leaves them: packed."""

    def pack(**corpora):
        (tmp_path / "corpora").mkdir(exist_ok=True)
        for corpus, files in corpora.items():
            with zipfile.ZipFile(tmp_path / "corpora" / f"{corpus}.zip", "w") as archive:
                for name, content in files.items():
                    archive.writestr(f"{corpus}/{name}", content)
        monkeypatch.setattr(nltk_data, "_folders", lambda: iter([tmp_path]))

    return pack


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("<p>The elections</p> in Zürich", "en", "elect zurich"),
        ("Die Wahlen in Köln und München", "de", "wahl koln munch"),
        ("U.S. and AT&amp;T sue the E.U.", "en", "us att sue eu"),
        ("Obama's COVID-19 test", "en", "obama covid 19 test"),
        ("北京冬奥会 G20 水", "zh", "北京 京冬 冬奥 奥会 g20 水"),
        ("Élections à Paris", "fr", "elections a paris"),
        ("WHO and US may act", "en", "who us may act"),
        ("", "en", ""),
    ],
)
def test_terms(analyser, text, language, terms):
    assert analyser.terms(text, language) == terms.split()


def test_spans_point_into_the_text_with_its_markup(analyser):
    text = "caf&eacute; <b>Ger</b>many &amp; 北京人"
    found = [(term, text[start:end]) for term, start, end in analyser.term_spans(text, "en")]
    assert found == [("cafe", "caf&eacute;"), ("germani", "Ger</b>many"), ("北京", "北京"), ("京人", "京人")]


@pytest.mark.parametrize("title", ["To be or not to be", "The Who", "What Have You Done", "Der, die, das"])
def test_a_title_of_stop_words_is_found_by_itself(analyser, title):
    language = "de" if title.startswith("Der") else "en"
    indexed = analyser.terms(f"{title}\nThe review of a play.", language)
    groups = analyser.query_terms(title, [language])
    assert groups
    assert {term for group in groups for term in group} <= set(indexed)


def test_stop_words_beside_others_are_dropped(analyser):
    assert analyser.terms("the play is on", "en") == ["play"]
    assert analyser.query_terms("the play", ["en"]) == [("play",)]


def test_a_query_word_has_a_variant_for_each_language(analyser):
    assert analyser.query_terms("Zeitungen", ["en", "de"]) == [("zeitungen", "zeitung")]
    assert analyser.query_terms("Berlin Berlin", ["en", "de"]) == [("berlin",)]


def test_a_word_that_only_one_language_drops_is_kept(analyser):
    assert ("die",) in analyser.query_terms("die hard", ["en", "de"])
    assert analyser.query_terms("Was ist mit der Bahn", ["en", "de"]) == [("bahn",)]


def test_chinese_queries_give_bigrams(analyser):
    assert analyser.query_terms("北京冬奥", ["zh"]) == [("北京",), ("京冬",), ("冬奥",)]


def test_an_empty_query(analyser):
    assert analyser.query_terms("", ["en"]) == analyser.query_terms("?!", []) == []


def test_the_config_survives_json_and_the_analyser_pickle(analyser):
    text = "The mice went to Zürich"
    again = Analyser(json.loads(json.dumps(analyser.config)))
    assert (
        again.terms(text, "en") == pickle.loads(pickle.dumps(analyser)).terms(text, "en") == analyser.terms(text, "en")
    )


def test_stop_words_installed_later_change_nothing(analyser, install):
    install(stopwords={"english": "rocket\n", "german": "rakete\n"})
    assert Analyser(analyser.config).terms("rocket and launch", "en") == ["rocket", "launch"]
    assert Analyser.default().terms("rocket and launch", "en") == ["and", "launch"]


def test_wordnet_is_used_where_it_is_installed(install):
    install(wordnet=TINY_WORDNET)
    analyser = Analyser.default()
    assert analyser.terms("Mice and wolves went hoping", "en") == ["mous", "wolf", "go", "hope"]
    assert analyser.query_terms("mouse", ["en"]) == [("mous",)]


def test_a_collection_made_with_wordnet_says_what_is_missing(install, monkeypatch):
    install(wordnet=TINY_WORDNET)
    config = Analyser.default().config
    install(wordnet={**TINY_WORDNET, "noun.exc": ""})
    with pytest.raises(CollectionError, match="another release of WordNet"):
        Analyser(config)
    monkeypatch.setattr(nltk_data, "_folders", lambda: iter(()))
    with pytest.raises(CollectionError, match=r"nltk\.downloader wordnet"):
        Analyser(config)


@pytest.mark.parametrize("change", [{"version": 99}, {"stemmers": {"en": "KlingonStemmer"}}])
def test_a_config_of_another_program_is_refused(analyser, change):
    with pytest.raises(CollectionError, match=r"version 99|KlingonStemmer"):
        Analyser({**analyser.config, **change})


PIECES = ["goals", "The", "of", "U.S.", "AT&T", "at&t.", "a.b.com", "Zürich", "Zu\u0308rich", "北京大学", "飓", "it’s"]
PIECES += ["don't", "snake_case", "x2", "1.000", "\n", "\n\n", "\r\n", " ", ".", "&", "<p>", "</p>", "&amp;", "ẞ", "ǅ"]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12), st.sampled_from(["en", "de"]))
@settings(max_examples=300, deadline=None)
def test_counting_and_marking_see_the_same_terms(pieces, language):
    analyser = Analyser.default()
    for text in ("".join(pieces), " ".join(pieces)):
        terms, places = analyser.placed_terms(text, language)
        assert terms == [term for term, _, _ in analyser.term_spans(text, language)]
        assert terms == analyser.terms(text, language)
        assert places == sorted(set(places))


ENDINGS = "s es ed ing ings er ers est ly ness ment ments ation ations al ally ity ities ies ive ism ist able".split()


@pytest.mark.parametrize(("language", "stemmer"), [("en", "EnglishStemmer"), ("de", "GermanStemmer")])
def test_terms_are_the_stems_of_the_words_one_by_one(analyser, language, stemmer):
    lines = resources.files("kgretrieval.sample").joinpath("articles.jsonl").read_text(encoding="utf-8").splitlines()
    known = {word.lower() for line in lines for word in re.findall(r"\w+", json.loads(line)["text"])}
    words = sorted(
        {word + ending for word in sorted(known)[::4] for ending in ["", *ENDINGS] if word.isascii() and word.isalpha()}
    )
    stop = set(map(fold, analyser.config["stop_words"][language]))
    stem = getattr(snowball, stemmer)().stem
    assert len(words) > 5000
    assert analyser.terms(" ".join(words), language) == [stem(word) for word in words if word not in stop]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The goals of Zürich", [1, 3]),
        ("Goals\nZürich", [0, 1]),
        ("Goals\n \n\nZürich", [0, 1 + PARAGRAPH]),
        ("北京大学 Zürich", [0, 1, 2, 4]),
        ("The of\nGoals", [0, 1, 2]),
    ],
)
def test_positions_count_words_and_han_characters(analyser, text, places):
    assert analyser.placed_terms(text, "en")[1] == places
