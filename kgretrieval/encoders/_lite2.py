"""EfficientNet-Lite2 as a compact torch module with its batch norms folded into the convolutions.

References
----------
M. Tan and Q. V. Le, "EfficientNet: Rethinking Model Scaling for Convolutional
Neural Networks", ICML 2019. The Lite variants (no squeeze-and-excite, ReLU6)
were published with the TensorFlow TPU models, Apache-2.0.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812

#: Edge in pixels that the weights were trained for.
SIZE = 260
#: Width of the pooled features.
WIDTH = 1280

# (repeats, kernel, stride, expansion, channels out) of each stage, after scaling width by 1.1 and depth by 1.2.
_STAGES = (
    (1, 3, 1, 1, 16),
    (3, 3, 2, 6, 24),
    (3, 5, 2, 6, 48),
    (4, 3, 2, 6, 88),
    (4, 5, 1, 6, 120),
    (5, 5, 2, 6, 208),
    (1, 3, 1, 6, 352),
)
_STEM = 32


class _Conv(nn.Module):
    """A convolution padded as TensorFlow's SAME: where the padding is odd, the far side gets more."""

    def __init__(self, wide_in: int, wide_out: int, *, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__()
        self.kernel, self.stride = kernel, stride
        self.conv = nn.Conv2d(wide_in, wide_out, kernel, stride, groups=groups)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        high, wide = self._pad(x.shape[2]), self._pad(x.shape[3])
        if high % 2 or wide % 2:
            x = F.pad(x, (wide // 2, wide - wide // 2, high // 2, high - high // 2))
            high = wide = 0
        conv = self.conv
        # An even padding is left to the convolution: padding by hand copies the whole picture.
        return F.conv2d(x, conv.weight, conv.bias, conv.stride, (high // 2, wide // 2), groups=conv.groups)

    def _pad(self, edge: int) -> int:
        return max((-(-edge // self.stride) - 1) * self.stride + self.kernel - edge, 0)


class _Block(nn.Module):
    """An inverted bottleneck: widen by 1 x 1, filter each channel, narrow by 1 x 1."""

    def __init__(self, wide_in: int, wide_out: int, *, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        middle = wide_in * expansion
        self.expand = _Conv(wide_in, middle, kernel=1) if expansion > 1 else None
        self.depthwise = _Conv(middle, middle, kernel=kernel, stride=stride, groups=middle)
        self.project = _Conv(middle, wide_out, kernel=1)
        self.residual = stride == 1 and wide_in == wide_out

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        wide = x if self.expand is None else F.relu6(self.expand(x), inplace=True)
        y: torch.Tensor = self.project(F.relu6(self.depthwise(wide), inplace=True))
        return x + y if self.residual else y


class Lite2(nn.Module):
    """Pictures ``(n, 3, 260, 260)``, normalised, to pooled features ``(n, 1280)``, non-negative."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = _Conv(3, _STEM, kernel=3, stride=2)
        blocks, wide_in = [], _STEM
        for repeats, kernel, stride, expansion, wide_out in _STAGES:
            for repeat in range(repeats):
                step = stride if repeat == 0 else 1
                blocks.append(_Block(wide_in, wide_out, kernel=kernel, stride=step, expansion=expansion))
                wide_in = wide_out
        self.blocks = nn.Sequential(*blocks)
        self.head = _Conv(wide_in, WIDTH, kernel=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu6(self.stem(x), inplace=True)
        x = F.relu6(self.head(self.blocks(x)), inplace=True)
        pooled: torch.Tensor = x.mean((2, 3))
        return pooled
