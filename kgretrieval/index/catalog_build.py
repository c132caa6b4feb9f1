"""Writes the catalog of a generation: from the whole store, or from an earlier catalog and what changed since."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.index.bases import Base
from kgretrieval.index.catalog import META, VERSION, Catalog, Ordinals, open_catalog
from kgretrieval.store.catalog_rows import (
    VectorName,
    document_rows,
    illustrated_by,
    illustration_pairs,
    use_documents,
    vector_count,
    vector_names,
)
from kgretrieval.store.store import Store

Ids = npt.NDArray[np.bytes_]
Rows = npt.NDArray[np.int64]

_PIXELS = "pixels"


def write_catalog(store: Store, lexical_owners: Ids, folder: Path, base: Base | None = None) -> None:
    """Write the catalog of the store's present state as the new folder `folder`.

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    lexical_owners : numpy.ndarray
        ``(rows,)`` bytes: the document of each row of the lexical index, ``b""`` for a dead one.
    folder : Path
        Must not exist.
    base : Base, optional
        The catalog of an earlier generation: only what changed since is read from the store.
    """
    earlier = open_catalog(base.folder) if base else _empty(store)
    touched = {i for i in base.changes.texts if not i.startswith("u:")} if base else None
    moved = _Moved(earlier, store, touched)
    values = _documents(earlier, moved)
    arrays = dict(values.arrays)
    arrays["lexical"] = _lexical(earlier, moved, lexical_owners)
    arrays["illustrations"] = _illustrations(earlier, moved, store, touched)
    for space in store.manifest.spaces:
        arrays[f"vectors-{space}"], arrays[f"pixels-{space}"] = _vectors(earlier, moved, store, space, touched)
    folder.mkdir()
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    meta = {
        "version": VERSION,
        "generation": store.generation,
        "articles": int(np.searchsorted(moved.ids, b"b")),
        "sources": values.sources,
        "languages": values.languages,
        "spaces": list(store.manifest.spaces),
    }
    (folder / META).write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")


class _Moved:
    """Where the documents of an earlier catalog are now: ids sort, so each new one moves those behind it.

    Attributes
    ----------
    fresh : list of DocumentRow
        Documents to be read anew, ordered by id.
    kept : numpy.ndarray
        ``(old,)`` bool: the documents of the earlier catalog that did not change.
    at : numpy.ndarray
        ``(fresh,)`` place of each fresh document among those kept.
    ids : numpy.ndarray
        ``(n,)`` ids of all documents now.
    """

    def __init__(self, earlier: Catalog, store: Store, touched: Collection[str] | None) -> None:
        self.fresh = document_rows(store, touched)
        gone = earlier.ordinals(sorted(touched or ()))
        self.kept = np.ones(len(earlier), dtype=bool)
        self.kept[gone[gone >= 0]] = False
        left = np.asarray(earlier.ids)[self.kept]
        names = np.array([row.id.encode() for row in self.fresh], dtype="S14")
        self.at: Rows = np.searchsorted(left, names)
        self.ids: Ids = np.insert(left, self.at, names) if len(names) else left
        # One entry more, so that an ordinal of -1 (none) stays -1.
        self._now = np.full(len(earlier) + 1, -1, dtype=np.int32)
        rank = np.arange(len(left), dtype=np.int64)
        self._now[:-1][self.kept] = rank + np.searchsorted(self.at, rank, side="right")
        self._kept_now = self._now.copy()
        back = earlier.ordinals([row.id for row in self.fresh])
        places = self.at + np.arange(len(names))
        self._now[:-1][back[back >= 0]] = places[back >= 0]

    def merged(self, old: npt.NDArray[Any], values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the values of all documents from those of the earlier catalog and those of the fresh ones."""
        left = np.asarray(old)[self.kept]
        return np.insert(left, self.at, values) if len(values) else left

    def now(self, ordinals: Ordinals, *, kept_only: bool = False) -> Ordinals:
        """Return the present ordinals of earlier ones; -1 for what is gone (or, with `kept_only`, was touched)."""
        found: Ordinals = (self._kept_now if kept_only else self._now)[ordinals]
        return found

    def find(self, ids: Ids) -> Ordinals:
        """Return the ordinals of ids, -1 for one that is not there."""
        if not len(self.ids):
            return np.full(len(ids), -1, dtype=np.int32)
        places = np.searchsorted(self.ids, ids)
        return np.where(self.ids[np.minimum(places, len(self.ids) - 1)] == ids, places, -1).astype(np.int32)


@dataclass(frozen=True)
class _Values:
    arrays: Mapping[str, npt.NDArray[Any]]
    sources: list[str]
    languages: list[str]


