"""Paths, data sets and picture views shared by the stages."""

import importlib.util
import json
import os
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("KG_DATA", ROOT.parent / "shared" / "data"))
RUN = ROOT / "training" / "runs" / "mini"
RUN.mkdir(parents=True, exist_ok=True)
SIZE = 260
# As the weights were trained: 78 % of an eighth of imagenet_sample right, 69 % with the usual mean and deviation.
MEAN, STD = np.float32(127), np.float32(128)


def load_module(name, path):
    """One file of the package without the package: the training environment has only what training needs."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lite2_module():
    return load_module("lite2", ROOT / "kgretrieval" / "encoders" / "_lite2.py")


def jsonl(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def rows(name):
    """The records of one picture set, in file order."""
    file = "articles.jsonl" if name == "newsimages25" else "captions.jsonl"
    return jsonl(DATA / name / file)


def square(picture, view, seed):
    """One view of a picture as uint8 ``(260, 260, 3)``, squeezed to a square."""
    if view == "crop":
        rng = np.random.default_rng(seed)
        wide, high = picture.size
        area, aspect = rng.uniform(0.5, 0.95), np.exp(rng.uniform(np.log(3 / 4), np.log(4 / 3)))
        w, h = min(1.0, np.sqrt(area * aspect)), min(1.0, np.sqrt(area / aspect))
        x, y = rng.uniform(0, 1 - w), rng.uniform(0, 1 - h)
        box = (x * wide, y * high, (x + w) * wide, (y + h) * high)
        picture = picture.resize((SIZE, SIZE), Image.Resampling.BICUBIC, box=box)
        if rng.random() < 0.5:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    else:
        picture = picture.resize((SIZE, SIZE), Image.Resampling.BICUBIC)
        if view == "flip":
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return np.asarray(picture)


def tensor(views):
    """uint8 views ``(n, 260, 260, 3)`` as the network's input ``(n, 3, 260, 260)`` float32."""
    return np.ascontiguousarray(((np.stack(views) - MEAN) / STD).transpose(0, 3, 1, 2), dtype=np.float32)
