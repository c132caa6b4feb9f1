"""Pictures that are decoded when they are looked at, so that decoding overlaps with what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import overload

from PIL import Image

from kgretrieval.pictures.decode import open_picture


class LazyPictures(Sequence[Image.Image]):
    """Picture files as a sequence of upright RGB pictures; a part of it is decoded no earlier than the whole.

    An encoder that takes batch after batch, each in its thread, so decodes one while it computes
    another, and holds no more pictures than it works on.

    Parameters
    ----------
    paths : sequence of path
    edge : int
        As for `open_picture`, which also says what is raised.
    """

    def __init__(self, paths: Sequence[str | Path], *, edge: int) -> None:
        self._paths, self._edge = paths, edge

    def __len__(self) -> int:
        return len(self._paths)

    @overload
    def __getitem__(self, at: int) -> Image.Image: ...
    @overload
    def __getitem__(self, at: slice) -> LazyPictures: ...
    def __getitem__(self, at: int | slice) -> Image.Image | LazyPictures:
        if isinstance(at, slice):
            return LazyPictures(self._paths[at], edge=self._edge)
        return open_picture(self._paths[at], edge=self._edge)