def _documents(earlier: Catalog, moved: _Moved) -> _Values:
    dates = np.array([row.date[:19].encode("ascii", "replace") for row in moved.fresh], dtype="S19")
    sources, source = _coded(earlier.sources, earlier.source, [row.source for row in moved.fresh], moved)
    languages, language = _coded(earlier.languages, earlier.language, [row.language for row in moved.fresh], moved)
    arrays = {"ids": moved.ids, "dates": moved.merged(earlier.dates, dates), "source": source, "language": language}
    return _Values(arrays, sources, languages)


def _coded(names: Sequence[str], codes: Ordinals, fresh: Sequence[str], moved: _Moved) -> tuple[list[str], Ordinals]:
    """Return the values that occur, sorted, and the place of each document's value among them."""
    used = np.unique(np.asarray(codes)[moved.kept]).tolist()
    distinct = sorted({names[i] for i in used} | set(fresh))
    code = {value: i for i, value in enumerate(distinct)}
    recoded = np.array([code.get(name, -1) for name in names], dtype=np.int32)
    old = recoded[codes] if len(names) else np.asarray(codes)
    return distinct, moved.merged(old, np.array([code[value] for value in fresh], dtype=np.int32)).astype(np.int32)


def _lexical(earlier: Catalog, moved: _Moved, owners: Ids) -> Ordinals:
    """Return the document of each row; rows that stand where they stood need not be looked up."""
    found = np.full(len(owners), -1, dtype=np.int32)
    before = np.asarray(earlier.lexical)[: len(owners)]
    same = np.zeros(len(owners), dtype=bool)
    if len(before):
        same[: len(before)] = (before >= 0) & (earlier.ids[before] == owners[: len(before)])
        found[: len(before)][same[: len(before)]] = moved.now(before[same[: len(before)]])
    rest = np.flatnonzero(~same & (owners != b""))
    found[rest] = moved.find(owners[rest])
    return found


def _vectors(
    earlier: Catalog, moved: _Moved, store: Store, space: str, touched: Collection[str] | None
) -> tuple[Ordinals, npt.NDArray[np.bool_]]:
    count = vector_count(store, space)
    documents = np.full(count, -1, dtype=np.int32)
    pixels = np.zeros(count, dtype=bool)
    old = np.asarray(earlier.vectors[space])[:count]
    documents[: len(old)] = moved.now(old, kept_only=True)
    pixels[: len(old)] = earlier.pixels[space][:count]
    pixels[documents < 0] = False
    for rows, owners, marks in _named(store, space, touched):
        documents[rows] = moved.find(owners)
        pixels[rows] = marks
    return documents, pixels


def _named(store: Store, space: str, touched: Collection[str] | None) -> list[tuple[Rows, Ids, npt.NDArray[np.bool_]]]:
    """Return rows, their documents and whether they are of pixels: of all documents or of those touched."""
    uses = use_documents(store, None if touched is None else [i for i in touched if i.startswith("p:")])
    holders = None if touched is None else [*touched, *uses]
    named: list[VectorName] = vector_names(store, space, holders)
    rows = np.array([name.row for name in named], dtype=np.int64)
    owners = np.array([uses.get(name.holder, name.holder).encode() for name in named], dtype="S14")
    return [(rows, owners, np.array([name.field == _PIXELS for name in named], dtype=bool))]


def _illustrations(earlier: Catalog, moved: _Moved, store: Store, touched: Collection[str] | None) -> Ordinals:
    """Return (article, picture) by article; those of an article that changed, or whose pictures did, are read anew."""
    old = np.asarray(earlier.illustrations)
    articles = None
    if touched is not None:
        pictures = [i for i in touched if i.startswith("p:")]
        articles = {i for i in touched if i.startswith("a:")} | illustrated_by(store, pictures)
        again = earlier.ordinals(sorted(articles))
        lost = np.isin(old, earlier.ordinals(sorted(touched))).any(axis=1) | np.isin(old[:, 0], again)
        old = old[~lost]
    pairs = illustration_pairs(store, articles)
    ends = [moved.find(np.array([pair[side].encode() for pair in pairs], dtype="S14")) for side in (0, 1)]
    found = np.concatenate([moved.now(old.ravel()).reshape(-1, 2), np.stack(ends, axis=1)])
    return found[np.argsort(found[:, 0], kind="stable")]


def _empty(store: Store) -> Catalog:
    none = np.zeros(0, dtype=np.int32)
    spaces = store.manifest.spaces
    return Catalog(
        generation=0,
        articles=0,
        ids=np.zeros(0, dtype="S14"),
        dates=np.zeros(0, dtype="S19"),
        source=none,
        sources=(),
        language=none,
        languages=(),
        lexical=none,
        vectors=dict.fromkeys(spaces, none),
        pixels={space: np.zeros(0, dtype=bool) for space in spaces},
        illustrations=np.zeros((0, 2), dtype=np.int32),
    )
