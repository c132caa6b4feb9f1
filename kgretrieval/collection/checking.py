"""Checking pictures and captions of an open collection."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kgretrieval.collection.handle import Handle
from kgretrieval.present.notebook import CaptionCheck, PictureCheck, show_caption_check, show_check

if TYPE_CHECKING:
    from PIL import Image


class Checking(Handle):
    """What `Collection` checks before it is printed."""

    def where_used(self, picture: str | Path | Image.Image) -> PictureCheck:
        """Return where a picture and near copies of it were used, the earliest use first, and in what they disagree.

        Parameters
        ----------
        picture : str, path-like or PIL.Image.Image
            The id of a picture, a file, or a picture opened in Python; the collection need not hold it.

        Raises
        ------
        NotFoundError
            If there is no such picture and no such file.
        PictureError
            If a file is no picture.
        """
        from kgretrieval.provenance.check import check_picture

        return show_check(check_picture(self._open_reader(), picture, self._own_encoder))

    def check_caption(
        self, picture: str | Path, caption: str | None = None, *, date: str = "", language: str = ""
    ) -> CaptionCheck:
        """Return a caption, claim by claim, beside what else is known of its picture.

        Parameters
        ----------
        picture : str or path-like
            A file, which the collection need not hold, or the id of a picture, of a use or of an article (its first
            picture).
        caption : str, optional
            Its words; by default those that are stored.
        date : str
            When it is published (ISO 8601), by default the date that is stored.
        language : str
            Of the caption, by default as stored or as its words look.

        Raises
        ------
        NotFoundError
            If there is no such picture and no such file.
        UsageError
            If there is no caption to check.
        PictureError
            If a file is no picture.
        """
        from kgretrieval.provenance.caption_check import check_caption

        store = self._open_reader()
        found = check_caption(store, picture, self._own_encoder, caption=caption, date=date, language=language)
        return show_caption_check(found)
