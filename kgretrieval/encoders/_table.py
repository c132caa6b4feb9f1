"""The token table of `mini`: rows of 4 bits a number, the most used rows of 8."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders._weights import WeightFile

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
#: Sums made at once: what they add up then stays in the processor's cache.
_BLOCK = 32


class TokenTable:
    """Rows of a matrix, unpacked when asked for.

    A number is one of 16 levels, times the scale of its row, times the scale of its column; the levels are those
    that lose least (S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory, 1982).
    For the rows named in ``NAME.fine.rows`` what is left after that is stored the same way once more.

    Parameters
    ----------
    file : WeightFile
        Holds ``NAME`` (uint8, two numbers a byte, the first in the low bits), ``NAME.levels``, ``NAME.scale``,
        ``NAME.columns``, and ``NAME.fine``, ``NAME.fine.rows``, ``NAME.fine.scale``.
    name : str
        The table's name in the file.
    """

    def __init__(self, file: WeightFile, name: str) -> None:
        levels = file.raw(f"{name}.levels").astype(np.float32)
        byte = np.arange(256)
        # Two float32 seen as one complex64: one look-up a byte.
        self._pairs = np.stack([levels[byte & 15], levels[byte >> 4]], 1).view(np.complex64)[:, 0]
        self._codes, self._scale = file.raw(name), file.raw(f"{name}.scale")
        self._fine, self._fine_scale = file.raw(f"{name}.fine"), file.raw(f"{name}.fine.scale")
        self._columns = file.raw(f"{name}.columns").astype(np.float32)
        self._place = np.full(len(self._codes), -1, np.int32)
        self._place[file.raw(f"{name}.fine.rows")] = np.arange(len(self._fine))

    def sums(self, rows: Numbers, weights: Floats, owner: Numbers, count: int) -> Floats:
        """Return weighted sums of rows, float32 ``(count, width)``.

        Parameters
        ----------
        rows : array of int64
            Row numbers.
        weights : array of float32
            One a row.
        owner : array of int64
            To which sum each row belongs, rising; every number from 0 to ``count - 1`` is there.
        count : int
            How many sums.
        """
        out = np.empty((count, len(self._columns)), np.float32)
        for first in range(0, count, _BLOCK):
            last = min(first + _BLOCK, count)
            part = slice(*np.searchsorted(owner, [first, last]))
            each, place = np.unique(rows[part], return_inverse=True)
            weighed = self._rows(each)[place] * weights[part, None]
            starts = np.searchsorted(owner[part], np.arange(first, last))
            np.add.reduceat(weighed, starts, axis=0, out=out[first:last])
        return out * self._columns

    def _rows(self, rows: Numbers) -> Floats:
        found = self._unpacked(self._codes[rows], self._scale[rows])
        place = self._place[rows]
        fine = place >= 0
        found[fine] += self._unpacked(self._fine[place[fine]], self._fine_scale[place[fine]])
        return found

    def _unpacked(self, codes: npt.NDArray[np.generic], scale: npt.NDArray[np.generic]) -> Floats:
        numbers: Floats = self._pairs[codes].view(np.float32)
        return numbers * scale.astype(np.float32)[:, None]
