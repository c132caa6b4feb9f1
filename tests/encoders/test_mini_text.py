"""The text tower of `mini`: what its vectors are, and that it costs little."""

import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval import encoders
from kgretrieval.encoders.base import Encoder
from kgretrieval.errors import UsageError

TEXTS = ["a dog on the beach", "Rocket launch delayed by weather", "狗在海滩上奔跑", "Zxqwv Kryptobahnhof", "two"]


@pytest.fixture(scope="module")
def mini():
    return encoders.load("mini")


def test_mini_is_an_encoder(mini):
    assert isinstance(mini, Encoder)
    assert mini.name == encoders.DEFAULT == "mini"
    assert mini.spaces == {"picture": 512, "text": 384}


@pytest.mark.parametrize("space", ["picture", "text"])
def test_rows_are_unit_float32(mini, space):
    vectors = mini.encode_texts(TEXTS, space=space)
    assert vectors.shape == (len(TEXTS), mini.spaces[space])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("space", ["picture", "text"])
def test_a_text_of_which_nothing_is_known_gives_zeros(mini, space):
    vectors = mini.encode_texts(["", "  \n", "?!… —", "a dog", "龘"], space=space)
    assert (np.linalg.norm(vectors, axis=1) > 0.5).tolist() == [False, False, False, True, False]


def test_no_texts_give_no_rows(mini):
    assert mini.encode_texts([]).shape == (0, 512)


@pytest.mark.parametrize("space", ["picture", "text"])
def test_a_text_alone_gives_the_vector_it_has_in_a_batch(mini, space):
    together = mini.encode_texts(TEXTS * 300, space=space)
    alone = np.concatenate([mini.encode_texts([text], space=space) for text in TEXTS])
    np.testing.assert_allclose(together, np.tile(alone, (300, 1)), atol=2e-6)


def test_the_same_texts_give_the_same_bytes(mini):
    assert mini.encode_texts(TEXTS).tobytes() == encoders.load("mini").encode_texts(TEXTS).tobytes()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text_gives_a_unit_row_or_zeros(texts):
    lengths = np.linalg.norm(encoders.load("mini").encode_texts(texts, space="text"), axis=1)
    assert all(abs(length - 1) < 1e-4 or length == 0 for length in lengths)


def test_case_and_width_do_not_matter(mini):
    a, b = mini.encode_texts(["A DOG on the Beach", "ａ dog on the beach"])
    np.testing.assert_allclose(a, b, atol=1e-6)


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        ("flooding in the city", "Heavy rain leaves streets under water", "Striker signs new contract"),
        ("stock market falls", "Shares tumble as investors sell", "A boy plays the guitar"),
        ("football match", "The team won the cup final on Sunday", "The parliament passed the budget"),
    ],
)
def test_texts_about_the_same_thing_are_nearer(mini, query, near, far):
    q, n, f = mini.encode_texts([query, near, far], space="text")
    assert q @ n > q @ f + 0.1


def test_a_word_misspelt_stays_near(mini):
    a, b, c = mini.encode_texts(["helicopters", "helicoptres", "marmalade"], space="text")
    assert a @ b > a @ c + 0.1


def test_a_chinese_query_is_near_its_english_meaning(mini):
    zh, near, far = mini.encode_texts(["一只狗在草地上奔跑", "a dog runs on the grass", "a man rides a bicycle"])
    assert zh @ near > zh @ far + 0.1


def test_an_unknown_space_is_named(mini):
    with pytest.raises(UsageError, match="no space 'sound'; it has: picture, text"):
        mini.encode_texts(["a"], space="sound")


def test_texts_need_no_torch():
    code = (
        "import sys; import kgretrieval.encoders as e;"
        "e.load('mini').encode_texts(['a dog']); e.available(openclip=False);"
        "print([m for m in ('torch', 'open_clip', 'sklearn', 'pandas', 'nltk', 'networkx', 'PIL') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_query_is_encoded_in_milliseconds(mini):
    mini.encode_texts(["warm"])
    times = []
    for number in range(20):
        start = time.perf_counter()
        mini.encode_texts([f"protest outside the parliament {number}"])
        times.append(time.perf_counter() - start)
    assert min(times) < 0.01
