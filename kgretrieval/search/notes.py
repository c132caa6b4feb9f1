"""What a person should know of an answer: which part of the question led nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.filters import DATED, FILTERS, Mask, allowed_documents, kind_mask
from kgretrieval.search.likely import Outcome
from kgretrieval.search.rankings import Groups
from kgretrieval.search.scores import percent
from kgretrieval.search.wanted import Wanted
from kgretrieval.store.knowledge import entities
from kgretrieval.store.label_search import frequent_labels, label_schemes
from kgretrieval.store.store import Store
from kgretrieval.store.topic_rows import frequent_topics

_TOPICS = 5


def filter_notes(store: Store, snapshot: Snapshot, wanted: Wanted, passed: Mask) -> list[str]:
    """Say what the filters left out, where that may surprise."""
    catalog = snapshot.catalog
    if not len(catalog):
        return ["the collection is empty"]
    if wanted.kind and not kind_mask(catalog, wanted.kind).any():
        return [f"the collection has no {wanted.kind}s"]
    notes = _without_any(store, snapshot, wanted)
    if not notes and not passed.any():
        notes.append("nothing in the collection passes all filters")
    if any(getattr(wanted, name) for name in DATED):
        rest = allowed_documents(store, catalog, replace(wanted, since="", until="", as_of=""))
        undated = int((rest & (catalog.dates == b"")).sum())
        if undated:
            notes.append(f"{undated} without a date left out")
    return notes


def _without_any(store: Store, snapshot: Snapshot, wanted: Wanted) -> list[str]:
    """Name the filters that nothing at all passes."""
    notes = []
    for name in FILTERS.keys() - {"kind", *DATED}:
        value = getattr(wanted, name)
        if value and not allowed_documents(store, snapshot.catalog, Wanted(**{name: value})).any():
            notes.append(_nothing(store, name, value))
    return sorted(notes)


def _nothing(store: Store, name: str, value: Any) -> str:
    if name == "has_picture":
        return "no article in the collection has a picture"
    if name == "mentions":
        names = [entity.name for entity in entities(store, value).values()]
        return f"nothing in the collection mentions {' and '.join(names)}"
    if name == "towards":
        sounds, *ids = value
        names = [entity.name for entity in entities(store, ids).values()]
        return f"nothing in the collection sounds {sounds} towards {' and '.join(names)}"
    if name == "labels":
        return "; ".join(_no_label(store, *pair) for pair in value)
    note = f"nothing in the collection has the {name} {value!r}"
    if name == "topic":
        others = [*frequent_topics(store, most=_TOPICS), *frequent_labels(store, name, most=_TOPICS)]
        known = ", ".join(dict.fromkeys(others))
        note += f"; the most frequent ones are {known}" if known else "; no tags were given"
    elif name == "sentiment":
        known = ", ".join(frequent_labels(store, name, most=_TOPICS))
        note += f"; there are {known}" if known else "; kg annotate --extractors sentiment makes them"
    return note


def _no_label(store: Store, scheme: str, value: str) -> str:
    known = frequent_labels(store, scheme, most=_TOPICS)
    if known:
        return f"nothing in the collection has {scheme} {value!r}; the most frequent ones are {', '.join(known)}"
    schemes = ", ".join(label_schemes(store))
    return f"nothing in the collection is sorted by {scheme!r}" + (f"; there is {schemes}" if schemes else "")


def query_notes(
    snapshot: Snapshot, text: str, groups: Groups, *, encoder_knows: bool, in_pictures: bool = False
) -> list[str]:
    """Say which way of searching could do nothing with the words; `in_pictures` if their letters stand in pictures."""
    notes = []
    if text and not any(snapshot.lexical.document_frequency(term) for group in groups for term in group):
        but = "; its letters stand in pictures" if in_pictures else ""
        notes.append(f"no word of the query occurs in the collection{but}")
    if text and not encoder_knows:
        notes.append("the encoder knows none of these words")
    return notes


def score_notes(outcome: Outcome, least: float | None) -> list[str]:
    """Say of which kind every hit was too unlikely to show, and how to see them all the same."""
    notes = []
    for kind, best in outcome.unlikely.items():
        wish = "is likely to be right" if least is None else f"is {100 * least:.0f} % likely"
        notes.append(f"no {kind} {wish}, the best is {percent(best)}; --min-score 0 (min_score=0) shows all")
    return notes
