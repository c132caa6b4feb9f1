"""What is to be checked: a caption with its picture, given or stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.store.ids import looks_like_id
from kgretrieval.store.picture_rows import PictureUse, picture_uses
from kgretrieval.store.read import documents, full_id
from kgretrieval.store.store import Store
from kgretrieval.store.stored_texts import stored_texts
from kgretrieval.text.language import guess_language


@dataclass(frozen=True, slots=True)
class Captioned:
    """A caption to check: `use` is None for a given one; `title` is the headline that it stands with.

    `from_file` says that it was taken from the picture's file.
    """

    caption: str
    title: str = ""
    date: str = ""
    language: str = "en"
    use: PictureUse | None = None
    from_file: bool = False


def picture_meant(store: Store, wanted: str) -> tuple[str, PictureUse | None]:
    """Return the picture that an id stands for (or the path as it is), and the use where the id names one.

    An article stands for its first picture.

    Raises
    ------
    NotFoundError
        If nothing has the id, or an article has no picture.
    UsageError
        If the id is of another kind.
    """
    if not looks_like_id(wanted) or Path(wanted).exists():
        return wanted, None
    own = full_id(store, wanted)
    if own.startswith("p:"):
        return own, None
    if own.startswith("u:"):
        (bundle,) = stored_texts(store, [own])
        picture = bundle.uses[0].picture
        return picture, next(use for use in picture_uses(store, [picture]) if use.use == own)
    if not own.startswith("a:"):
        raise UsageError(f"{own} is no picture; give a file, or the id of a picture, a use or an article")
    pictures = documents(store, [own])[own].pictures
    if not pictures:
        raise NotFoundError(f"the article {own} has no picture; give one with --caption and the file of the picture")
    return pictures[0], next(use for use in picture_uses(store, pictures[:1]) if use.article == own)


def caption_meant(
    uses: Sequence[PictureUse], chosen: PictureUse | None, own_words: str, given: str | None, date: str, language: str
) -> Captioned:
    """Return the caption to check: the given one, that of the use, of the latest use, or what the file says.

    Parameters
    ----------
    uses : sequence of PictureUse
        Of this very file, the earliest first.
    chosen : PictureUse, optional
        The use that was asked for.
    own_words : str
        The caption in the picture's file.
    given : str, optional
        The caption that was asked for.
    date, language : str
        When it is published and in what language, ``""`` to take what is stored or looks likely.

    Raises
    ------
    UsageError
        If there is none.
    """
    if given is not None:
        if not given.strip():
            raise UsageError("the caption is empty; give its words with --caption")
        use = chosen
        title = use.title if use else ""
        found = Captioned(given.strip(), title, use.published or use.date if use else "")
    else:
        worded = [use for use in ([chosen] if chosen else uses) if use.caption or use.title]
        use = max(worded, key=lambda one: (bool(one.caption), one.date, one.use), default=None)
        if use is not None:
            found = Captioned(use.caption, use.title, use.published or use.date, use.language, use)
        elif own_words:
            found = Captioned(own_words, from_file=True)
        else:
            raise UsageError("no caption is known for this picture; give one with --caption")
    spoken = language or (found.language if use is not None and given is None else "")
    return replace(found, date=date or found.date, language=spoken or guess_language(found.caption or found.title))
