"""The two towers of an open_clip model: pixels to rows, tokens to rows, with nothing computed that goes unused."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812

from kgretrieval.encoders._blocks import Block, quicken
from kgretrieval.encoders.torchvision_mend import import_open_clip


class PatchEmbedding(nn.Module):
    """The convolution that cuts a picture into patches, as the one matrix product that it is."""

    def __init__(self, convolution: Any, precision: torch.dtype) -> None:
        super().__init__()
        self.edges = convolution.kernel_size
        self.weight = convolution.weight.detach().flatten(1).to(precision)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return ``(n, width, rows, columns)`` float32 from ``(n, 3, height, width)``."""
        (n, channels, height, width), (down, across) = pixels.shape, self.edges
        rows, columns = height // down, width // across
        patches = pixels[:, :, : rows * down, : columns * across].reshape(n, channels, rows, down, columns, across)
        patches = patches.permute(0, 2, 4, 1, 3, 5).reshape(n, rows * columns, -1).to(self.weight.dtype)
        return F.linear(patches, self.weight).float().transpose(1, 2).reshape(n, -1, rows, columns)


class PictureTower:
    """Pixels to unit rows.

    open_clip's own vision transformer runs through `Block`; of the last block only the class token
    is computed where nothing else is looked at. Every other tower (ResNet, ConvNeXt, SigLIP, EVA …)
    runs as open_clip wrote it, with its products in `precision`.

    Parameters
    ----------
    model : torch.nn.Module
        An open_clip model, already through `quicken`.
    precision : torch.dtype
    """

    def __init__(self, model: Any, precision: torch.dtype) -> None:
        self._model = model
        self._visual: Any = model.visual
        self._half = precision is not torch.float32
        plain = import_open_clip().transformer.VisionTransformer
        self._ours = type(self._visual) is plain and _quick(self._visual.transformer)
        if self._ours:
            self._trim(precision)
        elif self._half:
            _lower(self._visual, precision)

    def __call__(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return ``(n, width)`` float32 rows of unit length from ``(n, 3, height, width)`` float32."""
        if self._ours:
            features = self._pooled(pixels)
        else:
            pixels = pixels.contiguous(memory_format=torch.channels_last)
            with torch.autocast("cpu", torch.bfloat16, enabled=self._half):
                features = self._model.encode_image(pixels)
        return F.normalize(features.float(), dim=-1)

    def _trim(self, precision: torch.dtype) -> None:
        visual = self._visual
        visual.conv1 = PatchEmbedding(visual.conv1, precision)
        one = visual.pool_type == "tok"
        self._class_only = one and visual.attn_pool is None
        if one and visual.attn_pool is not None and visual.attn_pool_contrastive is None:
            # CoCa asks 256 questions of the patches for its captions; the first answer is the vector.
            visual.attn_pool.query = nn.Parameter(visual.attn_pool.query[:1], requires_grad=False)

    def _pooled(self, pixels: torch.Tensor) -> torch.Tensor:
        visual = self._visual
        *blocks, last = visual.transformer.resblocks
        x = visual._embeds(pixels)
        for block in blocks:
            x = block(x)
        x = last.last(x, torch.zeros(len(x), dtype=torch.long)) if self._class_only else last(x)
        pooled: torch.Tensor = visual._pool(x)[0]
        return pooled if visual.proj is None else pooled @ visual.proj


class TextTower:
    """Tokens to unit rows; what follows a text's end token is cut where it cannot be seen.

    In a causal transformer that takes the end token's vector, no token behind the end changes
    anything, so that cutting a batch to its longest text is exact. The same holds for CoCa, whose
    class token sees the text and the first blank behind it. Other kinds of pooling see the blanks
    as they did in training and are not cut.

    Parameters
    ----------
    model : torch.nn.Module
        An open_clip model, already through `quicken`.
    """

    def __init__(self, model: nn.Module) -> None:
        self._model: Any = model
        text: Any = model if hasattr(model, "token_embedding") else getattr(model, "text", None)
        self._text: Any = text
        self._pool = getattr(text, "text_pool_type", None) or getattr(text, "pool_type", "")
        self._end: Any = getattr(text, "text_eos_id", None) or getattr(text, "eos_id", None)
        self._class_token: Any = getattr(text, "cls_emb", None)
        causal = getattr(text, "attn_mask", None) is not None and _quick(getattr(text, "transformer", None))
        pooled = self._class_token is None and self._pool in ("argmax", "eos")
        coca = self._class_token is not None and not text.correct_cls_mask
        self.cuts = causal and (pooled or coca)

    def lengths(self, tokens: torch.Tensor) -> torch.Tensor:
        """Return ``(n,)``: how many tokens of each text can be seen."""
        if not self.cuts:
            return torch.full((len(tokens),), tokens.shape[1])
        if self._class_token is not None:
            # One blank more than the text: open_clip's mask for CoCa lies one place to the right.
            return (tokens.ne(self._text.pad_id).sum(1) + 1).clamp(max=tokens.shape[1])
        ends = tokens if self._pool == "argmax" else tokens.eq(self._end).int()
        return ends.argmax(1) + 1

    def __call__(self, tokens: torch.Tensor) -> torch.Tensor:
        """Return ``(n, width)`` float32 rows of unit length from ``(n, context)`` token ids."""
        if not self.cuts:
            return F.normalize(self._model.encode_text(tokens).float(), dim=-1)
        lengths = self.lengths(tokens)
        cut = tokens[:, : int(lengths.max())]
        x = self._with_class(cut, lengths) if self._class_token is not None else self._last(cut, lengths)
        x = self._text.ln_final(x)[:, 0]
        projection = self._text.text_projection
        if projection is not None:
            x = projection(x) if isinstance(projection, nn.Linear) else x @ projection
        return F.normalize(x, dim=-1)

    def _last(self, tokens: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        *blocks, last = self._text.transformer.resblocks
        x = self._text.token_embedding(tokens) + self._text.positional_embedding[: tokens.shape[1]]
        for block in blocks:
            x = block(x, causal=True)
        token: torch.Tensor = last.last(x, lengths - 1, torch.arange(tokens.shape[1]) < lengths[:, None])
        return token

    def _with_class(self, tokens: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Return CoCa's class token, which stands last and sees what `lengths` counts."""
        text, (n, width) = self._text, tokens.shape
        *blocks, last = text.transformer.resblocks
        x = torch.cat([text.token_embedding(tokens), self._class_token.expand(n, 1, -1)], 1)
        x = x + torch.cat([text.positional_embedding[:width], text.positional_embedding[-1:]])
        full = (tokens != text.pad_id).sum(1) == text.positional_embedding.shape[0] - 1
        seen = torch.cat([torch.arange(width) < lengths[:, None], full[:, None]], 1)
        mask = seen[:, None, None] & torch.ones(width + 1, width + 1, dtype=torch.bool).tril()
        for block in blocks:
            x = block(x, mask)
        token: torch.Tensor = last.last(x, torch.full((n,), width), seen)
        return token


def towers(model: nn.Module, precision: torch.dtype) -> tuple[PictureTower, TextTower]:
    """Return the two towers of an open_clip model; the model is changed and not to be used otherwise."""
    if hasattr(model, "text_decoder"):
        del model.text_decoder  # CoCa's captions
    quicken(model, precision)
    return PictureTower(model, precision), TextTower(model)


def _quick(transformer: Any) -> bool:
    blocks: Any = getattr(transformer, "resblocks", None)
    return bool(blocks) and all(isinstance(block, Block) for block in blocks)


def _lower(tower: nn.Module, precision: torch.dtype) -> None:
    """Round the weights of convolutions and of linear layers; the other layers stay in float32."""
    for module in tower.modules():
        if type(module) in (nn.Linear, nn.Conv2d):
            module.to(precision)
    tower.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
