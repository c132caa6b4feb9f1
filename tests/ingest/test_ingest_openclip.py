"""A collection made with an open_clip model from a local checkpoint: taken in, searched, guarded."""

import json

import pytest
from PIL import Image

import kgretrieval as kg
from kgretrieval.encoders.torchvision_mend import import_open_clip
from kgretrieval.errors import ModelError

SHAPE = {
    "embed_dim": 24,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 1, "layers": 1},
}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """Random weights of a small open_clip model, in a file."""
    import torch

    folder = tmp_path_factory.mktemp("checkpoint")
    (folder / "kg-small.json").write_text(json.dumps(SHAPE))
    open_clip = import_open_clip()
    open_clip.add_model_config(folder / "kg-small.json")
    torch.manual_seed(3)
    torch.save(open_clip.create_model("kg-small").state_dict(), folder / "small.pt")
    return folder / "small.pt"


@pytest.fixture(scope="module")
def collection(checkpoint, tmp_path_factory):
    folder = tmp_path_factory.mktemp("openclip")
    news = folder / "news"
    news.mkdir()
    Image.linear_gradient("L").convert("RGB").save(news / "sky.png")
    Image.radial_gradient("L").convert("RGB").save(news / "sun.png")
    rows = [
        {"id": str(i), "title": f"Angela Merkel visits {x}", "image": x} for i, x in enumerate(("sky.png", "sun.png"))
    ]
    (news / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)))
    made = kg.create(folder / "index", encoder=f"openclip:kg-small/{checkpoint}")
    made.ingest(news)
    return made


def test_it_is_taken_in_and_searched(collection):
    stats = collection.stats()
    assert stats.spaces == {"picture": 24}
    assert stats.counts["picture"] == 2
    hits = collection.search("Merkel visits", kind="article").hits
    assert len(hits) == 2
    picture = collection.search(image=collection.show(hits[0].pictures[0]).path, kind="picture", k=1).hits[0]
    assert picture.id == hits[0].pictures[0]


def test_another_encoder_is_refused(collection):
    with pytest.raises(ModelError, match="was made with the encoder 'openclip:kg-small"):
        kg.open(collection.location, encoder="mini")


def test_other_weights_under_the_same_name_are_refused(collection, checkpoint):
    weights = checkpoint.read_bytes()
    try:
        checkpoint.write_bytes(weights + b"\0")
        with pytest.raises(ModelError, match="weights"):
            kg.open(collection.location).search("Merkel")
    finally:
        checkpoint.write_bytes(weights)


def test_lost_weights_say_what_is_missing(collection, checkpoint):
    away = checkpoint.with_suffix(".away")
    checkpoint.rename(away)
    try:
        with pytest.raises(ModelError, match=r"small\.pt"):
            kg.open(collection.location).search("Merkel")
    finally:
        away.rename(checkpoint)


def test_a_relative_path_is_kept_whole(checkpoint, tmp_path, monkeypatch):
    monkeypatch.chdir(checkpoint.parent)
    made = kg.create(tmp_path / "index", encoder="openclip:kg-small/small.pt")
    assert str(checkpoint) in made.stats().encoder
