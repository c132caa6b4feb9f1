"""Taking in real news: python -m benchmarks.ingest [PATH...] [--small]

Each path goes into a fresh collection in a process of its own, so that peak memory is that of one ingest. Without a
PATH these are `newsimages25` and `text/bbc_news` beside the repository, as far as they are there; with ``--small``, the
sample news.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import harness
from kgretrieval.sample import write

_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def one(path: str, index: str) -> None:
    """Take one path in, then again, and print what it needed."""
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="PATH")
    parser.add_argument("--small", action="store_true", help="the sample news")
    parser.add_argument("--one", metavar="INDEX", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.paths[0], asked.one)
        return
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        usual = [path for path in (_DATA / "newsimages25", _DATA / "text" / "bbc_news") if path.is_dir()]
        sample = [] if asked.paths or (usual and not asked.small) else [write(Path(folder) / "sample")]
        for path in map(str, asked.paths or sample or usual):
            index = str(Path(folder) / f"index-{len(results)}")
            command = [sys.executable, "-m", "benchmarks.ingest", path, "--one", index]
            run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            results[Path(path).name] = json.loads(run.stdout.splitlines()[-1])
    rows = [harness.row(f"taking in {name}", found["records a second"], "records/s") for name, found in results.items()]
    harness.write("ingest", results=results, rows=rows)


if __name__ == "__main__":
    main()
