"""What a source yields, and the stretches of text that come of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from kgretrieval.types.names import EntityType, Field


@dataclass(frozen=True, slots=True)
class Picture:
    """One use of a picture file: the file and what its owner says of it.

    The same file used by two articles is one picture node (its id comes from the
    bytes) with two uses. `key` names the use, stable from run to run.
    """

    path: str
    key: str = ""
    captions: tuple[str, ...] = ()
    date: str = ""
    source: str = ""
    language: str = ""
    credit: str = ""
    rights: str = ""
    tags: tuple[str, ...] = ()
    origin: str = ""
    extra: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its source gives it; `key` is its stable identity (url, or file and record)."""

    key: str
    title: str = ""
    text: str = ""
    url: str = ""
    source: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    tag_types: Mapping[str, EntityType] = dataclasses.field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    credit: str = ""
    rights: str = ""
    origin: str = ""
    extra: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("an Article needs a key")


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something a source could not take in, and why (a reason a person can act on)."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one field of a document: a headline, a caption or a few sentences."""

    document: str
    field: Field
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TextPart:
    """One field of a document as an extractor sees it; `date` is when the document was published (ISO 8601)."""

    field: Field
    text: str
    language: str = "en"
    tag_types: Mapping[str, EntityType] = dataclasses.field(default_factory=dict)
    date: str = ""
