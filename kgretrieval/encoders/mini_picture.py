"""The picture tower of `mini`: EfficientNet-Lite2 and a small network, in torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F  # noqa: N812

from kgretrieval.encoders._lite2 import SIZE, WIDTH, Lite2
from kgretrieval.encoders._pixels import reduced
from kgretrieval.encoders._processor import on_each_core, precision
from kgretrieval.encoders._weights import MODELS, WeightFile

#: Pictures in one pass: more gains nothing on a CPU and costs memory.
BATCH = 8
#: Grey and range of the pixels with which EfficientNet-Lite was trained.
GREY, RANGE = 127.0, 128.0


class _Head(nn.Module):
    """Pooled features to the picture space: a linear map plus a network of one hidden layer, normalised."""

    def __init__(self, *, hidden: int, wide: int) -> None:
        super().__init__()
        self.mean, self.std = nn.Parameter(torch.empty(WIDTH)), nn.Parameter(torch.empty(WIDTH))
        self.straight = nn.Linear(WIDTH, wide)
        self.hidden = nn.Linear(WIDTH, hidden)
        self.out = nn.Linear(hidden, wide, bias=False)
        self.norm = nn.LayerNorm(wide)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = (torch.log1p(x) - self.mean) / self.std
        x = self.straight(x) + self.out(F.gelu(self.hidden(x), approximate="tanh"))
        return F.normalize(self.norm(x))


class PictureTower:
    """RGB pictures to unit vectors in the space "picture" (512).

    Parameters
    ----------
    path : Path, optional
        The weight file; by default the one of the package.
    """

    def __init__(self, path: Path = MODELS / "mini-picture.safetensors") -> None:
        weights = {name: torch.from_numpy(value) for name, value in WeightFile(path).tensors().items()}
        weights = {name: _channels_last(value) for name, value in weights.items()}
        hidden, wide = weights["head.hidden.bias"].shape[0], weights["head.straight.bias"].shape[0]
        with torch.device("meta"):
            tower = nn.ModuleDict({"body": Lite2(), "head": _Head(hidden=hidden, wide=wide)})
        tower.load_state_dict(weights, assign=True)
        self._wide = wide
        self._tower = tower.eval().requires_grad_(False)
        self._precision = precision()
        self._tower["body"].to(self._precision)

    def encode(self, pictures: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
        """Return ``(n, 512)`` unit rows, each the mean of what the picture and its mirror image give."""
        batches = [pictures[at : at + BATCH] for at in range(0, len(pictures), BATCH)]
        return np.concatenate([np.zeros((0, self._wide), np.float32), *on_each_core(self._rows, batches)])

    def _rows(self, pictures: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
        with torch.inference_mode():
            batch = pixels(pictures)
            rows: npt.NDArray[np.float32] = F.normalize(self._vectors(batch) + self._vectors(batch.flip(3))).numpy()
        return rows

    def _vectors(self, batch: torch.Tensor) -> torch.Tensor:
        features = self._tower["body"](batch.to(self._precision)).float()
        vectors: torch.Tensor = self._tower["head"](features)
        return vectors


def _channels_last(weight: torch.Tensor) -> torch.Tensor:
    """Return a convolution's weights in the order that is faster on CPUs."""
    return weight.contiguous(memory_format=torch.channels_last) if weight.ndim == 4 else weight


def pixels(pictures: Sequence[Image.Image]) -> torch.Tensor:
    """Return the network's input: pictures squeezed to squares, since cropping loses what stands at the edge."""
    squares = [
        reduced(picture, SIZE).convert("RGB").resize((SIZE, SIZE), Image.Resampling.BICUBIC) for picture in pictures
    ]
    stacked = torch.from_numpy(np.stack([np.asarray(square) for square in squares]))
    return (stacked.permute(0, 3, 1, 2).float() - GREY) / RANGE
