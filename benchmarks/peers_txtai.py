"""Nearest vectors beside txtai: python -m benchmarks.peers_txtai [--python PYTHON] [--rows N] [--small]

Both are given the same ready vectors of real and drawn passages and their own defaults, which is at this size a search
of all of ours (right by proof) and an approximate one of txtai's; ours in lists, as it is from 300,000 rows on, stands
beside them. Each builds, opens and searches in a process of its own, in turns. PYTHON (or the variable
KG_TXTAI_PYTHON) is an interpreter with txtai; without one ours is measured alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks import corpus, harness
from kgretrieval import encoders

ROUNDS = 7
QUERIES = 256
K = 10
_WORKER = Path(__file__).with_name("peers_txtai_worker.py")


class Worker:
    """A process that holds one of the two, and answers each line with one."""

    def __init__(self, python: str, case: str) -> None:
        command = [python, str(_WORKER), case]
        environment = {**os.environ, "PYTHONPATH": str(_WORKER.parents[1]), "HF_HUB_OFFLINE": "1"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def ask(self, **told: str) -> dict[str, Any]:
        """Send one command and return its answer."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(told), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("a process of the comparison ended early; its message is above")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def passage_vectors(count: int) -> npt.NDArray[np.float16]:
    """Return ``(count, d)`` vectors of the sentences of articles, four together, by the embedded encoder."""
    of = corpus.material(corpus.DATA)
    encoder = encoders.load(encoders.DEFAULT)
    texts: list[str] = []
    for article in corpus.articles(count, of):
        texts += str(article["text"]).split("\n")
        if len(texts) >= count:
            break
    rows = encoder.encode_texts(texts[:count], space="text")
    return rows.astype(np.float16)


def exact(rows: npt.NDArray[np.float16], queries: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """Return the ten nearest rows of each query by comparing all."""
    scores = np.concatenate([queries @ rows[i : i + 4096].astype(np.float32).T for i in range(0, len(rows), 4096)], 1)
    best: npt.NDArray[np.int64] = np.argsort(-scores, axis=1, kind="stable")[:, :K]
    return best


def measure(workers: dict[str, Worker], folder: Path, truth: npt.NDArray[np.int64], rounds: int) -> dict[str, Any]:
    """Search in turns and return what each needed."""
    asked = str(folder / "queries.npy")
    rates: dict[str, dict[str, list[float]]] = {case: {"search": [], "batch": []} for case in workers}
    figures: dict[str, Any] = {}
    for case, worker in workers.items():
        figures[case] = {"open_s": worker.ask(open=str(folder / case), vectors=str(folder / "rows.npy"))["seconds"]}
        found = worker.ask(search=asked)["found"]
        shared = [len(set(a) & set(b)) for a, b in zip(found, truth.tolist(), strict=True)]
        figures[case]["recall_at_10"] = sum(shared) / (K * len(shared))
    for _ in range(rounds):
        for case, worker in workers.items():
            for way, seconds in rates[case].items():
                seconds.append(worker.ask(**{way: asked})["seconds"])
    for case, worker in workers.items():
        last = worker.ask(search=asked)
        figures[case] |= {
            "queries_per_s, one at a time": harness.rounded(len(truth) / harness.median(rates[case]["search"])),
            "queries_per_s, all at once": harness.rounded(len(truth) / harness.median(rates[case]["batch"])),
            "memory_MB": round(last["VmHWM"] / 1e6),
            "memory_MB, without mapped files": round(last["RssAnon"] / 1e6),
            "version": last["version"],
        }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=os.environ.get("KG_TXTAI_PYTHON", ""), help="an interpreter with txtai")
    parser.add_argument("--rows", type=int, default=10_000 if harness.is_small() else 100_000)
    parser.add_argument("--small", action="store_true", help="fewer rows and rounds")
    asked = parser.parse_args()
    pythons = {"ours": sys.executable, "lists": sys.executable} | ({"txtai": asked.python} if asked.python else {})
    if not asked.python:
        print("txtai is left out: name an interpreter that has it with --python", file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vectors = passage_vectors(asked.rows + QUERIES)
        rows, queries = vectors[: asked.rows], vectors[asked.rows :].astype(np.float32)
        np.save(folder / "rows.npy", rows)
        np.save(folder / "queries.npy", queries)
        built = {}
        for case, python in pythons.items():
            builder = Worker(python, case)
            built[case] = builder.ask(build=str(folder / "rows.npy"), folder=str(folder / case))
            builder.close()
        workers = {case: Worker(python, case) for case, python in pythons.items()}
        figures = measure(workers, folder, exact(rows, queries), 3 if asked.small else ROUNDS)
        for case, worker in workers.items():
            worker.close()
            figures[case]["build_s"] = harness.rounded(built[case]["seconds"])
            figures[case]["build_memory_MB"] = round(built[case]["VmHWM"] / 1e6)
    harness.write(
        "peers_txtai",
        rows_indexed=asked.rows,
        width=rows.shape[1],
        k=K,
        figures=figures,
        rows=lines(figures, asked.rows),
    )


def lines(figures: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """Return the lines of the table of speed."""
    told = []
    for what, unit, key in (
        ("nearest passages, one query at a time", "queries/s", "queries_per_s, one at a time"),
        ("nearest passages, 256 queries at once", "queries/s", "queries_per_s, all at once"),
        ("memory of a process that searches", "MB", "memory_MB"),
    ):
        theirs = figures.get("txtai", {}).get(key)
        for case, how in (("ours", "all compared"), ("lists", "in lists")):
            recall = figures[case]["recall_at_10"]
            named = f"{what}, {count:,} ready vectors, {how} (recall {recall:.3f})"
            peer = f"txtai (recall {figures['txtai']['recall_at_10']:.3f})" if theirs else "txtai"
            told.append(harness.row(named, figures[case][key], unit, peer, theirs))
    return told


if __name__ == "__main__":
    main()
