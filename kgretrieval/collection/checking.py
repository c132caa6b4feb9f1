"""Checking pictures and captions of an open collection."""

from __future__ import annotations

from pathlib import Path

from kgretrieval.collection.handle import Handle
from kgretrieval.present.notebook import CaptionCheck, show_caption_check


class Checking(Handle):
    """What `Collection` checks before it is printed."""

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
