"""Vectors of texts and pictures: made by an encoder as an ingest makes them, or read from a collection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kgretrieval.encoders.base import Encoder
from kgretrieval.errors import NotFoundError, PictureError, UsageError
from kgretrieval.evaluate.pairs import Pairs, Places, pair_up
from kgretrieval.evaluate.ranking import Vectors
from kgretrieval.store.catalog_rows import illustration_pairs
from kgretrieval.store.read import documents
from kgretrieval.store.scan import document_ids, vector_rows
from kgretrieval.store.store import Store
from kgretrieval.types import Progress, Skipped

if TYPE_CHECKING:
    from PIL import Image

#: The space in which texts and pictures are compared.
SPACE = "picture"
#: Encoded together: as an ingest does it, and few enough texts for progress to move.
PICTURES_AT_ONCE, TEXTS_AT_ONCE = 32, 1024

Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of pairs: ``(texts, d)`` and ``(pictures, d)`` float32, rows of unit length or zeros."""

    texts: Vectors
    pictures: Vectors

    def take(self, pictures: Places, texts: Places) -> Embedded:
        """Return the vectors of these pictures and texts."""
        return Embedded(self.texts[texts], self.pictures[pictures])


def embed(encoder: Encoder, pairs: Pairs, *, progress: Report | None = None) -> tuple[Embedded, dict[int, Skipped]]:
    """Encode pictures and texts in the space that they share, as `kg ingest` does.

    Returns
    -------
    Embedded
    dict
        The pictures that could not be read, by their places; their rows are zeros.
    """
    width = encoder.spaces[SPACE]
    pictures, texts = np.zeros((len(pairs.paths), width), np.float32), np.zeros((len(pairs.texts), width), np.float32)
    skipped: dict[int, Skipped] = {}
    for first in range(0, len(texts), TEXTS_AT_ONCE):
        part = slice(first, first + TEXTS_AT_ONCE)
        texts[part] = encoder.encode_texts(pairs.texts[part], space=SPACE)
        _tell(progress, "texts", min(part.stop, len(texts)), len(texts))
    for first in range(0, len(pictures), PICTURES_AT_ONCE):
        places = range(first, min(first + PICTURES_AT_ONCE, len(pictures)))
        read = _open(pairs.paths, places, encoder.picture_size, skipped)
        if read:
            pictures[list(read)] = encoder.encode_pictures(list(read.values()))
        _tell(progress, "pictures", places.stop, len(pictures))
    return Embedded(texts, pictures), skipped


def stored(store: Store) -> tuple[Pairs, Embedded]:
    """Return the articles and pictures of a collection with the vectors that it keeps of titles and pixels.

    An article and a picture that were published together are right for each other, and so are those of articles
    with the same title. What was published without a counterpart stays in the pool.

    Raises
    ------
    UsageError
        If no article has a picture.
    """
    with store.reading():
        rows = {holder: row for row, holder, field, _ in vector_rows(store, SPACE) if field in ("title", "pixels")}
        known = [i for i in document_ids(store) if i in rows]
        articles, pictures = ([i for i in known if i[0] == letter] for letter in "ap")
        place = {i: n for ids in (articles, pictures) for n, i in enumerate(ids)}
        given = [(place[a], place[p]) for a, p in illustration_pairs(store) if a in place and p in place]
        read = documents(store, known)
        vectors = store.vectors[SPACE].rows()
        # The generation is pinned: what an ingest appends meanwhile lies behind these rows.
        of_articles, of_pictures = ([rows[i] for i in ids] for ids in (articles, pictures))
        embedded = Embedded(vectors[of_articles].astype(np.float32), vectors[of_pictures].astype(np.float32))
    if not given:
        raise UsageError(f"no article of {store.location} has a title and a picture: there is nothing to judge by")
    titles = [read[i].title for i in articles]
    paths = [Path(read[i].path) for i in pictures]
    return pair_up(articles, titles, pictures, paths, given, same_bytes=False), embedded


def _open(paths: Sequence[Path], places: range, edge: int, skipped: dict[int, Skipped]) -> dict[int, Image.Image]:
    from kgretrieval.pictures.decode import open_picture

    read = {}
    for place in places:
        try:
            read[place] = open_picture(paths[place], edge=edge)
        except (PictureError, NotFoundError) as error:
            skipped[place] = Skipped(str(paths[place]), str(error))
    return read


def _tell(progress: Report | None, stage: str, done: int, total: int) -> None:
    if progress is not None:
        progress(Progress(stage, done, total))
