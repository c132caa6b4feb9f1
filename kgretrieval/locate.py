"""Which collection is meant: the one named, `$KG_INDEX`, or the only one under `indexes/`."""

from __future__ import annotations

import os
from pathlib import Path

from kgretrieval.errors import CollectionNotFoundError

HOME = "indexes"
VARIABLE = "KG_INDEX"


def locate(path: str | Path | None = None, *, new: bool = False) -> Path:
    """Return the folder of the collection that is meant.

    Parameters
    ----------
    path : path-like, optional
        Wins if given; then the environment variable ``KG_INDEX``; then the only collection under ``indexes/``.
    new : bool
        Where nothing is named and nothing is there yet, propose ``indexes/news``.

    Raises
    ------
    CollectionNotFoundError
        If nothing is named and there is no collection under ``indexes/``, or several.
    """
    named = path or os.environ.get(VARIABLE)
    if named:
        return Path(named)
    found = sorted(p.parent for p in Path(HOME).glob("*/manifest.json"))
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(str(p) for p in found[:4])
        raise CollectionNotFoundError(f"several collections are under {HOME}/ ({names}); name one with --index")
    if new:
        return Path(HOME) / "news"
    message = f"no collection is under {HOME}/ here; make one with: kg ingest FOLDER, or name one with --index"
    raise CollectionNotFoundError(message)
