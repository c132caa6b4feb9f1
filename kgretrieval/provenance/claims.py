"""What each use of a picture says of it: whom and which places its caption names, which dates it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgretrieval.store.picture_rows import NamedHere, PictureUse, named_in, says_of_itself
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.text.names import name_key
from kgretrieval.types import Statement

#: What newspapers write below a picture that does not show the event itself.
_ARCHIVE = re.compile(
    r"\b(?:file (?:photo|picture|image|pic)|file ?-|file:|archiv\w*|archive[ds]?|stock (?:photo|image|picture)|"
    r"symbol(?:ic|foto|bild|image)\w*|illustrati(?:on|ve)|library (?:photo|picture)|undated|handout)\b"
    r"|资料图|档案照|示意图",
    re.IGNORECASE,
)
#: Before and after the name of a photographer or an agency.
_BY = re.compile(
    r"(?:photo(?:graph)?s?|foto|bild|picture|image|courtesy|credit|copyright|via|©|\(c\)|/|摄|图)\W*"
    r"(?:by|of|:|von)?\W*$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\s*(?:/|via|for|,)?\s*(?:AFP|Getty|Reuters|AP\b|dpa|EPA|Shutterstock|Alamy|imago|PA\b|Xinhua|新华社|摄)"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person or a place in a caption, with its sentence; two names are of the same if they share a key."""

    text: str
    keys: frozenset[str]
    sentence: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What one use says of its picture.

    Attributes
    ----------
    persons, places : tuple of Name
        Named in the caption, credits left out.
    around : frozenset of str
        Keys of all persons and places in the caption and in the article.
    dates : tuple of (str, str)
        ISO dates (a day or a month) that the caption gives, each with its sentence.
    archive : bool
        The caption says that the picture does not show the event itself.
    """

    use: PictureUse
    persons: tuple[Name, ...]
    places: tuple[Name, ...]
    around: frozenset[str]
    dates: tuple[tuple[str, str], ...]
    archive: bool

    def statement(self, text: str, names: Iterable[str] = ()) -> Statement:
        """Return a sentence of this use as evidence."""
        use = self.use
        return Statement(use.use, use.picture, use.article, text, use.date, use.source, use.title, tuple(names))

    @property
    def said(self) -> str:
        """What stands below the picture, else the headline."""
        return self.use.caption or self.use.title


def claims_of(store: Store, uses: Sequence[PictureUse]) -> list[Claims]:
    """Return what these uses say, in their order."""
    holders = {use.use for use in uses} | {use.article for use in uses if use.article}
    found: dict[str, list[NamedHere]] = {}
    for row in named_in(store, holders):
        found.setdefault(row.holder, []).append(row)
    return [_claims(use, found) for use in uses]


def _claims(use: PictureUse, found: Mapping[str, list[NamedHere]]) -> Claims:
    caption = [row for row in found.get(use.use, ()) if row.field == "caption"]
    names = [row for row in caption if not is_credit(use.caption, row.start, row.start + len(row.text))]
    everything = [row for holder in (use.use, use.article) for row in found.get(holder, ())]
    return Claims(
        use=use,
        persons=_names(use, names, "person"),
        places=_names(use, names, "place"),
        around=frozenset(key for row in everything if row.type != "date" for key in keys_of(row)),
        dates=tuple((row.value, _sentence(use, row)) for row in caption if row.type == "date" and len(row.value) >= 7),
        archive=says_archive(use.caption),
    )


def _names(use: PictureUse, rows: Iterable[NamedHere], kind: str) -> tuple[Name, ...]:
    names: dict[str, Name] = {}
    for row in rows:
        if row.type == kind and row.start >= 0:
            names.setdefault(row.entity, Name(row.text, keys_of(row), _sentence(use, row)))
    return tuple(names.values())


def keys_of(row: NamedHere) -> frozenset[str]:
    """Return what a name shares with other names of the same: its entity, a person's last name, a place's words."""
    kind = "person" if row.type == "person" else "place"
    words = name_key(row.text, kind).split() or [fold(row.text)]
    chosen = words[-1:] if kind == "person" else [word for word in words if len(word) > 3] or words
    return frozenset({row.entity, *chosen} - {""})


def is_credit(caption: str, start: int, end: int) -> bool:
    """Return whether the name between two offsets of a caption is a photographer's or an agency's."""
    return bool(_BY.search(caption[max(0, start - 30) : start]) or _AGENCY.match(caption[end:]))


def says_archive(caption: str) -> bool:
    """Return whether a caption says that its picture does not show the event itself."""
    return bool(_ARCHIVE.search(caption))


def _sentence(use: PictureUse, row: NamedHere) -> str:
    if row.sentence_start < 0:
        return use.caption
    return use.caption[row.sentence_start : row.sentence_end]


def dates_taken(store: Store, pictures: Iterable[str]) -> dict[str, str]:
    """Return when these pictures were taken by their files, where that is to be believed.

    Clocks that were never set and files that somebody converted say the first day of a year.
    """
    said = says_of_itself(store, pictures)
    return {p: taken[:10] for p, (taken, _) in said.items() if len(taken) >= 10 and credible(taken)}


def credible(taken: str) -> bool:
    """Return whether a file's date can be that of the photograph."""
    return taken[:4] >= "1990" and taken[5:10] != "01-01"
