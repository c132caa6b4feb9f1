"""Write the shipped files from a run's last checkpoint: `python -m training.tagger.export RUN VERSION`."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save

from kgretrieval.extractors._weights import pack_keys, pack_matrix, pack_table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("version")
    parser.add_argument("--out", type=Path, default=Path("kgretrieval/models"))
    arguments = parser.parse_args()
    state = torch.load(arguments.run / "last.pt")
    table = np.load(arguments.run.parent / "table.npz")
    flags = table["flags"] if state["config"]["flags"] else np.zeros_like(table["flags"])
    arrays = {**pack_keys(table["keys"]), "rows": table["rows"], "flags": flags}
    for name, tensor in state["network"].items():
        values = tensor.numpy()
        if name == "vectors.weight":
            arrays |= pack_table(name, values)
        else:
            arrays |= pack_matrix(name, values) if values.size > 20_000 else {name: values.astype(np.float16)}
    content = save({name: np.ascontiguousarray(array) for name, array in arrays.items()})
    (arguments.out / "tagger.safetensors").write_bytes(content)
    card = {
        "version": arguments.version,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "sizes": state["sizes"],
        **state["labels"],
        "config": state["config"],
        "dev": state["dev"],
    }
    (arguments.out / "tagger.json").write_text(json.dumps(card, indent=1) + "\n")
    print(f"{len(content)} bytes, SHA-256 {card['sha256'][:12]}")


if __name__ == "__main__":
    main()
