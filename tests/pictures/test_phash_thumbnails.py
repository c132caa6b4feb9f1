"""The hash holds against what agencies do to a photo; thumbnails are small and clean."""

import base64
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from kgretrieval.pictures.phash import distance, perceptual_hash
from kgretrieval.pictures.thumbnails import data_uri, thumbnail_jpeg

numbers = st.integers(0, 2**64 - 1)


def reopened(data):
    return Image.open(BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("seed", range(8))
def test_rescaled_and_re_encoded_copies_stay_near(make, seed):
    image = make.scene(900, 600, seed)
    copies = [
        image.resize((150, 100)),
        reopened(make.encode(image, quality=20)),
        reopened(make.encode(image.resize((240, 160)), "WEBP", quality=12)),
        image.convert("L"),
        ImageEnhance.Brightness(image).enhance(0.8),
    ]
    assert max(distance(perceptual_hash(image), perceptual_hash(copy)) for copy in copies) <= 8


def test_different_pictures_are_far_apart(make):
    hashes = [perceptual_hash(make.scene(seed=seed)) for seed in range(40)]
    apart = [distance(a, b) for i, a in enumerate(hashes) for b in hashes[:i]]
    assert min(apart) > 10
    assert 28 < sum(apart) / len(apart) < 36


def test_a_mirrored_picture_is_another_one(make):
    image = make.scene()
    assert distance(perceptual_hash(image), perceptual_hash(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT))) > 10


def test_flat_pictures_hash_to_zero():
    assert {perceptual_hash(Image.new("RGB", (n, 9), colour)) for n, colour in ((5, "red"), (90, "white"))} == {0}


@given(numbers, numbers, numbers)
def test_distance_is_a_metric(a, b, c):
    assert distance(a, a) == 0
    assert distance(a, b) == distance(b, a)
    assert distance(a, c) <= distance(a, b) + distance(b, c)


@given(numbers, numbers)
def test_signed_forms_count_alike(a, b):
    def signed(n):
        return n - 2**64 if n >= 2**63 else n

    assert distance(signed(a), signed(b)) == distance(a, b) == distance(signed(a), b)


def test_thumbnail_keeps_the_proportions(make):
    image = make.scene(900, 600)
    small = reopened(thumbnail_jpeg(image, 120))
    assert small.size == (120, 80)
    assert image.size == (900, 600)
    assert reopened(thumbnail_jpeg(make.scene(40, 30))).size == (40, 30)


def test_thumbnail_carries_no_metadata(make):
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    source = Image.open(BytesIO(make.encode(make.scene(), exif=exif, comment=b"secret name")))
    assert b"secret" not in thumbnail_jpeg(source)


def test_data_uri_holds_the_thumbnail(make):
    head, _, body = data_uri(make.scene(), 64).partition(",")
    assert head == "data:image/jpeg;base64"
    assert base64.b64decode(body) == thumbnail_jpeg(make.scene(), 64)
