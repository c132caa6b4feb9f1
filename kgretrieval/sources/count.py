"""How many records there are to read, before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kgretrieval.sources._kinds import PACKED, base_suffix
from kgretrieval.sources._lines import READ_ERRORS, open_bytes
from kgretrieval.sources.folders import gather

#: Bytes of a packed file of which the lines are counted, to judge the whole by.
_PROBE = 1 << 20
_BLOCK = 1 << 20


def count_records(paths: Sequence[str | Path]) -> int:
    """Count what `kgretrieval.sources.read` would yield, roughly and without reading it; 0 where that cannot be said.

    Lines of data files are counted (of packed ones those of the first megabyte, and scaled up), a text or a page is one
    record, and so is a picture where no data file is there to name it.

    Parameters
    ----------
    paths : sequence of path
        As for `read`.
    """
    gathered = gather(paths)
    total = 0
    for path in gathered.data:
        suffix = base_suffix(path)
        if suffix == ".json":  # one list over any number of lines
            return 0
        lines = _lines(path)
        total += max(0, lines - 1) if suffix in {".csv", ".tsv"} else lines
    return total + len(gathered.documents) + (0 if gathered.data else len(gathered.pictures))


def _lines(path: Path) -> int:
    packed = path.suffix.lower() in PACKED
    lines = size = 0
    try:
        with path.open("rb") as raw, open_bytes(path, raw) as file:
            while block := file.read(_BLOCK):
                lines += block.count(b"\n")
                size += len(block)
                if packed and size >= _PROBE:
                    # What is unpacked stops short of what was taken in by no more than a buffer.
                    return max(1, round(lines * path.stat().st_size / raw.tell()))
            return lines + (size > 0 and not _ends_in_newline(path, packed))
    except READ_ERRORS:
        return 0


def _ends_in_newline(path: Path, packed: bool) -> bool:
    if packed:
        return True
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read() == b"\n"
