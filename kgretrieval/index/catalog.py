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

Ordinals = npt.NDArray[np.int32]

VERSION = 1
META = "catalog.json"


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


def open_catalog(folder: Path) -> Catalog:
    """Open what `catalog_build.write_catalog` wrote; the arrays stay on disk and are read as they are used.

    Raises
    ------
    CollectionError
        If it is not there or damaged.
    """
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        if meta["version"] != VERSION:
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


def _open(folder: Path, name: str) -> npt.NDArray[Any]:
    array: npt.NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return array
