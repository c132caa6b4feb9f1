"""The data sets, their parts held out for choosing, and the vectors of their pictures."""

import gzip
import hashlib
import json
import os
import re
from pathlib import Path

import numpy as np

from kgretrieval.pictures.decode import open_picture
from kgretrieval.text.analysis import Analyser

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("KG_DATA", ROOT.parent / "shared" / "data"))
CACHE = ROOT / "training" / "runs" / "mini"
ANALYSER = Analyser.default()
STOP = {word for words in ANALYSER.config["stop_words"].values() for word in words}


def lines(path):
    content = path.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines()]


def records(name):
    return lines(DATA / name / ("articles.jsonl" if name == "newsimages25" else "captions.jsonl"))


def held_out(record):
    """A tenth of the web sites of newsimages25 train, as `sets.py` chooses them."""
    return hashlib.sha1(("val:" + record["source"]).encode()).digest()[0] < 26


def usable(record):
    return record["split"] == "train" and not record.get("leak")


def spaced(rows, count):
    """At most so many of them, evenly spread."""
    return rows if len(rows) <= count else [rows[i * len(rows) // count] for i in range(count)]


def parts():
    flickr, news, sports = records("flickr8k"), [r for r in records("newsimages25") if usable(r)], records("sports100")
    return {
        "flickr": ("flickr8k", [r for r in flickr if r["split"] == "val"]),
        "news": ("newsimages25", spaced([r for r in news if held_out(r)], 700)),
        "sports": ("sports100", spaced([r for r in sports if r["split"] == "val"], 250)),
        "back_flickr": ("flickr8k", spaced([r for r in flickr if r["split"] == "train"], 200)),
        "back_news": ("newsimages25", spaced([r for r in news if not held_out(r)], 200)),
    }


def vectors(mini):
    """Return (records, vectors of their pictures) of each part; vectors are kept for the same weights."""
    found, cache = parts(), CACHE / f"calibration-{mini.weights_hash[:12]}.npz"
    if not cache.exists():
        made = {}
        for name, (folder, rows) in found.items():
            batches = [rows[at : at + 32] for at in range(0, len(rows), 32)]
            opened = ([open_picture(DATA / folder / r["image"], edge=mini.picture_size) for r in b] for b in batches)
            made[name] = np.concatenate([mini.encode_pictures(pictures) for pictures in opened])
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, **made)
    stored = np.load(cache)
    return {name: (rows, stored[name]) for name, (_, rows) in found.items()}


def unrelated(mini, found):
    """Return the unrelated vectors behind each kind of cosine, all from training parts."""
    texts = [r["title"] for r in found["back_news"][0]] + [r["captions"][0] for r in found["back_flickr"][0]]
    reports = [r["description"] for r in spaced(lines(DATA / "text" / "ag_news" / "train_12000.jsonl.gz"), 800)]
    return {
        "pictures": np.concatenate([found["back_flickr"][1], found["back_news"][1]]),
        "headlines": mini.encode_texts(texts),
        "texts": mini.encode_texts(reports, space="text"),
    }


def known(mini, texts):
    """Return for each text which share of its words, stop words aside, the encoder knows."""
    split = [re.findall(r"[^\W_]+", text) for text in texts]
    return np.array([mini.known([w for w in words if w.lower() not in STOP] or words) for words in split])


def gibberish(rng, count):
    """Words that nobody uses, one or two at a time."""
    words = ["".join(rng.choices("aeioubcdfghjklmnpqrstvwxz", k=rng.randint(3, 9))) for _ in range(2 * count)]
    return [a if i % 2 else f"{a} {b}" for i, (a, b) in enumerate(zip(words[::2], words[1::2], strict=True))]
