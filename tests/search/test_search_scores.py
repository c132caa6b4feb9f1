"""Probabilities of hits: what they mean, what is left out, and what a person reads."""

import numpy as np
import pytest
import search_kit
from hypothesis import given
from hypothesis import strategies as st

import kgretrieval
from kgretrieval import encoders
from kgretrieval.encoders import calibration
from kgretrieval.encoders.logistic import fit
from kgretrieval.errors import UsageError
from kgretrieval.search.answer import Searcher
from kgretrieval.search.own_scores import LEAST_PAIRS
from kgretrieval.search.scores import percent
from kgretrieval.store.manifest import Manifest
from kgretrieval.store.store import create_store


@pytest.fixture(scope="module")
def mini():
    return encoders.load("mini")


@pytest.fixture(scope="module")
def sample_news(sample_index):
    with kgretrieval.open(sample_index) as collection:
        yield collection


def scores(answer):
    return [hit.probability for hit in answer.hits]


def test_the_calibration_belongs_to_the_weights(mini):
    directions = {"text_to_picture", "picture_to_picture", "picture_to_text", "texts", "words"}
    assert set(calibration.load(mini.weights_hash)) == directions, "run: python training/mini/calibrate.py"


def test_other_weights_have_words_alone():
    assert set(calibration.load("0" * 64)) == {"words"}


def test_every_hit_has_a_probability(sample_news):
    for query in ("rocket launch", "a flooded street", "Merkel"):
        found = scores(sample_news.search(query, k=20, min_score=0))
        assert found
        assert all(0 < p < 1 for p in found)


def test_a_probability_falls_with_the_cosine_and_with_the_size():
    direction = calibration.load(encoders.load("mini").weights_hash)["text_to_picture"]
    assert direction.probability(cosine=0.5, z=5, size=5) > direction.probability(cosine=0.3, z=3, size=5)
    assert direction.probability(cosine=0.3, z=3, size=3) > direction.probability(cosine=0.3, z=3, size=6)
    assert direction.probability(cosine=0.3, z=3, known=1) > direction.probability(cosine=0.3, z=3, known=0)


def test_min_score_keeps_what_reaches_it_and_nothing_else(sample_news):
    whole = sample_news.search("rocket launch", k=100, min_score=0)
    middle = sorted(scores(whole))[len(whole.hits) // 2]
    some = sample_news.search("rocket launch", k=100, min_score=middle)
    assert 0 < len(some.hits) < len(whole.hits)
    assert {h.id for h in some.hits} == {h.id for h in whole.hits if h.probability >= middle}
    assert [h.rank for h in some.hits] == list(range(1, len(some.hits) + 1))


def test_gibberish_finds_nothing_and_the_note_says_what_to_do(sample_news):
    answer = sample_news.search("xqzzv")
    assert not answer.hits
    assert any("no picture is likely to be right" in note and "--min-score 0" in note for note in answer.notes)
    assert sample_news.search("xqzzv", min_score=0).hits


def test_what_is_there_is_found(sample_news):
    for query in ("rocket launch", "rocket", "flood", "a portrait of an astronaut"):
        assert sample_news.search(query).hits, query


def test_a_name_brings_its_pictures_whatever_the_cosine(news):
    answer = news.search("Angela Merkel", kind="picture")
    assert answer.hits[0].title == "Angela Merkel at the podium"
    assert any(found.ranking == "names" for found in answer.hits[0].found_by)


def test_the_same_photo_is_nearly_certain(sample_news, sample):
    photo = next(iter(sorted(sample.rglob("*.jpg")) or sorted(sample.rglob("*.png"))))
    first = sample_news.search(image=photo, kind="picture").hits[0]
    assert first.probability >= 0.99


@pytest.mark.parametrize("count", [1, 5])
def test_small_collections_and_equal_pictures_have_probabilities(tmp_path, count):
    store = search_kit.new_store(tmp_path / "small")
    desk = search_kit.Desk(store)
    for number in range(count):
        desk.picture("a dog on the beach", origin=str(number))
    desk.commit()
    found = scores(search_kit.searcher(store).search("a dog on the beach", min_score=0))
    store.close()
    assert found
    assert len(set(found)) == 1


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan"), True, "0.5"])
def test_a_min_score_that_is_no_probability_is_refused(news, wrong):
    with pytest.raises(UsageError, match=r"min_score is .*; give a probability from 0"):
        news.search("flood", min_score=wrong)


ANIMALS = ("dog", "cat", "horse", "bird", "elephant", "tiger", "sheep", "cow", "fish", "bear")
PLACES = ("on the beach", "in the snow", "on a street", "in a boat", "at the zoo", "in the forest")


@pytest.fixture(scope="module", params=[LEAST_PAIRS, LEAST_PAIRS - 1])
def other_encoder(request, tmp_path_factory):
    """A collection of so many articles with a photo, made with an encoder that has no calibration of its own."""
    encoder = search_kit.mini()
    encoder.weights_hash, encoder.spaces = "f" * 64, {"picture": 512}
    folder = tmp_path_factory.mktemp("other") / "news"
    manifest = Manifest("openclip:X/y", encoder.weights_hash, encoder.spaces, search_kit.ANALYSER.config, {"hand": "1"})
    store = create_store(folder, manifest)
    desk = search_kit.Desk(store)
    for number in range(request.param):
        shown = f"a {ANIMALS[number % 10]} {PLACES[number // 10]}"
        desk.article(str(number), f"News of {shown}", pictures=[(shown, "")])
    desk.commit()
    yield request.param, Searcher(store, lambda: encoder, search_kit.ANALYSER)
    store.close()


def test_an_encoder_without_calibration_learns_from_enough_articles_with_photos(other_encoder):
    pairs, searcher = other_encoder
    if pairs < LEAST_PAIRS:
        hits = searcher.search("a zebra at night", kind="picture").hits
        assert {hit.probability for hit in hits if {f.ranking for f in hit.found_by} == {"looks_like"}} == {None}
        with pytest.raises(UsageError, match="not calibrated here"):
            searcher.search("a horse", min_score=0.5)
        assert searcher.search("a horse", min_score=0).hits
    else:
        right, *_, wrong = searcher.search("a horse in a boat", kind="picture", k=50, min_score=0).hits
        assert right.probability > 0.3 > 0.05 > wrong.probability
        assert searcher.search("a horse in a boat", kind="picture", k=50, min_score=0.3).hits[0].id == right.id


def test_percent_reads_as_a_person_says_it():
    assert [percent(p) for p in (0.004, 0.01, 0.5, 0.999)] == ["under 1 %", "1 %", "50 %", "over 99 %"]


@given(st.floats(-3, 3), st.floats(0.5, 3))
def test_fitting_finds_the_function_that_made_the_labels(bias, weight):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(4000, 1))
    right = rng.random(4000) < 1 / (1 + np.exp(-(bias + weight * x[:, 0])))
    found = fit(x, right, ridge=1e-6)
    assert abs(found[0] - bias) < 0.5
    assert abs(found[1] - weight) < 0.5


def test_labels_that_a_feature_separates_give_finite_weights():
    x = np.linspace(-1, 1, 20)[:, None]
    assert np.isfinite(fit(x, x[:, 0] > 0)).all()
