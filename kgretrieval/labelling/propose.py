"""Which documents a person should label next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kgretrieval.classify.active import choose
from kgretrieval.classify.base import Floats
from kgretrieval.classify.head import Head
from kgretrieval.labelling.items import OF, items_of, takes_of
from kgretrieval.labelling.records import Proposal, Takes
from kgretrieval.resolution.decide import checked_scheme
from kgretrieval.store.item_rows import all_of, article_vectors, picture_vectors
from kgretrieval.store.own_labels import own_labels
from kgretrieval.store.read import documents
from kgretrieval.store.store import Store

#: Documents that are looked at for proposals. Ids come from hashes, so the first of them are a fair sample, and the
#: same whenever it is asked.
LOOKED_AT = 2000
#: Characters of a document that a proposal shows.
SHOWN = 600


def propose(store: Store, scheme: str, head: Head | None, *, takes: Takes = "text", k: int = 10) -> list[Proposal]:
    """Return documents that nobody has labelled and that a model would learn most from, the best first.

    Parameters
    ----------
    store : Store
    scheme : str
    head : Head, optional
        What guesses now; without one documents are spread over the collection.
    takes : {"text", "picture", "both"}
        What is labelled where there is no model yet.
    k : int
        How many at most.

    Raises
    ------
    UsageError
        If labels cannot be called `scheme`.
    """
    checked_scheme(scheme)
    looked_at = takes if head is None else takes_of(head)
    known = {document for document, _ in own_labels(store, scheme)}
    every = all_of(store, OF[looked_at])
    fresh = [one for one in every if one not in known][:LOOKED_AT]
    items = items_of(store, fresh, looked_at)
    done = items_of(store, [one for one in every if one in known][:LOOKED_AT], looked_at) if head is None else {}
    ids = [*items, *done]
    if not items:
        return []
    probabilities = head.probabilities([items[one] for one in ids]) if head else None
    vectors = _vectors(store, ids, looked_at)
    chosen = choose(probabilities, vectors, k=k, labelled=range(len(items), len(ids)))
    return _proposals(store, scheme, head, [ids[place] for place in chosen], looked_at)


def _vectors(store: Store, ids: Sequence[str], takes: Takes) -> Floats:
    """Return what an encoder makes of documents, ``(n, width)``; zeros where nothing is known."""
    known = picture_vectors(store, ids) if takes == "picture" else article_vectors(store, ids)
    width = len(next(iter(known.values()))) if known else 1
    return np.stack([known.get(one, np.zeros(width, np.float32)) for one in ids])


def _proposals(store: Store, scheme: str, head: Head | None, ids: Sequence[str], takes: Takes) -> list[Proposal]:
    items = items_of(store, ids, takes)
    said = dict(zip(ids, head.predict([items[one] for one in ids]), strict=True)) if head and ids else {}
    known = documents(store, ids)
    found = []
    for one in ids:
        document = known[one]
        text = document.text or "\n".join(document.captions)
        guess = said.get(one)
        about = {"label": guess.label, "probability": round(guess.probability, 4)} if guess else {}
        found.append(Proposal(one, scheme, document.title, text[:SHOWN].strip(), document.path, **about))  # type: ignore[arg-type]
    return found
