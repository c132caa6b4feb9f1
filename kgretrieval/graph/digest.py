"""One hash for the whole graph: equal whenever the same input was taken in."""

from __future__ import annotations

import hashlib

from kgretrieval.graph.opening import open_arrays
from kgretrieval.store.array_rows import entity_lines, fact_marks_and_copies
from kgretrieval.store.own_labels import own_label_lines
from kgretrieval.store.store import Store


def graph_hash(store: Store) -> str:
    """Return the SHA-256, in hex, of everything that the graph is made from.

    That is, of every article and picture what is shown of it, its text, the names in it with what they mean, its
    statements and its uses; every entity; what people decided and said of documents; which articles are near copies.
    Documents are read when they change (`GraphArrays.digest`), so the hash of a large collection does not take long.

    The order in which documents came, interruptions and batch sizes do not change it; confidences, what models say of
    documents, paths of files, ids of relations and likenesses of pictures are left out. NetworkX is not needed.
    """
    digest = hashlib.sha256()
    with store.reading():
        digest.update(open_arrays(store).digest.encode())
        for line in entity_lines(store):
            digest.update(line.encode("utf-8", "replace") + b"\n")
        for row in (*fact_marks_and_copies(store), *own_label_lines(store)):
            digest.update(repr(row).encode() + b"\n")
    return digest.hexdigest()
