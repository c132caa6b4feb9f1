"""Which region of a picture moved its label."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from kgretrieval import encoders
from kgretrieval.classify.base import Item
from kgretrieval.classify.head import Card, Head
from kgretrieval.classify.picture import PictureModel
from kgretrieval.classify.regions import GRID, hottest, overlay, place_words, region_heat
from kgretrieval.classify.zero_shot import zero_shot_head
from kgretrieval.errors import UsageError
from kgretrieval.sample.photos import photo_path


class Sharpness:
    """An encoder that sees how much detail there is, and where the picture is not blurred: nothing else."""

    name, weights_hash, spaces, picture_size = "sharpness", "0", {"picture": 2}, 64

    def encode_pictures(self, pictures):
        rows = [np.abs(np.diff(np.asarray(one.convert("L"), np.float32), axis=1)).mean() for one in pictures]
        return np.stack([np.array(rows), np.ones(len(rows))], axis=1).astype(np.float32) / 100


@pytest.fixture
def detail():
    """A head that says "detail" the more there is of it."""
    weights = np.array([[0, 30], [0, 0]], np.float32)
    return Head(
        PictureModel(("plain", "detail"), weights, np.zeros(2, np.float32)), Card("x", "picture", (), pictures="s")
    )


def dotted(box, size=(160, 80)):
    """A grey picture with noise in one place."""
    picture = Image.new("RGB", size, "grey")
    noise = np.random.default_rng(0).integers(0, 256, (box[3] - box[1], box[2] - box[0], 3), np.uint8)
    picture.paste(Image.fromarray(noise), box[:2])
    return picture


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ((0, 0, 40, 20), "upper left"),
        ((120, 0, 160, 20), "upper right"),
        ((0, 60, 40, 80), "lower left"),
        ((120, 60, 160, 80), "lower right"),
        ((60, 30, 100, 50), "centre"),
    ],
)
def test_the_heat_lies_where_the_thing_is(detail, box, said):
    heat = region_heat(detail, dotted(box), label="detail", encoder=Sharpness())
    assert heat.shape == (GRID, GRID)
    assert heat.dtype == np.float32
    assert place_words(heat) == said
    row, column = np.unravel_index(heat.argmax(), heat.shape)
    assert box[0] <= (column + 0.5) * 160 / GRID <= box[2]
    assert box[1] <= (row + 0.5) * 80 / GRID <= box[3]


def test_what_speaks_for_one_label_speaks_against_the_other(detail):
    picture = dotted((0, 0, 40, 20))
    one, other = (region_heat(detail, picture, label=name, encoder=Sharpness()) for name in ("detail", "plain"))
    assert np.allclose(one, -other, atol=1e-3)
    assert hottest(other) is None
    assert place_words(other) == ""


def test_without_a_label_it_is_that_of_the_whole_picture(detail):
    picture = dotted((0, 0, 160, 80))
    said = region_heat(detail, picture, encoder=Sharpness())
    assert np.array_equal(said, region_heat(detail, picture, label="detail", encoder=Sharpness()))


def test_covering_the_hottest_region_of_a_photograph_makes_its_label_less_probable():
    photo = Image.open(photo_path("china.jpg")).convert("RGB")
    encoder = encoders.load("mini")
    head = zero_shot_head(["a temple", "the sea", "a cat", "a football match"], encoder=encoder, pictures=True)
    heat = region_heat(head, photo, label="a temple", encoder=encoder)
    left, upper, right, lower = (
        round(share * size) for share, size in zip(hottest(heat), (*photo.size, *photo.size), strict=True)
    )
    covered = photo.copy()
    covered.paste(photo.filter(ImageFilter.GaussianBlur(60)).crop((left, upper, right, lower)), (left, upper))
    vectors = encoder.encode_pictures([photo, covered])
    whole, less = head.probabilities([Item(picture=vector) for vector in vectors])[:, 0]
    assert less < whole - 0.05
    assert left < 300 < right or left < 200 < right  # the temple stands left of the middle of 640


def test_the_overlay_has_the_size_of_the_picture_and_colours_both_sides():
    heat = np.zeros((GRID, GRID), np.float32)
    heat[:, :4], heat[:, 4:] = 1.0, -0.5
    laid = np.asarray(overlay(Image.new("RGB", (173, 91), "white"), heat), np.int64)
    assert laid.shape == (91, 173, 3)
    assert laid[45, 20, 0] > laid[45, 20, 2] + 50
    assert laid[45, 150, 2] > laid[45, 150, 0] + 25


def test_a_picture_that_nothing_moves_is_laid_over_with_nothing():
    picture = dotted((0, 0, 40, 20))
    assert np.array_equal(np.asarray(overlay(picture, np.zeros((GRID, GRID), np.float32))), np.asarray(picture))


def test_a_head_of_texts_has_no_regions(detail):
    with pytest.raises(UsageError, match="does not look at pictures"):
        region_heat(zero_shot_head(["politics", "sport"]), dotted((0, 0, 40, 20)))
    with pytest.raises(UsageError, match="no label 'cat'; it has: plain, detail"):
        region_heat(detail, dotted((0, 0, 40, 20)), label="cat", encoder=Sharpness())
