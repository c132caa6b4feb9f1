"""The perceptual hashes of all pictures of one generation, as one array."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import CollectionError
from kgretrieval.index._files import damaged
from kgretrieval.index.catalog import Catalog, open_catalog
from kgretrieval.store.picture_rows import picture_hashes
from kgretrieval.store.store import Store

Hashes = npt.NDArray[np.uint64]

_FILE = "hashes.npy"


def write_hashes(store: Store, catalog: Catalog, folder: Path, base: Path | None = None) -> None:
    """Write the hash of each picture of the catalog, in its order, as the new folder `folder`.

    Parameters
    ----------
    store : Store
        Inside the `reading` of the catalog's generation.
    catalog : Catalog
    folder : Path
        Must not exist.
    base : Path, optional
        The derived files of an earlier generation: a picture's hash never changes, so only new pictures are read.
    """
    ids = np.asarray(catalog.ids[catalog.articles :])
    hashes = np.zeros(len(ids), dtype=np.uint64)
    known = np.zeros(len(ids), dtype=bool)
    if base is not None:
        earlier = open_catalog(base / "catalog")
        values = open_hashes(base / folder.name, earlier)
        places = np.searchsorted(ids, earlier.ids[earlier.articles :])
        kept = places < len(ids)
        kept[kept] = ids[places[kept]] == earlier.ids[earlier.articles :][kept]
        hashes[places[kept]], known[places[kept]] = values[kept], True
    new = [i.decode() for i in ids[~known].tolist()]
    found = picture_hashes(store, new if known.any() else None)
    hashes[~known] = np.array([found[i] for i in new], dtype=np.uint64)
    folder.mkdir()
    np.save(folder / _FILE, hashes, allow_pickle=False)


def open_hashes(folder: Path, catalog: Catalog) -> Hashes:
    """Open what `write_hashes` wrote: ``(pictures,)`` uint64, read from disk as it is used.

    Raises
    ------
    CollectionError
        If it is not there, damaged or of another catalog.
    """
    try:
        hashes: Hashes = np.load(folder / _FILE, mmap_mode="r", allow_pickle=False)
    except CollectionError:
        raise
    except (OSError, ValueError, EOFError) as error:
        raise damaged(folder, error) from error
    if hashes.shape != (len(catalog) - catalog.articles,) or hashes.dtype != np.uint64:
        raise damaged(folder, f"it holds {hashes.shape} of {len(catalog) - catalog.articles} pictures")
    return hashes
