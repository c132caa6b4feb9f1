"""The files of the index of one space of vectors: of the kind that suits its size, begun at those of an earlier state.

A folder holds ``index.json``, ``steps.npy`` (the steps of the codes), for ``ivf`` ``centroids.npy``,
``dead.npy`` (rows whose codes were erased) and the segments. Files never change but for what is
erased in them, so a later state has the same ones under its own name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgretrieval.index import factory
from kgretrieval.index._code_segment import Lists, Segment, open_segment, write_segment
from kgretrieval.index._codes import Coding
from kgretrieval.index._files import damaged, link_file, new_folder, read_meta, write_meta
from kgretrieval.index._measure import tune
from kgretrieval.index.base import VectorIndex, Vectors
from kgretrieval.index.centroids import open_centroids, train
from kgretrieval.index.coded import CodedIndex
from kgretrieval.index.exact import ExactIndex

Mask = npt.NDArray[np.bool_]

_VERSION = 2
# Rows of a list that stands for a stretch of rows, not for a centroid: few enough to be shared among threads.
_STRETCH = 4_096
#: So many rows behind the last segment are compared one by one; more become a segment.
TAIL = 2_048
# An addition of this share of all rows pays for an index made anew.
_LARGE_SHARE = 0.25


def write_vectors(
    vectors: Vectors,
    folder: Path,
    base: Path | None = None,
    *,
    pixels: Mask | None = None,
    dead: Mask | None = None,
    kind: str = "",
) -> None:
    """Write what a search of these rows needs beside them as the new folder `folder`: nothing if they are few.

    Parameters
    ----------
    vectors : numpy.ndarray
        ``(n, d)`` rows in the order of the file; those that belong to nothing any more are zero.
    folder : Path
        Must not exist.
    base : Path, optional
        What was written for the first of these rows by an earlier call; need not exist. Then the time goes with what
        was added and deleted since.
    pixels : numpy.ndarray, optional
        ``(n,)`` bool: rows of pictures; the others are of texts. Recall is measured for each.
    dead : numpy.ndarray, optional
        ``(n,)`` bool: rows that belong to nothing any more.
    kind : str, optional
        One of `factory.KINDS`; else what suits the number of rows.
    """
    kind = kind or factory.choose(len(vectors))
    if kind == "exact":
        return
    earlier = _open(base, vectors) if base is not None and base.exists() else None
    with new_folder(folder) as new:
        if earlier is None or len(vectors) - _covered(earlier) >= _LARGE_SHARE * len(vectors):
            index = _made(kind, vectors, new, pixels)
            erased = np.flatnonzero(dead) if dead is not None else np.zeros(0, dtype=np.int64)
            if kind == "ivf":
                tune(index, vectors, pixels, dead)
        else:
            assert base is not None
            index = _extended(earlier, vectors, base, new, pixels)
            erased = _erase(index, base, dead)
        np.save(new / "dead.npy", erased)
        _save_meta(index, new)


def open_vectors(vectors: Vectors, folder: Path) -> VectorIndex:
    """Return the index that `write_vectors` wrote for these rows, or for the first of them.

    Raises
    ------
    CollectionError
        If it is damaged or was made for more rows than these.
    """
    return _open(folder, vectors) if folder.exists() else ExactIndex(vectors)


def describe(index: VectorIndex, rows: int) -> dict[str, str | int | float]:
    """Return what a collection says of an index over so many rows: its kind, and the recall that was measured."""
    recalls = {f"recall_{kind}_queries": round(recall, 4) for kind, recall in sorted(index.recalls.items())}
    return {"kind": index.kind, "rows": rows, **recalls}


def _made(kind: str, vectors: Vectors, folder: Path, pixels: Mask | None) -> CodedIndex:
    coding = Coding.of(vectors)
    centroids = train(vectors, pixels) if kind == "ivf" else None
    if centroids is not None:
        centroids.save(folder)
    np.save(folder / "steps.npy", coding.steps)
    index = CodedIndex(kind, vectors, (), coding, centroids=centroids)
    segments = [_segment(index, vectors, 0, folder, pixels)] if len(vectors) else []
    return CodedIndex(kind, vectors, segments, coding, centroids=centroids)


def _extended(earlier: CodedIndex, vectors: Vectors, base: Path, folder: Path, pixels: Mask | None) -> CodedIndex:
    """Take the files of an earlier state and give what was added a segment of its own, if it is worth one.

    Segments no larger than what is added go into the new one, so their number grows with the logarithm of the rows,
    and a row is coded again no more often than that.
    """
    grows = len(vectors) - _covered(earlier) > TAIL
    centroids = earlier.centroids
    link_file(base / "steps.npy", folder / "steps.npy")
    if centroids is not None:
        link_file(base / "centroids.npy", folder / "centroids.npy")
        centroids = centroids.extended(vectors, pixels) if grows else centroids
        np.save(folder / "pixels.npy", centroids.pixels)
    kept = list(earlier.segments)
    first = _covered(earlier)
    lists: list[Lists] = []
    if grows:
        while kept and len(kept[-1]) <= 2 * (len(vectors) - first):
            first = kept[-1].first
            lists.insert(0, kept.pop().lists())
    for segment in kept:
        segment.link(folder)
        segment.folder = folder
    if grows:
        kept.append(_segment(earlier, vectors, first, folder, pixels, lists))
    return CodedIndex(
        earlier.kind,
        vectors,
        kept,
        earlier.coding,
        centroids=centroids,
        budget=earlier.budget,
        recalls=earlier.recalls,
    )


def _segment(
    index: CodedIndex, vectors: Vectors, first: int, folder: Path, pixels: Mask | None, known: Iterable[Lists] = ()
) -> Segment:
    """Write the rows from `first` to the end, of which the first lie in lists that are known."""
    if index.centroids is None:
        lists = (np.arange(len(vectors) - first) // _STRETCH).astype(np.int32)
        return write_segment(folder, vectors, first, index.coding, lists, int(lists[-1]) + 1)
    before = [*known]
    done = first + sum(map(len, before))
    lists = np.concatenate([*before, index.centroids.assign(vectors, done, pixels)])
    return write_segment(folder, vectors, first, index.coding, lists, len(index.centroids))


def _erase(index: CodedIndex, base: Path, dead: Mask | None) -> npt.NDArray[np.int64]:
    """Erase the codes of rows that died since; return all that were."""
    try:
        before: npt.NDArray[np.int64] = np.load(base / "dead.npy")
    except (OSError, ValueError, EOFError) as error:
        raise damaged(base, error) from error
    if dead is None:
        return before
    now = np.flatnonzero(dead)
    fresh = np.setdiff1d(now, before, assume_unique=True)
    for segment in index.segments:
        own = fresh[(fresh >= segment.first) & (fresh < segment.end)]
        if len(own):
            segment.erase(own)
    return now


def _save_meta(index: CodedIndex, folder: Path) -> None:
    meta = {
        "version": _VERSION,
        "kind": index.kind,
        "segments": [[segment.first, segment.end, segment.lost] for segment in index.segments],
        "budget": index.budget,
        "lists_of_pictures": index.centroids.of_pictures if index.centroids is not None else 0,
        "recalls": dict(index.recalls),
    }
    write_meta(folder, meta)


def _open(folder: Path, vectors: Vectors) -> CodedIndex:
    meta = read_meta(folder, version=_VERSION)
    kind = meta.get("kind")
    if kind not in factory.KINDS[1:]:
        raise damaged(folder, f"it is of an unknown kind {kind!r}")
    try:
        steps = np.load(folder / "steps.npy")
        spans: Sequence[Sequence[float]] = meta["segments"]
        budget, recalls, of_pictures = int(meta["budget"]), meta["recalls"], int(meta["lists_of_pictures"])
    except (OSError, ValueError, EOFError, KeyError) as error:
        raise damaged(folder, error) from error
    width = vectors.shape[1]
    if steps.shape != (width,) or (spans and spans[-1][1] > len(vectors)):
        raise damaged(folder, f"made for {spans[-1][1] if spans else 0} x {len(steps)}, there are {vectors.shape}")
    segments = [open_segment(folder, int(first), int(end), lost, width) for first, end, lost in spans]
    coding = Coding(steps)
    covered = segments[-1].end if segments else 0
    centroids = open_centroids(folder, of_pictures, covered) if kind == "ivf" else None
    return CodedIndex(kind, vectors, segments, coding, centroids=centroids, budget=budget, recalls=recalls)


def _covered(index: CodedIndex) -> int:
    return index.segments[-1].end if index.segments else 0
