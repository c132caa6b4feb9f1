"""Texts, pictures and which belong together: what cross-modal retrieval is measured on."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import UsageError
from kgretrieval.evaluate.measures import Integers
from kgretrieval.evaluate.ranking import Right

Places = npt.NDArray[np.integer[Any]]

TEXT_TO_PICTURE, PICTURE_TO_TEXT = "text_to_picture", "picture_to_text"


@dataclass(frozen=True)
class Pairs:
    """Texts and pictures, and which are right for each other.

    Attributes
    ----------
    text_ids, texts : tuple of str
        The texts with their ids.
    picture_ids : tuple of str
    paths : tuple of Path
        The file of each picture.
    right : numpy.ndarray
        ``(m, 2)`` int64: places of a text and a picture that are right for each other, ordered, no pair twice.
    """

    text_ids: tuple[str, ...]
    texts: tuple[str, ...]
    picture_ids: tuple[str, ...]
    paths: tuple[Path, ...]
    right: Integers

    @cached_property
    def groups(self) -> tuple[Integers, Integers]:
        """The group of each text and of each picture: what is joined by right pairs, however far, is one group."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        texts = len(self.texts)
        total = texts + len(self.paths)
        ends = (self.right[:, 0], self.right[:, 1] + texts)
        joined = coo_array((np.ones(len(self.right), np.int8), ends), shape=(total, total))
        groups = connected_components(joined, directed=False)[1].astype(np.int64)
        return groups[:texts], groups[texts:]

    def take(self, pictures: Places, texts: Places) -> Pairs:
        """Return these pictures and texts, by their places, in this order."""
        new_text, new_picture = _places(texts, len(self.texts)), _places(pictures, len(self.paths))
        right = np.stack([new_text[self.right[:, 0]], new_picture[self.right[:, 1]]], axis=1)
        return Pairs(
            tuple(self.text_ids[i] for i in texts),
            tuple(self.texts[i] for i in texts),
            tuple(self.picture_ids[i] for i in pictures),
            tuple(self.paths[i] for i in pictures),
            _ordered(right[(right >= 0).all(axis=1)]),
        )

    def draw(self, count: int, *, seed: int) -> tuple[Integers, Integers]:
        """Return the places of `count` pictures drawn at random and of the texts that are right for one of them."""
        pictures = np.sort(np.random.default_rng(seed).permutation(len(self.paths))[:count])
        return pictures, np.unique(self.right[np.isin(self.right[:, 1], pictures), 0])

    def apart_from(self, gone: Places) -> tuple[Integers, Integers]:
        """Return the places of the other pictures, and of the texts that are not for the pictures `gone` alone."""
        belongs = np.isin(self.right[:, 1], gone)
        orphans = np.setdiff1d(self.right[belongs, 0], self.right[~belongs, 0])
        pictures, texts = (np.arange(len(own), dtype=np.int64) for own in (self.paths, self.texts))
        return np.setdiff1d(pictures, gone), np.setdiff1d(texts, orphans)

    def side(self, direction: str) -> Side:
        """Return who asks and who is asked in a direction; a query without a right answer is left out.

        Raises
        ------
        UsageError
            If no query is left.
        """
        groups = self.groups
        texts = direction == TEXT_TO_PICTURE
        pairs = self.right if texts else _ordered(self.right[:, ::-1])
        asked = np.unique(pairs[:, 0])
        if not len(asked):
            raise UsageError("there is no pair of a text and a picture to measure with")
        starts = np.append(np.searchsorted(pairs[:, 0], asked), len(pairs))
        ids, pool = (self.text_ids, self.picture_ids) if texts else (self.picture_ids, self.text_ids)
        own = np.unique(groups[0 if texts else 1][asked], return_inverse=True)[1]
        return Side(asked, tuple(ids[i] for i in asked), pool, Right(starts, pairs[:, 1].copy()), own)


@dataclass(frozen=True, slots=True)
class Side:
    """One direction: `asked` are the places of the queries among the texts or the pictures."""

    asked: Integers
    query_ids: tuple[str, ...]
    pool_ids: tuple[str, ...]
    right: Right
    groups: Integers

    def judgements(self) -> dict[str, dict[str, int]]:
        """Return what is right for each query in the form of TREC."""
        ends = zip(self.right.starts[:-1].tolist(), self.right.starts[1:].tolist(), strict=True)
        return {
            query: {self.pool_ids[item]: 1 for item in self.right.items[start:end].tolist()}
            for query, (start, end) in zip(self.query_ids, ends, strict=True)
        }


def pair_up(
    text_ids: Sequence[str],
    texts: Sequence[str],
    picture_ids: Sequence[str],
    paths: Sequence[Path],
    given: Iterable[tuple[int, int]],
    *,
    same_bytes: bool = True,
) -> Pairs:
    """Make pairs from what was published together; copies are right where the original is.

    The same text said of two pictures is right for both, and pictures of the same bytes are right for each other's
    texts; white space in a text does not count. All stay in the pool, as often as they were published.

    Parameters
    ----------
    given : iterable of (int, int)
        Places of a text and a picture that were published together.
    same_bytes : bool
        Look for copies among the picture files; not needed where a picture is known by its bytes.
    """
    from scipy.sparse import coo_array

    text_keys = _numbers(" ".join(text.split()) for text in texts)
    picture_keys = _numbers((hash_of(path) for path in paths) if same_bytes else picture_ids)
    ends = np.array(list(given), dtype=np.int64).reshape(-1, 2)
    # Text -> its wording -> the pictures that the wording belongs to -> every copy of them.
    wording, content = _members(text_keys), _members(picture_keys)
    kinds = coo_array(
        (np.ones(len(ends), np.int64), (text_keys[ends[:, 0]], picture_keys[ends[:, 1]])),
        shape=(wording.shape[1], content.shape[1]),
    )
    right = np.stack((wording @ kinds @ content.T).nonzero(), axis=1)
    return Pairs(tuple(text_ids), tuple(texts), tuple(picture_ids), tuple(paths), _ordered(right))


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file, or its path where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return str(path)


def _ordered(pairs: Integers) -> Integers:
    return np.unique(pairs.reshape(-1, 2).astype(np.int64), axis=0)


def _places(chosen: Places, count: int) -> Integers:
    places = np.full(count, -1, dtype=np.int64)
    places[chosen] = np.arange(len(chosen))
    return places


def _numbers(keys: Iterable[Hashable]) -> Integers:
    """Return a number from 0 for each key, the same for equal ones."""
    seen: dict[Hashable, int] = {}
    return np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)


def _members(numbers: Integers) -> Any:
    """Return a sparse ``(n, kinds)`` matrix that says of which kind each of `numbers` is."""
    from scipy.sparse import csr_array

    size = (len(numbers), int(numbers.max(initial=-1)) + 1)
    return csr_array((np.ones(len(numbers), np.int64), (np.arange(len(numbers)), numbers)), shape=size)
