"""What a person should know of an answer: which part of the question led nowhere."""

from __future__ import annotations

from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.filters import Mask, allowed_documents, kind_mask
from kgretrieval.search.likely import Outcome
from kgretrieval.search.rankings import Groups
from kgretrieval.search.scores import percent
from kgretrieval.search.wanted import Wanted


def filter_notes(snapshot: Snapshot, wanted: Wanted, passed: Mask) -> list[str]:
    """Say what the filters left out, where that may surprise."""
    catalog = snapshot.catalog
    notes = []
    if not len(catalog):
        return ["the collection is empty"]
    if wanted.kind and not kind_mask(catalog, wanted.kind).any():
        return [f"the collection has no {wanted.kind}s"]
    for name in ("source", "language"):
        value = getattr(wanted, name)
        if value and not allowed_documents(catalog, Wanted(**{name: value})).any():
            notes.append(f"nothing in the collection has the {name} {value!r}")
    if not notes and not passed.any():
        notes.append("nothing in the collection passes all filters")
    rest = Wanted(kind=wanted.kind, source=wanted.source, language=wanted.language)
    undated = int((allowed_documents(catalog, rest) & (catalog.dates == b"")).sum())
    if undated and (wanted.since or wanted.until):
        notes.append(f"{undated} without a date left out")
    return notes


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
