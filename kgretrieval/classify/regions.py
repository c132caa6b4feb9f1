"""Which region of a picture moved its label: what the score loses when a window over it is blurred."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kgretrieval.classify.base import Floats, Item
from kgretrieval.errors import UsageError

if TYPE_CHECKING:
    from PIL import Image

    from kgretrieval.classify.head import Head
    from kgretrieval.encoders.base import Encoder

#: Cells of a heat map along each edge, and cells along the edge of the window that is blurred.
GRID, WINDOW = 8, 3
#: Colours of what speaks for a label and of what speaks against it, and how much of them covers the picture at most.
FOR, AGAINST = (214, 40, 40), (36, 84, 190)
COVER = 0.6
#: Heat, in log-odds, from which on a region is shown: less moves no probability by more than five in a hundred.
_LEAST = 0.2
#: Heat below this share of the strongest cell is not said to be part of the region.
_PART = 0.5
#: A region of more than this share of the picture is called all of it.
_WHOLE = 0.7


def region_heat(
    head: Head,
    picture: Image.Image,
    *,
    label: str | None = None,
    item: Item | None = None,
    encoder: Encoder | None = None,
) -> Floats:
    """Return how much each part of a picture speaks for a label.

    Windows of three by three cells are blurred beyond recognition, one after the other, and the head is asked again:
    a cell's heat is the mean of what the windows over it take off the log-odds of the label.
    So covering where the heat is highest makes the label less probable.

    Parameters
    ----------
    head : Head
        One that looks at pictures; its card names the encoder.
    picture : PIL.Image.Image
        Upright RGB.
    label : str, optional
        By default the one that the head gives the whole picture.
    item : Item, optional
        The text that goes with the picture, for a head that reads that as well.
    encoder : Encoder, optional
        By default the one that the card names, loaded anew.

    Returns
    -------
    numpy.ndarray
        ``(8, 8)`` float32 in units of log-odds (nats): the first row is the upper edge of the picture; above 0 where
        it speaks for the label.

    Raises
    ------
    UsageError
        If the head looks at no pictures, or has no such label.

    References
    ----------
    M. Zeiler and R. Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, section 4.2.
    """
    if not head.card.pictures:
        raise UsageError(f"the model {head.card.name!r} does not look at pictures; there is no region to show")
    if label is not None and label not in head.labels:
        raise UsageError(f"the model {head.card.name!r} has no label {label!r}; it has: {', '.join(head.labels)}")
    if encoder is None:
        from kgretrieval import encoders

        encoder = encoders.load(head.card.pictures)
    vectors = encoder.encode_pictures([*_covered(_small(picture, encoder.picture_size))])
    probabilities = head.probabilities([replace(item or Item(), picture=vector) for vector in vectors])
    place = int(probabilities[0].argmax()) if label is None else head.labels.index(label)
    odds = _log_odds(probabilities[:, place])
    return _spread(odds[0] - odds[1:])


def overlay(image: Image.Image, heat: Floats) -> Image.Image:
    """Return a copy of a picture with its heat laid over it: red speaks for the label, blue against it.

    The strongest cell covers the picture to 60 %; a line frames where the heat is at least half of that.

    Parameters
    ----------
    image : PIL.Image.Image
        The picture of which the heat is, upright, of any size.
    heat : numpy.ndarray
        What `region_heat` returned.
    """
    from PIL import Image, ImageDraw

    strength = np.abs(heat) / max(float(np.abs(heat).max()), 1e-9)
    shade = Image.fromarray((255 * COVER * strength).astype(np.uint8)).resize(image.size, Image.Resampling.BICUBIC)
    side = Image.fromarray((255 * (heat > 0)).astype(np.uint8)).resize(image.size, Image.Resampling.BILINEAR)
    colour = Image.composite(Image.new("RGB", image.size, FOR), Image.new("RGB", image.size, AGAINST), side)
    laid = Image.composite(colour, image.convert("RGB"), shade)
    box = hottest(heat)
    if box is not None:
        edges = [round(share * size) for share, size in zip(box, (*image.size, *image.size), strict=True)]
        width = max(1, round(min(image.size) / 120))
        ImageDraw.Draw(laid).rectangle((edges[0], edges[1], edges[2] - 1, edges[3] - 1), outline=FOR, width=width)
    return laid


def hottest(heat: Floats) -> tuple[float, float, float, float] | None:
    """Return the region that speaks for a label most: left, upper, right and lower edge as shares of the picture.

    It is the rectangle around the cells that hang together with the hottest one and have at least half of its heat.
    None where nothing speaks for the label by more than 0.2.
    """
    rows, columns = heat.shape
    start = np.unravel_index(int(heat.argmax()), heat.shape)
    if heat[start] < _LEAST:
        return None
    todo, seen = [(int(start[0]), int(start[1]))], set()
    while todo:
        row, column = todo.pop()
        inside = 0 <= row < rows and 0 <= column < columns
        if (row, column) in seen or not inside or heat[row, column] < _PART * heat[start]:
            continue
        seen.add((row, column))
        todo += [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
    down, across = [row for row, _ in seen], [column for _, column in seen]
    return min(across) / columns, min(down) / rows, (max(across) + 1) / columns, (max(down) + 1) / rows


def place_words(heat: Floats) -> str:
    """Say in words where the hottest region lies: ``"upper left"``, ``"centre"``, ``"whole picture"``, ``""``.

    Examples
    --------
    >>> place_words(np.pad(np.ones((2, 2), np.float32), ((0, 6), (6, 0))))
    'upper right'
    """
    box = hottest(heat)
    if box is None:
        return ""
    left, upper, right, lower = box
    if (right - left) * (lower - upper) > _WHOLE:
        return "whole picture"
    words = [_third((upper + lower) / 2, "upper", "lower"), _third((left + right) / 2, "left", "right")]
    return " ".join(word for word in words if word) or "centre"


def _third(middle: float, first: str, last: str) -> str:
    return first if middle < 1 / 3 else last if middle > 2 / 3 else ""


def _small(picture: Image.Image, edge: int) -> Image.Image:
    """Return the picture with a shorter side of no more than the encoder looks at: each window is encoded anew."""
    factor = edge / min(picture.size)
    if factor >= 1:
        return picture
    return picture.resize((max(1, round(picture.width * factor)), max(1, round(picture.height * factor))))


def _windows() -> Iterator[tuple[int, int, int, int]]:
    """Yield first and last row, first and last column (ends excluded) of each window; those at an edge are cut off."""
    starts = range(1 - WINDOW + 1, GRID - 1)
    for top in starts:
        for left in starts:
            yield max(0, top), min(GRID, top + WINDOW), max(0, left), min(GRID, left + WINDOW)


def _covered(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the picture, then the picture with each window blurred."""
    from PIL import ImageFilter

    picture = picture.convert("RGB")
    yield picture
    # What is blurred keeps its colours: a patch of one colour would be a thing of its own.
    blurred = picture.filter(ImageFilter.GaussianBlur(min(picture.size) / GRID))
    columns = [round(i * picture.width / GRID) for i in range(GRID + 1)]
    rows = [round(i * picture.height / GRID) for i in range(GRID + 1)]
    for top, bottom, left, right in _windows():
        box = columns[left], rows[top], columns[right], rows[bottom]
        changed = picture.copy()
        changed.paste(blurred.crop(box), box)
        yield changed


def _log_odds(probabilities: Floats) -> Floats:
    # Float32 rounds a sure label to 1 exactly.
    p = np.clip(probabilities.astype(np.float64), 1e-7, 1 - 1e-7)
    return np.log(p / (1 - p)).astype(np.float32)


def _spread(losses: Floats) -> Floats:
    """Return the mean loss of the windows over each cell, a larger window counting no more than a small one."""
    heat, seen = np.zeros((GRID, GRID)), np.zeros((GRID, GRID))
    for loss, (top, bottom, left, right) in zip(losses.tolist(), _windows(), strict=True):
        heat[top:bottom, left:right] += loss
        seen[top:bottom, left:right] += 1
    return (heat / seen).astype(np.float32)
