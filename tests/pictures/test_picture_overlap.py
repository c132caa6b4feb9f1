"""Copies of a picture lie over it however they were made; other pictures do not."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from kgretrieval.pictures.miniature import miniature, pack, unpack
from kgretrieval.pictures.overlap import Comparer
from kgretrieval.pictures.phash import distance, distances, perceptual_hash, unsigned

#: From which likeness on two pictures count as one (`kgretrieval.index.near_copies.LIKE`).
LIKE = 0.5


def photo(seed, size=(300, 200)):
    """A picture with structure in every part, as photographs have."""
    values = np.random.default_rng(seed).integers(0, 256, (9, 13, 3), dtype=np.uint8)
    return Image.fromarray(values).resize(size, Image.Resampling.BICUBIC)


def overlap(first, second):
    kept = unpack(pack(miniature(second)))
    ratios = np.array([second.width / second.height])
    return Comparer(miniature(first), first.width / first.height).compare(kept[None], ratios)[0]


def banner(image):
    made = image.copy()
    ImageDraw.Draw(made).rectangle((0, 165, 300, 200), fill="navy")
    ImageDraw.Draw(made).text((10, 172), "BREAKING NEWS TODAY", fill="white", font_size=20)
    return made


def encoded(image, **options):
    buffer = BytesIO()
    image.save(buffer, **options)
    return Image.open(buffer).convert("RGB")


COPIES = {
    "crop": lambda image: image.crop((40, 20, 270, 175)),
    "crop to another shape": lambda image: image.crop((60, 0, 260, 200)),
    "jpeg": lambda image: encoded(image, format="JPEG", quality=25),
    "webp": lambda image: encoded(image.resize((150, 100)), format="WEBP", quality=15),
    "squeezed": lambda image: image.resize((220, 220)),
    "banner": banner,
    "border": lambda image: ImageOps.expand(image, 15, fill="white"),
    "grey and darker": lambda image: ImageOps.grayscale(image).point(lambda v: v * 0.6 + 20).convert("RGB"),
}


@pytest.mark.parametrize("made", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_copy_lies_over_its_original(made, seed):
    image = photo(seed)
    assert overlap(made(image), image).likeness >= LIKE
    assert overlap(image, made(image)).likeness >= LIKE


def test_the_overlap_says_how_much_was_cut_away():
    image = photo(3)
    found = overlap(COPIES["crop"](image), image)
    assert found.of_first > 0.95
    assert found.of_second == pytest.approx(230 * 155 / (300 * 200), abs=0.05)


def test_they_are_laid_over_each_other_exactly():
    fine = Image.fromarray(np.random.default_rng(7).integers(0, 256, (22, 30), dtype=np.uint8))
    image = fine.resize((600, 440), Image.Resampling.BICUBIC).convert("RGB")
    assert overlap(image.crop((61, 37, 541, 389)), image).likeness > 0.8


def test_other_pictures_do_not():
    images = [photo(seed) for seed in range(8)]
    likeness = [overlap(a, b).likeness for i, a in enumerate(images) for b in images[:i]]
    assert max(likeness) < LIKE / 2


def test_a_mirror_image_is_found_by_mirroring():
    image = photo(4)
    assert overlap(ImageOps.mirror(image), image).likeness < LIKE
    assert overlap(ImageOps.mirror(ImageOps.mirror(image)), image).likeness > 0.9


@pytest.mark.parametrize("size", [(1, 1), (2, 90), (500, 3)])
def test_pictures_without_structure_are_like_nothing(size):
    flat = Image.new("RGB", size, "red")
    assert overlap(flat, flat).likeness == 0
    assert overlap(flat, photo(1)).likeness < LIKE


def test_nothing_to_compare_with():
    assert Comparer(miniature(photo(1)), 1.5).compare(np.zeros((0, 64, 64), np.uint8), np.zeros(0)) == []


def test_a_miniature_is_small_and_comes_back():
    values = miniature(photo(5))
    assert len(pack(values)) < 2500
    assert np.abs(unpack(pack(values)).astype(int) - values).mean() < 6


@settings(max_examples=25)
@given(st.integers(0, 2**64 - 1), st.lists(st.integers(0, 2**64 - 1), max_size=20))
def test_distances_to_many_are_those_to_each(value, others):
    expected = [distance(value, other) for other in others]
    assert distances(value, np.array(others, dtype=np.uint64)).tolist() == expected
    signed = value - 2**64 if value >= 2**63 else value
    assert distances(signed, np.array(others, dtype=np.uint64)).tolist() == expected
    assert unsigned(signed) == value


def test_the_hash_of_a_miniature_is_that_of_the_picture():
    image = photo(6, (900, 600))
    assert distance(perceptual_hash(image), perceptual_hash(Image.fromarray(miniature(image)))) <= 4
