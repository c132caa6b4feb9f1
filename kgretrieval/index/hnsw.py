"""The graph index of FAISS: quick to search, slow to build, as large as the vectors themselves.

Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical
Navigable Small World graphs", IEEE TPAMI 42(4), 2020.
"""

from __future__ import annotations

from typing import Any

from kgretrieval.index._approximate import ApproximateIndex, add_in_blocks, faiss
from kgretrieval.index.base import Vectors

_LINKS = 32
_EFFORT_OF_BUILDING = 100
_EFFORT, _MOST_EFFORT = 64, 1024


class HnswIndex(ApproximateIndex):
    """A navigable small-world graph over rows in half precision; its effort is FAISS's ``efSearch``."""

    kind = "hnsw"

    @classmethod
    def _make(cls, vectors: Vectors) -> tuple[Any, int, int]:
        structure = faiss().IndexHNSWSQ(
            vectors.shape[1], faiss().ScalarQuantizer.QT_fp16, _LINKS, faiss().METRIC_INNER_PRODUCT
        )
        structure.hnsw.efConstruction = _EFFORT_OF_BUILDING
        structure.is_trained = True
        add_in_blocks(vectors, structure.add)
        return structure, _EFFORT, _MOST_EFFORT

    def _parameters(self, selector: Any) -> Any:
        return faiss().SearchParametersHNSW(efSearch=self._effort, sel=selector)
