"""One hash for the whole graph: equal whenever the same input was taken in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kgretrieval.graph.parts import make_parts
from kgretrieval.graph.sightings import LIKENESS
from kgretrieval.store.store import Store

#: Not part of the hash. Where files lie differs between machines (`path`, and `relations`, whose ids
#: stand on those of the uses of pictures); a model's confidence differs in the last digits with the
#: batch in which a text came.
_LEFT_OUT = frozenset({"path", "relations", "confidence"})

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


def graph_hash(store: Store) -> str:
    """Return the SHA-256, in hex, of all nodes and edges with their attributes.

    The order in which documents came, interruptions and batch sizes do not change it; confidences,
    paths of files, ids of relations and likenesses of pictures are left out. NetworkX is not needed.
    """
    parts = make_parts(store)
    digest = hashlib.sha256()
    for node, data in parts.nodes:
        digest.update(_line([node], data))
    for source, target, key, data in parts.edges:
        # A likeness comes from vectors, whose last digits differ with the batch, and may just reach its threshold.
        if data.get("origin") == LIKENESS:
            continue
        digest.update(_line([source, target, key], data))
    return digest.hexdigest()


def _line(ends: list[str], data: Mapping[str, Any]) -> bytes:
    kept = {name: value for name, value in data.items() if name not in _LEFT_OUT}
    return _encode([*ends, kept]).encode() + b"\n"
