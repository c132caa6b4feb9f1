"""What an encoder is: texts and pictures in, unit vectors out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PIL import Image


@runtime_checkable
class Encoder(Protocol):
    """Texts and pictures in, unit vectors out.

    Attributes
    ----------
    name : str
        What the user writes to choose it, such as ``"mini"`` or
        ``"openclip:ViT-B-32/laion2b_s34b_b79k"``.
    weights_hash : str
        SHA-256 of the weights in hex; a collection remembers it.
    spaces : Mapping[str, int]
        Width of each space: ``"picture"`` always, ``"text"`` where the encoder has
        a space of its own for comparing texts with texts.
    """

    name: str
    weights_hash: str
    spaces: Mapping[str, int]

    def encode_texts(self, texts: Sequence[str], *, space: str = "picture") -> npt.NDArray[np.float32]:
        """Return ``(len(texts), spaces[space])`` float32 rows of unit length.

        A text of which the encoder knows nothing gives a row of zeros.
        """
        ...

    def encode_pictures(self, pictures: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
        """Return ``(len(pictures), spaces["picture"])`` float32 rows of unit length, from RGB pictures."""
        ...

    @property
    def picture_size(self) -> int:
        """Edge in pixels that the encoder needs of a picture's shorter side: larger decoding is wasted."""
        ...
