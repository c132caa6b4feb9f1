"""Where else was this picture: every use of it and of its near copies, and in what these uses disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kgretrieval.index.near_copies import Copy, near_copies
from kgretrieval.index.snapshot import open_snapshot
from kgretrieval.provenance.asked import Asked, asked_for
from kgretrieval.provenance.claims import Claims, claims_of, credible, dates_taken
from kgretrieval.provenance.contexts import disagreements
from kgretrieval.store.picture_rows import picture_uses
from kgretrieval.store.store import Store
from kgretrieval.store.story_rows import stories_of
from kgretrieval.types import Appearance, PictureCheck

if TYPE_CHECKING:
    from PIL import Image

    from kgretrieval.encoders.base import Encoder


def check_picture(store: Store, picture: str | Path | Image.Image, encoder: Callable[[], Encoder]) -> PictureCheck:
    """Return where a picture and its near copies were used, and in what these uses disagree.

    Parameters
    ----------
    store : Store
        The collection, open for reading or writing.
    picture : str, pathlib.Path or PIL.Image.Image
        The id of a picture, a file, or a picture opened in Python; the collection need not hold it.
    encoder : callable
        Loads the collection's encoder; called for a picture that the collection does not hold.

    Raises
    ------
    NotFoundError
        If there is no such picture and no such file.
    UsageError
        If an id is the start of several.
    PictureError
        If a file is no picture.
    """
    with store.reading():
        snapshot = open_snapshot(store)
        asked = asked_for(store, snapshot.catalog, picture, encoder)
        found = {copy.picture: copy for copy in near_copies(store, snapshot, asked.look)}
        claims = claims_of(store, picture_uses(store, found))
        taken = dates_taken(store, found)
        stories = stories_of(store, {one.use.article for one in claims if one.use.article})
    return _check(asked, claims, found, taken, stories)


def _check(
    asked: Asked,
    claims: Sequence[Claims],
    found: Mapping[str, Copy],
    taken: Mapping[str, str],
    stories: Mapping[str, str],
) -> PictureCheck:
    appearances = tuple(_appearance(one, found[one.use.picture], taken, stories) for one in claims)
    return PictureCheck(
        picture=asked.look.id,
        appearances=appearances,
        first_seen=next((one.date for one in appearances if one.date), ""),
        warnings=disagreements(claims, taken, stories),
        path=asked.path,
        taken=asked.taken if credible(asked.taken) else "",
    )


def _appearance(one: Claims, copy: Copy, taken: Mapping[str, str], stories: Mapping[str, str]) -> Appearance:
    use = one.use
    return Appearance(
        picture=use.picture,
        how=copy.how,
        likeness=copy.likeness,
        path=use.path,
        caption=use.caption,
        article=use.article,
        title=use.title,
        date=use.date,
        source=use.source,
        story=stories.get(use.article, ""),
        url=use.url,
        places=tuple(name.text for name in one.places),
        persons=tuple(name.text for name in one.persons),
        use=use.use,
        taken=taken.get(use.picture, ""),
    )
