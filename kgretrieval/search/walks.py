"""Which part of the graph may be walked through, where not everything is known yet."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgretrieval.graph.arrays import GraphArrays
from kgretrieval.index.catalog import Catalog
from kgretrieval.search.filters import Mask

#: Edges that come from one document each. Those between two entities sum up documents of all times.
DATED = ("mentions", "shows", "illustrates")


def walkable(
    arrays: GraphArrays, catalog: Catalog, known: Mask | None
) -> tuple[npt.NDArray[np.bool_] | None, tuple[str, ...] | None]:
    """Return ``(nodes,)`` bool and the kinds of edges to walk along; None, None where everything is known.

    Parameters
    ----------
    arrays : GraphArrays
    catalog : Catalog
        Of the same generation.
    known : numpy.ndarray, optional
        ``(n,)`` bool: the documents that are known.
    """
    if known is None:
        return None, None
    nodes = np.arange(len(arrays), dtype=np.int32)
    allowed = np.asarray(arrays.letters(nodes) == ord("e"))
    documents = arrays.nodes(np.asarray(catalog.ids)[known])
    allowed[documents[documents >= 0]] = True
    return allowed, DATED
