"""Nearest vectors at a million rows beside faiss and NumPy: python -m benchmarks.vectors [--rows N] [--small]

Three sets of rows of 512 numbers: drawn around centres, and photos and headlines of news through the embedded encoder,
repeated with noise (``--encoded FILE`` keeps what the encoder made; without the data this set is left out). Searches
run in one process in turns and have been asked once before, so that files are in the page cache and mapped; a first
query is asked in a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from benchmarks import harness, vector_sets
from benchmarks.vector_sets import Set
from kgretrieval.index.base import VectorIndex
from kgretrieval.index.vector_build import open_vectors, write_vectors

ROUNDS = 15
BATCH = 64
K = 10
SHARES = (0.01, 0.1, 0.5)
_FIRST_QUERY = """
import time
begin = time.perf_counter()
from pathlib import Path
import faiss, numpy as np
from kgretrieval.index.vector_build import open_vectors
imported = time.perf_counter()
vectors = np.memmap({rows!r}, dtype=np.float16, mode="r").reshape(-1, {width})
open_vectors(vectors, Path({folder!r})).search(np.load({query!r}), 10)
print(imported - begin, time.perf_counter() - imported)
"""

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


def flat_of(vectors: npt.NDArray[np.float16]) -> tuple[faiss.IndexFlatIP, Floats]:
    """Return faiss's exact index over the rows in float32, and its own array of them for NumPy."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    for start in range(0, len(vectors), 50_000):
        flat.add(np.asarray(vectors[start : start + 50_000], dtype=np.float32))
    return flat, faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d).reshape(flat.ntotal, flat.d)


def with_numpy(rows: Floats, queries: Floats) -> Rows:
    """Return the ten best rows of each query by one product, as one would write it."""
    scores = queries @ rows.T
    best = np.argpartition(-scores, K, axis=1)[:, :K]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1)
    return np.take_along_axis(best, order, axis=1)


def recall(found: Rows, truth: Rows) -> float:
    """Return the share of the true rows that were found."""
    pairs = zip(found.tolist(), truth.tolist(), strict=True)
    return harness.rounded(float(np.mean([len(set(a) & set(b)) / len(b) for a, b in pairs])))


def exact(one: Set, folder: Path, flat: faiss.IndexFlatIP, wide: Floats) -> dict[str, Any]:
    """One query and 64 at once, by what is right by proof."""
    write_vectors(one.rows, folder / "scan", kind="scan")
    ours = open_vectors(one.rows, folder / "scan")
    query, batch = one.queries["text"][:1], np.ascontiguousarray(one.queries["text"][:BATCH])
    turns = iter(range(10**9))

    def another() -> Floats:
        return one.queries["text"][next(turns) % len(one.queries["text"])][None]

    timed = harness.compare(
        {"ours": lambda: ours.search(another(), K), "faiss IndexFlatIP": lambda: flat.search(another(), K)}, ROUNDS
    )
    many = harness.compare({"ours": lambda: ours.search(batch, K), "NumPy": lambda: with_numpy(wide, batch)}, 3)
    truth = flat.search(batch, K)[1]
    figures: dict[str, Any] = {
        "one query": timed,
        "same top 10": bool(np.array_equal(ours.search(query, K)[0], flat.search(query, K)[1])),
        "GB/s of codes": harness.rounded(one.rows.size / timed["seconds"]["ours"] / 1e9),
        "machine's GB/s": harness.memory_bandwidth(),
        "64 queries, torch not loaded": many,
        "recall of 64": recall(ours.search(batch, K)[0], truth),
    }
    import torch  # noqa: F401  (its being there is what is measured)

    figures["64 queries, torch loaded"] = harness.compare(
        {"ours": lambda: ours.search(batch, K), "NumPy": lambda: with_numpy(wide, batch)}, 3
    )
    figures["recall of 64 with torch"] = recall(ours.search(batch, K)[0], truth)
    return figures


def approximate(one: Set, folder: Path, flat: faiss.IndexFlatIP) -> dict[str, Any]:
    """Build, recall and speed by kind of query, filters, size, the first query."""
    begin = time.perf_counter()
    write_vectors(one.rows, folder / "ivf", kind="ivf", pixels=one.pixels)
    figures: dict[str, Any] = {"build s": harness.rounded(time.perf_counter() - begin)}
    index = open_vectors(one.rows, folder / "ivf")
    size = sum(file.stat().st_size for file in (folder / "ivf").iterdir())
    figures["share of the bytes of float32"] = harness.rounded(size / (4 * one.rows.size))
    figures["recall measured when built"] = dict(index.recalls)
    for kind, queries in one.queries.items():
        figures[f"{kind} queries"] = _kind_of_query(one, kind, queries, index, flat)
    figures["filters"] = _filters(one, index, flat)
    figures["first query"] = _first_query(one, folder)
    return figures


def _kind_of_query(one: Set, kind: str, queries: Floats, index: VectorIndex, flat: faiss.IndexFlatIP) -> dict[str, Any]:
    allowed = one.targets(kind)
    selector = None if allowed is None else faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
    parameters = None if selector is None else faiss.SearchParameters(sel=selector)
    truth = flat.search(queries, K, params=parameters)[1]
    found = recall(index.search(queries, K, allowed=allowed)[0], truth)
    turns = iter(range(10**9))

    def another() -> Floats:
        return queries[next(turns) % len(queries)][None]

    timed = harness.compare(
        {
            "ours": lambda: index.search(another(), K, allowed=allowed),
            "faiss IndexFlatIP": lambda: flat.search(another(), K),
        },
        ROUNDS,
    )
    return {"recall at 10": found, **timed}


