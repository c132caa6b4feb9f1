"""A million passages on this machine: python -m benchmarks.million [--passages N] [--extractors NAMES] [--folder DIR]

News is made (`benchmarks.corpus`), forecast, taken in, searched and added to, and ten thousand passages beside
it. It needs about 6 GB under DIR, which keeps what is there for another run, and an hour or two.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import harness, scale


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    small = harness.is_small()
    parser.add_argument("--passages", type=int, default=3_000 if small else 1_000_000)
    parser.add_argument("--beside", type=int, default=1_000 if small else 10_000, help="passages of the small one")
    parser.add_argument("--extractors", default="tags", help="as for kg ingest; all take some five hours")
    parser.add_argument("--folder", type=Path, help="an existing folder for articles and collections")
    parser.add_argument("--small", action="store_true", help="a few thousand passages")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.folder or Path(name)
        more = 50 if small else scale.MORE
        beside = scale.measure(asked.beside, folder, asked.extractors, more)
        large = scale.measure(asked.passages, folder, asked.extractors, more)
    sizes = {str(asked.beside): beside, str(asked.passages): large}
    added = [found[f"{more} articles more"]["seconds"] for found in (large, beside)]
    ratio = {f"{more} articles more, seconds, large to small": harness.rounded(added[0] / added[1])}
    harness.write("million", sizes=sizes, ratio=ratio, rows=lines(asked.passages, large))


def lines(passages: int, found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines of the table of speed."""
    of = f"{passages:,} passages"
    cold = min(found["kg search, cold, s"].values())
    return [
        harness.row(f"taking in {of} ({found['extractors']})", found["ingest"]["seconds"] / 60, "min"),
        harness.row(f"peak memory of that ingest, {of}", found["ingest"]["peak_memory_MB"], "MB"),
        harness.row(f"size on disk, {of}", sum(found["ingest"]["bytes"].values()) / 1e6, "MB"),
        harness.row(f"open and first search, {of}", found["search"]["open_and_first_ms"], "ms"),
        harness.row(f"a search, warm, {of}", found["search"]["warm_ms"], "ms"),
        harness.row(f"`kg search` from a cold process, {of}", cold, "s"),
        harness.row(f"memory of a process that searches, {of}", found["search"]["peak_memory_MB"], "MB"),
    ]


if __name__ == "__main__":
    main()
