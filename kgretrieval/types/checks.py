"""Where a picture was used, and in what its uses disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Appearance:
    """One use of a picture or of a near copy of it.

    `how` says what was found: "same file", "near copy" (the whole picture: another size, encoding, brightness, with a
    caption or a frame), "cropped" (a part of it, or it is a part of this), "flipped" (its mirror image); `likeness`
    (0 to 1) is how much of what both show is the same. `use` is the id of the use, `taken` when the file says that it
    was taken; `persons` and `places` are those that the caption names.
    """

    picture: str
    how: Literal["same file", "near copy", "flipped", "cropped"]
    likeness: float
    path: str = ""
    caption: str = ""
    article: str = ""
    title: str = ""
    date: str = ""
    source: str = ""
    story: str = ""
    url: str = ""
    places: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    use: str = ""
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one use of a picture says: a sentence of its caption or its headline, and the `names` in it that count."""

    use: str
    picture: str
    article: str
    text: str
    date: str = ""
    source: str = ""
    title: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """In what uses of a picture disagree: in words, and what each of them says."""

    kind: Literal["date", "place", "person"]
    words: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class PictureCheck:
    """Where a picture was used, the earliest use first, and in what these uses disagree.

    `picture` is its id, ``""`` where the collection does not hold this very file; `path` is the file.
    """

    picture: str
    appearances: tuple[Appearance, ...] = ()
    first_seen: str = ""
    warnings: tuple[Disagreement, ...] = ()
    path: str = ""
    taken: str = ""
