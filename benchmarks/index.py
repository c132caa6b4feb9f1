"""Vector and word indexes side by side: python -m benchmarks.index [--large 200000]

Vectors are drawn around centres as pictures of a newsroom are; documents draw their words from
Zipf's law. "warm" searches run in one process in turns, "cold" ones each in a process of its own
whose start and imports of NumPy are taken off. The files are in the page cache.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from benchmarks import harness
from kgretrieval.index import factory
from kgretrieval.index._scan import nearest
from kgretrieval.index.lexical import LexicalIndex

WIDTH = 512
ROUNDS = 9
K = 50
SMALL = 8_500
MIDDLE = 100_000
WORDS_PER_DOCUMENT = 150
VOCABULARY = 200_000

_BARE = "import time, numpy\nbegin = time.perf_counter()\n"
_COLD_VECTORS = """
from pathlib import Path
import numpy as np
from kgretrieval.index import factory
vectors = np.memmap({file!r}, dtype=np.float16, mode="r").reshape(-1, {width})
query = vectors[7:8].astype(np.float32)
factory.load(Path({folder!r}), vectors).search(query, {k})
print(time.perf_counter() - begin)
"""
_COLD_WORDS = """
from pathlib import Path
from kgretrieval.index.lexical import LexicalIndex
LexicalIndex(Path({folder!r})).search([("w3",), ("w40",), ("w500", "w501")], {k})
print(time.perf_counter() - begin)
"""


def clustered(path: Path, count: int) -> npt.NDArray[np.float16]:
    """Write `count` rows of unit length around centres and return them memory-mapped."""
    rng = np.random.default_rng(0)
    centres = rng.standard_normal((1 + count // 200, WIDTH), dtype=np.float32)
    with path.open("wb") as file:
        for start in range(0, count, 10_000):
            size = min(10_000, count - start)
            rows = centres[rng.integers(len(centres), size=size)] + rng.standard_normal((size, WIDTH), dtype=np.float32)
            file.write((rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16).tobytes())
    return np.memmap(path, dtype=np.float16, mode="r").reshape(-1, WIDTH)


def medians(cases: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Run the cases in turns and return the median milliseconds of each."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, run in cases.items():
            begin = time.perf_counter()
            run()
            times[name].append(1000 * (time.perf_counter() - begin))
    return {name: round(harness.median(values), 2) for name, values in times.items()}


def numpy_cast(vectors: npt.NDArray[np.float16], query: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Widen by NumPy's own cast, block by block: what our scan is compared with."""
    return np.concatenate([vectors[i : i + 128].astype(np.float32) @ query for i in range(0, len(vectors), 128)])


def scan(vectors: npt.NDArray[np.float16]) -> dict[str, float]:
    """One query, and 64 at once, against all rows."""
    queries = np.asarray(vectors[:64], dtype=np.float32)
    flat = faiss.IndexFlatIP(WIDTH)
    flat.add(np.asarray(vectors, dtype=np.float32))
    half = faiss.IndexScalarQuantizer(WIDTH, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    half.add(np.asarray(vectors, dtype=np.float32))
    one = medians(
        {
            "ours, rows in half precision on disk": lambda: nearest(vectors, queries[:1], K),
            "NumPy cast and product, the same rows": lambda: numpy_cast(vectors, queries[0]),
            "faiss IndexFlatIP, float32 in memory": lambda: flat.search(queries[:1], K),
            "faiss fp16 quantiser in memory": lambda: half.search(queries[:1], K),
        }
    )
    batch = medians(
        {
            "ours, 64 queries": lambda: nearest(vectors, queries, K),
            "faiss IndexFlatIP, 64 queries": lambda: flat.search(queries, K),
        },
        rounds=3,
    )
    return one | batch


def indexes(file: Path, vectors: npt.NDArray[np.float16], kinds: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Build, recall, warm and cold search, and size of each kind."""
    built: dict[str, Any] = {}
    figures: dict[str, dict[str, Any]] = {}
    for kind in kinds:
        begin = time.perf_counter()
        built[kind] = factory.build(kind, vectors)
        figures[kind] = {"build_s": round(time.perf_counter() - begin, 1), "recall_at_10": round(built[kind].recall, 4)}
        folder = file.with_name(f"{file.name}.{kind}")
        built[kind].save(folder)
        figures[kind]["megabytes"] = round(sum(part.stat().st_size for part in folder.iterdir()) / 1e6, 1)
    query = np.asarray(vectors[7:8], dtype=np.float32)
    warm = medians({kind: (lambda index=index: index.search(query, K)) for kind, index in built.items()})
    scripts = {
        kind: _BARE
        + _COLD_VECTORS.format(file=str(file), width=WIDTH, folder=str(file.with_name(f"{file.name}.{kind}")), k=K)
        for kind in kinds
    }
    cold = cold_medians(scripts)
    for kind in kinds:
        figures[kind] |= {"warm_ms": warm[kind], "cold_ms": cold[kind]}
    return figures


def cold_medians(scripts: Mapping[str, str]) -> dict[str, float]:
    """Run each script in a new process in turns; it prints the seconds it took after its imports of NumPy."""
    times: dict[str, list[float]] = {name: [] for name in scripts}
    for _ in range(5):
        for name, script in scripts.items():
            done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
            times[name].append(1000 * float(done.stdout))
    return {name: round(harness.median(values), 1) for name, values in times.items()}


def lexical(folder: Path, documents: int) -> dict[str, float]:
    """Build, open and query an index of words."""
    rng = np.random.default_rng(1)
    words = rng.zipf(1.2, size=documents * WORDS_PER_DOCUMENT) % VOCABULARY
    rows = np.repeat(np.arange(documents), WORDS_PER_DOCUMENT)
    cells, counts = np.unique(rows * VOCABULARY + words, return_counts=True)
    indptr = np.searchsorted(cells, np.arange(documents + 1) * VOCABULARY)
    begin = time.perf_counter()
    index = LexicalIndex.build([f"w{i}" for i in range(VOCABULARY)], indptr, cells % VOCABULARY, counts, folder)
    build = time.perf_counter() - begin
    warm = medians(
        {
            "frequent, two middling": lambda: index.search([("w3",), ("w40",), ("w500", "w501")], K),
            "rare": lambda: index.search([("w30000",)], K),
        }
    )
    cold = cold_medians({"cold": _BARE + _COLD_WORDS.format(folder=str(folder), k=K)})
    return {
        "documents": documents,
        "postings": len(cells),
        "build_s": round(build, 1),
        "warm_ms, a frequent and two middling words": warm["frequent, two middling"],
        "warm_ms, a rare word": warm["rare"],
        "cold_ms, import, open and query": cold["cold"],
        "documents holding the frequent word": index.document_frequency("w3"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=200_000, help="rows of the largest set of vectors")
    large = parser.parse_args().large
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sets = {count: clustered(folder / f"{count}.f16", count) for count in sorted({SMALL, MIDDLE, large})}
        scans = {str(count): scan(sets[count]) for count in (SMALL, MIDDLE)}
        tables = {
            str(count): indexes(
                folder / f"{count}.f16", vectors, ("exact", "ivf") if count > MIDDLE else ("exact", "hnsw", "ivf")
            )
            for count, vectors in sets.items()
        }
        words = lexical(folder / "words", MIDDLE)
    harness.write("index", width=WIDTH, k=K, rounds=ROUNDS, scan_ms=scans, indexes=tables, lexical=words)


if __name__ == "__main__":
    main()
