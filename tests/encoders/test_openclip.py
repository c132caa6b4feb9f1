"""The open_clip encoder, with a tiny model of random weights in a file, and its messages."""

import json

import numpy as np
import pytest
from PIL import Image

from kgretrieval import encoders
from kgretrieval.encoders.base import Encoder
from kgretrieval.encoders.openclip import sha256
from kgretrieval.encoders.torchvision_mend import ensure_torchvision, import_open_clip
from kgretrieval.errors import ModelError, UsageError

SHAPE = {
    "embed_dim": 32,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 1, "layers": 1},
}
TEXTS = ["a dog", "", "a cat on a sofa", "   "]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A model that open_clip knows by name, and its weights in a file."""
    import torch

    folder = tmp_path_factory.mktemp("tiny")
    (folder / "kg-tiny.json").write_text(json.dumps(SHAPE))
    open_clip = import_open_clip()
    open_clip.add_model_config(folder / "kg-tiny.json")
    torch.manual_seed(0)
    torch.save(open_clip.create_model("kg-tiny").state_dict(), folder / "tiny.pt")
    return f"openclip:kg-tiny/{folder / 'tiny.pt'}"


@pytest.fixture(scope="module")
def encoder(tiny):
    return encoders.load(tiny)


@pytest.fixture(scope="module")
def pictures():
    rng = np.random.default_rng(0)
    return [Image.fromarray(rng.integers(0, 255, (40, 50, 3), np.uint8)) for _ in range(20)]


def test_open_clip_can_be_imported_here():
    assert ensure_torchvision() in {"native", "declared"}
    assert "ViT-B-32" in import_open_clip().list_models()


def test_it_is_an_encoder(encoder, tiny):
    assert isinstance(encoder, Encoder)
    assert (encoder.name, encoder.spaces, encoder.picture_size) == (tiny, {"picture": 32}, 56)


def test_the_hash_is_that_of_the_file(encoder, tiny):
    from pathlib import Path

    assert encoder.weights_hash == sha256(Path(tiny.split("/", 1)[1]))


def test_texts_are_unit_rows_and_blank_ones_zeros(encoder):
    lengths = np.linalg.norm(encoder.encode_texts(TEXTS), axis=1)
    np.testing.assert_allclose(lengths, [1, 0, 1, 0], atol=1e-5)


def test_pictures_are_unit_rows(encoder, pictures):
    vectors = encoder.encode_pictures(pictures)
    assert (vectors.shape, vectors.dtype) == ((20, 32), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_alone_and_in_a_batch_are_the_same(encoder, pictures):
    # But for bfloat16: another size of batch can sum in another order.
    np.testing.assert_allclose(encoder.encode_texts(TEXTS * 40)[2], encoder.encode_texts([TEXTS[2]])[0], atol=5e-3)
    np.testing.assert_allclose(
        encoder.encode_pictures(pictures)[17], encoder.encode_pictures([pictures[17]])[0], atol=5e-3
    )


def test_the_same_file_gives_the_same_vectors(encoder, tiny):
    assert encoders.load(tiny).encode_texts(TEXTS).tobytes() == encoder.encode_texts(TEXTS).tobytes()


def test_it_has_no_space_for_texts_alone(encoder):
    with pytest.raises(UsageError, match="no space 'text'; it has: picture"):
        encoder.encode_texts(["a"], space="text")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("openclip:ViT-B-31/openai", "no model 'ViT-B-31'; near names: .*ViT-B-32"),
        ("openclip:ViT-B-32", "does not name a model and its weights; write openclip:MODEL/TAG"),
        ("openclip:ViT-B-32/opennai", "ViT-B-32 has no weights 'opennai'; it has: openai, "),
        ("openclip:ViT-B-32//no/such/file.pt", "the weight file /no/such/file.pt does not exist"),
        ("minni", "there is no encoder 'minni'; the nearest is 'mini'"),
        ("word2vec", "there is no encoder 'word2vec'; 'kg models' lists them"),
    ],
)
def test_a_wrong_name_says_what_to_write(name, message):
    with pytest.raises(ModelError, match=message) as caught:
        encoders.load(name)
    assert "\n" not in str(caught.value)


def test_weights_of_another_model_are_refused_on_one_line(tiny):
    wrong = encoders.load(tiny.replace("kg-tiny", "ViT-S-32"))
    with pytest.raises(ModelError, match="does not hold weights of ViT-S-32") as caught:
        wrong.encode_texts(["a"])
    assert "\n" not in str(caught.value)


def test_a_tag_without_a_network_fails_in_seconds(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match=r"not on this machine .* or pass a weight file; 'kg models'"):
        encoders.load("openclip:ViT-B-32/laion2b_s34b_b79k")


def test_an_unreachable_hub_fails_in_seconds(monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    with pytest.raises(ModelError, match="their hub cannot be reached"):
        encoders.load("openclip:ViT-B-32/laion2b_s34b_b79k")


def test_every_model_is_listed_once_mini_first():
    rows = encoders.available()
    assert (rows[0].name, rows[0].state, rows[0].spaces) == ("mini", "ready", {"picture": 512, "text": 384})
    assert rows[0].bytes > 1_000_000
    names = [row.name for row in rows]
    assert len(set(names)) == len(names)
    assert "openclip:ViT-B-32/laion2b_s34b_b79k" in names
    assert encoders.available(openclip=False) == rows[:1]
