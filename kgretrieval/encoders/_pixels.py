"""Pictures to the numbers that an open_clip tower takes: what open_clip's transform gives, in less time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np
import torch
from PIL import Image

from kgretrieval.encoders.torchvision_mend import import_open_clip
from kgretrieval.pictures.decode import FULL_SIZE

#: Times the tower's edge that a JPEG keeps when it is decoded at reduced size: below, what the
#: decoder smooths away begins to show in the vectors.
DETAIL = 1.75

_FILTERS = {"bicubic": Image.Resampling.BICUBIC, "bilinear": Image.Resampling.BILINEAR}


class Pixels:
    """Pictures to ``(n, 3, edge, edge)`` float32, as open_clip's transform for inference.

    The crop is scaled alone, not the picture around it; a JPEG that was opened but not yet decoded
    is decoded at an eighth, a quarter or half of its size where that is enough, and the crop is the
    one of the full size.

    Parameters
    ----------
    settings : mapping
        open_clip's ``preprocess_cfg``: size, mean, std, interpolation, resize_mode, fill_color.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        size = settings["size"]
        self._edge = int(size if isinstance(size, int) else max(size))
        square = isinstance(size, int) or len(set(size)) == 1
        self._squash = settings["resize_mode"] == "squash"
        self._filter = _FILTERS.get(settings["interpolation"], Image.Resampling.BICUBIC)
        self._other = None if square and settings["resize_mode"] != "longest" else _transform(settings)
        self._mean = 255 * torch.tensor(settings["mean"]).view(3, 1, 1)
        self._scale = 1 / (255 * torch.tensor(settings["std"]).view(3, 1, 1))

    def __call__(self, pictures: Sequence[Image.Image]) -> torch.Tensor:
        """Return the tower's input; pictures are read here and not changed."""
        if self._other is not None:
            return torch.stack([self._other(picture.convert("RGB")) for picture in pictures])
        crops = np.stack([np.asarray(self._crop(picture)) for picture in pictures])
        return (torch.from_numpy(crops).permute(0, 3, 1, 2) - self._mean) * self._scale

    def _crop(self, picture: Image.Image) -> Image.Image:
        picture = reduced(picture, round(DETAIL * self._edge))
        full = full_size(picture)
        box = (0.0, 0.0, *full) if self._squash else _central(*full, self._edge)
        (across, down), (width, height) = picture.size, full
        # A reduced picture holds one pixel for 2 x 2, 4 x 4 … of the full one; the last may stand for fewer.
        by_x, by_y = -(-width // across), -(-height // down)
        left, top, right, bottom = box
        inside = (left / by_x, top / by_y, min(right / by_x, across), min(bottom / by_y, down))
        return picture.convert("RGB").resize((self._edge, self._edge), self._filter, box=inside)


def full_size(picture: Image.Image) -> tuple[int, int]:
    """Return the size that a picture had before it was decoded at reduced size, else its size."""
    told = picture.info.get(FULL_SIZE)
    if told:
        by = -(-told[0] // picture.width)
        # A crop of the reduced picture has inherited the note.
        if picture.size == tuple(-(-edge // by) for edge in told):
            return int(told[0]), int(told[1])
    return picture.size


def _central(width: int, height: int, edge: int) -> tuple[float, float, float, float]:
    """Return what of the picture remains when its shorter side is scaled to `edge` and the middle is cut out.

    The rounding is torchvision's (``Resize`` with one number, then ``CenterCrop``).
    """
    short, long = sorted((width, height))
    across, down = (edge, int(edge * long / short)) if width <= height else (int(edge * long / short), edge)
    left, top = round((across - edge) / 2), round((down - edge) / 2)
    x, y = width / across, height / down
    return left * x, top * y, (left + edge) * x, (top + edge) * y


def reduced(picture: Image.Image, edge: int) -> Image.Image:
    """Return the picture decoded at reduced size if it is a JPEG file that is open but not yet decoded."""
    if picture.format not in ("JPEG", "MPO") or not getattr(picture, "tile", None):
        return picture
    source = getattr(picture, "filename", "") or getattr(picture, "fp", None)
    if not isinstance(source, (str, bytes, BytesIO)):
        return picture
    # A second look at the file: `draft` changes the picture it is called on, which is the caller's.
    try:
        again = Image.open(BytesIO(source.getbuffer()) if isinstance(source, BytesIO) else source)
        full = again.size
        if full != picture.size:
            return picture
        again.draft(None, (edge, edge))
        again.load()
    except OSError:  # moved, or damaged: what the caller holds decides
        return picture
    again.info = {FULL_SIZE: full}
    return again


def _transform(settings: Mapping[str, Any]) -> Callable[[Image.Image], torch.Tensor]:
    transform = import_open_clip().transform
    made: Callable[[Image.Image], torch.Tensor] = transform.image_transform_v2(
        transform.PreprocessCfg(**settings), is_train=False
    )
    return made
