"""What is found, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kgretrieval.types.annotations import Label, PictureText
from kgretrieval.types.knowledge import Entity, Fact, Neighbour
from kgretrieval.types.names import DocumentKind, Field


@dataclass(frozen=True, slots=True)
class Snippet:
    """The sentence that matched, and the (start, end) spans in it that did."""

    text: str
    field: Field
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One ranking's share in a hit: at which rank it had it, with which score of its own.

    `share` is what that adds to `Hit.score`; the shares of a hit add up to it.
    """

    ranking: str
    rank: int
    score: float
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class MatchedTerm:
    """A word of the query that a hit holds: as asked, as it stands in the text, and its part of the BM25 score."""

    asked: str
    found: str
    score: float


@dataclass(frozen=True, slots=True)
class MatchedEntity:
    """An entity that ties a hit to the query: the query names it, or it stands near one that the query names."""

    id: str
    name: str
    why: Literal["named", "near"]
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A node on a way through the graph, and the kind of edge that leads to it from the one before.

    `edge` is "mentions", "shows", "illustrates", "fact" or "co_mention"; ``""`` for the first node.
    """

    id: str
    name: str
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a hit is one, beside `Hit.found_by`: words, entities, and the way to it through the graph.

    `path` leads from an entity that the query names to the hit.
    """

    terms: tuple[MatchedTerm, ...] = ()
    entities: tuple[MatchedEntity, ...] = ()
    path: tuple[Waypoint, ...] = ()


@dataclass(frozen=True, slots=True)
class HitLabel:
    """What a hit is sorted under: the question ("topic"), the answer ("sport"), and how probable it is."""

    scheme: str
    value: str
    probability: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One article or picture that answers a query.

    `score` orders the hits of one answer and means nothing else; `probability` (0 to 1) is how likely the hit is
    relevant, None where the encoder has no calibrated scores or nothing was searched for. `reason` says why a picture
    hangs on an entity, ``""`` in the answer to a search. `photo` is the file of an article's
    first picture. `alike` holds the ids of near copies that are not shown
    themselves, `story` the id of the story it belongs to, `labels` what it is sorted under (what people said, or models
    are sure of), `explanation` is there where it was asked for.
    """

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
    probability: float | None = None
    reason: str = ""
    photo: str = ""
    alike: tuple[str, ...] = ()
    story: str = ""
    labels: tuple[HitLabel, ...] = ()
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """A stretch of the query and the entity it was taken for.

    `how` is "exact" (its name), "alias" (another name of it) or "fuzzy" (a near spelling: `name` is the correction).
    """

    text: str
    entity: str
    name: str
    how: Literal["exact", "alias", "fuzzy"] = "exact"


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a query was read.

    `looks_like` is what the picture model was asked: the query with names softened to what they look like ("a woman
    at a podium"). `weights` holds (text, weight) of parts that count more or less than once.
    """

    names: tuple[Linked, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    looks_like: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of all hits have each value of one property ("source", "year", "person" …), the most frequent first."""

    name: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: the hits, and what the graph knows around them.

    `like` is the id of what the hits are to be like, where that was asked for; `as_of` the day up to whose end
    everything in the answer was known.
    """

    query: str
    image: str = ""
    hits: tuple[Hit, ...] = ()
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    generation: int = 0
    understood: Understanding | None = None
    facets: tuple[Facet, ...] = ()
    like: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class EntityCard:
    """Everything the collection knows of one entity."""

    entity: Entity
    facts: tuple[Fact, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    articles: tuple[Hit, ...] = ()
    pictures: tuple[Hit, ...] = ()
    others: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An article or a picture as the collection holds it; `labels` are those of the whole and of names in it.

    `reading` is the text that was read in a picture, None where no engine looked at it.
    """

    id: str
    kind: DocumentKind
    title: str = ""
    text: str = ""
    captions: tuple[str, ...] = ()
    url: str = ""
    path: str = ""
    source: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    credit: str = ""
    rights: str = ""
    origin: str = ""
    sha256: str = ""
    width: int = 0
    height: int = 0
    phash: int = 0
    pictures: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    reading: PictureText | None = None
