"""The inverted-file index of FAISS: rows in lists around centroids, of which a search looks into some.

Jégou, Douze and Schmid, "Product Quantization for Nearest Neighbor Search", IEEE TPAMI 33(1),
2011. The lists stay on disk, memory-mapped, so a cold search reads only those it looks into.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from kgretrieval.index._approximate import ApproximateIndex, add_in_blocks, faiss
from kgretrieval.index.base import Vectors

_ROWS_PER_CENTROID = 64


class IvfIndex(ApproximateIndex):
    """Inverted lists of rows rounded to 8 bits a number; its effort is FAISS's ``nprobe``."""

    kind = "ivf"

    @classmethod
    def _make(cls, vectors: Vectors) -> tuple[Any, int, int]:
        # About as many rows in a list as lists: the time for choosing lists equals that for reading them.
        lists = max(1, min(int(2 * np.sqrt(len(vectors))), len(vectors) // 39))
        width = vectors.shape[1]
        quantizer = faiss().IndexFlatIP(width)
        structure = faiss().IndexIVFScalarQuantizer(
            quantizer, width, lists, faiss().ScalarQuantizer.QT_8bit, faiss().METRIC_INNER_PRODUCT
        )
        structure.cp.min_points_per_centroid = 1
        rows = np.unique(np.linspace(0, len(vectors) - 1, lists * _ROWS_PER_CENTROID).astype(np.int64))
        sample = vectors[rows] if len(vectors) else np.zeros((1, width))
        structure.train(np.ascontiguousarray(sample, dtype=np.float32))
        add_in_blocks(vectors, structure.add)
        return structure, min(8, lists), lists

    def _parameters(self, selector: Any) -> Any:
        return faiss().SearchParametersIVF(nprobe=self._effort, sel=selector)
