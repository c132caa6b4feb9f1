"""Our vectors against those of plain open_clip in float32, for every kind of model that it has."""

import numpy as np
import openclip_kit as kit
import pytest
import torch

from kgretrieval import encoders
from kgretrieval.encoders._processor import precision

#: First components of the first picture's and the first text's vector of `kg-vit`, from plain open_clip 3.3.
KNOWN_PICTURE = [0.067, 0.12201, 0.15826, 0.10418]
KNOWN_TEXT = [-0.03909, -0.29993, -0.04805, -0.20228]


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("shapes")
    kit.known_to_open_clip(found)
    return found


@pytest.fixture(scope="module")
def pictures():
    return [kit.photograph(seed) for seed in range(5)]


@pytest.fixture(scope="module", params=kit.SHAPES)
def both(request, folder, pictures):
    """Encoder, plain pictures' vectors, plain texts' vectors."""
    file = folder / f"{request.param}.pt"
    model, transform, tokenizer = kit.plain(request.param, file)
    with torch.inference_mode():
        seen = model.encode_image(torch.stack([transform(p) for p in pictures]), normalize=True).numpy()
        read = model.encode_text(tokenizer(kit.TEXTS), normalize=True).numpy()
    return encoders.load(f"openclip:{request.param}/{file}"), seen, read


def test_pictures_agree_with_plain_open_clip(both, pictures):
    encoder, seen, _ = both
    assert kit.cosines(encoder.encode_pictures(pictures), seen).min() >= 0.999


def test_texts_agree_with_plain_open_clip(both):
    encoder, _, read = both
    assert kit.cosines(encoder.encode_texts(kit.TEXTS), read).min() >= 0.999


def test_what_sets_vectors_apart_agrees_too(both, pictures):
    """A vector that all pictures share would hide a wrong one: without it, the rest still agrees."""
    encoder, seen, read = both
    for ours, theirs in ((encoder.encode_pictures(pictures), seen), (encoder.encode_texts(kit.TEXTS), read)):
        assert kit.cosines(ours - theirs.mean(0), theirs - theirs.mean(0)).min() >= 0.98


def test_order_repetition_and_blanks_do_not_matter(both):
    encoder, _, _ = both
    once = encoder.encode_texts(kit.TEXTS)
    mixed = encoder.encode_texts([kit.TEXTS[3], " ", kit.TEXTS[4], kit.TEXTS[3], kit.TEXTS[0]])
    assert not mixed[1].any()
    assert kit.cosines(mixed[[0, 2, 3, 4]], once[[3, 4, 3, 0]]).min() >= 0.9995


def test_known_numbers(folder):
    """A change of open_clip's own numbers is not ours; one of ours is seen here on any machine."""
    file = folder / "kg-vit.pt"
    model, transform, tokenizer = kit.plain("kg-vit", file)
    with torch.inference_mode():
        seen = model.encode_image(transform(kit.photograph(0))[None], normalize=True)[0].numpy()
        read = model.encode_text(tokenizer(kit.TEXTS[:1]), normalize=True)[0].numpy()
    np.testing.assert_allclose(seen[:4], KNOWN_PICTURE, atol=1e-4)
    np.testing.assert_allclose(read[:4], KNOWN_TEXT, atol=1e-4)
    encoder = encoders.load(f"openclip:kg-vit/{file}")
    rounding = 0.01 if precision() is torch.bfloat16 else 1e-4
    np.testing.assert_allclose(encoder.encode_pictures([kit.photograph(0)])[0, :4], KNOWN_PICTURE, atol=rounding)
    np.testing.assert_allclose(encoder.encode_texts(kit.TEXTS[:1])[0, :4], KNOWN_TEXT, atol=rounding)


def test_without_bfloat16_the_vectors_are_those_of_plain_open_clip(folder, pictures, monkeypatch):
    monkeypatch.setattr(torch.cpu, "get_capabilities", dict, raising=False)
    file = folder / "kg-coca.pt"
    model, transform, tokenizer = kit.plain("kg-coca", file)
    encoder = encoders.load(f"openclip:kg-coca/{file}")
    with torch.inference_mode():
        seen = model.encode_image(torch.stack([transform(p) for p in pictures])).numpy()
        read = model.encode_text(tokenizer(kit.TEXTS)).numpy()
    np.testing.assert_allclose(encoder.encode_pictures(pictures), seen, atol=2e-3)
    np.testing.assert_allclose(encoder.encode_texts(kit.TEXTS), read, atol=1e-5)


def test_only_what_cannot_be_seen_is_cut(folder):
    from kgretrieval.encoders._checkpoint import loaded
    from kgretrieval.encoders._towers import towers

    cut = {}
    for name in ("kg-vit", "kg-coca", "kg-last-pool"):
        _, _, tokenizer = kit.plain(name, folder / f"{name}.pt")
        _, texts = towers(loaded(name, folder / f"{name}.pt", {}), torch.float32)
        cut[name] = texts.lengths(tokenizer(["a dog"])).tolist()
    assert cut == {"kg-vit": [4], "kg-coca": [5], "kg-last-pool": [77]}
