"""Which documents a search may return: one boolean array over the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.index.catalog import Catalog
from kgretrieval.search.wanted import Wanted
from kgretrieval.store.knowledge import documents_mentioning
from kgretrieval.store.label_search import documents_towards, documents_with_label
from kgretrieval.store.store import Store
from kgretrieval.store.topic_rows import documents_with_topic

Mask = npt.NDArray[np.bool_]

#: Lengths at which an ISO date can end.
_PRECISIONS = (4, 7, 10, 13, 16)


def allowed_documents(store: Store, catalog: Catalog, wanted: Wanted) -> Mask:
    """Return ``(n,)`` bool: the documents that pass every filter.

    Dates are intervals as long as they are precise, and pass when they touch the wanted one: an article of
    ``"2024-05"`` may be from the 20th, and ``until="2024"`` includes all of 2024. What has no date does not
    pass a filter of dates. A source passes by its name in any case or by a host that ends in it
    (``"bbc.co.uk"``: ``"news.bbc.co.uk"``), a language with or without a region. A topic is a tag that was not given
    as a name, or a label of the scheme "topic", in any case. A label is what a person said, or what a model is sure of.
    A picture has the topics and labels and mentions what the articles do that it illustrates.

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    catalog : Catalog
    wanted : Wanted
        With ids in `mentions` (`kgretrieval.search.meant`).
    """
    passed = np.ones(len(catalog), dtype=bool)
    for name, passes in FILTERS.items():
        value = getattr(wanted, name)
        if value:
            passed &= passes(store, catalog, value)
    return passed


def kind_mask(catalog: Catalog, kind: str) -> Mask:
    """Return ``(n,)`` bool: the articles, or the pictures."""
    is_article = np.arange(len(catalog)) < catalog.articles
    return is_article if kind == "article" else ~is_article


def known_by(catalog: Catalog, day: str) -> Mask:
    """Return ``(n,)`` bool: the documents dated up to the end of a day, month or year."""
    return np.asarray(catalog.dates != b"") & (np.asarray(catalog.dates).astype(f"S{len(day)}") <= day.encode())


def allowed_rows(documents: npt.NDArray[np.int32], passed: Mask) -> Mask:
    """Return which rows belong to a document that passed; rows of no document (-1) do not."""
    if not len(passed):
        return np.zeros(len(documents), dtype=bool)
    return np.asarray((documents >= 0) & passed[documents])


def _since(store: Store, catalog: Catalog, day: str) -> Mask:
    starts = [day[:length].encode() for length in _PRECISIONS if length < len(day)]
    dates = catalog.dates
    late = (dates >= day.encode()) | np.isin(dates, np.array(starts, dtype="S19"))
    return np.asarray((dates != b"") & late)


def _source(store: Store, catalog: Catalog, asked: str) -> Mask:
    wish = asked.casefold().removeprefix("www.")

    def fits(source: str) -> bool:
        name = source.casefold()
        return name.removeprefix("www.") == wish or ("." in wish and name.endswith(f".{wish}"))

    return _coded(catalog.source, map(fits, catalog.sources))


def _language(store: Store, catalog: Catalog, asked: str) -> Mask:
    wish = asked.casefold()
    fits = (name == wish or name.startswith(f"{wish}-") for name in map(str.casefold, catalog.languages))
    return _coded(catalog.language, fits)


def _topic(store: Store, catalog: Catalog, topic: str) -> Mask:
    return _with_pictures(catalog, [*documents_with_topic(store, topic), *documents_with_label(store, "topic", topic)])


def _labels(store: Store, catalog: Catalog, pairs: Iterable[tuple[str, str]]) -> Mask:
    passed = np.ones(len(catalog), dtype=bool)
    for scheme, value in pairs:
        passed &= _with_pictures(catalog, documents_with_label(store, scheme, value))
    return passed


def _towards(store: Store, catalog: Catalog, asked: Sequence[str]) -> Mask:
    value, *entities = asked
    passed = np.ones(len(catalog), dtype=bool)
    for entity in entities:
        passed &= _with_pictures(catalog, documents_towards(store, entity, value))
    return passed


def _mentions(store: Store, catalog: Catalog, entities: Iterable[str]) -> Mask:
    passed = np.ones(len(catalog), dtype=bool)
    for entity in entities:
        passed &= _with_pictures(catalog, documents_mentioning(store, entity))
    return passed


def _has_picture(store: Store, catalog: Catalog, asked: bool) -> Mask:
    passed = kind_mask(catalog, "picture")
    passed[catalog.illustrations[:, 0]] = True
    return passed


def _coded(codes: npt.NDArray[np.int32], fits: Iterable[bool]) -> Mask:
    return np.asarray(np.fromiter(fits, dtype=bool)[codes])


def _with_pictures(catalog: Catalog, ids: list[str]) -> Mask:
    """Return ``(n,)`` bool: these documents and the pictures of those of them that are articles."""
    passed = np.zeros(len(catalog), dtype=bool)
    ordinals = catalog.ordinals(ids)
    passed[ordinals[ordinals >= 0]] = True
    articles, pictures = catalog.illustrations[:, 0], catalog.illustrations[:, 1]
    passed[pictures[passed[articles]]] = True
    return passed


#: What filters by which field of `Wanted`. Another filter is a field there and a line here.
FILTERS: Mapping[str, Callable[[Store, Catalog, Any], Mask]] = {
    "kind": lambda _, catalog, kind: kind_mask(catalog, kind),
    "since": _since,
    "until": lambda _, catalog, day: known_by(catalog, day),
    "as_of": lambda _, catalog, day: known_by(catalog, day),
    "source": _source,
    "language": _language,
    "topic": _topic,
    "sentiment": lambda store, catalog, value: _labels(store, catalog, [("sentiment", value)]),
    "labels": _labels,
    "mentions": _mentions,
    "towards": _towards,
    "has_picture": _has_picture,
}
#: Those that leave out what has no date.
DATED = ("since", "until", "as_of")
