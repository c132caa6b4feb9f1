"""Parts of words in short texts: half a number plate, a stretch of a banner, words that were read as one."""

from __future__ import annotations

from kgretrieval.text.clean import fold


def letters(text: str) -> str:
    """Return nothing but the letters and digits of a text, without case and accents.

    Examples
    --------
    >>> letters("B-MW 1234, Größe")
    'bmw1234grosse'
    """
    return "".join(char for char in fold(text) if char.isalnum())


def find(text: str, wanted: str) -> tuple[int, int] | None:
    """Return the (start, end) of the first stretch of a text with these letters, None where there is none.

    Parameters
    ----------
    text : str
    wanted : str
        Of `letters`.

    Examples
    --------
    >>> find("Car: B-MW 1234", letters("mw 12"))
    (7, 12)
    """
    parts = [letters(char) for char in text]
    joined = "".join(parts)
    at = joined.find(wanted) if wanted else -1
    if at < 0:
        return None
    places = [place for place, part in enumerate(parts) for _ in part]
    return places[at], places[at + len(wanted) - 1] + 1


def stretches(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return the (start, end) of every stretch of a text with these letters; they do not overlap."""
    found: list[tuple[int, int]] = []
    offset = 0
    while (span := find(text[offset:], wanted)) is not None:
        found.append((span[0] + offset, span[1] + offset))
        offset = found[-1][1]
    return found
