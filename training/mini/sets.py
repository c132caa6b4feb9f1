"""The picture sets as the contrastive stage sees them: features by view, texts by picture, held-out parts."""

import hashlib
from dataclasses import dataclass, field

import numpy as np
import torch
from common import RUN, rows
from teacher import headline, tagged
from towers import Texts


@dataclass
class Domain:
    """Pictures with their texts. `texts` holds for each picture the row numbers of its texts in `block`."""

    name: str
    features: dict
    block: Texts
    texts: list
    keys: list = field(default_factory=list)

    def __len__(self):
        return len(self.texts)


def features(name, keep, views):
    found = {}
    for view in views:
        path = RUN / f"{name}.{view}.npy"
        if path.exists():
            found[view] = torch.from_numpy(np.load(path)[keep].astype(np.float32))
    return found


def held_out(record):
    """A tenth of the web sites of newsimages25 train, for choosing."""
    return hashlib.sha1(("val:" + record["source"]).encode()).digest()[0] < 26


def domain(name, keep, texts_of, tokens, views=("plain", "flip", "crop")):
    records = rows(name)
    chosen = [i for i, record in enumerate(records) if keep(record)]
    flat, index = [], []
    for i in chosen:
        texts = texts_of(records[i])
        index.append(range(len(flat), len(flat) + len(texts)))
        flat += texts
    return Domain(name, features(name, chosen, views), Texts(flat, tokens), index, flat)


def news_train(record):
    return record["split"] == "train" and not record.get("leak") and not held_out(record)


def news_val(record):
    return record["split"] == "train" and not record.get("leak") and held_out(record)


def in_split(split):
    return lambda record: record["split"] == split


def english(record):
    return record["captions"]


def chinese(record):
    zh = record["captions_zh"]
    return zh + ["".join(zh[i : i + 2]) for i in (0, 2)]


def training_domains(tokens):
    both = lambda record: [headline(record), tagged(record)]  # noqa: E731
    return {
        "flickr": domain("flickr8k", in_split("train"), english, tokens),
        "zh": domain("flickr8k", in_split("train"), chinese, tokens),
        "news": domain("newsimages25", news_train, both, tokens),
        "coco": domain("coco_mini", in_split("train"), english, tokens),
        "imagenet": domain("imagenet_sample", lambda record: True, english, tokens),
        "sports": domain("sports100", in_split("train"), english, tokens),
    }


def validation(tokens):
    return {
        "flickr": domain("flickr8k", in_split("val"), english, tokens),
        "zh": domain("flickr8k", in_split("val"), lambda record: record["captions_zh"], tokens),
        "news": domain("newsimages25", news_val, lambda record: [headline(record)], tokens),
        "news+tags": domain("newsimages25", news_val, lambda record: [tagged(record)], tokens),
    }


def test(tokens):
    return {
        "flickr": domain("flickr8k", in_split("test"), english, tokens),
        "zh": domain("flickr8k", in_split("test"), lambda record: record["captions_zh_translated"], tokens),
        "news": domain("newsimages25", in_split("test"), lambda record: [headline(record)], tokens),
        "news+tags": domain("newsimages25", in_split("test"), lambda record: [tagged(record)], tokens),
        "coco": domain("coco_mini", in_split("test"), english, tokens),
    }
