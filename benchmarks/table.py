"""The README's table of speed, from the results that are there: python -m benchmarks.table [--print]

The lines that `harness.row` made for benchmarks/results/*.json go between the two comments ``<!-- speed: begin -->``
and ``<!-- speed: end -->``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks import harness

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- speed: begin -->", "<!-- speed: end -->"
#: Results that come first, in this order; the others follow by name.
ORDER = ("cold_search", "vectors", "peers_txtai", "lexical", "preprocess", "graph", "ingest", "million")


def lines(results: Path = harness.RESULTS) -> Iterator[str]:
    """Yield the table in Markdown, nothing where no result has a line for it."""
    found = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(results.glob("*.json"))}
    names = [*(name for name in ORDER if name in found), *(name for name in found if name not in ORDER)]
    rows = [(row, name) for name in names for row in table_of(found[name])]
    if not rows:
        return
    yield "| what | ours | beside | its figure | ours is better by | `python -m benchmarks.` |"
    yield "|---|---|---|---|---|---|"
    for row, name in rows:
        yield f"| {' | '.join(cells(row))} | `{name}` |"
    machines = {said(found[name]["machine"]) for _, name in rows}
    yield ""
    yield "Measured on " + "; ".join(sorted(machines)) + ", medians, peers in turns in the same run."


def table_of(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the lines of one result; a result may call something else its rows."""
    rows = result.get("rows")
    return rows if isinstance(rows, list) else []


def cells(row: Mapping[str, Any]) -> list[str]:
    """Return what stands in a line: what was measured, ours, the peer, its figure, how many times better ours is."""
    ours, unit = figure(row["ours"]), row["unit"]
    if "theirs" not in row:
        return [row["what"], f"{ours} {unit}", "", "", ""]
    return [row["what"], f"{ours} {unit}", row["peer"], f"{figure(row['theirs'])} {unit}", f"{figure(row['ratio'])} ×"]


def figure(value: float) -> str:
    """Write a number with three significant figures, large ones whole.

    Examples
    --------
    >>> figure(0.012345), figure(1.0), figure(12345.6)
    ('0.0123', '1', '12,300')
    """
    value = float(f"{value:.3g}")
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:g}"


def said(machine: Mapping[str, Any]) -> str:
    """Describe a machine in a few words."""
    busy = ", while other work was running" if "note" in machine else ""
    return f"{machine['processor']}, {machine['cores']} cores{busy}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--print", action="store_true", help="show the table and leave the README alone")
    table = "\n".join(lines())
    if parser.parse_args().print:
        print(table)
        return
    text = README.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        parser.exit(1, f"{README} has no {BEGIN} and {END}: put them where the table is to be\n")
    README.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
