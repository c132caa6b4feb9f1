"""Run every benchmark in its small setting, within ten minutes: `make bench`. Name some to run only those.

``--full`` runs the full settings instead, whose results are kept; that takes hours.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

#: In the order in which they run. What needs a folder of data, or a peer that is not installed, says so and is skipped.
BENCHMARKS = (
    "cold_search",
    "vectors",
    "storage",
    "lexical",
    "preprocess",
    "graph",
    "encode",
    "extract",
    "names",
    "stories",
    "near_copies",
    "contexts",
    "caption_check",
    "few_labels",
    "labels",
    "label_speed",
    "picture_labels",
    "ocr",
    "ingest",
    "peers_txtai",
    "million",
    "growth",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--full", action="store_true", help="the full settings")
    asked = parser.parse_args()
    failed = []
    for name in asked.names or BENCHMARKS:
        begin = time.perf_counter()
        command = [sys.executable, "-m", f"benchmarks.{name}", *([] if asked.full else ["--small"])]
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        print(f"{name:12} {time.perf_counter() - begin:6.0f} s  {'failed' if done.returncode else 'done'}", flush=True)
        failed += [name] if done.returncode else []
    if failed:
        sys.exit(f"failed: {', '.join(failed)}; run python -m benchmarks.{failed[0]} --small to see why")


if __name__ == "__main__":
    main()
