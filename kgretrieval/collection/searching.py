"""Searching an open collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.collection.handle import Handle
from kgretrieval.present.notebook import Answer, show_answer

if TYPE_CHECKING:
    from PIL import Image


class Searching(Handle):
    """What `Collection` finds."""

    def search(self, query: str = "", *, image: str | Path | Image.Image | None = None, **asked: Any) -> Answer:
        """Find articles and pictures by words, by a picture, or by both.

        Parameters
        ----------
        query : str
            Words; names that the graph knows are looked up in it. ``"climate change"`` in quotes must occur so,
            ``-word`` leaves out, ``word^2`` counts twice, ``word*`` is the beginning of words.
        image : path-like or PIL.Image.Image, optional
            A picture to search with.
        **asked
            What the answer is to hold:

            - ``kind`` ("article" or "picture"); ``k`` (10), how many hits at most; ``exclude``, texts to leave out;
            - ``since``, ``until`` (ISO dates of any precision), ``source``, ``language``, ``topic`` (a given tag
              or a label), ``sentiment``, ``labels`` ("section=sport"), ``mentions`` (names or ids, all of which a hit
              mentions), ``towards`` (how it sounds towards these names), ``has_picture``;
            - ``as_of``: hits, names and facts as they could have been known at the end of a day;
            - ``min_score``: the lowest probability of a hit, 0 to show everything;
            - ``fold`` (True): near copies as one hit; ``diverse``: one hit a story first;
            - ``facets``: counts by source, time, language, labels and names; ``explain``: why each hit is one.

        Returns
        -------
        Answer
            Hits, and the entities and facts around them.

        Raises
        ------
        UsageError
            If there is neither a query nor a picture, or a filter makes no sense.
        NotFoundError
            If there is no file `image`, or nobody is called as in ``mentions``.
        PictureError
            If `image` is no picture.
        """
        return show_answer(self._search().search(query, image=image, **asked))

    def search_many(self, queries: Iterable[str], **asked: Any) -> Iterator[Answer]:
        """Answer many queries over one and the same state of the collection; asked for as in `search`."""
        return map(show_answer, self._search().search_many(queries, **asked))

    def like(self, identifier: str, **asked: Any) -> Answer:
        """Find what is like an article, a picture, an entity or a fact.

        Parameters
        ----------
        identifier : str
            Its id (any unambiguous prefix).
        **asked
            As in `search`; for entities and facts ``k`` and ``as_of``.

        Returns
        -------
        Answer
            Hits without the document itself; or entities; or facts that share a subject, an object or a predicate.

        Raises
        ------
        NotFoundError
            If there is nothing with this id.
        UsageError
            If nothing can be like it, or a filter makes no sense.
        """
        return show_answer(self._search().like(identifier, **asked))
