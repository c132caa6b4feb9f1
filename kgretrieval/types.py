"""The records that travel from a file to an answer.

Frozen dataclasses without logic beyond validation. Offsets count Unicode code
points in the stored, unmodified text; ends are exclusive. Dates are ISO 8601
strings of any precision (``"2024"``, ``"2024-05"``, ``"2024-05-01"`` or with a
time), ``""`` where unknown: they sort as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

DocumentKind = Literal["article", "picture"]
Field = Literal["title", "text", "caption", "tags"]
Origin = Literal["article", "caption", "tag", "pixels", "ocr"]
EntityType = Literal["person", "organisation", "place", "misc"]

#: In the order in which ties between types are broken.
ENTITY_TYPES: tuple[EntityType, ...] = ("person", "organisation", "place", "misc")


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
    extra: Mapping[str, str] = field(default_factory=dict)


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
    tag_types: Mapping[str, EntityType] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    credit: str = ""
    rights: str = ""
    origin: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

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
    """One field of a document as an extractor sees it."""

    field: Field
    text: str
    language: str = "en"
    tag_types: Mapping[str, EntityType] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a document. `start` and `end` are -1 where it has no place in a text (a given tag)."""

    field: Field
    start: int
    end: int
    text: str
    type: EntityType
    origin: Origin
    extractor: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """What one sentence states: subject, predicate, object, each with its span in the field."""

    field: Field
    start: int
    end: int
    subject: str
    subject_start: int
    subject_end: int
    predicate: str
    object: str
    object_start: int
    object_end: int
    extractor: str
    confidence: float = 1.0
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement stands: the sentence, the document and when and by whom it was published."""

    relation: str
    document: str
    field: Field
    start: int
    end: int
    sentence: str
    title: str
    date: str
    source: str
    extractor: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with everything that supports it. `object_id` is ``""`` for an object that is no entity."""

    id: str
    subject_id: str
    subject: str
    predicate: str
    object_id: str
    object: str
    confidence: float
    negated: bool
    first_seen: str
    last_seen: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place or other named thing, with the names it goes by."""

    id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    articles: int = 0
    pictures: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Snippet:
    """The sentence that matched, and the (start, end) spans in it that did."""

    text: str
    field: Field
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One ranking's share in a hit: at which rank it had it, with which score of its own."""

    ranking: str
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One article or picture that answers a query."""

    rank: int
    id: str
    kind: DocumentKind
    score: float
    title: str
    date: str = ""
    source: str = ""
    language: str = ""
    url: str = ""
    path: str = ""
    credit: str = ""
    snippet: Snippet | None = None
    found_by: tuple[Found, ...] = ()
    pictures: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: the hits, and what the graph knows around them."""

    query: str
    image: str = ""
    hits: tuple[Hit, ...] = ()
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    generation: int = 0
