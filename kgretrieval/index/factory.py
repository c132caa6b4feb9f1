"""Which kind of index suits how many rows."""

from __future__ import annotations

#: The kinds there are. FAISS is imported only for the last two.
KINDS = ("exact", "scan", "ivf")
# Beyond, a search through 8-bit codes is several times faster (benchmarks/results/vectors.json).
_EXACT_UP_TO = 50_000
# Up to here a search that is right by proof takes some milliseconds on two cores.
_SCAN_UP_TO = 300_000


def choose(n: int) -> str:
    """Return the kind of index that suits `n` rows."""
    if n <= _EXACT_UP_TO:
        return "exact"
    return "scan" if n <= _SCAN_UP_TO else "ivf"
