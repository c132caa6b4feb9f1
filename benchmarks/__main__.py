"""Run the benchmarks that need nothing but the package: `make bench`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import kgretrieval
from kgretrieval.sample import write


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sample = write(Path(folder) / "news")
        index = str(Path(folder) / "index")
        kgretrieval.create(index).ingest(sample)
        runs: list[tuple[str, list[str]]] = [("ingest", [str(sample)]), ("cold_search", [index, "rocket launch"])]
        runs += [("index", []), ("encode", []), ("extract", [])]
        for module, arguments in runs:
            subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *arguments], check=True)


if __name__ == "__main__":
    main()
