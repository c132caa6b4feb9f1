"""Text and picture together, on made items that neither decides alone: the text says what, the picture says when."""

import numpy as np
import pytest
from linear_kit import TEXTS

from kgretrieval.classify import trainer
from kgretrieval.classify.base import CrossFit, Examples, Item, Settings
from kgretrieval.classify.fusion import LateModel
from kgretrieval.classify.head import load_head
from kgretrieval.classify.training import train_head
from kgretrieval.errors import UsageError

WIDTH = 12
LABELS = ("football by day", "football by night", "kitchen by day", "kitchen by night")
KINDS = ("early", "late")


def made(count, *, seed=0):
    rng = np.random.default_rng(seed)
    sentences = {what: [text for text, label in TEXTS if label == what] for what in ("football", "kitchen")}
    items, answers = [], np.arange(count) % len(LABELS)
    for answer in answers:
        what, when = LABELS[answer].split(" by ")
        vector = 0.3 * rng.standard_normal(WIDTH).astype(np.float32)
        vector[when == "night"] += 1
        items.append(Item(str(rng.choice(sentences[what])), "en", vector / np.linalg.norm(vector)))
    return Examples(tuple(items), answers, LABELS)


def right(model, examples):
    return float(np.mean(model.scores(examples.items).argmax(1) == examples.answers))


@pytest.fixture(scope="module", params=KINDS)
def model(request):
    return trainer(request.param)(made(120), made(40, seed=1), Settings())


def test_both_together_know_what_neither_knows_alone(model):
    assert right(model, made(100, seed=2)) > 0.9
    if isinstance(model, LateModel):
        assert max(right(alone, made(100, seed=2)) for alone in (model.text, model.picture)) < 0.7


def test_what_lacks_a_text_or_a_picture_is_sorted_by_the_other(model):
    night, match = made(2, seed=3).items[1].picture, "The striker scores a goal in extra time."
    by_text, by_picture = model.scores([Item(match), Item(picture=night)])
    assert min(by_text[:2]) > max(by_text[2:])
    assert min(by_picture[1], by_picture[3]) > max(by_picture[0], by_picture[2])


def test_words_are_the_reasons_for_what_the_text_says(model):
    item = Item("The striker scores a goal in extra time.", "en", made(1).items[0].picture)
    found = model.reasons(item, 0, most=3)
    assert {one.text for one in found} & {"striker", "scores", "goal", "extra", "time"}
    assert all(item.text[one.start : one.end] == one.text for one in found)
    apart = model.scores([item, Item(item.text.replace(found[0].text, ""), "en", item.picture)])
    moved = apart[0] - apart[1]
    assert (moved[0] - moved.mean()) * found[0].weight > 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_head_of_both_comes_back_from_its_file(kind, tmp_path):
    examples = made(80)
    head = train_head("scene", examples, model=kind, pictures="mini")
    head.save(tmp_path / "scene.safetensors")
    again = load_head(tmp_path / "scene.safetensors")
    assert again.version == head.version
    assert np.array_equal(again.probabilities(examples.items), head.probabilities(examples.items))
    assert head.card.measures["accuracy"] > 0.9


@pytest.mark.parametrize("kind", KINDS)
def test_held_out_scores_come_from_models_without_the_item(kind):
    examples, folds = made(100), np.arange(100) // 4 % 5
    wrong = examples.answers.copy()
    wrong[folds == 2] = (wrong[folds == 2] + 2) % 4
    fit = trainer(kind)
    assert isinstance(fit, CrossFit)
    _, scores = fit.cross_fit(Examples(examples.items, wrong, LABELS), folds, Settings())
    assert np.mean(scores[folds == 2].argmax(1) == examples.answers[folds == 2]) > 0.8


@pytest.mark.parametrize("kind", KINDS)
def test_two_labels_are_enough(kind):
    some = made(40)
    two = Examples(some.items, some.answers // 2, ("football", "kitchen"))
    assert right(trainer(kind)(two, two.chosen([]), Settings()), two) > 0.9


def test_examples_without_pictures_are_no_ground_for_fusion():
    plain = Examples(tuple(Item(item.text) for item in made(20).items), made(20).answers, LABELS)
    for kind in KINDS:
        with pytest.raises(UsageError, match="picture"):
            trainer(kind)(plain, plain.chosen([]), Settings())


def test_nothing_at_all_is_not_sorted():
    late = trainer("late")(made(40), made(20, seed=1), Settings())
    with pytest.raises(UsageError, match="item 1 of 1 has neither"):
        late.scores([Item("  ")])
