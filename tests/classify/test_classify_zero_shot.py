"""Labels by their names alone, with the embedded encoder."""

import subprocess
import sys

import numpy as np
import pytest

from kgretrieval.classify import trainer
from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.head import load_head
from kgretrieval.classify.zero_shot import zero_shot_head
from kgretrieval.errors import UsageError

MATCH = Item("The striker scored twice and the goalkeeper saved a penalty in the last minutes of the match.")
VOTE = Item("The chancellor lost the vote of confidence, and parliament will be dissolved before the election.")
RAIN = Item("Heavy rain and strong winds are expected, with temperatures falling below zero at night.")


@pytest.mark.parametrize(
    "names", [["politics", "sport", "weather"], ["Politik", "Sport", "Wetter"], ["政治", "体育", "天气"]]
)
def test_texts_get_the_label_whose_name_is_near(names):
    found = zero_shot_head(names).predict([VOTE, MATCH, RAIN])
    assert [one.label for one in found] == names


def test_german_and_chinese_texts_are_sorted_under_english_names():
    items = [
        Item("Die Trainerin lobt nach dem Sieg die Mannschaft.", "de"),
        Item("总理在议会表决中失败，将举行选举。", "zh"),
    ]
    assert [one.label for one in zero_shot_head(["politics", "sport"]).predict(items)] == ["sport", "politics"]


def test_the_order_of_the_names_does_not_matter():
    names = ["politics", "sport", "weather"]
    first, second = zero_shot_head(names), zero_shot_head(names[::-1])
    assert np.allclose(first.probabilities([MATCH, RAIN]), second.probabilities([MATCH, RAIN])[:, ::-1], atol=1e-6)


def test_a_text_of_nothing_is_equally_likely_everything():
    assert np.allclose(zero_shot_head(["politics", "sport"]).probabilities([Item("")]), 0.5)


def test_reasons_agree_with_leaving_the_word_out():
    model = zero_shot_head(["politics", "sport"]).model
    for label in (0, 1):
        for reason in model.reasons(MATCH, label, most=5):
            assert MATCH.text[reason.start : reason.end] == reason.text
            without = Item(MATCH.text[: reason.start] + " " + MATCH.text[reason.end :])
            whole, less = model.scores([MATCH, without])
            apart = (whole[label] - whole[1 - label]) - (less[label] - less[1 - label])
            assert apart == pytest.approx(reason.weight, abs=1e-4)
    assert {one.text for one in model.reasons(MATCH, 1, most=4)} & {"striker", "goalkeeper", "penalty", "match"}


def test_a_head_of_names_comes_back_from_its_file(tmp_path):
    head = zero_shot_head(["politics", "sport"])
    head.save(tmp_path / "names.safetensors")
    again = load_head(tmp_path / "names.safetensors")
    assert again.version == head.version
    assert np.array_equal(again.probabilities([VOTE, MATCH]), head.probabilities([VOTE, MATCH]))


def test_it_can_be_compared_with_models_that_are_trained():
    examples = Examples((VOTE, MATCH), np.array([0, 1]), ("politics", "sport"))
    model = trainer("names")(examples, examples.chosen([]), Settings())
    assert model.scores(examples.items).argmax(1).tolist() == [0, 1]


def test_pictures_get_the_label_whose_name_is_near():
    from PIL import Image

    from kgretrieval import encoders
    from kgretrieval.sample.photos import photo_path

    shown = [Image.open(photo_path(name)).convert("RGB") for name in ("chelsea.png", "coffee.png", "rocket.jpg")]
    head = zero_shot_head(["a cat", "a cup of coffee", "a rocket"], pictures=True)
    items = [Item(picture=vector) for vector in encoders.load(head.card.pictures).encode_pictures(shown)]
    assert [one.label for one in head.predict(items)] == ["a cat", "a cup of coffee", "a rocket"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["sport"], "at least two"),
        (["sport", "  "], "at least two"),
        (["sport", "sport"], "named twice"),
        (["a", "…"], "…"),
    ],
)
def test_names_that_cannot_be_told_apart_are_refused(names, said):
    with pytest.raises(UsageError, match=said):
        zero_shot_head(names)


def test_texts_need_no_torch():
    code = (
        "import sys; from kgretrieval.classify.zero_shot import zero_shot_head as z; "
        "from kgretrieval.classify.base import Item; z(['politics', 'sport']).predict([Item('a match')]); "
        "print({'torch', 'sklearn', 'scipy', 'PIL'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
