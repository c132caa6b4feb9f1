"""Changed copies of examples."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.classify.augment import augmented, changed, near_words
from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.self_training import train_with_rest

TEXTS = (
    "The minister defended the new budget before the parliament in the capital.",
    "A minister of the old government criticised the budget in a speech.",
    "The striker scored twice and the goalkeeper saved a penalty in the cup final.",
    "In the final the goalkeeper of the home team was injured by a striker.",
)
ITEMS = tuple(map(Item, TEXTS))


def test_words_are_put_for_words_of_like_meaning_that_the_texts_have():
    near = near_words([*ITEMS, Item("The cabinet met in the capital."), Item("A cabinet met.")], ITEMS)
    there = " ".join(TEXTS).lower()
    assert near
    for word, others in near.items():
        assert word in there
        assert word not in others


def test_copies_differ_from_the_text_and_from_each_other():
    copies = [changed(ITEMS[0], {}, copy=number).text for number in range(4)]
    assert len({TEXTS[0], *copies}) == 5
    assert all(len(copy.split()) < len(TEXTS[0].split()) for copy in copies)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "de", "zh"]), st.integers(0, 9))
def test_any_text_can_be_changed_and_always_in_the_same_way(text, language, copy):
    picture = np.ones(3, np.float32)
    item = Item(text, language, picture)
    one = changed(item, {"the": ("a",)}, copy=copy)
    assert one.text == changed(item, {"the": ("a",)}, copy=copy).text
    assert (one.language, one.picture is picture) == (language, True)
    assert len(one.text) <= len(text)


def test_copies_have_the_label_of_their_example_and_count_less():
    examples = Examples(ITEMS, np.array([0, 0, 1, 1]), ("politics", "sport"), np.array([1, 2, 1, 1], np.float32))
    more = augmented(examples, copies=2)
    assert more.items[:4] == ITEMS
    assert more.answers.tolist() == [0, 0, 1, 1] * 3
    assert more.weights.tolist() == [1, 2, 1, 1, *[0.5, 1, 0.5, 0.5] * 2]


def test_a_net_says_whether_copies_and_rest_helped_it():
    later = tuple(Item(f"{text} That was yesterday.") for text in TEXTS)
    examples = Examples(ITEMS + later, np.array([0, 0, 1, 1] * 2), ("politics", "sport"))
    rest = [Item("The goalkeeper and the striker met before the final."), Item("The budget of the government.")]
    head = train_with_rest("section", examples, rest, model="cnn", settings=Settings(epochs=1))
    assert head.card.model == "cnn"
    assert "copies of the examples with other words" in head.card.note
    assert "help" in head.card.note
