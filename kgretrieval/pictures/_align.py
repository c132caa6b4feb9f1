"""Where one picture lies in another: an axis-aligned scale and shift, found from miniatures.

A coordinate runs from 0 to 1 along each side of a picture. A placement is (scale_y, shift_y, scale_x, shift_x): the
point u of the first picture lies at ``scale * u + shift`` of the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.pictures.miniature import EDGE

Real = npt.NDArray[np.floating[Any]]
Placements = npt.NDArray[np.float64]

#: The coarse search: pictures of about 24 x 24 cells with their true proportions, on a canvas that holds two.
_CELLS, _CANVAS = 24, 64
#: Sizes of the first picture to that of the second that are tried; half the area of either may be cut away.
_SCALES = np.geomspace(0.7, 1 / 0.7, 9)
#: Of the smaller picture this share lies in the larger one.
_LEAST_OVERLAP = 0.6
_MOST_OBLONG = 2.5
_STEPS = (6, 5)


@dataclass(frozen=True, slots=True)
class Coarse:
    """The first picture of the search in all its sizes: heights, widths, and Fourier transforms of values, squares
    and masks, each ``(sizes, 64, 33)``.
    """

    sides: list[tuple[int, int]]
    values: npt.NDArray[np.complex64]
    squares: npt.NDArray[np.complex64]
    masks: npt.NDArray[np.complex64]


def box(values: Real, radius: int) -> Real:
    """Return the mean over the ``2 radius + 1`` neighbours along each of the last two axes, fewer at the edges."""
    return _box_along(_box_along(values, radius, -2), radius, -1)


def _box_along(values: Real, radius: int, axis: int) -> Real:
    moved = np.moveaxis(values, axis, -1)
    length = moved.shape[-1]
    sums = np.concatenate([np.zeros_like(moved[..., :1]), np.cumsum(moved, axis=-1, dtype=np.float32)], axis=-1)
    low = np.maximum(np.arange(length) - radius, 0)
    high = np.minimum(np.arange(length) + radius + 1, length)
    means = (sums[..., high] - sums[..., low]) / (high - low).astype(np.float32)
    return np.moveaxis(means, -1, axis)


def normalised(miniatures: npt.NDArray[np.uint8]) -> Real:
    """Return ``(n, 64, 64)`` miniatures with local mean 0 and local contrast near 1, flat areas near 0.

    Every area then counts by its size and not by its contrast, so that a bright banner does not drown the rest.
    """
    values: Real = miniatures.astype(np.float32)
    values = values - box(values, 6)
    spread = np.sqrt(box(values * values, 6))
    return values / (spread + 6.0)


def coarse_first(values: Real, ratio: float) -> Coarse:
    """Prepare a normalised picture ``(64, 64)`` with this ratio of width to height for `coarse_search`."""
    sides = [_sides(ratio, float(scale)) for scale in _SCALES]
    canvas = np.zeros((2, len(sides), _CANVAS, _CANVAS), dtype=np.float32)
    for place, (height, width) in enumerate(sides):
        canvas[0, place, :height, :width] = _shrunk(values, height, width)
        canvas[1, place, :height, :width] = 1.0
    transform = np.fft.rfft2(canvas[0]), np.fft.rfft2(canvas[0] ** 2), np.fft.rfft2(canvas[1])
    return Coarse(sides, *(np.conj(t) for t in transform))


def coarse_search(first: Coarse, values: Real, ratio: float) -> tuple[Placements, float]:
    """Return the placement of the first picture in the second at which they correlate best, and the correlation.

    Normalised correlation over the overlap alone, by Fourier transforms: D. Padfield, "Masked Object Registration in
    the Fourier Domain", 2012, for values whose mean is 0.

    Parameters
    ----------
    first : Coarse
    values : numpy.ndarray
        ``(64, 64)`` float32: the second picture, normalised.
    ratio : float
        Its width by its height.
    """
    height, width = _sides(ratio, 1.0)
    canvas = np.zeros((3, _CANVAS, _CANVAS), dtype=np.float32)
    canvas[0, :height, :width] = _shrunk(values, height, width)
    canvas[1], canvas[2, :height, :width] = canvas[0] ** 2, 1.0
    own, squares, mask = np.fft.rfft2(canvas)
    spectra = np.stack([first.values * own, first.squares * mask, first.masks * squares])
    products, left, right = np.fft.irfft2(spectra, s=(_CANVAS, _CANVAS))
    correlation = products / np.sqrt(np.maximum(left * right, 1e-3))
    for place, (h, w) in enumerate(first.sides):
        overlap = np.outer(_overlaps(h, height), _overlaps(w, width))
        correlation[place][overlap < _LEAST_OVERLAP * min(h * w, height * width)] = -1.0
    best = int(np.argmax(correlation))
    place, dy, dx = (int(i) for i in np.unravel_index(best, correlation.shape))
    dy, dx = (d - _CANVAS if d >= _CANVAS // 2 else d for d in (dy, dx))
    h, w = first.sides[place]
    return np.array([h / height, dy / height, w / width, dx / width]), float(correlation.flat[best])


def at_full_frame(first: Real, seconds: Real) -> Real:
    """Return the correlation of ``(64, 64)`` with each of ``(n, 64, 64)``, all normalised, whole on whole, ``(n,)``."""
    one = _shrunk(first, _CELLS, _CELLS)
    others = _shrunk(seconds, _CELLS, _CELLS)
    lengths = np.sqrt((one * one).sum() * (others * others).sum(axis=(1, 2)))
    together: Real = (one * others).sum(axis=(1, 2)) / np.maximum(lengths, 1e-3)
    return together


def _sides(ratio: float, scale: float) -> tuple[int, int]:
    bounded = min(max(ratio, 1 / _MOST_OBLONG), _MOST_OBLONG)
    return round(_CELLS * scale / bounded**0.5), round(_CELLS * scale * bounded**0.5)


def _overlaps(first: int, second: int) -> npt.NDArray[np.int64]:
    """Return how many cells of a line of `first` fall on one of `second`, for every shift round the canvas."""
    shift = np.arange(_CANVAS)
    shift = np.where(shift >= _CANVAS // 2, shift - _CANVAS, shift)
    both: npt.NDArray[np.int64] = np.minimum(first + shift, second) - np.maximum(shift, 0)
    return np.maximum(both, 0)


def _shrunk(values: Real, height: int, width: int) -> Real:
    return (_cells(height) @ values @ _cells(width).T).astype(np.float32)


def _cells(count: int) -> Real:
    """Return ``(count, 64)`` weights that average 64 values into cells of equal width."""
    edges = np.linspace(0, EDGE, count + 1)
    starts = np.maximum(edges[:-1, None], np.arange(EDGE)[None, :])
    ends = np.minimum(edges[1:, None], np.arange(1, EDGE + 1)[None, :])
    weights: Real = np.maximum(ends - starts, 0) * (count / EDGE)
    return weights.astype(np.float32)


def sampled(values: Real, placements: Placements) -> tuple[Real, npt.NDArray[np.bool_]]:
    """Return the second pictures as the first ones' grids see them, and which cells fall inside.

    Parameters
    ----------
    values : numpy.ndarray
        ``(n, e, e)`` float32.
    placements : numpy.ndarray
        ``(n, 4)``.

    Returns
    -------
    tuple of numpy.ndarray
        ``(n, e, e)`` float32 by linear interpolation, and ``(n, e, e)`` bool.
    """
    edge = values.shape[-1]
    rows, row_inside = _weights(placements[:, 0], placements[:, 1], edge)
    columns, column_inside = _weights(placements[:, 2], placements[:, 3], edge)
    inside = row_inside[:, :, None] & column_inside[:, None, :]
    return rows @ values @ columns.transpose(0, 2, 1), inside


def _weights(scale: Real, shift: Real, edge: int) -> tuple[Real, npt.NDArray[np.bool_]]:
    centres = (np.arange(edge) + 0.5) / edge
    at = (scale[:, None] * centres + shift[:, None]) * edge - 0.5
    # A triangle as wide as the step averages where the second picture is the finer one.
    step = np.maximum(np.abs(scale), 1.0)[:, None, None]
    weights = np.maximum(0.0, 1.0 - np.abs(at[:, :, None] - np.arange(edge)) / step)
    weights /= np.maximum(weights.sum(axis=2, keepdims=True), 1e-6)
    return weights.astype(np.float32), (at > -0.5) & (at < edge - 0.5)


def refined(first: Real, second: Real, placements: Placements) -> Placements:
    """Improve placements by robust least squares, at half and then at full resolution.

    B. D. Lucas and T. Kanade, "An Iterative Image Registration Technique with an Application to Stereo Vision", 1981,
    with weights that let what differs (a banner, a frame) count little.

    Parameters
    ----------
    first, second : numpy.ndarray
        ``(n, 64, 64)`` float32, normalised.
    placements : numpy.ndarray
        ``(n, 4)``.
    """
    found = placements.copy()
    for steps, factor in zip(_STEPS, (2, 1), strict=True):
        one, other = (_reduced(values, factor) for values in (first, second))
        for _ in range(steps):
            found += _step(one, other, found)
    return found


def _reduced(values: Real, factor: int) -> Real:
    smooth = box(values, 1)
    n, edge = len(values), EDGE // factor
    cells: Real = smooth.reshape(n, edge, factor, edge, factor).mean(axis=(2, 4))
    return cells


def _step(first: Real, second: Real, placements: Placements) -> Placements:
    edge = first.shape[-1]
    seen, inside = sampled(second, placements)
    down, right = np.gradient(seen, axis=1) * edge, np.gradient(seen, axis=2) * edge
    centres = ((np.arange(edge) + 0.5) / edge).astype(np.float32)
    # A change of shift by t moves what is seen at u by t / scale.
    down = down / placements[:, 0, None, None].astype(np.float32)
    right = right / placements[:, 2, None, None].astype(np.float32)
    columns = np.stack([down * centres[:, None], down, right * centres, right], axis=-1)
    rest = np.where(inside, first - seen, 0.0)
    weight = inside / (1.0 + (rest / 0.5) ** 2)
    n = len(first)
    columns = columns.reshape(n, -1, 4)
    weighted = columns * weight.reshape(n, -1, 1)
    normal = weighted.transpose(0, 2, 1) @ columns + np.eye(4, dtype=np.float32) * 1e-2 * edge * edge
    step = np.linalg.solve(normal.astype(np.float64), weighted.transpose(0, 2, 1) @ rest.reshape(n, -1, 1))[..., 0]
    limit = 3.0 / edge
    return np.clip(step, -limit, limit)
