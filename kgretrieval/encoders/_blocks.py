"""open_clip's transformer blocks, computed faster: products in bfloat16, the residual stream in float32."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812

from kgretrieval.encoders.torchvision_mend import import_open_clip


class Block(nn.Module):
    """What open_clip's ``ResidualAttentionBlock`` computes, from its weights.

    The four matrix products and the attention run in `precision`; sums, LayerNorm's statistics and
    what goes from block to block stay in float32, so that twelve or forty blocks do not add up
    their rounding.

    Parameters
    ----------
    block : open_clip.transformer.ResidualAttentionBlock
    precision : torch.dtype
    """

    def __init__(self, block: Any, precision: torch.dtype) -> None:
        super().__init__()
        attention = block.attn
        self.heads = int(attention.num_heads)
        self.ln_1, self.ln_2, self.ls_1, self.ls_2 = block.ln_1, block.ln_2, block.ls_1, block.ls_2
        self.activation = block.mlp.gelu
        self.precision = precision
        self.qkv = _rounded(attention.in_proj_weight, precision), _rounded(attention.in_proj_bias, precision)
        self.out = _rounded(attention.out_proj.weight, precision), _rounded(attention.out_proj.bias, precision)
        self.up = _rounded(block.mlp.c_fc.weight, precision), _rounded(block.mlp.c_fc.bias, precision)
        self.down = _rounded(block.mlp.c_proj.weight, precision), _rounded(block.mlp.c_proj.bias, precision)

    def get_weight_dtype(self) -> torch.dtype:
        """Return float32: open_clip's towers ask for the kind of number in which they hand tokens over."""
        return torch.float32

    def forward(self, x: torch.Tensor, attn_mask: torch.Tensor | None = None, *, causal: bool = False) -> torch.Tensor:
        """Return the tokens after the block.

        Parameters
        ----------
        x : torch.Tensor
            ``(n, tokens, width)`` float32.
        attn_mask : torch.Tensor, optional
            What is added to the scores, ``(tokens, tokens)`` or ``(n * heads, tokens, tokens)``; or
            which tokens are seen, ``(n, 1, tokens, tokens)`` bool.
        causal : bool
            Each token sees itself and those before it.
        """
        q, k, v = self._heads(F.linear(self._normed(self.ln_1, x), *self.qkv), 3)
        if attn_mask is not None and attn_mask.dtype != torch.bool:
            attn_mask = attn_mask.to(q.dtype)
            attn_mask = attn_mask.view(-1, self.heads, *attn_mask.shape[1:]) if attn_mask.ndim == 3 else attn_mask
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=attn_mask, is_causal=causal)
        return self._rest(x, seen)

    def last(self, x: torch.Tensor, wanted: torch.Tensor, seen: torch.Tensor | None = None) -> torch.Tensor:
        """Return one token of each row after the block; the others' would not be looked at.

        Parameters
        ----------
        x : torch.Tensor
            ``(n, tokens, width)`` float32.
        wanted : torch.Tensor
            ``(n,)`` positions.
        seen : torch.Tensor, optional
            ``(n, tokens)`` bool: which tokens the wanted one sees; all where it is not given.

        Returns
        -------
        torch.Tensor
            ``(n, 1, width)`` float32.
        """
        n, _, width = x.shape
        one = torch.arange(n)
        normed = self._normed(self.ln_1, x)
        weight, bias = self.qkv
        k, v = self._heads(F.linear(normed, weight[width:], bias[width:]), 2)
        (q,) = self._heads(F.linear(normed[one, wanted][:, None], weight[:width], bias[:width]), 1)
        mask = None if seen is None else seen[:, None, None]
        return self._rest(x[one, wanted][:, None], F.scaled_dot_product_attention(q, k, v, attn_mask=mask))

    def _normed(self, norm: Any, x: torch.Tensor) -> torch.Tensor:
        return F.layer_norm(x, norm.normalized_shape, norm.weight, norm.bias, norm.eps).to(self.precision)

    def _heads(self, joined: torch.Tensor, parts: int) -> torch.Tensor:
        n, tokens, width = joined.shape
        return joined.view(n, tokens, parts, self.heads, width // parts // self.heads).permute(2, 0, 3, 1, 4)

    def _rest(self, x: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        x = x + self.ls_1(F.linear(seen.transpose(1, 2).reshape(x.shape), *self.out))
        inner = self.activation(F.linear(self._normed(self.ln_2, x), *self.up))
        rest: torch.Tensor = x + self.ls_2(F.linear(inner, *self.down))
        return rest


def quicken(model: nn.Module, precision: torch.dtype) -> None:
    """Put a `Block` in the place of each of open_clip's plain transformer blocks, one after the other.

    Blocks of other kinds (with scaled or cosine attention, cross-attention) stay as they are.
    """
    plain = import_open_clip().transformer.ResidualAttentionBlock
    for module in list(model.modules()):
        blocks = getattr(module, "resblocks", None)
        if isinstance(blocks, nn.ModuleList):
            for at, block in enumerate(blocks):
                attention: Any = getattr(block, "attn", None)
                if type(block) is plain and attention.batch_first:
                    blocks[at] = Block(block, precision)


def _rounded(weight: torch.Tensor, precision: torch.dtype) -> torch.Tensor:
    return weight.detach().to(precision).contiguous()
