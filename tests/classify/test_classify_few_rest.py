"""Heads that learn from items without a label."""

import itertools

import numpy as np
import pytest

from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.guessed_labels import WAYS, Pool
from kgretrieval.classify.head import load_head
from kgretrieval.classify.self_training import train_with_rest
from kgretrieval.classify.splits import folds_of
from kgretrieval.classify.training import train_head

WHO = {
    "sport": ("the striker", "the goalkeeper", "the coach", "the midfielder", "the team"),
    "politics": ("the minister", "the parliament", "the senator", "the government", "the chancellor"),
}
WHAT = {
    "sport": ("scored in the final match", "lost the cup game", "trained for the season", "won the league title"),
    "politics": ("passed a new tax law", "debated the budget", "won the election", "rejected the treaty"),
}
LABELS = ("politics", "sport")


def sentences(label):
    return [f"{who} {what}".capitalize() + "." for who, what in itertools.product(WHO[label], WHAT[label])]


def parts(given=3):
    """A few labelled sentences, the rest without labels, and the rest's true labels."""
    texts = [(text, label) for label in LABELS for text in sentences(label)]
    mixed = [texts[i] for i in np.random.default_rng(7).permutation(len(texts))]
    known = [pair for label in LABELS for pair in [one for one in mixed if one[1] == label][:given]]
    rest = [pair for pair in mixed if pair not in known]
    answers = np.array([LABELS.index(label) for _, label in known])
    examples = Examples(tuple(Item(text) for text, _ in known), answers, LABELS)
    return examples, [Item(text) for text, _ in rest], [label for _, label in rest]


@pytest.fixture(scope="module")
def pool():
    examples, rest, _ = parts()
    return Pool(examples, rest, Settings())


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_most_of_the_rest_is_guessed_right_and_counts_less_than_what_is_known(pool, way):
    examples, rest, truth = parts()
    taught = pool.taught(way)
    known = {item.text: label for item, label in zip(rest, truth, strict=True)}
    guesses = [
        (LABELS[answer] == known[item.text], weight)
        for item, answer, weight in zip(taught.items, taught.answers, taught.weights, strict=True)
        if item.text in known
    ]
    assert len(guesses) > len(rest) / 2
    assert np.mean([right for right, _ in guesses]) > 0.8
    assert max(weight for _, weight in guesses) < min(taught.weights[: len(examples)])


def test_a_held_out_answer_does_not_reach_the_model_that_is_measured_on_it():
    examples, rest, _ = parts()
    folds = folds_of(examples, 3)
    held = folds == 0
    turned = Examples(examples.items, np.where(held, 1 - examples.answers, examples.answers), LABELS)
    for way in WAYS:
        one, other = (Pool(some, rest, Settings()).cross_scores(way, folds)[held] for some in (examples, turned))
        assert np.allclose(one, other)


def test_the_order_of_examples_and_rest_does_not_matter():
    examples, rest, _ = parts()
    turned = examples.chosen(range(len(examples))[::-1])
    one, other = train_with_rest("section", examples, rest), train_with_rest("section", turned, rest[::-1])
    assert one.version == other.version
    assert one.card.settings["rest"] == len(rest)


def test_the_card_counts_given_labels_alone_and_says_what_was_done(tmp_path):
    examples, rest, _ = parts()
    head = train_with_rest("section", examples, rest)
    assert dict(head.card.examples) == {"politics": 3, "sport": 3}
    assert "without a label" in head.card.note
    head.save(tmp_path / "section.safetensors")
    again = load_head(tmp_path / "section.safetensors")
    assert np.allclose(again.probabilities(rest), head.probabilities(rest), atol=1e-6)


def test_without_a_rest_it_is_the_head_of_the_examples():
    examples, _, _ = parts()
    plain = train_head("section", examples, model="linear")
    assert train_with_rest("section", examples, list(examples.items)).version == plain.version
    assert train_with_rest("section", examples, []).version == plain.version


def test_the_rest_is_kept_where_it_helps_on_held_out_examples_and_left_out_where_it_does_not(pool):
    examples, _, _ = parts()
    folds = folds_of(examples, 3)
    right = np.eye(2, dtype=np.float32)[examples.answers]
    way, scores, said = pool.best(folds, right)
    assert way is None
    assert scores is right
    assert "did not help" in said
    way, scores, said = pool.best(folds, -right)
    assert way in WAYS
    assert np.array_equal(scores, pool.cross_scores(way, folds))
    assert f"by {way}, helped" in said
