"""Nets learn, say why, come back from their file as they were, and read anything."""

import ast
import dataclasses
import subprocess
import sys

import numpy as np
import pytest

from kgretrieval.classify import MODELS, restore, trainer
from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.head import Card, Head
from kgretrieval.classify.nets.training import RECIPES, train_net
from kgretrieval.classify.quantise import smaller

KINDS = ("lstm", "cnn", "transformer")
GOOD = ("delightful", "wonderful", "brilliant", "charming")
BAD = ("dreadful", "tedious", "clumsy", "boring")
THINGS = ("play", "concert", "novel", "speech", "match", "meal", "film", "journey")


def reviews() -> Examples:
    items, answers = [], []
    for thing in THINGS:
        for answer, words in enumerate((BAD, GOOD)):
            for word in words:
                items.append(Item(f"Yesterday's {thing} was {word}."))
                answers.append(answer)
    return Examples(tuple(items), np.array(answers), ("bad", "good"))


TRAIN = reviews().chosen([i for i in range(64) if i % 5])
HELD = reviews().chosen(range(0, 64, 5))


@pytest.fixture(scope="module", params=KINDS)
def net(request):
    return trainer(request.param)(TRAIN, HELD, Settings(epochs=16 if request.param == "transformer" else 8))


def test_a_net_learns_what_its_examples_show(net):
    assert net.labels == ("bad", "good")
    found = net.scores(HELD.items)
    assert (found.argmax(1) == HELD.answers).mean() >= 0.9


def test_a_new_word_is_read_by_its_meaning(net):
    scores = net.scores([Item("A horrible evening"), Item("A marvellous evening")])
    assert scores[1, 1] > scores[0, 1]


def test_scores_do_not_depend_on_the_company(net):
    items = [*HELD.items, Item(""), Item("so"), Item("A long day. " * 20), *TRAIN.items[:20]]
    together = net.scores(items)
    assert np.array_equal(together, np.concatenate([net.scores([item]) for item in items]))
    assert np.array_equal(together[::-1], net.scores(items[::-1]))


def test_a_net_comes_back_from_its_state_as_it_was(net):
    again = restore(net.kind, net.labels, net.state())
    assert np.array_equal(again.scores(HELD.items), net.scores(HELD.items))
    assert again.state().settings == net.state().settings


def test_the_strongest_reason_is_the_word_that_decides(net):
    item = Item("Yesterday's novel was wonderful.")
    assert net.reasons(item, 1, most=1)[0].text == "wonderful"


def test_without_a_reason_for_a_label_the_label_scores_lower(net):
    for item in (HELD.items[0], Item("Boring, boring, and then wonderful! " * 6)):
        for label in (0, 1):
            for reason in net.reasons(item, label, most=3):
                assert item.text[reason.start : reason.end] == reason.text
                shorter = item.text[: reason.start] + item.text[reason.end :]
                before, after = net.scores([item, Item(shorter)])[:, label]
                assert np.sign(before - after) == np.sign(reason.weight)


def test_a_text_without_words_has_scores_and_no_reasons(net):
    for text in ("", " \n", "…"):
        assert np.isfinite(net.scores([Item(text)])).all()
        assert net.reasons(Item(text), 0) == ()
    assert net.scores([]).shape == (0, 2)


def test_any_language_is_read(net):
    items = [Item("这场音乐会很精彩。", "zh"), Item("Ein großartiges Konzert", "de"), Item("👍 www.x.org @you #so")]
    assert np.isfinite(net.scores(items)).all()
    assert "精彩" in {reason.text for reason in net.reasons(items[0], 1)}


def test_the_same_examples_and_seed_give_the_same_net(net):
    first, second = (train_net(net.kind, TRAIN, HELD, Settings(epochs=2)).state().arrays for _ in range(2))
    assert all(np.array_equal(first[name], array) for name, array in second.items())


def test_every_kind_of_net_is_known():
    assert all(MODELS[kind].trains == "nets.training" and kind in RECIPES for kind in KINDS)


def test_weights_of_examples_count():
    contradicting = Examples(TRAIN.items * 2, np.concatenate([TRAIN.answers, 1 - TRAIN.answers]), TRAIN.labels)
    weights = np.concatenate([np.ones(len(TRAIN)), np.full(len(TRAIN), 0.01)]).astype(np.float32)
    weighed = dataclasses.replace(contradicting, weights=weights)
    found = train_net("cnn", weighed, HELD, Settings(epochs=8)).scores(HELD.items)
    assert (found.argmax(1) == HELD.answers).mean() >= 0.9


def test_a_net_in_eight_bits_says_nearly_the_same(net):
    head = Head(net, Card("reviews", net.kind, net.labels))
    small = smaller(head)
    assert small.model.state().bytes < 0.4 * net.state().bytes
    assert np.abs(small.probabilities(HELD.items) - head.probabilities(HELD.items)).max() < 0.05


def test_a_saved_net_runs_without_what_trained_it(tmp_path):
    net = train_net("lstm", TRAIN, HELD, Settings(epochs=1))
    Head(net, Card("reviews", net.kind, net.labels)).save(tmp_path / "head")
    code = (
        "import sys; from pathlib import Path; from kgretrieval.classify.base import Item;"
        "from kgretrieval.classify.head import load_head;"
        f"head = load_head(Path({str(tmp_path / 'head')!r}));"
        f"print(head.predict([Item({HELD.items[0].text!r})])[0].probabilities);"
        "print([name for name in sys.modules if 'training' in name and 'kgretrieval' in name or name == 'sklearn'])"
    )
    said, trainers = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert trainers == "[]"
    wanted = Head(net, Card("reviews", net.kind, net.labels)).predict(HELD.items[:1])[0].probabilities
    assert ast.literal_eval(said) == wanted
