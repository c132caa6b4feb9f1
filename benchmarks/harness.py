"""What every benchmark shares: its two settings, runs in turns, the machine, and where results go.

A benchmark is a module with a `main`, run by ``python -m benchmarks.NAME``: the full setting, whose results are kept
under ``benchmarks/results/``, or ``--small``, which ends within a minute and writes to ``benchmarks/results/small/``.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
PACKAGES = (
    "kgretrieval",
    "numpy",
    "scipy",
    "faiss-cpu",
    "torch",
    "open_clip_torch",
    "scikit-learn",
    "nltk",
    "networkx",
    "rapidfuzz",
    "bm25s",
)
#: Processes waiting for a core, for each core, from which seconds are no more than upper bounds.
BUSY = 0.3

_LOAD_BEFORE = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def is_small() -> bool:
    """Say whether this run is the small setting: ``--small`` is among the arguments of the command."""
    return "--small" in sys.argv[1:]


def compare(cases: Mapping[str, Callable[[], object]], rounds: int = 9) -> dict[str, dict[str, float]]:
    """Time the cases in turns, so that what else the machine does falls on all of them alike.

    Each is run once before that counts.

    Parameters
    ----------
    cases : mapping
        Ours first, then its peers.
    rounds : int
        How often each is timed.

    Returns
    -------
    dict
        ``"seconds"``, the median of each case, and ``"ratio"``, the median of each peer as a multiple of ours.
    """
    for run in cases.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, run in cases.items():
            begin = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - begin)
    seconds = {name: statistics.median(values) for name, values in times.items()}
    ours, *peers = cases
    ratio = {name: rounded(seconds[name] / seconds[ours]) for name in peers}
    return {"seconds": {name: rounded(value) for name, value in seconds.items()}, "ratio": ratio}


def row(what: str, ours: float, unit: str, peer: str = "", theirs: float | None = None) -> dict[str, Any]:
    """Return one line of the table of speed that `benchmarks.table` makes; give them to `write` as ``rows=[...]``.

    Parameters
    ----------
    what : str
        What was measured, at which size.
    ours : float
    unit : str
        ``"s"``, ``"ms"``, ``"queries/s"``, ``"MB"``, …; a rate ends in ``/s`` and is better where it is larger.
    peer : str
        What it was measured beside, ``""`` for nothing.
    theirs : float, optional
        The peer's figure in the same unit.

    Returns
    -------
    dict
        With the ratio: how many times faster or smaller ours is.
    """
    if theirs is None:
        return {"what": what, "unit": unit, "ours": rounded(ours)}
    ratio = ours / theirs if unit.endswith("/s") else theirs / ours
    figures = {"ours": rounded(ours), "peer": peer, "theirs": rounded(theirs), "ratio": rounded(ratio)}
    return {"what": what, "unit": unit, **figures}


def write(name: str, **figures: object) -> Path:
    """Write the figures with the versions and the machine to `NAME.json` of the setting, and print them."""
    folder = RESULTS / "small" if is_small() else RESULTS
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.json"
    setting = "small" if is_small() else "full"
    told = {"benchmark": name, "setting": setting, **figures, "versions": versions(), "machine": machine()}
    text = json.dumps(told, indent=1, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")
    print(text)
    return file


def as_installed(folder: str | Path) -> dict[str, str]:
    """Return the environment of a command that finds its modules compiled, as an installed one does.

    They are compiled into `folder` by the first run, whatever this process was told about keeping them.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**environment, "PYTHONPYCACHEPREFIX": str(folder)}


def machine() -> dict[str, object]:
    """Describe the processor and the memory; the load before the run says how far the seconds can be trusted."""
    linux = sys.platform == "linux"
    lines = Path("/proc/cpuinfo").read_text().splitlines() if linux else []
    names = [line for line in lines if line.startswith("model name")]
    cores = os.cpu_count() or 1
    busy = {"note": "other work was running: upper bounds"} if BUSY * cores < _LOAD_BEFORE else {}
    return {
        "system": platform.system(),
        "python": platform.python_version(),
        "processor": names[0].split(":", 1)[1].strip() if names else platform.processor(),
        "cores": cores,
        "memory bandwidth, GB/s": memory_bandwidth(),
        "load before": round(_LOAD_BEFORE, 2),
        **busy,
    }


def memory_bandwidth(megabytes: int = 128, repeats: int = 5) -> float:
    """Measure the gigabytes a second that all cores together read, the best of a few tries.

    Each core multiplies an array of its own with itself by one BLAS call that holds no lock and keeps nothing.
    """
    import numpy as np

    arrays = [np.ones(megabytes * 250_000, dtype=np.float32) for _ in range(os.cpu_count() or 1)]
    best = 0.0
    for _ in range(repeats):
        threads = [threading.Thread(target=np.dot, args=(array, array)) for array in arrays]
        begin = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        best = max(best, sum(array.nbytes for array in arrays) / (time.perf_counter() - begin))
    return round(best / 1e9, 1)


def versions() -> dict[str, str]:
    """Return the versions of the packages that the figures may depend on, of those that are there."""
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def peak_memory() -> int:
    """Return the most memory in bytes that this process has had resident."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says on Linux includes the process that started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def median(values: Sequence[float]) -> float:
    """Return the median to four places."""
    return round(statistics.median(values), 4)


def rounded(value: float) -> float:
    """Round to four significant figures."""
    return float(f"{value:.4g}")
