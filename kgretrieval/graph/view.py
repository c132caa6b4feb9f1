"""The graph as a NetworkX object, for people; nothing in a search needs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kgretrieval.errors import UsageError
from kgretrieval.graph.names import resolve_node
from kgretrieval.graph.parts import make_parts
from kgretrieval.graph.periods import checked_date
from kgretrieval.graph.vicinity import vicinity
from kgretrieval.store.store import Store

if TYPE_CHECKING:
    import networkx


def build_graph(
    store: Store, *, around: Sequence[str] = (), radius: int = 1, co_mentions: bool = True, as_of: str = ""
) -> networkx.MultiDiGraph:
    """Return articles, pictures and entities with everything that joins them.

    Nodes are ids with `kind` "article", "picture", "entity" or "story". Edges have a key that is unique in the
    whole graph and a `kind`: "mentions" (article to entity), "illustrates" (picture to article), "part_of" (article
    to story), "shows" (picture to entity, with the `reason`), "fact" (one for each fact between two entities, with
    its first evidence) and "co_mention" (from the smaller id to the larger, for both directions). `graph.schema`
    lists the attributes; all are scalars and stand on every node or edge of their kind. What a document is sorted
    under (``topic``, ``sentiment``, the names of trained models) stands on its node where it has such a label, and
    ``towards`` on an edge "mentions" where the article sounds so towards the name.

    Parameters
    ----------
    store : Store
    around : sequence of str
        Ids or names; only what lies around these nodes is taken, with all edges between the nodes taken.
    radius : int
        How many edges away, in either direction.
    co_mentions : bool
        Whether to join entities that one sentence names, beside what is stated of them.
    as_of : str
        An ISO date of any precision: the graph as it could have been known at its end, from articles and uses of
        pictures dated up to then. What has no date is left out, and so are stories.

    Raises
    ------
    NotFoundError
        If something in `around` is not there.
    UsageError
        If `radius` is negative, `as_of` no date, or an id in `around` is that of no node.
    """
    import networkx

    if radius < 0:
        raise UsageError(f"a radius of {radius} makes no sense; give 0 or more")
    day = checked_date("as_of", as_of)
    with store.reading():
        centres = [resolve_node(store, name) for name in around]
        only = vicinity(store, centres, radius=radius, co_mentions=co_mentions) if centres else None
        parts = make_parts(store, only=only, co_mentions=co_mentions, as_of=day)
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(parts.nodes)
    graph.add_edges_from(parts.edges)
    if day and centres:
        # What joins two nodes now need not have joined them then.
        reached = set(centres) & set(graph)
        for _ in range(radius):
            reached |= {end for node in reached for end in networkx.all_neighbors(graph, node)}
        graph.remove_nodes_from(set(graph) - reached)
    return graph
