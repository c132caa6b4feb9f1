"""Paths, data sets and picture views shared by the stages."""

import importlib.util
import json
import os
from pathlib import Path

import numpy as np
import torch
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("KG_DATA", ROOT.parent / "shared" / "data"))
RUN = ROOT / "training" / "runs" / "mini"
RUN.mkdir(parents=True, exist_ok=True)
SIZE = 260
# As the weights were trained: 78 % of an eighth of imagenet_sample right, 69 % with the usual mean and deviation.
MEAN, STD = 127.0, 128.0
#: Least and greatest share of the area that a random view shows.
CROPS = {"crop": (0.5, 0.95), "near": (0.35, 0.9)}


def load_module(name, path):
    """One file of the package without the package: the training environment has only what training needs."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lite_module():
    """An empty EfficientNet-Lite2, the package's own module."""
    return load_module("lite2", ROOT / "kgretrieval" / "encoders" / "_lite2.py").Lite2()


def jsonl(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def rows(name):
    """The records of one picture set, in file order."""
    file = "articles.jsonl" if name in ("newsimages25", "ksta19") else "captions.jsonl"
    return jsonl(DATA / name / file)


def square(picture, view, seed):
    """One view of a picture as uint8 ``(260, 260, 3)``, squeezed to a square.

    `view` is "plain", "flip", "crop" (half to nearly all of the picture) or "near" (a third to nearly all).
    """
    if view in CROPS:
        rng = np.random.default_rng([seed, len(view)])
        wide, high = picture.size
        area, aspect = rng.uniform(*CROPS[view]), np.exp(rng.uniform(np.log(3 / 4), np.log(4 / 3)))
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
    return torch.from_numpy(np.stack(views)).permute(0, 3, 1, 2).float().sub(MEAN).div(STD)
