"""The graph at a million edges, beside NetworkX: python -m benchmarks.graph [--small]

Nearness (personalised PageRank), neighbourhoods and GraphML on a random graph with a power law and on one like that of
a news collection. The 20 nearest are compared with those that `networkx.pagerank` finds when it goes on until nothing
changes any more; what is timed beside ours is its default. Neighbourhoods are timed where both give nodes and edges.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from benchmarks import harness
from benchmarks.made_graphs import Edges, collection_like, news_graph, power_law
from kgretrieval.graph.array_build import changed
from kgretrieval.graph.arrays import GraphArrays, load_arrays, save_arrays
from kgretrieval.graph.graphml import read_graphml, write_graphml
from kgretrieval.graph.pagerank import personalised_pagerank
from kgretrieval.graph.reach import neighbourhood, nodes_around

EDGES, SMALL_EDGES = 1_000_000, 20_000
#: Nodes that are started from: for the speed of NetworkX, for all else.
SLOW, SEEDS = 5, 25
TOP = 20


def main() -> None:
    edges = SMALL_EDGES if harness.is_small() else EDGES
    figures: dict[str, Any] = {"edges": edges}
    rows: list[dict[str, Any]] = []
    for made in (power_law(edges), collection_like(edges)):
        figures[made.name] = of_arrays(made, rows)
    figures["graphml"] = of_files(edges, rows)
    harness.write("graph", **figures, rows=rows)


def of_arrays(made: Edges, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Measure nearness and neighbourhoods in one graph."""
    arrays = made.arrays()
    graph = made.networkx(arrays)
    rng = np.random.default_rng(1)
    seeds = rng.choice(np.flatnonzero(arrays.strengths > 0), SEEDS, replace=False).tolist()
    rounds = 1 if harness.is_small() else SLOW
    near = timed(
        {
            "kgretrieval": lambda seed: personalised_pagerank(arrays, [seed]),
            "networkx": lambda seed: nx.pagerank(graph, personalization={seed: 1}),
        },
        seeds[:rounds],
    )
    around = timed(
        {
            "kgretrieval": lambda seed: neighbourhood(arrays, [seed], radius=2),
            "networkx": lambda seed: nx.ego_graph(graph, seed, radius=2),
            "kgretrieval, nodes only": lambda seed: nodes_around(arrays, [seed], radius=2),
        },
        seeds[: 3 * rounds],
    )
    ours, peer = near["kgretrieval"], near["networkx"]
    size = f"{len(graph.edges):,} edges, {made.name}"
    rows.append(harness.row(f"personalised PageRank, {size}", 1000 * ours, "ms", "networkx", 1000 * peer))
    ours, peer = around["kgretrieval"], around["networkx"]
    rows.append(harness.row(f"neighbourhood of 2 edges, {size}", 1000 * ours, "ms", "networkx", 1000 * peer))
    hub = int(np.argmax(arrays.strengths))
    return {
        "nodes": len(arrays),
        "edges of the largest hub": graph.degree[hub],
        "personalised PageRank, s": near,
        "personalised PageRank from the largest hub, s": best(lambda: personalised_pagerank(arrays, [hub])),
        f"same top {TOP} as networkx": agreement(arrays, graph, seeds[: 4 if harness.is_small() else 12]),
        "neighbourhood of 2 edges, s": around,
        "adding 1,000 articles, s": adding(made, arrays),
    }


def agreement(arrays: GraphArrays, graph: nx.Graph, seeds: list[int]) -> float:
    """Return the mean share of the nearest nodes that both find."""
    shares = []
    for seed in seeds:
        scores = nx.pagerank(graph, personalization={seed: 1}, tol=1e-11, max_iter=500)
        exact = sorted(scores, key=lambda node: (-scores[node], node))[:TOP]
        found = personalised_pagerank(arrays, [seed])[0][:TOP].tolist()
        shares.append(len(set(exact) & set(found)) / TOP)
    return round(statistics.mean(shares), 4)


def adding(made: Edges, arrays: GraphArrays) -> float:
    """Return how long it takes to bring the arrays up to a thousand new articles, without reading and writing."""
    more = made.more(1000)
    return best(lambda: changed(arrays, more, more.documents))


def of_files(edges: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Measure GraphML, written and read, and opening the arrays instead."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "ours.graphml"
        rounds = 1 if harness.is_small() else 2
        write = written(edges, file, rounds)
        read = harness.compare(
            {
                "kgretrieval": lambda: read_graphml(file),
                "networkx": lambda: nx.read_graphml(file, edge_key_type=str, force_multigraph=True),
            },
            rounds=rounds,
        )
        (folder / "arrays").mkdir()
        save_arrays(collection_like(edges).arrays(), folder / "arrays", from_disk=[None])
        opened = best(lambda: opening(folder / "arrays"))
        size = {"graphml": file.stat().st_size, "arrays": folder_size(folder / "arrays")}
    size_of = f"{edges:,} edges"
    seconds = write["seconds"]
    peer = min(value for name, value in seconds.items() if name.startswith("networkx"))
    rows.append(harness.row(f"GraphML written, {size_of}", seconds["kgretrieval"], "s", "networkx", peer))
    peer = read["seconds"]["networkx"]
    rows.append(harness.row(f"GraphML read, {size_of}", read["seconds"]["kgretrieval"], "s", "networkx", peer))
    what = f"arrays opened and used once, beside reading GraphML, {size_of}"
    rows.append(harness.row(what, opened, "s", "networkx", peer))
    return {"written": write, "read": read, "arrays opened, s": opened, "bytes": size}


def written(edges: int, file: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Time writing a graph with the attributes of a collection; ours stays in `file`."""
    graph, theirs = news_graph(edges), file.with_name("theirs.graphml")
    return harness.compare(
        {
            "kgretrieval": lambda: write_graphml(graph, file),
            "networkx, lxml": lambda: nx.write_graphml_lxml(graph, theirs),
            "networkx, xml": lambda: nx.write_graphml_xml(graph, theirs),
        },
        rounds=rounds,
    )


def opening(folder: Path) -> None:
    """Open arrays and use them once."""
    personalised_pagerank(load_arrays(folder), [0])


def folder_size(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def timed(cases: dict[str, Callable[[int], object]], seeds: list[int]) -> dict[str, float]:
    """Return the median seconds of each case over the seeds, in turns."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for name, run in cases.items():
        if not name.startswith("networkx"):
            run(seeds[0])
    for seed in seeds:
        for name, run in cases.items():
            begin = time.perf_counter()
            run(seed)
            times[name].append(time.perf_counter() - begin)
    return {name: harness.rounded(statistics.median(values)) for name, values in times.items()}


def best(run: Callable[[], object], rounds: int = 5) -> float:
    """Return the seconds of the quickest of a few runs."""
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return harness.rounded(min(found))


if __name__ == "__main__":
    main()
