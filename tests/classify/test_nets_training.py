"""Training stops and goes on as it should, by whatever word vectors."""

import numpy as np
import pytest

from kgretrieval.classify import restore
from kgretrieval.classify.base import Examples, Item, Settings, State
from kgretrieval.classify.nets import checkpoint
from kgretrieval.classify.nets.training import RECIPES, train_net
from kgretrieval.errors import ModelError, UnreadableError, UsageError

COLOURS = {"warm": ("red", "orange", "crimson"), "cold": ("blue", "turquoise", "navy")}


def colours(things) -> Examples:
    rows = [(f"A {word} {thing} .", label) for thing in things for label in COLOURS for word in COLOURS[label]]
    labels = tuple(sorted(COLOURS))
    return Examples(tuple(Item(t) for t, _ in rows), np.array([labels.index(n) for _, n in rows]), labels)


TRAIN, HELD = colours(("hat", "coat", "scarf", "boat", "wall")), colours(("door", "chair"))


def same(one, other) -> bool:
    arrays = other.state().arrays
    return all(np.array_equal(array, arrays[name]) for name, array in one.state().arrays.items())


class StopError(Exception):
    pass


@pytest.mark.parametrize("kind", ["lstm", "cnn"])
def test_an_interrupted_training_goes_on_to_the_same_net(tmp_path, kind):
    def interrupt(progress):
        if progress.done == 2:
            raise StopError

    settings = Settings(epochs=4, checkpoint=tmp_path / "training")
    with pytest.raises(StopError):
        train_net(kind, TRAIN, HELD, settings, interrupt)
    passes = []
    resumed = train_net(kind, TRAIN, HELD, settings, lambda progress: passes.append(progress.done))
    assert passes[0] == 3
    assert same(resumed, train_net(kind, TRAIN, HELD, Settings(epochs=4)))
    assert not settings.checkpoint.exists()


def test_a_checkpoint_of_other_examples_is_refused(tmp_path):
    file = tmp_path / "training"
    checkpoint.save(file, "other", {})
    with pytest.raises(UsageError, match="belongs to other examples"):
        train_net("cnn", TRAIN, HELD, Settings(checkpoint=file))
    file.write_bytes(b"no checkpoint")
    with pytest.raises(UsageError, match="is no checkpoint"):
        train_net("cnn", TRAIN, HELD, Settings(checkpoint=file))


def test_training_keeps_to_its_time():
    done = []
    train_net("cnn", TRAIN, HELD, Settings(seconds=1e-6), lambda progress: done.append(progress))
    assert [(progress.done, progress.total) for progress in done] == [(1, 1)]


def test_training_stops_where_nothing_gets_better():
    done = []
    wrong = Examples(HELD.items, 1 - HELD.answers, HELD.labels)
    train_net("cnn", TRAIN, wrong, Settings(epochs=40), lambda progress: done.append(progress))
    assert len(done) < 40


def test_training_needs_examples():
    with pytest.raises(UsageError, match="needs examples"):
        train_net("cnn", TRAIN.chosen([]), HELD, Settings())


def test_learned_vectors_need_no_table():
    net = train_net("cnn", TRAIN, HELD, Settings(vectors="learned", epochs=12))
    assert (net.scores(HELD.items).argmax(1) == HELD.answers).all()
    assert net.state().arrays["map"].size == 0


@pytest.mark.parametrize("first", ["", "7 3\n"])
def test_vectors_of_a_file_speak_for_words_that_no_example_has(tmp_path, first):
    file = tmp_path / "vectors.txt"
    near = {"warm": ("red", "orange", "crimson", "Vermilion"), "cold": ("blue", "turquoise", "navy")}
    lines = [f"{word} {'1 0 0.1' if label == 'warm' else '0 1 0.1'}" for label in near for word in near[label]]
    file.write_text(first + "\n".join(lines) + "\n", encoding="utf-8")
    net = train_net("cnn", TRAIN, HELD, Settings(vectors=str(file), epochs=12))
    file.unlink()
    again = restore("cnn", net.labels, net.state())
    assert net.labels[int(again.scores([Item("A vermilion hat .")]).argmax())] == "warm"


def test_what_is_no_file_of_vectors_is_said_in_one_line(tmp_path):
    with pytest.raises(UsageError, match="no file of word vectors"):
        train_net("cnn", TRAIN, HELD, Settings(vectors=str(tmp_path / "none.txt")))
    file = tmp_path / "vectors.txt"
    for content, said in (("red 1 2\nblue 1\n", "line 2"), ("red one two\n", "line 1"), ("", "no word vectors")):
        file.write_text(content)
        with pytest.raises(UnreadableError, match=said):
            train_net("cnn", TRAIN, HELD, Settings(vectors=str(file)))


def test_a_net_is_not_run_with_another_token_table():
    state = train_net("cnn", TRAIN, HELD, Settings(epochs=1)).state()
    other = State(state.arrays, {**state.settings, "version": "0" * 64})
    with pytest.raises(ModelError, match="train it again"):
        restore("cnn", TRAIN.labels, other)


def test_rare_labels_count_as_much_as_frequent_ones_where_asked():
    few = TRAIN.chosen([i for i in range(len(TRAIN)) if TRAIN.answers[i] == 0 or i < 6])
    plain, balanced = (
        train_net("cnn", few, HELD, Settings(epochs=3, balanced=on)).scores(HELD.items) for on in (False, True)
    )
    assert balanced[:, 1].mean() > plain[:, 1].mean()


def test_the_recipes_name_every_net():
    assert set(RECIPES) == {"lstm", "cnn", "transformer"}
