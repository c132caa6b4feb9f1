"""Pictures that are decoded when they are looked at."""

import pytest
from PIL import Image

from kgretrieval.errors import NotFoundError
from kgretrieval.pictures.lazy import LazyPictures


def test_a_picture_is_decoded_when_it_is_taken(tmp_path):
    paths = [tmp_path / f"{colour}.png" for colour in ("red", "lime", "blue")]
    pictures = LazyPictures(paths, edge=8)
    tail = pictures[1:]
    assert (len(pictures), len(tail)) == (3, 2)
    for path in paths:
        Image.new("RGB", (64, 40), path.stem).save(path)
    assert [picture.getpixel((0, 0)) for picture in tail] == [(0, 255, 0), (0, 0, 255)]
    assert pictures[0].size == (32, 20)


def test_a_missing_file_is_named_when_it_is_taken(tmp_path):
    with pytest.raises(NotFoundError, match=r"gone\.png"):
        list(LazyPictures([tmp_path / "gone.png"], edge=8))
