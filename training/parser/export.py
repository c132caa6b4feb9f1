"""Write the shipped files from a run's last checkpoint: `python -m training.parser.export RUN VERSION`."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save

from kgretrieval.extractors.tagging.weights import pack_matrix, pack_table
from training.parser import data, spans

#: Matrices that are kept as int8; the other large ones take 4 bits a number.
FINE = ("readings.weight", "parts.weight", "tags.weight")


def pack(state: dict[str, torch.Tensor], keys: np.ndarray) -> dict[str, np.ndarray]:
    """Return the arrays of the file."""
    arrays: dict[str, np.ndarray] = {"keys": keys}
    for name, tensor in state.items():
        values = tensor.numpy()
        if values.size < 20_000:
            arrays[name] = values.astype(np.float16)
        elif name in FINE:
            arrays |= pack_matrix(name, values)
        elif values.shape[1] % 2 == 0:
            arrays |= pack_table(name, values)
        else:
            # Four bits lie in pairs: the last column, that of the constant one, is kept apart.
            arrays |= pack_table(name, np.pad(values, ((0, 0), (0, 1))))
    return arrays


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("version")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/text"))
    parser.add_argument("--out", type=Path, default=Path("kgretrieval/models"))
    arguments = parser.parse_args()
    state = torch.load(arguments.run / "last.pt", weights_only=False)
    rules = spans.learn([p.given for p in data.load(arguments.data, "train")["ewt"]])
    arrays = pack(state["network"], state["keys"])
    content = save({name: np.ascontiguousarray(array) for name, array in arrays.items()})
    (arguments.out / "parser.safetensors").write_bytes(content)
    card = {
        "version": arguments.version,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "sizes": state["sizes"],
        **state["lists"],
        "tags": state["tags"],
        "chunks": state["chunks"],
        "rules": [[*key, int(says)] for key, says in sorted(rules.items())],
        "config": state["config"],
        "passes": state["pass"] + 1,
        "dev": state["dev"],
    }
    text = json.dumps(card, indent=1)
    (arguments.out / "parser.json").write_text(text + "\n")
    print(f"{len(content)} bytes, SHA-256 {card['sha256'][:12]}")


if __name__ == "__main__":
    main()
