"""Taking in real news: python -m benchmarks.ingest PATH [PATH...]

Each path goes into a fresh collection in a process of its own, so that peak memory is that of one ingest.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import harness


def one(path: str, index: str) -> None:
    import kgretrieval

    collection = kgretrieval.create(index)
    report = collection.ingest(path)
    again = collection.ingest(path)
    stats = collection.stats()
    figures = {
        "records": report.read,
        "skipped": len(report.skipped),
        "seconds": round(report.seconds, 1),
        "records a second": round(report.read / report.seconds, 1),
        "second run, seconds": round(again.seconds, 1),
        "peak memory, MB": round(harness.peak_memory() / 1e6),
        "stages": {k: round(v, 1) for k, v in sorted(report.stages.items(), key=lambda item: -item[1])},
        "counts": dict(stats.counts),
        "bytes": dict(stats.bytes),
        "graph hash": stats.graph_hash,
    }
    print(json.dumps(figures))


def main() -> None:
    if sys.argv[1] == "--one":
        one(sys.argv[2], sys.argv[3])
        return
    results = {}
    for path in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "benchmarks.ingest", "--one", path, str(Path(folder) / "index")]
            run = subprocess.run(command, check=True, capture_output=True, text=True)
        results[Path(path).name] = json.loads(run.stdout.splitlines()[-1])
    harness.write("ingest", results=results)


if __name__ == "__main__":
    main()
