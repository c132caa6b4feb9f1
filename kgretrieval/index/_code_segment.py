"""Some consecutive rows of the vectors in one file: their codes in lists, searched by FAISS without being read in.

The lists are FAISS's inverted lists (Jégou, Douze and Schmid, "Product Quantization for Nearest
Neighbor Search", IEEE TPAMI 33(1), 2011); which of them a query looks into is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.index._codes import Coding, blocks
from kgretrieval.index._files import damaged, link_file
from kgretrieval.index.base import Rows, Vectors

Lists = npt.NDArray[np.int32]

_ID_BYTES = 8
_ZERO = 128
# Rows by which the share of allowed ones in each list is estimated.
_SAMPLE = 32_768


@dataclass
class Segment:
    """Rows from `first` to `end`, of which none lost more than `lost` in length when it was rounded."""

    folder: Path
    first: int
    end: int
    lost: float
    structure: Any = field(repr=False)

    def __len__(self) -> int:
        return self.end - self.first

    @property
    def name(self) -> str:
        """Of the segment's files, without their endings."""
        return f"{self.first}-{self.end}"

    @cached_property
    def rows(self) -> Lists:
        """The rows in the order of the lists: ``(n,)`` int32."""
        return _mapped(self.folder / f"{self.name}.rows.npy", len(self))

    @cached_property
    def starts(self) -> Lists:
        """The place in `rows` where each list begins, and the end of the last."""
        return _mapped(self.folder / f"{self.name}.starts.npy", self.structure.nlist + 1)

    @cached_property
    def sizes(self) -> npt.NDArray[np.int64]:
        """How many rows each list has."""
        starts = np.asarray(self.starts, dtype=np.int64)
        sizes: Rows = starts[1:] - starts[:-1]
        return sizes

    @cached_property
    def sample(self) -> tuple[Rows, Rows]:
        """Some rows, always the same, and the list of each; all if there are few."""
        places = np.arange(len(self))
        if len(self) > _SAMPLE:
            places = np.sort(np.random.default_rng(0).choice(len(self), _SAMPLE, replace=False))
        lists = np.searchsorted(np.asarray(self.starts), places, side="right") - 1
        return np.asarray(self.rows)[places].astype(np.int64), lists

    @cached_property
    def sample_counts(self) -> Rows:
        """How many rows of the sample each list has."""
        counts: Rows = np.bincount(self.sample[1], minlength=self.structure.nlist)
        return counts

    def rows_in(self, lists: Rows) -> Rows:
        """Return the rows of these lists."""
        starts, sizes = np.asarray(self.starts)[lists].astype(np.int64), self.sizes[lists]
        before = np.cumsum(sizes) - sizes
        places = np.repeat(starts - before, sizes) + np.arange(sizes.sum())
        rows: Rows = np.asarray(self.rows)[places].astype(np.int64)
        return rows

    def lists(self) -> Lists:
        """Return the list of each row, in the order of the rows."""
        found = np.empty(len(self), dtype=np.int32)
        found[np.asarray(self.rows) - self.first] = np.repeat(np.arange(self.structure.nlist), self.sizes)
        return found

    def search(
        self, codes: npt.NDArray[np.float32], lists: npt.NDArray[np.int64], count: int, selector: Any
    ) -> tuple[Rows, npt.NDArray[np.float32]]:
        """Return the rows with the largest products in these lists, and the products; -1 where there are fewer."""
        found, products = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.float32)
        parameters = faiss().SearchParametersIVF(nprobe=len(lists), sel=selector)
        pointer, distances = faiss().swig_ptr, np.zeros(len(lists), dtype=np.float32)
        arguments = (pointer(codes), count, pointer(lists), pointer(distances), pointer(products), pointer(found))
        self.structure.search_preassigned_c(1, *arguments, False, parameters)
        return found, products

    def link(self, folder: Path) -> None:
        """Let another folder have the same files."""
        for ending in ("faiss", "rows.npy", "starts.npy"):
            link_file(self.folder / f"{self.name}.{ending}", folder / f"{self.name}.{ending}")

    def erase(self, rows: Rows) -> None:
        """Overwrite the codes of rows that were deleted: they leave no trace, also for a reader of an earlier state.

        Raises
        ------
        CollectionError
            If the file is not made as FAISS makes it.
        """
        width = self.structure.d
        file = self.folder / f"{self.name}.faiss"
        begin = file.stat().st_size - len(self) * (width + _ID_BYTES)
        places = np.flatnonzero(np.isin(self.rows, rows))
        lists = np.searchsorted(np.asarray(self.starts), places, side="right") - 1
        # A list is its codes, then its ids.
        codes = begin + places * width + np.asarray(self.starts)[lists].astype(np.int64) * _ID_BYTES
        ids = begin + np.asarray(self.starts)[lists + 1].astype(np.int64) * width
        with file.open("r+b") as opened:
            for place, code, own_ids in zip(places.tolist(), codes.tolist(), ids.tolist(), strict=True):
                opened.seek(own_ids + _ID_BYTES * place)
                if int.from_bytes(opened.read(_ID_BYTES), "little") != self.rows[place]:
                    raise damaged(self.folder, f"{file.name} does not hold row {self.rows[place]} where it should")
                opened.seek(code)
                opened.write(bytes([_ZERO]) * width)


