"""Which documents a person should label next."""

from __future__ import annotations

from collections.abc import Sequence

from kgretrieval.classify.head import Head
from kgretrieval.labelling.items import OF, items_of, takes_of
from kgretrieval.labelling.records import Proposal, Takes
from kgretrieval.store.item_rows import all_of
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
    """
    looked_at = takes if head is None else takes_of(head)
    known = {document for document, _ in own_labels(store, scheme)}
    ids = [one for one in all_of(store, OF[looked_at]) if one not in known][:LOOKED_AT]
    items = items_of(store, ids, looked_at)
    ids = list(items)
    chosen = _spread(ids, k) if head is None else _uncertain(head, [items[one] for one in ids], k)
    return _proposals(store, scheme, head, [ids[place] for place in chosen], looked_at)


def _spread(ids: Sequence[str], k: int) -> list[int]:
    return list(range(min(k, len(ids))))


def _uncertain(head: Head, items: Sequence[object], k: int) -> list[int]:
    found = head.probabilities(items)  # type: ignore[arg-type]
    return [int(place) for place in found.max(1).argsort(kind="stable")[:k]]


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
