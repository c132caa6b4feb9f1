"""Whether two pictures are of one photograph: the same cells of grey where they lie over each other.

Holds against other sizes and encodings, crops to about 60 % of the area, borders, captions and banners burnt in, other
brightness, contrast and colours. A mirrored copy is found by mirroring one of the two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgretrieval.pictures._align import (
    Coarse,
    Real,
    at_full_frame,
    box,
    coarse_first,
    coarse_search,
    normalised,
    refined,
    sampled,
)
from kgretrieval.pictures.miniature import Miniature

#: Half the side of the window in which grey values are compared, less one half.
_RADIUS = 4
#: Grey values squared: what two encodings of one picture differ by, and what a structure must exceed to count.
_NOISE, _STRUCTURE = 20.0, 250.0
_ALIKE = 0.85
#: An overlap of which less than this has structure (a calm sea, a plain wall) says the less.
_STRUCTURED = 0.35
#: Coarse correlations from which on a placement is looked at closely: at full frame, and at the best of all others.
#: Copies have 0.45 and more at one of them, of pairs of different pictures one in thirty has.
_CORRELATED_WHOLE, _CORRELATED = 0.3, 0.4
#: With so much in common at full frame no other placement is looked for.
_CERTAIN = 0.85
#: Pictures compared together: what stays in the processor's cache.
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two pictures lie over each other.

    Attributes
    ----------
    likeness : float
        0 to 1: which share of the structure in the overlap is the same in both.
    of_first, of_second : float
        0 to 1: which share of each picture's area lies in the overlap.
    """

    likeness: float
    of_first: float
    of_second: float


#: Two pictures that do not lie over each other.
NOTHING = Overlap(0.0, 0.0, 0.0)
_WHOLE = np.array([1.0, 0.0, 1.0, 0.0])


class Comparer:
    """Compares one picture with many.

    Parameters
    ----------
    values : numpy.ndarray
        ``(64, 64)`` uint8: the picture's miniature.
    ratio : float
        Its width by its height.
    """

    def __init__(self, values: Miniature, ratio: float) -> None:
        self._grey = values
        self._ratio = ratio
        self._normalised = normalised(values[None])[0]
        self._coarse: Coarse | None = None

    def compare(self, others: npt.NDArray[np.uint8], ratios: npt.NDArray[np.float64]) -> list[Overlap]:
        """Return how the picture lies over each of the others.

        Parameters
        ----------
        others : numpy.ndarray
            ``(n, 64, 64)`` uint8: their miniatures.
        ratios : numpy.ndarray
            ``(n,)``: their widths by their heights.
        """
        if not len(others):
            return []
        found = [NOTHING] * len(others)
        for start in range(0, len(others), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            found[part] = self._compare(others[part], ratios[part])
        return found

    def _compare(self, others: npt.NDArray[np.uint8], ratios: npt.NDArray[np.float64]) -> list[Overlap]:
        values = normalised(others)
        direct = at_full_frame(self._normalised, values)
        tried = [(i, _WHOLE) for i in np.flatnonzero(direct >= _CORRELATED_WHOLE).tolist()]
        for i in np.flatnonzero(direct < _CERTAIN).tolist():
            placement, correlation = coarse_search(self._first(), values[i], float(ratios[i]))
            tried += [(i, placement)] if correlation >= _CORRELATED else []
        found = [NOTHING] * len(others)
        if tried:
            chosen = [i for i, _ in tried]
            placed = self._placed(values[chosen], others[chosen], np.stack([at for _, at in tried]))
            for i, overlap in zip(chosen, placed, strict=True):
                found[i] = max(found[i], overlap, key=lambda o: o.likeness)
        return found

    def _first(self) -> Coarse:
        if self._coarse is None:
            self._coarse = coarse_first(self._normalised, self._ratio)
        return self._coarse

    def _placed(
        self, values: Real, others: npt.NDArray[np.uint8], placements: npt.NDArray[np.float64]
    ) -> list[Overlap]:
        count = len(values)
        first = np.repeat(self._normalised[None], count, axis=0)
        placements = refined(first, values, placements)
        seen, inside = sampled(others.astype(np.float32), placements)
        own = np.repeat(self._grey[None].astype(np.float32), count, axis=0)
        likeness = _likeness(own, seen, inside)
        of_first = inside.mean(axis=(1, 2))
        area = np.abs(placements[:, 0] * placements[:, 2])
        return [
            Overlap(float(a), float(f), min(1.0, float(f * s))) if 0.4 <= s <= 2.5 else NOTHING
            for a, f, s in zip(likeness, of_first, area, strict=True)
        ]


def _likeness(first: Real, second: Real, inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Return for each pair which share of the structured cells inside have correlated surroundings."""
    mask = inside.astype(np.float32)
    covered = box(mask, _RADIUS)
    share = np.maximum(covered, 1e-3)

    def mean(values: Real) -> Real:
        return box(values * mask, _RADIUS) / share

    mean_first, mean_second = mean(first), mean(second)
    var_first = np.maximum(mean(first * first) - mean_first**2, 0)
    var_second = np.maximum(mean(second * second) - mean_second**2, 0)
    together = mean(first * second) - mean_first * mean_second
    correlated = together / np.sqrt((var_first + _NOISE) * (var_second + _NOISE))
    # Where one of them has a structure the other must have it too.
    structured = inside & (covered > 0.5) & (np.maximum(var_first, var_second) > _STRUCTURE)
    count = structured.sum(axis=(1, 2))
    alike = (structured & (correlated > _ALIKE)).sum(axis=(1, 2))
    shares = count / np.maximum(inside.sum(axis=(1, 2)), 1)
    found: npt.NDArray[np.float64] = alike / np.maximum(count, 1) * np.minimum(1.0, shares / _STRUCTURED)
    return np.where(count >= 0.05 * first.shape[1] * first.shape[2], found, 0.0)
