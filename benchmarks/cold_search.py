"""A `kg search` from a cold process, whole: python -m benchmarks.cold_search [COLLECTION] [QUERY]

Beside it, in turns, what the same interpreter needs to start and to import NumPy alone: the floor.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks import harness

REPEATS = 9


def seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    collection = sys.argv[1] if len(sys.argv) > 1 else "indexes/news"
    query = sys.argv[2] if len(sys.argv) > 2 else "rocket launch"
    kg = [sys.executable, "-m", "kgretrieval.cli", "search", query, "--index", collection]
    cases = {
        "kg search": kg,
        "kg search --json": [*kg, "--json"],
        "kg --help": [sys.executable, "-m", "kgretrieval.cli", "--help"],
        "python -c 'import numpy'": [sys.executable, "-c", "import numpy"],
    }
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(REPEATS):
        for name, command in cases.items():
            times[name].append(seconds(command))
    medians = {name: harness.median(values) for name, values in times.items()}
    harness.write("cold_search", collection=Path(collection).name, query=query, repeats=REPEATS, seconds=medians)


if __name__ == "__main__":
    main()
