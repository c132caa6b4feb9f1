"""One process of `benchmarks.peers_txtai`: an index of ready vectors, ours or txtai's, told on stdin what to do.

    python peers_txtai_worker.py ours|lists|txtai

Each line of input is a JSON object, answered by one line: {"build": VECTORS, "folder": FOLDER} builds and saves an
index of the rows of a .npy file, {"open": FOLDER, "vectors": VECTORS} opens it, {"search": QUERIES} asks for the ten
nearest rows of each query, one query at a time, {"batch": QUERIES} all at once. It runs under an interpreter of its
own, which needs kgretrieval or txtai, never both.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np

K = 10


def memory():
    """Return the bytes resident now, those of them that are no mapped file, and the most there have been."""
    status = Path("/proc/self/status")
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines()) if status.exists() else {}
    return {name: int(lines.get(name, "0 kB").split()[0]) * 1024 for name in ("VmRSS", "RssAnon", "VmHWM")}


class Ours:
    name = "kgretrieval"

    def __init__(self, kind):
        self.kind = kind

    def build(self, file, folder):
        from kgretrieval.index.vector_build import write_vectors

        write_vectors(np.load(file, mmap_mode="r"), Path(folder), kind=self.kind)

    def open(self, folder, file):
        from kgretrieval.index.vector_build import open_vectors

        self.index = open_vectors(np.load(file, mmap_mode="r"), Path(folder))

    def search(self, queries):
        return self.index.search(queries, K)[0].tolist()


class Txtai:
    name = "txtai"

    def build(self, file, folder):
        from txtai import Embeddings

        rows = np.load(file).astype(np.float32)
        index = Embeddings({"method": "external"})
        index.index((i, row, None) for i, row in enumerate(rows))
        index.save(folder)

    def open(self, folder, file):
        from txtai import Embeddings

        self.index = Embeddings()
        self.index.load(folder)

    def search(self, queries):
        return [[row for row, _ in found] for found in self.index.batchsearch(list(queries), K)]


def main():
    case = Txtai() if sys.argv[1] == "txtai" else Ours({"ours": "", "lists": "ivf"}[sys.argv[1]])
    for line in sys.stdin:
        told = json.loads(line)
        begin = time.perf_counter()
        found = []
        if "build" in told:
            case.build(told["build"], told["folder"])
        elif "open" in told:
            case.open(told["open"], told["vectors"])
        else:
            queries = np.load(told.get("search") or told["batch"])
            begin = time.perf_counter()
            found = [case.search(q[None])[0] for q in queries] if "search" in told else case.search(queries)
        answer = {"seconds": time.perf_counter() - begin, "found": found, "version": version(case.name), **memory()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
