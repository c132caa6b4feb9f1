"""The trained part of EfficientNet-Lite2: the blocks from `CUT` on, fast forward and backward on CPUs.

The 1 x 1 convolutions are matrix products in bfloat16 and are trained; the depthwise kernels stay as they
were published, since the gradient of their weights takes longer than everything else together.
"""

from concurrent.futures import ThreadPoolExecutor

import torch
from features import CUT
from torch import nn
from torch.nn import functional as F  # noqa: N812

#: Pictures that one thread takes at once.
CHUNK = 32


class Depthwise(torch.autograd.Function):
    """A depthwise convolution with a gradient for its input alone."""

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        ctx.weight, ctx.stride, ctx.padding, ctx.edge = weight, stride, padding, x.shape[2]
        return F.conv2d(x, weight, bias, stride, padding, groups=len(weight))

    @staticmethod
    def backward(ctx, grad):
        kernel = ctx.weight.shape[-1]
        if ctx.stride > 1:  # zeros between the rows: then it is a plain convolution, which is fast
            n, channels, high, wide = grad.shape
            edge = ctx.edge + 2 * ctx.padding - kernel + 1
            spread = grad.new_zeros(n, edge, edge, channels).permute(0, 3, 1, 2)
            spread[:, :, : high * ctx.stride : ctx.stride, : wide * ctx.stride : ctx.stride] = grad
            grad = spread
        weight = ctx.weight.flip(2, 3).contiguous(memory_format=torch.channels_last)
        return F.conv2d(grad, weight, None, 1, kernel - 1 - ctx.padding, groups=len(weight)), None, None, None, None


def matrix(layer, x):
    """A 1 x 1 convolution of ``(n, high, wide, channels)``."""
    return F.linear(x, layer.conv.weight.flatten(1).to(x.dtype), layer.conv.bias.to(x.dtype))


class Deep(nn.Module):
    """Activations ``(n, 17, 17, 88)`` to pooled features ``(n, 1280)``."""

    def __init__(self, net, *, first=CUT, drop_path=0.1):
        super().__init__()
        self.blocks, self.head = net.blocks[CUT:], net.head
        self.frozen, self.drop_path = first - CUT, drop_path
        for block in self.blocks[: self.frozen]:
            block.requires_grad_(False)
        for block in self.blocks:
            block.depthwise.requires_grad_(False)
        self.trained = [p for p in self.parameters() if p.requires_grad]

    def forward(self, x):
        for number, block in enumerate(self.blocks):
            y = self.filtered(block.depthwise, F.relu6(matrix(block.expand, x)))
            y = matrix(block.project, F.relu6(y))
            if block.residual and self.training and number >= self.frozen:
                keep = 1 - self.drop_path * (number + 1) / len(self.blocks)
                y = y * (torch.rand(len(y), 1, 1, 1) < keep).to(y.dtype) / keep
            x = x + y if block.residual else y
        return F.relu6(matrix(self.head, x)).float().mean((1, 2))

    @staticmethod
    def filtered(layer, x):
        x = x.permute(0, 3, 1, 2)
        pad = layer._pad(x.shape[2])
        if pad % 2:
            x, pad = F.pad(x, (pad // 2, pad - pad // 2, pad // 2, pad - pad // 2)), 0
        weight = layer.conv.weight.to(x.dtype).contiguous(memory_format=torch.channels_last)
        return Depthwise.apply(x, weight, layer.conv.bias.to(x.dtype), layer.stride, pad // 2).permute(0, 2, 3, 1)


class Engine:
    """Runs `Deep` on chunks, one a thread; keeps the graphs of a batch until its gradient is known."""

    def __init__(self, deep, threads=2):
        self.deep = deep
        self.pool = ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,))

    def forward(self, chunks, *, grad):
        """Pooled features of `chunks` (functions that load activations), and what `backward` needs."""

        def run(load):
            with torch.set_grad_enabled(grad):
                return self.deep(load().to(torch.bfloat16))

        outs = list(self.pool.map(run, chunks))
        return torch.cat([out.detach() for out in outs]), outs

    def backward(self, outs, grad):
        """Leave in the parameters of `deep` the gradient, given the one of the pooled features."""
        parts = grad.split([len(out) for out in outs])
        found = list(
            self.pool.map(
                lambda pair: torch.autograd.grad(pair[0], self.deep.trained, pair[1]), zip(outs, parts, strict=True)
            )
        )
        for parameter, grads in zip(self.deep.trained, zip(*found, strict=True), strict=True):
            parameter.grad = torch.stack(grads).sum(0)
