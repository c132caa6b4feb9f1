"""The picture sets as training sees them: which pictures, their texts, and the parts held out for choosing."""

import hashlib
import json
import random
from dataclasses import dataclass, field
from functools import cache

import function_words
import languages
import numpy as np
import torch
from common import RUN, rows
from teacher import headline, tagged

VIEWS = ("plain", "flip", "crop", "near")


@dataclass
class Domain:
    """Pictures of one set with their texts: `texts` holds for each picture the numbers of its texts in `flat`."""

    name: str
    chosen: np.ndarray
    flat: list
    texts: list
    features: dict = field(default_factory=dict)
    #: (share of the draws, texts of each picture) of the other languages.
    others: list = field(default_factory=list)

    def __len__(self):
        return len(self.texts)

    def owners(self):
        """The picture of each text."""
        return np.repeat(np.arange(len(self)), [len(texts) for texts in self.texts])

    def add(self, share, texts_of):
        """Let `share` of the drawn texts be in another language."""
        records, index = rows(self.name), []
        for i in self.chosen:
            texts = texts_of(records[i])
            index.append(list(range(len(self.flat), len(self.flat) + len(texts))))
            self.flat += texts
        self.others.append((share, index))
        return self

    def draw(self, index, rng):
        """One text for each of some pictures."""
        chosen = []
        for i in index:
            lot, texts = rng.random(), self.texts
            for share, other in self.others:
                if 0 <= lot < share:
                    texts = other
                lot -= share
            chosen.append(rng.choice(texts[i]))
        return np.array(chosen)

    def load(self, kind, view):
        """The cached array of one network (`lite0` …) and view, rows of this domain's pictures, float32."""
        path = RUN / f"{self.name}.{view}.{kind}.npy"
        return torch.from_numpy(np.load(path, mmap_mode="r")[self.chosen].astype(np.float32))


def domain(name, keep, texts_of):
    records = rows(name)
    chosen = [i for i, record in enumerate(records) if keep(record)]
    flat, index = [], []
    for i in chosen:
        texts = texts_of(records[i])
        index.append(list(range(len(flat), len(flat) + len(texts))))
        flat += texts
    return Domain(name, np.array(chosen), flat, index)


def held_out(record):
    """A tenth of the web sites of newsimages25 train, for choosing."""
    return hashlib.sha1(("val:" + record["source"]).encode()).digest()[0] < 26


def news_train(record):
    return record["split"] == "train" and not record.get("leak") and not held_out(record)


def news_val(record):
    return record["split"] == "train" and not record.get("leak") and held_out(record)


def in_split(split):
    return lambda record: record["split"] == split


def english(record):
    return record["captions"]


def human_chinese(record):
    return record["captions_zh"]


def chinese(record):
    zh = record["captions_zh"]
    return zh + ["".join(zh[i : i + 2]) for i in (0, 2)]


def both(record):
    return [headline(record), tagged(record)]


def german(texts_of, shorten=None):
    """The texts word by word in German, by the dictionary: German captions are not to be had."""

    def rendered(record):
        back = state()["back"][0]
        return [
            languages.rendered(t, back, function_words.GERMAN, random.Random(t)) for t in texts_of(record)[:shorten]
        ]

    return rendered


@cache
def state():
    return json.loads((RUN / "languages.json").read_text(encoding="utf-8"))


def training_domains():
    news = domain("newsimages25", news_train, both)
    return {
        "flickr": domain("flickr8k", in_split("train"), english).add(0.2, chinese).add(0.12, german(english)),
        "news": news.add(0.08, german(both, 1)),
        "coco": domain("coco_mini", in_split("train"), english),
        "imagenet": domain("imagenet_sample", lambda record: True, english),
        "sports": domain("sports100", in_split("train"), english),
    }


def validation():
    """Flickr8k `val`, a tenth of the sites of newsimages25 `train`, and the whole small `train` part of ksta19."""
    part = in_split("train")
    return {
        "flickr": domain("flickr8k", in_split("val"), english),
        "zh": domain("flickr8k", in_split("val"), human_chinese),
        "news": domain("newsimages25", news_val, lambda record: [headline(record)]),
        "news+tags": domain("newsimages25", news_val, lambda record: [tagged(record)]),
        "ksta": domain("ksta19", part, lambda record: [record["title"]]),
        "ksta en": domain("ksta19", part, lambda r: [r.get("title_en") or r["title"]]),
        "sports": domain("sports100", in_split("val"), english),
    }
