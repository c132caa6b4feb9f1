"""What a person should know of an answer: which part of the question led nowhere."""

from __future__ import annotations

from dataclasses import replace

from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.filters import DATED, FILTERS, Mask, allowed_documents, kind_mask
from kgretrieval.search.likely import Outcome
from kgretrieval.search.rankings import Groups
from kgretrieval.search.scores import percent
from kgretrieval.search.wanted import Wanted
from kgretrieval.store.knowledge import entities
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


def _nothing(store: Store, name: str, value: object) -> str:
    if name == "has_picture":
        return "no article in the collection has a picture"
    if name == "mentions":
        names = [entity.name for entity in entities(store, value).values()]  # type: ignore[arg-type]
        return f"nothing in the collection mentions {' and '.join(names)}"
    note = f"nothing in the collection has the {name} {value!r}"
    if name == "topic":
        others = ", ".join(frequent_topics(store, most=_TOPICS))
        note += f"; the most frequent ones are {others}" if others else "; no tags were given"
    return note


def query_notes(snapshot: Snapshot, text: str, groups: Groups, *, encoder_knows: bool) -> list[str]:
    """Say which way of searching could do nothing with the words."""
    notes = []
    if text and not any(snapshot.lexical.document_frequency(term) for group in groups for term in group):
        notes.append("no word of the query occurs in the collection")
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
