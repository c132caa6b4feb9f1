"""The graph as a notebook shows it. Imported only when a graph object is asked for: it needs NetworkX."""

from __future__ import annotations

import networkx

#: Beyond this a drawing is a ball of wool: figures say more.
DRAWN = 150


class NewsGraph(networkx.MultiDiGraph):  # type: ignore[misc]
    """A `networkx.MultiDiGraph` that a notebook draws when it is small enough, and counts when it is not."""

    def _repr_html_(self) -> str:
        from kgretrieval.present.html import graph_svg

        counts = f"{self.number_of_nodes():,} nodes, {self.number_of_edges():,} edges"
        if self.number_of_nodes() > DRAWN:
            return f"<p>{counts}. Look at a part of it: <code>to_networkx(around=…)</code></p>"
        return f"{graph_svg(self)}<p>{counts}</p>"
