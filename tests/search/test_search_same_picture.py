"""A picture that is in the archive brings its own article first, also as a smaller, re-encoded copy."""

import io

import pytest
from PIL import Image

import kgretrieval as kg


@pytest.mark.parametrize("name", ["hubble_deep_field.jpg", "container_ship.jpg", "astronaut.png"])
def test_a_copy_finds_its_article_first(sample, sample_index, name):
    copy = io.BytesIO()
    Image.open(sample / "pictures" / name).convert("RGB").reduce(2).save(copy, "JPEG", quality=40)
    answer = kg.open(sample_index).search(image=Image.open(copy))
    picture = next(hit for hit in answer.hits if hit.kind == "picture")
    assert picture.path.endswith(name)
    assert picture.found_by[-1].ranking == "same_image"
    article = next(hit for hit in answer.hits if hit.kind == "article")
    assert picture.id in article.pictures
    assert "its_picture_is_image" in {found.ranking for found in article.found_by}


def test_a_new_picture_is_the_same_as_none(sample_index):
    answer = kg.open(sample_index).search(image=Image.effect_noise((300, 200), 60).convert("RGB"))
    assert not {f.ranking for hit in answer.hits for f in hit.found_by} & {"same_image", "its_picture_is_image"}
