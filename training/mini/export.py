"""Stage 5: the trained towers as the weight files of the package, and ``mini.json`` with their hashes."""

import argparse
import hashlib
import json

import numpy as np
import torch
from common import ROOT, RUN
from pack import text_tensors
from safetensors.numpy import save_file
from safetensors.torch import load_file
from towers import vocabulary

MODELS = ROOT / "kgretrieval" / "models"


def packed(tensors):
    """Matrices and 1 x 1 convolutions as int8 rows with a scale, everything else as float16."""
    out = {}
    for name, tensor in tensors.items():
        value = tensor.float().numpy()
        if value.ndim == 2 or (value.ndim == 4 and value.shape[2:] == (1, 1)):
            flat = value.reshape(len(value), -1)
            scale = (np.abs(flat).max(1) / 127).clip(1e-7).astype(np.float16)
            rounded = np.rint(flat / scale.astype(np.float32)[:, None]).clip(-127, 127).astype(np.int8)
            out[name], out[name + ".scale"] = rounded.reshape(value.shape), scale
        else:
            out[name] = value.astype(np.float16)
    return out


def text_file(state, vocab):
    tensors, networks, notes = text_tensors(state, vocab)
    save_file(tensors | packed(networks), MODELS / "mini-text.safetensors", notes)


def picture_file(state):
    tensors = {"body." + name: value for name, value in load_file(RUN / "lite2.safetensors").items()}
    tensors |= {"body." + name: value for name, value in state["deep"].items()}
    tensors |= {"head." + name.removeprefix("head."): value for name, value in state["picture"].items()}
    save_file(packed(tensors), MODELS / "mini-picture.safetensors", {"format": "mini-picture.v1"})


def about():
    files = {}
    for part in ("text", "picture"):
        data = (MODELS / f"mini-{part}.safetensors").read_bytes()
        files[part] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    together = hashlib.sha256("".join(files[p]["sha256"] for p in ("text", "picture")).encode()).hexdigest()
    return {
        "name": "mini", "weights_hash": together, "spaces": {"picture": 512, "text": 384}, "picture_size": 260,
        "licence": "Apache-2.0", "files": files,
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="mini.pt")
    state = torch.load(RUN / parser.parse_args().model)
    text_file(state["text"], vocabulary())
    picture_file(state)
    for part in ("text", "picture"):  # safetensors lets nobody else read its files
        (MODELS / f"mini-{part}.safetensors").chmod(0o644)
    (MODELS / "mini.json").write_text(json.dumps(about(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
