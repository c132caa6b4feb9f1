"""The embedded encoder: works offline, loads in milliseconds for texts, needs torch for pictures only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kgretrieval.encoders._weights import MODELS
from kgretrieval.errors import ModelError, UsageError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PIL import Image

    from kgretrieval.encoders.mini_picture import PictureTower
    from kgretrieval.encoders.mini_text import TextTower

NAME = "mini"


def card() -> dict[str, Any]:
    """Return what stands beside the weights: name, spaces, sizes, SHA-256 of both files and of the two together."""
    try:
        found: dict[str, Any] = json.loads((MODELS / "mini.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"the embedded model is incomplete: {error}; install kgretrieval again") from error
    return found


class Mini:
    """The encoder `mini`: 512-d "picture" for texts and pictures, 384-d "text" for texts among themselves.

    Examples
    --------
    >>> mini = Mini()
    >>> mini.encode_texts(["a dog on the beach"]).shape
    (1, 512)
    """

    name = NAME

    def __init__(self) -> None:
        about = card()
        self.weights_hash: str = about["weights_hash"]
        self.spaces: Mapping[str, int] = about["spaces"]
        self._size: int = about["picture_size"]

    @property
    def picture_size(self) -> int:
        """Edge in pixels of what the picture tower looks at."""
        return self._size

    @cached_property
    def _texts(self) -> TextTower:
        from kgretrieval.encoders.mini_text import TextTower

        return TextTower()

    @cached_property
    def _pictures(self) -> PictureTower:
        from kgretrieval.encoders.mini_picture import PictureTower

        return PictureTower()

    def encode_texts(self, texts: Sequence[str], *, space: str = "picture") -> npt.NDArray[np.float32]:
        """Return ``(len(texts), spaces[space])`` float32 rows of unit length, zeros where nothing is known.

        Raises
        ------
        UsageError
            When there is no such space.
        """
        if space not in self.spaces:
            raise UsageError(f"{self.name} has no space {space!r}; it has: {', '.join(self.spaces)}")
        return self._texts.encode(texts, space=space)

    def known(self, words: Sequence[str]) -> float:
        """Return which share of these words the encoder has a meaning for: the rest it can only spell.

        1.0 for no words.
        """
        known = [self._texts.tokens.knows(word) for word in words]
        return sum(known) / len(known) if known else 1.0

    def encode_pictures(self, pictures: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
        """Return ``(len(pictures), spaces["picture"])`` float32 rows of unit length."""
        return self._pictures.encode(pictures)
