"""The picture tower of `mini`, and that words find the right picture."""

import hashlib
import json
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kgretrieval import encoders
from kgretrieval.encoders._weights import MODELS, WeightFile
from kgretrieval.errors import ModelError

DATA = Path(__file__).resolve().parents[2] / "../shared/data"
# Photographs in the wheels of scikit-image and scikit-learn.
SAID = {
    ("skimage", "data/chelsea.png"): "a cat",
    ("skimage", "data/coffee.png"): "a cup of coffee on a table",
    ("skimage", "data/rocket.jpg"): "a rocket on its launch pad",
    ("sklearn", "datasets/images/china.jpg"): "a building with a roof",
    ("sklearn", "datasets/images/flower.jpg"): "a red flower",
}


@pytest.fixture(scope="module")
def mini():
    return encoders.load("mini")


@pytest.fixture(scope="module")
def photographs():
    return [Image.open(Path(find_spec(package).origin).parent / name).convert("RGB") for package, name in SAID]


@pytest.fixture(scope="module")
def vectors(mini, photographs):
    return mini.encode_pictures(photographs)


def test_rows_are_unit_float32(vectors):
    assert vectors.shape == (len(SAID), 512)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_words_find_their_picture(mini, vectors):
    scores = mini.encode_texts(list(SAID.values())) @ vectors.T
    assert scores.argmax(1).tolist() == list(range(len(SAID)))


def test_chinese_words_find_their_picture(mini, vectors):
    assert (mini.encode_texts(["一只猫"]) @ vectors.T).argmax() == 0


def test_no_pictures_give_no_rows(mini):
    assert mini.encode_pictures([]).shape == (0, 512)


def test_a_picture_alone_gives_the_vector_it_has_in_a_batch(mini, photographs, vectors):
    many = mini.encode_pictures(photographs * 4)
    np.testing.assert_allclose(many, np.tile(vectors, (4, 1)), atol=2e-4)


def test_the_same_pictures_give_the_same_bytes(mini, photographs, vectors):
    assert mini.encode_pictures(photographs).tobytes() == vectors.tobytes()


def test_a_mirrored_picture_gives_the_same_vector(mini, photographs, vectors):
    mirrored = [picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for picture in photographs]
    np.testing.assert_allclose(mini.encode_pictures(mirrored), vectors, atol=5e-3)


def test_a_smaller_copy_stays_near(mini, photographs, vectors):
    small = [picture.resize((picture.width // 2, picture.height // 2)) for picture in photographs]
    assert ((mini.encode_pictures(small) * vectors).sum(1) > 0.9).all()


@pytest.mark.parametrize("size", [(1, 1), (2000, 3), (7, 900)])
def test_odd_shapes_are_taken(mini, size):
    vector = mini.encode_pictures([Image.new("RGB", size, "red")])
    np.testing.assert_allclose(np.linalg.norm(vector), 1, atol=1e-5)


def test_the_card_names_the_files_that_are_there():
    card = json.loads((MODELS / "mini.json").read_text(encoding="utf-8"))
    for part, about in card["files"].items():
        data = (files("kgretrieval") / "models" / f"mini-{part}.safetensors").read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (about["bytes"], about["sha256"])
    both = "".join(card["files"][part]["sha256"] for part in ("text", "picture"))
    assert card["weights_hash"] == hashlib.sha256(both.encode()).hexdigest() == encoders.load("mini").weights_hash


def test_the_weights_are_small():
    assert sum(path.stat().st_size for path in MODELS.glob("mini*")) < 25_000_000


def test_a_damaged_weight_file_is_named(tmp_path):
    path = tmp_path / "mini-text.safetensors"
    path.write_bytes((MODELS / path.name).read_bytes()[:1000])
    with pytest.raises(ModelError, match=r"cannot read the weights .*mini-text\.safetensors") as caught:
        WeightFile(path)
    assert "\n" not in str(caught.value)


def recall(queries, gallery, top):
    best = np.argsort(-(queries @ gallery.T), axis=1)[:, :top]
    return (best == np.arange(len(gallery))[:, None]).any(1).mean()


@pytest.mark.data
def test_captions_find_their_photographs_among_sixty(mini):
    if not (DATA / "flickr8k").is_dir():
        pytest.skip("needs the data set flickr8k beside the repository")
    lines = (DATA / "flickr8k" / "captions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["split"] == "val"][:60]
    gallery = mini.encode_pictures([Image.open(DATA / "flickr8k" / row["image"]).convert("RGB") for row in rows])
    assert recall(mini.encode_texts([row["captions"][0] for row in rows]), gallery, 10) > 0.8
    assert recall(mini.encode_texts(["".join(row["captions_zh"][:2]) for row in rows]), gallery, 10) > 0.6
