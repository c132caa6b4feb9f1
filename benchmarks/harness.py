"""What every benchmark shares: the machine, the versions, medians, and where results go."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
PACKAGES = ("kgretrieval", "numpy", "faiss-cpu", "torch", "open_clip_torch", "scikit-learn", "nltk", "networkx")


def machine() -> dict[str, object]:
    """Describe the processor and the memory; load says how far the seconds can be trusted."""
    names = (
        [x for x in Path("/proc/cpuinfo").read_text().splitlines() if x.startswith("model name")] if _linux() else []
    )
    return {
        "system": platform.system(),
        "python": platform.python_version(),
        "processor": names[0].split(":", 1)[1].strip() if names else platform.processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
    }


def _linux() -> bool:
    return sys.platform == "linux"


def versions() -> dict[str, str]:
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
    return round(statistics.median(values), 4)


def write(name: str, **figures: object) -> Path:
    """Write `benchmarks/results/NAME.json` with the figures, the versions and the machine, and print them."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}.json"
    text = json.dumps({"benchmark": name, **figures, "versions": versions(), "machine": machine()}, indent=1)
    file.write_text(text + "\n", encoding="utf-8")
    print(text)
    return file
