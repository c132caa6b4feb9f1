"""One collection of a given size, from its forecast to its searches: what `million` and `growth` are made of.

    python -m benchmarks.scale forecast|ingest|search|stats ...

Each step runs in a process of its own, so that its peak memory is its own, and prints one JSON object.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import corpus, harness

#: Passages of an article with its headline, so that a size can be given in passages.
PASSAGES = 9.83
#: How many further articles are taken in at the end.
MORE = 1_000
COLD, WARM = 5, 5
QUERIES = (
    "airline takeover talks",
    "court ruling on the election",
    "James Smith",
    "new phone from the company",
    "Shanghai",
    "flood in the city",
    "minister resigns after report",
    "record profit",
    "injured player returns",
    "Mary Johnson in London",
    "film festival winner",
    "software update",
)


def measure(passages: int, folder: Path, extractors: str, more: int = MORE) -> dict[str, Any]:
    """Make a collection of about so many passages in `folder` and return what it needed.

    Parameters
    ----------
    passages : int
    folder : Path
        Must exist; articles and collection stay in it, and are used again if they are there.
    extractors : str
        Names with commas between them, as for ``kg ingest --extractors``.
    more : int
        How many further articles are taken in at the end.
    """
    file, index = folder / f"{passages}.jsonl", folder / f"{passages}"
    if not file.exists():
        corpus.write(file, round(passages / PASSAGES), corpus.material(corpus.DATA))
    told = step("forecast", str(file), extractors)
    taken = step("ingest", str(file), str(index), extractors)
    size = sum(taken["bytes"].values())
    found = {
        "extractors": extractors,
        "ingest": taken,
        "forecast": {
            **told,
            "time, times what came": harness.rounded(told["seconds"] / taken["seconds"]),
            "bytes, times what came": harness.rounded(told["bytes"] / size),
        },
        "search": step("search", str(index)),
        "kg search, cold, s": cold_search(index),
        "stats": step("stats", str(index)),
    }
    further = folder / f"{more}-more.jsonl"
    if not further.exists():
        corpus.write(further, more, corpus.material(corpus.DATA), seed=1)
    return found | {f"{more} articles more": step("ingest", str(further), str(index), extractors)}


def step(name: str, *arguments: str) -> dict[str, Any]:
    """Run one step in a process of its own and return what it says."""
    command = [sys.executable, "-m", "benchmarks.scale", name, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def cold_search(index: Path) -> dict[str, float]:
    """Return the seconds of a whole ``kg search`` process for a query of words and for one with a name."""
    times: dict[str, list[float]] = {QUERIES[0]: [], QUERIES[2]: []}
    command = [sys.executable, "-m", "kgretrieval.cli", "search", "--index", str(index)]
    with tempfile.TemporaryDirectory() as folder:
        environment = harness.as_installed(folder)
        for _ in range(1 + COLD):
            for query, seconds in times.items():
                begin = time.perf_counter()
                subprocess.run([*command, query], check=True, stdout=subprocess.DEVNULL, env=environment)
                seconds.append(time.perf_counter() - begin)
    return {query: harness.median(seconds[1:]) for query, seconds in times.items()}


def forecast(file: str, extractors: str) -> dict[str, Any]:
    """Say what an ingest would cost."""
    import kgretrieval

    with tempfile.TemporaryDirectory() as folder:
        collection = kgretrieval.open_or_create(Path(folder) / "index", extractors=extractors.split(","))
        begin = time.perf_counter()
        told = collection.forecast(file)
        return {"seconds": told.seconds, "bytes": told.bytes, "took_s": time.perf_counter() - begin}


def ingest(file: str, index: str, extractors: str) -> dict[str, Any]:
    """Take a file in, telling on stderr how far it is."""
    import kgretrieval
    from kgretrieval.types import Progress

    begin = time.perf_counter()
    last = [0.0]

    def told(progress: Progress) -> None:
        now = time.perf_counter() - begin
        if now - last[0] > 15:
            last[0] = now
            memory = harness.peak_memory() // 1_000_000
            print(f"{now:6.0f} s {progress.stage} {progress.done} {progress.total} {memory} MB", file=sys.stderr)

    exists = (Path(index) / "manifest.json").exists()
    how = None if exists else extractors.split(",")
    collection = kgretrieval.open_or_create(index, extractors=how)
    report = collection.ingest(file, progress=told)
    parts = {"database": "kg.sqlite*", "vectors": "vectors/*", "index": "index/**/*"}
    sizes = {k: sum(p.stat().st_size for p in Path(index).glob(glob) if p.is_file()) for k, glob in parts.items()}
    return {
        "articles": report.added,
        "seconds": round(report.seconds, 1),
        "cpu_s": round(time.process_time(), 1),
        "peak_memory_MB": round(harness.peak_memory() / 1e6),
        "stages": {k: round(v, 1) for k, v in sorted(report.stages.items(), key=lambda item: -item[1])},
        "bytes": sizes,
    }


def search(index: str) -> dict[str, Any]:
    """Open a collection, ask it something, then ask many things in turn."""
    import kgretrieval

    begin = time.perf_counter()
    collection = kgretrieval.open(index)
    collection.search(QUERIES[0])
    first = time.perf_counter() - begin
    times: list[float] = []
    for _ in range(WARM):
        for query in QUERIES:
            begin = time.perf_counter()
            collection.search(query)
            times.append(time.perf_counter() - begin)
    return {
        "open_and_first_ms": round(1000 * first, 1),
        "warm_ms": round(1000 * harness.median(times), 2),
        "slowest_ms": round(1000 * max(times), 1),
        "peak_memory_MB": round(harness.peak_memory() / 1e6),
    }


def stats(index: str) -> dict[str, Any]:
    """Ask for the counts."""
    import kgretrieval

    begin = time.perf_counter()
    counts = kgretrieval.open(index).stats().counts
    return {"seconds": round(time.perf_counter() - begin, 2), "counts": dict(counts)}


_STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "forecast": forecast,
    "ingest": ingest,
    "search": search,
    "stats": stats,
}

if __name__ == "__main__":
    print(json.dumps(_STEPS[sys.argv[1]](*sys.argv[2:])))
