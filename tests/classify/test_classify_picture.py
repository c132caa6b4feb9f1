"""Heads on the vectors of pictures, with made vectors: what the encoder sees is tested elsewhere."""

import numpy as np
import pytest

from kgretrieval.classify import restore, trainer
from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.head import Card, Head, load_head
from kgretrieval.errors import UsageError

WIDTH = 16


def pictures(count, labels, *, seed=0, noise=0.4):
    """Examples whose vectors lie around a direction for each label."""
    rng = np.random.default_rng(seed)
    answers = np.arange(count) % len(labels)
    rows = np.eye(WIDTH, dtype=np.float32)[answers] + noise * rng.standard_normal((count, WIDTH)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Examples(tuple(Item(picture=row) for row in rows), answers, tuple(labels))


def trained(train, validation=None, **settings):
    return trainer("picture")(train, validation or train.chosen([]), Settings(**settings))


def right(model, examples):
    return float(np.mean(model.scores(examples.items).argmax(1) == examples.answers))


def test_pictures_are_sorted_by_examples():
    labels = ["boat", "cat", "house", "tree"]
    model = trained(pictures(200, labels), pictures(80, labels, seed=1))
    assert right(model, pictures(200, labels, seed=2)) > 0.8


def test_two_labels_are_enough():
    model = trained(pictures(60, ["day", "night"]))
    assert right(model, pictures(100, ["day", "night"], seed=3)) > 0.9
    assert model.scores(pictures(2, ["day", "night"]).items).shape == (2, 2)


def test_a_label_without_examples_is_never_given():
    some = pictures(90, ["a", "b", "c"])
    wide = Examples(some.items, some.answers + 1, ("never", "a", "b", "c"))
    model = trained(wide)
    assert right(model, wide) > 0.9
    assert not (model.scores(wide.items).argmax(1) == 0).any()


def test_a_label_that_alone_has_examples_is_always_given():
    some = pictures(10, ["a"])
    model = trained(Examples(some.items, some.answers, ("a", "b")))
    assert model.scores(pictures(5, ["x", "y"]).items).argmax(1).tolist() == [0] * 5


def test_balanced_training_gives_rare_labels_more_often():
    many, few = pictures(300, ["a", "b"], noise=1.2), range(1, 300, 2)
    skewed = many.chosen([*range(0, 300, 2), *list(few)[:12]])
    plain, balanced = trained(skewed), trained(skewed, balanced=True)
    unseen = pictures(400, ["a", "b"], seed=5, noise=1.2)
    given = [(model.scores(unseen.items).argmax(1) == 1).sum() for model in (plain, balanced)]
    assert given[1] > 1.2 * given[0]


def test_weights_of_examples_count():
    some = pictures(40, ["a", "b"])
    doubtful = Examples(
        some.items * 2, np.r_[some.answers, 1 - some.answers], some.labels, np.r_[np.ones(40), np.zeros(40)]
    )
    assert right(trained(doubtful), some) > 0.9


def test_a_head_comes_back_from_its_file(tmp_path):
    labels = ("boat", "cat", "house")
    examples = pictures(60, labels)
    head = Head(trained(examples), Card("things", "picture", labels, pictures="mini"))
    head.save(tmp_path / "things.safetensors")
    again = load_head(tmp_path / "things.safetensors")
    assert again.version == head.version
    assert np.array_equal(again.probabilities(examples.items), head.probabilities(examples.items))


def test_the_same_examples_give_the_same_model():
    examples = pictures(60, ["a", "b", "c"])
    first, second = trained(examples).state().arrays, trained(examples).state().arrays
    assert all(np.array_equal(first[name], second[name]) for name in first)


@pytest.mark.parametrize("item", [Item(text="words alone"), Item(picture=np.zeros(WIDTH + 1, np.float32))])
def test_what_the_model_cannot_see_is_said(item):
    model = restore("picture", ("a", "b"), trained(pictures(20, ["a", "b"])).state())
    with pytest.raises(UsageError, match=r"item 2"):
        model.scores([pictures(1, ["a"]).items[0], item])
