"""What documents are sorted under, as attributes of their nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgretrieval.graph.schema import Node, clean
from kgretrieval.store.label_search import holding_labels
from kgretrieval.store.store import Store

#: What tables call the column of the nodes themselves.
_TAKEN = frozenset({"id"})


def with_labels(store: Store, nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes, articles and pictures with an attribute for each label that holds: ``topic``, ``sentiment``, …

    Only labels that a person gave or a model is sure of. A node has the attribute only where it has the label, and
    none of them stands in place of what all nodes of its kind say of themselves.
    """
    known = list(nodes)
    labels = holding_labels(store, (node for node, _ in known if node[0] in "ap"))
    for node, own in known:
        found = {label.scheme: clean(label.value) for label in labels.get(node, ())}
        yield node, {**own, **{name: value for name, value in found.items() if name not in own and name not in _TAKEN}}
