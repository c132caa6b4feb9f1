"""Write the shipped files from a run's last checkpoint: `python -m training.tagger.export RUN VERSION`."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save

from kgretrieval.extractors.tagging.meanings import WIDTH, mini_hash
from kgretrieval.extractors.tagging.weights import (
    TABLE,
    pack_keys,
    pack_matrix,
    pack_table,
    read_arrays,
    stem,
    table_hash,
)
from training.tagger import sets


def packed(name: str, values: np.ndarray) -> dict[str, np.ndarray]:
    # Twice as wide in Chinese, where 4 bits lose nothing; in German they cost 0.4 points.
    if name == "meanings.weight" and values.shape[1] > WIDTH:
        return pack_table(name, values)
    return pack_matrix(name, values) if values.size > 5_000 else {name: values.astype(np.float16)}


def table_arrays(state: dict, build: Path, data: Path) -> dict[str, np.ndarray]:
    """Return the words and rows that a language has of its own: those of German are the English ones."""
    language, rows = state["config"]["language"], state["average"]["vectors.weight"].numpy()
    if language == "de":
        return {}
    if language == "en" and state["config"]["frozen"]:
        return {n: a for n, a in read_arrays().items() if n in TABLE or n.startswith("vectors.weight")}
    if language == "en":
        table = np.load(build / "table.npz")
        words = {**pack_keys(table["keys"]), "rows": table["rows"], "flags": table["flags"]}
    else:
        words = sets.characters(sets.sets(data, state["config"]).train)
    return {**words, **pack_table("vectors.weight", rows)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("version")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/text"))
    parser.add_argument("--out", type=Path, default=Path("kgretrieval/models"))
    arguments = parser.parse_args()
    state = torch.load(arguments.run / "last.pt")
    language = state["config"]["language"]
    arrays = table_arrays(state, arguments.run.parent, arguments.data)
    shared = "" if arrays else table_hash(read_arrays())
    for name, tensor in state["average"].items():
        if name != "vectors.weight" and tensor.numel():
            arrays |= packed(name, tensor.numpy())
    content = save({name: np.ascontiguousarray(array) for name, array in arrays.items()})
    (arguments.out / f"{stem(language)}.safetensors").write_bytes(content)
    card = {
        "version": arguments.version,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "mini": mini_hash(),
        "vectors": shared,
        "calibration": [1.0, 0.0],
        "sizes": state["sizes"],
        **state["labels"],
        "config": state["config"],
        "dev": state["dev"],
    }
    (arguments.out / f"{stem(language)}.json").write_text(json.dumps(card, indent=1) + "\n")
    print(f"{len(content)} bytes, SHA-256 {card['sha256'][:12]}")


if __name__ == "__main__":
    main()
