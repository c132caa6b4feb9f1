"""An archive in which one photograph stands in five articles, in four files."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

import kgretrieval as kg
from kgretrieval.types import Article, Picture

SHIP = 1


def photo(seed: int) -> Image.Image:
    """A picture with structure in every part, as photographs have."""
    values = np.random.default_rng(seed).integers(0, 256, (9, 13, 3), dtype=np.uint8)
    return Image.fromarray(values).resize((390, 270), Image.Resampling.BICUBIC)


def article(key: str, file: Path, caption: str, **fields: str) -> Article:
    return Article(
        key=key, language="en", pictures=(Picture(str(file), key=f"{key}/p", captions=(caption,)),), **fields
    )


@pytest.fixture(scope="session")
def photos(tmp_path_factory) -> Mapping[str, Path]:
    """Files by name: the photograph, copies of it, and others."""
    folder = tmp_path_factory.mktemp("photos")
    ship = photo(SHIP)
    made = {
        "first": ship,
        "crop": ship.crop((40, 25, 370, 250)),
        "mirrored": ImageOps.mirror(ship),
        "other": photo(2),
        "third": photo(3),
    }
    for name, image in made.items():
        image.save(folder / f"{name}.jpg", quality=70)
    return {name: folder / f"{name}.jpg" for name in made}


@pytest.fixture(scope="session")
def archive(photos, tmp_path_factory) -> kg.Collection:
    """A collection. Tests only read it."""
    collection = kg.Collection(tmp_path_factory.mktemp("archive") / "index", extractors=["tags", "tagger", "values"])
    collection.add(
        article("a", photos["first"], "The ship off Brazil.", title="Ship burns", date="2012-03-04", source="Alpha"),
        article("b", photos["crop"], "The ship off Brazil.", title="Ship sinks", date="2012-03-06", source="Beta"),
        article("c", photos["mirrored"], "The ship off Egypt.", title="Ship hit", date="2024-05-02", source="Gamma"),
        article("d", photos["first"], "A ship.", title="Trade in figures", source="Delta"),
        article("e", photos["other"], "A dog in Rome.", title="Dog days", date="2020-07-01", source="Alpha"),
    )
    return collection
