"""Which document each row of a ranking belongs to, and what filters look at: plain arrays of one generation.

A document is named by its ordinal: its place among all articles by id, then all pictures by id.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import CollectionError
from kgretrieval.index._files import damaged
from kgretrieval.index.bases import Base
from kgretrieval.store.catalog_rows import document_rows, illustration_pairs, use_documents
from kgretrieval.store.scan import vector_rows
from kgretrieval.store.store import Store

Ordinals = npt.NDArray[np.int32]

_VERSION = 1
_META = "catalog.json"
_PIXELS = "pixels"


@dataclass(frozen=True, slots=True)
class Catalog:
    """The documents of one generation, and the documents of the rows of its rankings.

    Attributes
    ----------
    articles : int
        How many of the documents are articles; they come first.
    ids, dates : numpy.ndarray
        ``(n,)`` bytes: the id and the date (``b""`` where unknown) of each document.
    source, language : numpy.ndarray
        ``(n,)`` int32 places in `sources` and `languages`.
    lexical : numpy.ndarray
        ``(rows,)`` int32: the document of each row of the lexical index.
    vectors, pixels : Mapping[str, numpy.ndarray]
        For each space ``(rows,)`` int32, the document of each vector row, -1 for a dead one, and bool, whether
        the row comes from a picture's pixels.
    illustrations : numpy.ndarray
        ``(m, 2)`` int32: (article, picture) ordinals, by article and then in the order of the article.
    """

    generation: int
    articles: int
    ids: npt.NDArray[np.bytes_]
    dates: npt.NDArray[np.bytes_]
    source: Ordinals
    sources: tuple[str, ...]
    language: Ordinals
    languages: tuple[str, ...]
    lexical: Ordinals
    vectors: Mapping[str, Ordinals]
    pixels: Mapping[str, npt.NDArray[np.bool_]]
    illustrations: Ordinals

    def __len__(self) -> int:
        return len(self.ids)

    def id(self, ordinal: int) -> str:
        """Return the id of a document."""
        return bytes(self.ids[ordinal]).decode()

    def ordinals(self, ids: Sequence[str]) -> Ordinals:
        """Return the ordinals of documents, -1 for an id that is not there."""
        wanted = np.array([i.encode() for i in ids], dtype=self.ids.dtype if len(self) else "S14")
        places = np.searchsorted(self.ids, wanted)
        if not len(self):
            return np.full(len(ids), -1, dtype=np.int32)
        found = self.ids[np.minimum(places, len(self) - 1)] == wanted
        return np.where(found, places, -1).astype(np.int32)


def write_catalog(store: Store, lexical_owners: npt.NDArray[np.bytes_], folder: Path, base: Base | None = None) -> None:
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
        The catalog of an earlier generation to begin with.
    """
    documents = document_rows(store)
    ordinal = {row.id: i for i, row in enumerate(documents)}
    of_holder = ordinal | {use: ordinal[picture] for use, picture in use_documents(store).items()}
    sources, source = _coded([row.source for row in documents])
    languages, language = _coded([row.language for row in documents])
    pairs = [(ordinal[a], ordinal[p]) for a, p in illustration_pairs(store)]
    arrays: dict[str, npt.NDArray[Any]] = {
        "ids": np.array([row.id.encode() for row in documents], dtype="S14"),
        "dates": np.array([row.date[:19].encode("ascii", "replace") for row in documents], dtype="S19"),
        "source": source,
        "language": language,
        "lexical": np.array([ordinal.get(o.decode(), -1) for o in lexical_owners], dtype=np.int32),
        "illustrations": np.array(pairs, dtype=np.int32).reshape(-1, 2),
    }
    for space in store.manifest.spaces:
        arrays[f"vectors-{space}"], arrays[f"pixels-{space}"] = _of_rows(store, space, of_holder)
    folder.mkdir()
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    meta = {
        "version": _VERSION,
        "generation": store.generation,
        "articles": sum(row.id.startswith("a:") for row in documents),
        "sources": sources,
        "languages": languages,
        "spaces": list(store.manifest.spaces),
    }
    (folder / _META).write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")


def open_catalog(folder: Path) -> Catalog:
    """Open what `write_catalog` wrote; the arrays stay on disk and are read as they are used.

    Raises
    ------
    CollectionError
        If it is not there or damaged.
    """
    try:
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
        if meta["version"] != _VERSION:
            raise damaged(folder, f"it is of version {meta['version']!r}")
        return Catalog(
            generation=int(meta["generation"]),
            articles=int(meta["articles"]),
            ids=_open(folder, "ids"),
            dates=_open(folder, "dates"),
            source=_open(folder, "source"),
            sources=tuple(meta["sources"]),
            language=_open(folder, "language"),
            languages=tuple(meta["languages"]),
            lexical=_open(folder, "lexical"),
            vectors={space: _open(folder, f"vectors-{space}") for space in meta["spaces"]},
            pixels={space: _open(folder, f"pixels-{space}") for space in meta["spaces"]},
            illustrations=_open(folder, "illustrations"),
        )
    except CollectionError:
        raise
    except (OSError, ValueError, EOFError, KeyError, TypeError) as error:
        raise damaged(folder, error) from error


def _of_rows(store: Store, space: str, of_holder: Mapping[str, int]) -> tuple[Ordinals, npt.NDArray[np.bool_]]:
    named = vector_rows(store, space)
    count = named[-1][0] + 1 if named else 0
    documents = np.full(count, -1, dtype=np.int32)
    pixels = np.zeros(count, dtype=bool)
    for row, holder, field, _ in named:
        documents[row] = of_holder[holder]
        pixels[row] = field == _PIXELS
    return documents, pixels


def _coded(values: Sequence[str]) -> tuple[list[str], Ordinals]:
    distinct = sorted(set(values))
    code = {value: i for i, value in enumerate(distinct)}
    return distinct, np.array([code[value] for value in values], dtype=np.int32)


def _open(folder: Path, name: str) -> npt.NDArray[Any]:
    array: npt.NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return array
