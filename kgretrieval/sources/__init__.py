"""Readers: files and folders in, articles and pictures out, with a list of what was skipped and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kgretrieval.errors import NotFoundError
from kgretrieval.sources.options import ReadOptions

if TYPE_CHECKING:
    from kgretrieval.types import Article, Picture, Skipped

__all__ = ["ReadOptions", "read"]

_DEFAULT = ReadOptions()


def read(paths: Sequence[str | Path], *, options: ReadOptions = _DEFAULT) -> Iterator[Article | Picture | Skipped]:
    """Read files and folders one record at a time.

    Data files come first, then pages and texts, then the pictures that none of them has named;
    each in the order of their paths, so that the same input gives the same records. What cannot
    be taken in comes as a `Skipped` in its place and stops nothing.

    Parameters
    ----------
    paths : sequence of path
        JSONL, JSON, CSV, TSV (also .gz, .bz2, .xz), HTML, Markdown, text, pictures, or folders of them.
    options : ReadOptions
        What the sources do not say themselves.

    Raises
    ------
    NotFoundError
        A path or the folder of pictures does not exist. Raised by the call, before the first record.
    UnreadableError
        A file that was named is of no kind that can be read. Raised by the call.
    """
    if options.images is not None and not options.images.is_dir():
        raise NotFoundError(f"there is no folder of pictures {options.images}")
    # The readers import Pillow and, for pages, trafilatura; who only needs the options must not wait for them.
    from kgretrieval.sources.folders import gather, records

    return records(gather([paths] if isinstance(paths, (str, Path)) else paths, recursive=options.recursive), options)
