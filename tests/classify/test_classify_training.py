"""A head: the same for the same examples, honest about what it was measured on, clear about what it cannot learn."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linear_kit import LABELS, examples

from kgretrieval.classify import auto, linear_fit, linear_training
from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.features import Pieces
from kgretrieval.classify.head import load_head
from kgretrieval.classify.linear import Recipe
from kgretrieval.classify.quantise import pack, smaller, unpack
from kgretrieval.classify.splits import data_hash, folds_of, in_order
from kgretrieval.classify.training import train_head
from kgretrieval.errors import UsageError


@pytest.fixture(scope="module")
def head():
    return train_head("about", examples(), model="linear")


def shuffled(given, seed=3):
    return given.chosen(np.random.default_rng(seed).permutation(len(given)))


def test_the_order_of_the_examples_changes_nothing(head):
    assert train_head("about", shuffled(examples()), model="linear").version == head.version


def test_a_saved_head_answers_alike(head, tmp_path):
    head.save(tmp_path / "about.safetensors")
    again = load_head(tmp_path / "about.safetensors")
    items = examples(5, first=60).items
    assert again.version == head.version
    assert again.predict(items) == head.predict(items)


def test_the_card_says_what_was_learned_from_what(head):
    card = head.card
    assert (card.model, card.labels, dict(card.examples)) == ("linear", LABELS, dict.fromkeys(LABELS, 40))
    assert card.data_hash == data_hash(examples())
    assert card.measures["held_out"] == 120
    assert card.measures["accuracy"] >= 0.95
    assert card.measures["calibration_error"] <= card.measures["calibration_error_before"]


def test_what_cannot_be_told_apart_is_left_unsure():
    coin = Examples(examples().items, np.arange(120) * 7 % 5 % 2, ("heads", "tails"))
    head = train_head("coin", coin, model="linear", precision=0.9)
    assert head.card.measures["accuracy"] < 0.7
    assert not any(one.sure for one in head.predict(examples(20, first=40).items))


def test_labels_of_one_or_two_examples_are_learned_from(head):
    few = examples().chosen([*range(30), 40, 41, 80])
    trained = train_head("about", few, model="linear")
    assert trained.labels == LABELS
    assert np.isfinite(trained.probabilities(examples(3).items)).all()


def test_a_label_without_examples_is_left_out():
    known = examples(labels=LABELS[:2])
    trained = train_head("about", Examples(known.items, known.answers, LABELS), model="linear")
    assert trained.labels == LABELS[:2]


@pytest.mark.parametrize("places", [[], [0, 1, 2], [0, 40], [0, 1, 40]])
def test_too_few_examples_are_an_error_that_says_so(places):
    with pytest.raises(UsageError, match=r"label|examples"):
        train_head("about", examples().chosen(places), model="linear")


def test_a_precision_that_is_no_share_is_an_error():
    with pytest.raises(UsageError, match="precision"):
        train_head("about", examples(), model="linear", precision=90)


def test_a_smaller_head_is_smaller_and_nearly_the_same(head, tmp_path):
    small = smaller(head)
    small.save(tmp_path / "small.safetensors")
    again = load_head(tmp_path / "small.safetensors")
    items = examples(20, first=55).items
    assert small.model.state().bytes < 0.4 * head.model.state().bytes
    assert again.version == small.version != head.version
    np.testing.assert_allclose(again.probabilities(items), head.probabilities(items), atol=0.05)
    assert smaller(again).version == small.version


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 99))
def test_eight_bits_are_off_by_half_a_step_at_most(rows, columns, seed):
    from kgretrieval.classify.base import State

    matrix = np.random.default_rng(seed).normal(size=(rows, columns)).astype(np.float32)
    words = np.frombuffer(b"word\n" * 99, np.uint8)
    found = unpack(pack(State({"weights": matrix, "bias": matrix[0], "words": words}))).arrays
    assert np.abs(found["weights"] - matrix).max() <= np.abs(matrix).max() / 127 / 2 * 1.001
    np.testing.assert_array_equal(found["bias"], matrix[0])
    np.testing.assert_array_equal(found["words"], words)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 2)), min_size=2, max_size=60), st.integers(2, 5))
def test_folds_are_even_depend_on_no_order_and_keep_equal_items_together(rows, number):
    made = Examples(tuple(Item(text) for text, _ in rows), np.array([a for _, a in rows]), ("x", "y", "z"))
    folds = folds_of(made, number)
    order = np.random.default_rng(0).permutation(len(rows))
    np.testing.assert_array_equal(folds_of(made.chosen(order), number), folds[order])
    where: dict = {}
    for row, fold in zip(rows, folds.tolist(), strict=True):
        assert where.setdefault(row, fold) == fold
    for answer in range(3):
        sizes = np.bincount([fold for (_, a), fold in where.items() if a == answer], minlength=number)
        assert sizes.max() - sizes.min() <= 1


class Blind:
    """A trainer whose models know nothing of what they have not seen."""

    def cross_fit(self, examples, folds, settings, progress=None):
        model = linear_fit.train_recipe(examples, Recipe((Pieces(),)), settings)
        return model, np.zeros((len(examples), len(examples.labels)), np.float32)


def test_auto_takes_the_simplest_that_is_not_worse_and_says_why(monkeypatch):
    fit = linear_training.Trainer()
    monkeypatch.setattr(
        auto, "trainer", lambda kind: Blind() if kind == "lstm" else fit if kind == "linear" else fit.__call__
    )
    head = train_head("about", examples(), settings=Settings(seconds=60))
    assert head.card.model == "linear"
    assert "over cnn 1.000 ± 0.000, lstm 0.333 ± 0.096" in head.card.note
    assert "on 24 held-out examples, within 60 s" in head.card.note


def test_auto_takes_what_is_clearly_better_and_leaves_out_what_time_does_not_allow(monkeypatch):
    fit = linear_training.Trainer().__call__
    clock = iter([0.0, 0.0, 1.0, 58.0])
    monkeypatch.setattr(auto, "trainer", lambda kind: Blind() if kind == "linear" else fit)
    monkeypatch.setattr(auto, "monotonic", lambda: next(clock))
    ordered = in_order(examples())
    choice = auto.choose(ordered, folds_of(ordered, 5), Settings(seconds=60))
    assert choice.kind == "cnn"
    assert choice.note.startswith("cnn 1.000 ± 0.000 over linear 0.3")
    assert choice.note.endswith("no time for lstm, transformer, ensemble")


def test_pictures_and_texts_apart_are_an_error():
    mixed = (Item("a text"), Item(picture=np.ones(4, np.float32) / 2))
    with pytest.raises(UsageError, match="train them apart"):
        auto.candidates(Examples(mixed, np.array([0, 1]), ("a", "b")))


def test_a_head_answers_without_what_trained_it(head, tmp_path):
    head.save(tmp_path / "about.safetensors")
    code = (
        "import sys; from pathlib import Path; from kgretrieval.classify.head import load_head; "
        "from kgretrieval.classify.base import Item; head = load_head(Path(sys.argv[1])); "
        "item = Item('The striker misses the goal.'); print(head.predict([item])[0].label, "
        "head.model.reasons(item, 0)[0].text, *{'sklearn', 'scipy', 'torch', 'pandas'} & set(sys.modules))"
    )
    call = [sys.executable, "-c", code, str(tmp_path / "about.safetensors")]
    said = subprocess.run(call, capture_output=True, text=True, check=True).stdout.split()
    assert said[0] == "football"
    assert len(said) == 2
