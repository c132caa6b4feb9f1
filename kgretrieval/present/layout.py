"""Where the nodes of a small graph go on a page: forces first, then room for every label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_ROUNDS = 300
_PUSHES = 400
#: How strongly distances from the middle are evened out: 0 not at all, 1 to a circle.
_NEARER = 0.35
#: Pixels between the places that are looked at for a box that found none.
_STEP = 4.0


def layout(boxes: Floats, edges: npt.NDArray[np.intp], *, width: float, height: float, margin: float = 12.0) -> Floats:
    """Place nodes so that neighbours are near and no two boxes overlap, as far as there is room.

    The same input gives the same places: nothing is random.

    Parameters
    ----------
    boxes
        ``(n, 2)`` width and height that each node takes with its label.
    edges
        ``(m, 2)`` node numbers.
    width, height, margin
        The page, and what stays free at its border.

    Returns
    -------
    numpy.ndarray
        ``(n, 2)`` float64, the centres of the boxes, in the units of the page.

    References
    ----------
    T. M. J. Fruchterman, E. M. Reingold, "Graph Drawing by Force-directed Placement", Software:
    Practice and Experience 21(11), 1991 (the forces); H. Vogel, "A better way to construct the
    sunflower head", Mathematical Biosciences 44, 1979 (the start).
    """
    page = np.array([width, height])
    if len(boxes) == 0:
        return np.zeros((0, 2))
    # Forces act on a square, which is then stretched to the page.
    places = _fitted(_forced(_start(len(boxes), edges), edges), boxes, page, margin)
    return _settled(_pushed_apart(places, boxes, page, margin), boxes, page, margin)


def _start(count: int, edges: npt.NDArray[np.intp]) -> Floats:
    """Return a spiral on the unit disk with the best connected nodes inside."""
    degree = np.bincount(edges.ravel(), minlength=count) if len(edges) else np.zeros(count, dtype=int)
    turn = np.arange(count)
    radius, angle = np.sqrt((turn + 0.5) / count), turn * np.pi * (3 - np.sqrt(5))
    spiral = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    places = np.empty((count, 2))
    places[np.argsort(-degree, kind="stable")] = spiral
    return places


def _forced(places: Floats, edges: npt.NDArray[np.intp]) -> Floats:
    """Let nodes repel each other, edges pull and the centre hold all together, ever more gently."""
    ideal = np.sqrt(np.pi / len(places))
    for heat in np.linspace(0.25, 0.002, _ROUNDS):
        gap = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.linalg.norm(gap, axis=2), 1e-3)
        force = (gap * (ideal / distance)[:, :, None] ** 2).sum(axis=1)
        if len(edges):
            along = places[edges[:, 0]] - places[edges[:, 1]]
            pull = along * (np.linalg.norm(along, axis=1) / ideal)[:, None]
            np.subtract.at(force, edges[:, 0], pull)
            np.add.at(force, edges[:, 1], pull)
        force -= places * 0.6
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        places = places + force / length * np.minimum(length, heat)
    return places


def _fitted(places: Floats, boxes: Floats, page: Floats, margin: float) -> Floats:
    """Stretch the places over the page, so that the boxes stay on it; far nodes come nearer, near ones farther."""
    places = places - places.mean(axis=0)
    radius = np.linalg.norm(places, axis=1, keepdims=True)
    # Without this, one node at the end of a long arm leaves all the others a corner of the page.
    places = places * np.maximum(radius / max(radius.max(), 1e-9), 1e-3) ** -_NEARER
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.maximum(page - boxes.max(axis=0) - 2 * margin, 1.0)
    span = np.where(high - low > 1e-6, high - low, 1.0)
    fitted: Floats = (places - (low + high) / 2) / span * room + page / 2
    return fitted


def _pushed_apart(places: Floats, boxes: Floats, page: Floats, margin: float) -> Floats:
    """Push overlapping boxes apart along the shorter way, and back onto the page."""
    low, high = boxes / 2 + margin, page - boxes / 2 - margin
    reach = (boxes[:, None, :] + boxes[None, :, :]) / 2 + 6.0
    order = np.arange(len(places))
    # Of two nodes at one place the later one goes right and down.
    side = np.sign(order[:, None] - order[None, :])[:, :, None]
    for _ in range(_PUSHES):
        gap = places[:, None, :] - places[None, :, :]
        overlap = reach - np.abs(gap)
        hit = (overlap > 0).all(axis=2) & (order[:, None] != order[None, :])
        if not hit.any():
            break
        across = overlap[:, :, 0] < overlap[:, :, 1]
        axis = np.stack([across, ~across], axis=2) & hit[:, :, None]
        direction = np.where(gap == 0, side, np.sign(gap))
        places = places + (direction * np.where(axis, overlap, 0.0)).sum(axis=1) * 0.3
        places = np.clip(places, np.minimum(low, high), np.maximum(low, high))
    return places


def _settled(places: Floats, boxes: Floats, page: Floats, margin: float) -> Floats:
    """Move each box that still lies on a larger one to the nearest place that is free, if there is one."""
    low, high = boxes / 2 + margin, page - boxes / 2 - margin
    settled: list[int] = []
    for node in np.argsort(-boxes.prod(axis=1), kind="stable").tolist():
        reach = (boxes[node] + boxes[settled]) / 2
        if settled and (np.abs(places[settled] - places[node]) < reach - 0.5).all(axis=1).any():
            columns, rows = (np.arange(low[node, a], max(high[node, a], low[node, a]) + 0.1, _STEP) for a in (0, 1))
            spots = np.stack(np.meshgrid(columns, rows), axis=2).reshape(-1, 2)
            apart = np.abs(spots[:, None, :] - places[settled][None, :, :])
            free = spots[~(apart < reach).all(axis=2).any(axis=1)]
            if len(free):
                places[node] = free[np.linalg.norm(free - places[node], axis=1).argmin()]
        settled.append(node)
    return places
