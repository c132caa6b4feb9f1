"""The linear model: what runs in NumPy is what scikit-learn learned, and its reasons add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear_kit import LABELS, examples
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from kgretrieval.classify import restore
from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.features import Pieces, word_spans
from kgretrieval.classify.linear import Recipe
from kgretrieval.classify.linear_fit import train_recipe

TWO = (Pieces("words", 2, stems=True, ends=True), Pieces("chars", 4))
FULL = Recipe(TWO, vectors=1.0, bayes=True, cost=0.3)
ANY = st.text(st.sampled_from("abz ÄßéŁ’'!?%$:)-_.,\n\t 北京大學123İ\u0301"), max_size=40)


@pytest.fixture(scope="module")
def trained():
    return train_recipe(examples(), FULL, Settings())


def pipeline(pieces, labels):
    def vectorizer(one):
        return make_pipeline(
            CountVectorizer(analyzer=lambda item: one.cut(item.text, item.language)),
            TfidfTransformer(sublinear_tf=True),
        )

    return make_pipeline(make_union(*map(vectorizer, pieces)), LinearSVC(C=0.5, random_state=0, max_iter=100_000))


@pytest.mark.parametrize("labels", [LABELS, LABELS[:2]])
def test_numpy_scores_what_the_pipeline_of_scikit_learn_scores(labels):
    known, new = examples(labels=labels), examples(labels=labels, first=40).items
    theirs = pipeline(TWO, labels).fit(known.items, known.answers).decision_function(new)
    ours = train_recipe(known, Recipe(TWO, cost=0.5), Settings()).scores(new)
    if len(labels) == 2:
        theirs = np.stack([-theirs, theirs], 1)
    np.testing.assert_allclose(ours, theirs, atol=2e-3)


def test_columns_weighed_by_naive_bayes_give_the_scores_of_wang_and_manning():
    known, new = examples(labels=LABELS[:2]), examples(labels=LABELS[:2], first=40).items
    pieces = Pieces("words", 1)
    counter = CountVectorizer(analyzer=lambda item: pieces.cut(item.text, "en"))
    vectorizer = make_pipeline(counter, TfidfTransformer(sublinear_tf=True))
    values, unseen = vectorizer.fit_transform(known.items).toarray(), vectorizer.transform(new).toarray()
    have, lack = ((values[known.answers == answer] > 0).sum(0) + 1 for answer in (1, 0))
    ratio = np.log(have / have.sum() / (lack / lack.sum()))
    ratio /= np.sqrt(((values * ratio) ** 2).sum(1).mean())
    machine = LinearSVC(C=0.5, random_state=0, max_iter=100_000).fit(values * ratio, known.answers)
    ours = train_recipe(known, Recipe((pieces,), bayes=True, cost=0.5), Settings()).scores(new)
    np.testing.assert_allclose(ours[:, 1], machine.decision_function(unseen * ratio), atol=2e-3)


def test_new_sentences_find_their_label(trained):
    new = examples(first=40)
    assert (trained.scores(new.items).argmax(1) == new.answers).mean() >= 0.98


def test_a_file_gives_the_same_scores_and_other_texts_in_the_batch_change_nothing(trained):
    items = examples(first=40).items
    again = restore("linear", trained.labels, trained.state())
    np.testing.assert_array_equal(again.scores(items), trained.scores(items))
    alone = np.concatenate([trained.scores([item]) for item in items])
    np.testing.assert_allclose(alone, trained.scores(items), atol=1e-5)


def test_reasons_of_single_words_add_up_to_the_score():
    model = train_recipe(examples(), Recipe((Pieces("words", 1),), cost=0.5), Settings())
    item = Item("My aunt kneads dough, the striker does not; my AUNT roasts onions.")
    reasons = model.reasons(item, 1, most=99)
    assert sum(reason.weight for reason in reasons) == pytest.approx(
        model.scores([item])[0, 1] - model.bias[1], abs=1e-5
    )
    assert all(item.text[one.start : one.end] == one.text for one in reasons)


def test_reasons_agree_with_leaving_the_word_out(trained):
    agree = []
    for item, answer in zip(examples(8, first=50).items, examples(8, first=50).answers.tolist(), strict=True):
        for reason in trained.reasons(item, answer, most=3):
            without = Item(item.text[: reason.start] + item.text[reason.end :])
            moved = trained.scores([item])[0, answer] - trained.scores([without])[0, answer]
            agree.append(np.sign(moved) == np.sign(reason.weight))
    assert np.mean(agree) >= 0.95


def test_a_text_without_words_has_a_score_and_no_reasons(trained):
    assert np.isfinite(trained.scores([Item(""), Item(" \n"), Item("....")])).all()
    assert trained.reasons(Item(" .. "), 0) == ()


def test_balanced_counts_a_rare_label_as_much_as_a_frequent_one():
    both = examples()
    few = both.chosen([i for i, answer in enumerate(both.answers.tolist()) if answer != 2 or i % 20 == 0])
    vague = [Item("The old one is in the stadium oven market before this.")]
    recipe = Recipe((Pieces("words", 1),), cost=0.1)
    plain, balanced = (train_recipe(few, recipe, Settings(balanced=flag)).scores(vague)[0] for flag in (False, True))
    assert balanced[2] - balanced[:2].mean() > plain[2] - plain[:2].mean()


def test_chinese_is_cut_into_characters():
    assert Pieces("words", 2).cut("北京abc", "zh") == ["北", "京", "abc", "北 京", "京 abc"]


def test_stems_and_stop_words():
    assert Pieces("words", 1, stems=True, stop=True).cut("The elections of Zürich", "en") == ["elect", "zurich"]
    assert Pieces("words", 1, stems=True).cut("die Häuser", "de") == ["die", "haus"]


@given(
    ANY,
    st.sampled_from(["en", "de", "zh"]),
    st.sampled_from([*TWO, Pieces("words", 3), Pieces("words", 2, True, True)]),
)
def test_placed_pieces_are_the_pieces_and_lie_in_the_text(text, language, pieces):
    placed = pieces.placed(text, language)
    assert sorted(piece for piece, _, _ in placed) == sorted(pieces.cut(text, language))
    assert all(0 <= start <= end <= len(text) for _, start, end in placed)
    assert all("\n" not in piece for piece, _, _ in placed)


@given(ANY)
def test_words_stand_where_they_are_said_to(text):
    assert all(text[start:end] == word for word, start, end in word_spans(text))


def test_texts_of_nothing_known_are_told_by_the_bias_alone():
    empty = Examples((Item(""), Item("."), Item(""), Item(".")), np.array([0, 1, 0, 1]), ("a", "b"))
    model = train_recipe(empty, Recipe((Pieces(),)), Settings())
    assert model.scores([Item("word")]).shape == (1, 2)