def _filters(one: Set, index: VectorIndex, flat: faiss.IndexFlatIP) -> dict[str, Any]:
    """Rows allowed at random: the rate beside that of a search without a filter."""
    queries = one.queries["text"]
    masks = {share: np.random.default_rng(3).random(len(one.rows)) < share for share in SHARES}
    turns = iter(range(10**9))

    def search(allowed: npt.NDArray[np.bool_] | None) -> object:
        return index.search(queries[next(turns) % len(queries)][None], K, allowed=allowed)

    cases = {"all": lambda: search(None)}
    cases |= {str(share): lambda mask=mask: search(mask) for share, mask in masks.items()}  # type: ignore[misc]
    timed = harness.compare(cases, ROUNDS)
    figures: dict[str, Any] = {}
    for share, mask in masks.items():
        selector = faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
        truth = flat.search(queries, K, params=faiss.SearchParameters(sel=selector))[1]
        figures[f"{share:.0%}"] = {
            "recall at 10": recall(index.search(queries, K, allowed=mask)[0], truth),
            "share of the rate without": harness.rounded(timed["seconds"]["all"] / timed["seconds"][str(share)]),
        }
    return figures


def _first_query(one: Set, folder: Path) -> dict[str, float]:
    query = folder / "query.npy"
    np.save(query, one.queries["text"][:1])
    file, width = str(one.file), one.rows.shape[1]
    script = _FIRST_QUERY.format(rows=file, width=width, folder=str(folder / "ivf"), query=str(query))
    times = []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
        times.append([1000 * float(value) for value in done.stdout.split()])
    imports, opened = np.median(times, axis=0).tolist()
    return {"imports ms": harness.rounded(imports), "open and search ms": harness.rounded(opened)}


def adding(one: Set, folder: Path, kinds: tuple[tuple[int, str], ...]) -> dict[str, float]:
    """Milliseconds of bringing an index up to date with 1,000 rows more."""
    more = 1_000
    figures = {}
    for rows, kind in kinds:
        rows = min(rows, len(one.rows) - more)
        base = folder / f"add-{rows}"
        write_vectors(one.rows[:rows], base, kind=kind, pixels=one.pixels_of(rows))
        times = []
        for number in range(5):
            begin = time.perf_counter()
            new = folder / f"added-{rows}-{number}"
            write_vectors(one.rows[: rows + more], new, base, kind=kind, pixels=one.pixels_of(rows + more))
            times.append(1000 * (time.perf_counter() - begin))
        figures[f"{rows:,} rows, {kind}"] = harness.median(times)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.vectors", description=__doc__)
    parser.add_argument("--rows", type=int, default=0, help="rows of each set (1,000,000; small: 30,000)")
    parser.add_argument("--encoded", type=Path, help="a file for the vectors of the real set, read if it is there")
    parser.add_argument("--small", action="store_true", help="a setting of less than a minute")
    parser.add_argument("--sets", nargs="*", default=["clustered", "real"], choices=["clustered", "real"])
    asked = parser.parse_args()
    count = asked.rows or (30_000 if asked.small else 1_000_000)
    figures: dict[str, Any] = {"vectors": count, "width": vector_sets.WIDTH}
    with tempfile.TemporaryDirectory() as name:
        for kind in asked.sets:
            folder = Path(name) / kind
            folder.mkdir()
            one = vector_sets.make(kind, folder / "rows.f16", count, small=asked.small, encoded=asked.encoded)
            if one is None:
                print(f"the data of the set {kind!r} is not here: left out", file=sys.stderr)
                continue
            flat, wide = flat_of(one.rows)
            figures[kind] = {"approximate": approximate(one, folder, flat)}
            if kind == "clustered":
                figures[kind]["exact"] = exact(one, folder, flat, wide)
                figures[kind]["adding 1,000 rows, ms"] = adding(one, folder, ((10_000, "scan"), (count, "ivf")))
            del flat, wide
            one.file.unlink()
    harness.write("vectors", **figures, rows=table(figures))


def table(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines of the table of speed."""
    size, flat, rows = f"{figures['vectors']:,} vectors", "faiss IndexFlatIP", []

    def line(what: str, timed: dict[str, Any], peer: str) -> None:
        ours, theirs = (1000 * timed["seconds"][name] for name in ("ours", peer))
        rows.append(harness.row(f"{what}, {size}", ours, "ms", peer, theirs))

    for kind in ("clustered", "real"):
        told = figures.get(kind, {})
        if "exact" in told:
            line("exact search", told["exact"]["one query"], flat)
            line("exact search of 64 queries, torch loaded", told["exact"]["64 queries, torch loaded"], "NumPy")
        for name in ("text", "picture"):
            of = told.get("approximate", {}).get(f"{name} queries")
            if of:
                line(f"approximate search, {kind}, {name} queries (recall {of['recall at 10']:.3f})", of, flat)
        if told:
            first = told["approximate"]["first query"]["open and search ms"]
            rows.append(harness.row(f"opening the index and one query, {kind}, {size}", first, "ms"))
    return rows


if __name__ == "__main__":
    main()
