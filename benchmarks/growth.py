"""How time, memory and disk grow with size: python -m benchmarks.growth [--folder DIR] [--extractors NAMES] [--plot]

Ten thousand and a hundred thousand passages are measured as `benchmarks.million` measures a million, whose results are
the third point. The plot goes to docs/pictures/growth.svg; ``--plot`` draws it again from the results that are there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import harness, scale

_PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "growth.svg"
#: What is drawn: the title of each panel and its lines, each a name and where its figure is.
_PANELS: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("seconds", (("ingest", ("ingest", "seconds")), ("1,000 articles more", ("more", "seconds")))),
    ("milliseconds", (("open, first search", ("search", "open_and_first_ms")), ("search", ("search", "warm_ms")))),
    ("peak memory, MB", (("ingest", ("ingest", "peak_memory_MB")), ("search", ("search", "peak_memory_MB")))),
    (
        "on disk, MB",
        (
            ("database", ("ingest", "bytes", "database")),
            ("vectors", ("ingest", "bytes", "vectors")),
            ("index", ("ingest", "bytes", "index")),
        ),
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    small = harness.is_small()
    parser.add_argument("--folder", type=Path, help="an existing folder for articles and collections")
    parser.add_argument("--extractors", default="tags", help="as for kg ingest")
    parser.add_argument("--plot", action="store_true", help="draw only")
    parser.add_argument("--small", action="store_true", help="smaller sizes")
    asked = parser.parse_args()
    results = harness.RESULTS / "small" if small else harness.RESULTS
    if not asked.plot:
        with tempfile.TemporaryDirectory() as name:
            folder = asked.folder or Path(name)
            more = 50 if small else scale.MORE
            sizes = {
                str(passages): scale.measure(passages, folder, asked.extractors, more)
                for passages in ((1_000, 2_000) if small else (10_000, 100_000))
            }
        known = results / "million.json"
        if known.exists():
            sizes |= json.loads(known.read_text(encoding="utf-8"))["sizes"]
        harness.write("growth", sizes=dict(sorted(sizes.items(), key=lambda item: int(item[0]))))
    sizes = json.loads((results / "growth.json").read_text(encoding="utf-8"))["sizes"]
    draw(sizes, results / "growth.svg" if small else _PICTURE)


def draw(sizes: Mapping[str, Mapping[str, Any]], file: Path) -> None:
    """Draw four panels, both axes by powers of ten; a thin line shows what grows as the size does."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.hashsalt"] = "growth"
    x = [int(size) for size in sizes]
    figure = Figure(figsize=(9, 6), layout="constrained")
    for panel, (title, lines) in zip(figure.subplots(2, 2).flat, _PANELS, strict=True):
        for name, where in lines:
            panel.plot(x, [max(1e-3, figure_of(found, where)) for found in sizes.values()], marker="o", label=name)
        start = figure_of(next(iter(sizes.values())), lines[0][1])
        even = [start * size / x[0] for size in x]
        panel.plot(x, even, color="0.75", linewidth=0.8, zorder=0, label="as the size")
        panel.set(xscale="log", yscale="log", title=title, xlabel="passages")
        panel.set_xticks(x, [f"{size:,}" for size in x])
        panel.minorticks_off()
        panel.yaxis.set_major_formatter("{x:,g}")
        panel.grid(color="0.9")
        panel.legend(frameon=False, fontsize="small")
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Date": None})
    print(file)


def figure_of(found: Mapping[str, Any], where: tuple[str, ...]) -> float:
    """Return one figure of a size; bytes as megabytes."""
    if where[0] == "more":
        where = (next(key for key in found if key.endswith("articles more")), *where[1:])
    value: Any = found
    for key in where:
        value = value[key]
    return float(value) / 1e6 if "bytes" in where else float(value)


if __name__ == "__main__":
    main()
