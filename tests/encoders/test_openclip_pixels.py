"""The transform against open_clip's, and decoding at reduced size against the full."""

from io import BytesIO

import numpy as np
import openclip_kit as kit
import pytest
from PIL import Image

from kgretrieval.encoders._pixels import Pixels, full_size
from kgretrieval.encoders.torchvision_mend import import_open_clip
from kgretrieval.pictures.decode import open_picture

SETTINGS = {
    "size": 64,
    "mode": "RGB",
    "mean": (0.48, 0.46, 0.41),
    "std": (0.27, 0.26, 0.28),
    "interpolation": "bicubic",
    "resize_mode": "shortest",
    "fill_color": 0,
}
SIZES = [(240, 160), (160, 241), (64, 64), (333, 97), (50, 40), (65, 64)]


def theirs(settings, picture):
    transform = import_open_clip().transform
    made = transform.image_transform_v2(transform.PreprocessCfg(**settings), is_train=False)
    return made(picture.convert("RGB")).numpy()


def jpeg(size, seed=0):
    data = BytesIO()
    kit.photograph(seed, size).save(data, "JPEG", quality=90)
    return data.getvalue()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", ["shortest", "squash", "longest"])
@pytest.mark.parametrize("interpolation", ["bicubic", "bilinear"])
def test_the_pixels_are_those_of_open_clip(size, mode, interpolation):
    settings = {**SETTINGS, "resize_mode": mode, "interpolation": interpolation}
    picture = kit.photograph(1, size)
    # One step of 256 where a number lies on the edge between two.
    np.testing.assert_allclose(Pixels(settings)([picture])[0], theirs(settings, picture), atol=1.01 / 255 / 0.26)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK"])
def test_other_kinds_of_pixels_are_brought_to_rgb_first(mode):
    picture = kit.photograph(1).convert(mode)
    np.testing.assert_allclose(Pixels(SETTINGS)([picture])[0], theirs(SETTINGS, picture), atol=1.01 / 255 / 0.26)


@pytest.mark.parametrize("size", [(1200, 800), (1023, 683), (641, 999), (2400, 500)])
def test_a_jpeg_decoded_at_reduced_size_shows_the_same_crop(size):
    data = jpeg(size)
    picture = Image.open(BytesIO(data))
    reduced = Pixels(SETTINGS)([picture])[0].numpy()
    assert picture.size == size, "the caller's picture has been changed"
    full = theirs(SETTINGS, Image.open(BytesIO(data)))
    assert np.abs(reduced - full).mean() < 0.02
    assert kit.cosines(reduced.reshape(1, -1), full.reshape(1, -1)) > 0.9995


def test_what_ingest_has_reduced_shows_the_same_crop():
    data = jpeg((1023, 683))
    picture = open_picture(data, edge=112)
    assert picture.size == (256, 171)
    assert full_size(picture) == (1023, 683)
    full = theirs(SETTINGS, Image.open(BytesIO(data)))
    assert kit.cosines(Pixels(SETTINGS)([picture]).reshape(1, -1).numpy(), full.reshape(1, -1)) > 0.9995


def test_a_crop_of_a_reduced_picture_counts_as_it_is():
    picture = open_picture(jpeg((1023, 683)), edge=112).crop((10, 10, 110, 110))
    assert full_size(picture) == (100, 100)


def test_a_jpeg_file_is_not_opened_again_once_decoded(tmp_path):
    (tmp_path / "a.jpg").write_bytes(jpeg((1200, 800)))
    picture = Image.open(tmp_path / "a.jpg")
    picture.paste("red", (0, 0, 1200, 800))
    (tmp_path / "a.jpg").unlink()
    assert np.ptp(Pixels(SETTINGS)([picture])[0].numpy(), axis=(1, 2)).max() < 1e-5


def test_an_open_jpeg_whose_file_has_gone_is_read_from_what_is_open(tmp_path):
    (tmp_path / "a.jpg").write_bytes(jpeg((300, 200)))
    picture = Image.open(tmp_path / "a.jpg")
    (tmp_path / "a.jpg").unlink()
    assert Pixels(SETTINGS)([picture]).shape == (1, 3, 64, 64)