def write_segment(folder: Path, vectors: Vectors, first: int, coding: Coding, lists: Lists, count: int) -> Segment:
    """Write the rows from `first` on, one for each of `lists`, of which there are `count` different ones."""
    end, width = first + len(lists), vectors.shape[1]
    quantizer = faiss().ScalarQuantizer.QT_8bit_direct_signed
    inner = faiss().METRIC_INNER_PRODUCT
    structure = faiss().IndexIVFScalarQuantizer(faiss().IndexFlatIP(width), width, count, quantizer, inner, False)
    structure.is_trained = True
    most = 0.0
    for start, rows in blocks(vectors, first, end):
        codes, lost = coding.encode(rows)
        most = max(most, lost)
        ids = np.arange(start, start + len(rows), dtype=np.int64)
        keys = lists[start - first : start - first + len(rows)].astype(np.int64)
        pointer = faiss().swig_ptr
        structure.add_core(len(rows), pointer(codes), pointer(ids), pointer(keys))
    segment = Segment(folder, first, end, most, structure)
    faiss().write_index(structure, str(folder / f"{segment.name}.faiss"))
    order = np.argsort(lists, kind="stable")
    np.save(folder / f"{segment.name}.rows.npy", (order + first).astype(np.int32))
    np.save(folder / f"{segment.name}.starts.npy", np.searchsorted(lists[order], np.arange(count + 1)).astype(np.int32))
    return segment


def open_segment(folder: Path, first: int, end: int, lost: float, width: int) -> Segment:
    """Open what `write_segment` wrote, memory-mapped.

    Raises
    ------
    CollectionError
        If it cannot be opened or holds something else.
    """
    try:
        structure = faiss().read_index(str(folder / f"{first}-{end}.faiss"), faiss().IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise damaged(folder, str(error).splitlines()[0]) from error
    if (structure.ntotal, structure.d) != (end - first, width):
        raise damaged(folder, f"made for {structure.ntotal} x {structure.d}, not {end - first} x {width}")
    segment = Segment(folder, first, end, lost, structure)
    # A file that is torn is found now, not in the middle of a search.
    if len(segment.rows) != len(segment) or int(segment.starts[-1]) != len(segment):
        raise damaged(folder, f"the lists of {segment.name} are cut off")
    return segment


def faiss() -> Any:
    """Return the module. Its type stubs do not know all of it, and an exact search does without it."""
    return import_module("faiss")


def _mapped(path: Path, count: int) -> Lists:
    try:
        found: Lists = np.load(path, mmap_mode="r")
    except (OSError, ValueError, EOFError) as error:
        raise damaged(path.parent, error) from error
    if found.shape != (count,):
        raise damaged(path.parent, f"{path.name} has {found.shape}, not {count}")
    return found
