"""The records that travel from a file to an answer.

Frozen dataclasses without logic beyond validation. Offsets count Unicode code
points in the stored, unmodified text; ends are exclusive. Dates are ISO 8601
strings of any precision (``"2024"``, ``"2024-05"``, ``"2024-05-01"`` or with a
time), ``""`` where unknown: they sort as text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["article", "picture"]
Field = Literal["title", "text", "caption", "tags"]
Origin = Literal["article", "caption", "tag", "pixels", "ocr"]
#: "product" is a product or a creative work; "misc" any other name (nationalities, languages, laws).
EntityType = Literal["person", "organisation", "place", "event", "product", "misc", "date", "quantity"]

#: In the order in which ties between types are broken.
ENTITY_TYPES: tuple[EntityType, ...] = ("person", "organisation", "place", "event", "product", "misc")
#: Types of mentions that state a value and are no entity: their `Mention.value` is what they mean.
VALUE_TYPES: tuple[EntityType, ...] = ("date", "quantity")

#: How a sentence puts what it states. Only "asserted" is put as a fact: "possible" is hedged or planned ("may",
#: "expected to", "if"), "alleged" is somebody's claim that the writer does not share ("allegedly", "accused of"),
#: "denied" is rejected by somebody ("denies", "rejected claims that").
Modality = Literal["asserted", "possible", "alleged", "denied"]


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


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a value in a document. `start` and `end` are -1 where it has no place in a text (a given tag).

    `value` is what a date or a quantity means, in a form that a machine reads: an ISO 8601 date of any precision or
    an interval of two joined by ``"/"``; a number and its unit with a space between them (``"2500000 USD"``,
    ``"12 %"``, ``"40 km"``). ``""`` for names and for what could not be resolved.
    """

    field: Field
    start: int
    end: int
    text: str
    type: EntityType
    origin: Origin
    extractor: str
    confidence: float = 1.0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A pronoun or a short form ("he", "the company") and the name in the same document that it stands for.

    The antecedent is a span that some extractor of names marks; it may stand in another field.
    """

    field: Field
    start: int
    end: int
    text: str
    antecedent_field: Field
    antecedent_start: int
    antecedent_end: int
    extractor: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Role:
    """One argument of a frame: PropBank's label ("ARG0", "ARGM-TMP"), its span and where its head word starts."""

    label: str
    start: int
    end: int
    head: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Who did what to whom, when and where: a predicate in a sentence (`start`, `end`) with its semantic roles.

    `lemma` is the base form of the predicate, which stands from `predicate_start` to `predicate_end`.
    """

    field: Field
    start: int
    end: int
    lemma: str
    predicate_start: int
    predicate_end: int
    roles: tuple[Role, ...]
    extractor: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """What one sentence (`start`, `end`) states: subject, predicate, object, with their spans in the field.

    `subject_head` and `object_head` are the offsets at which the head words start: "France" in
    "the president of France" is not what the phrase is about, "president" is. A relation belongs to
    the entity whose mention, or whose reference (`Reference`), covers the head.

    A typed relation has a predicate of a closed list (`kgretrieval.extractors.PREDICATES`) such as "founded"; that of
    an open one is in the words of the sentence. `attributed_to` is who says so ("the police"), with the offset of its
    head word in the field (-1: nobody); `predicate_start` is where its main word stands (-1: not known). When and
    where it happened is found out later, from dates and frames beside it.
    """

    field: Field
    start: int
    end: int
    subject: str
    subject_start: int
    subject_end: int
    subject_head: int
    predicate: str
    object: str
    object_start: int
    object_end: int
    object_head: int
    extractor: str
    confidence: float = 1.0
    negated: bool = False
    modality: Modality = "asserted"
    typed: bool = False
    attributed_to: str = ""
    attributed_head: int = -1
    predicate_start: int = -1


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement stands: the sentence, the document and when and by whom it was published.

    `attributed_to` is who says so; `time` (as in `Mention.value`) and `place` are when and where it happened, as far as
    the sentence says.
    """

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
    attributed_to: str = ""
    time: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with everything that supports it. `object_id` is ``""`` for an object that is no entity.

    Statements that differ in `negated` or `modality` are different facts: a denial never counts as support.
    `sources` counts publishers, `independent` articles of which near copies (wire copy) count once; `time` is the
    earliest stated one; `disputed_by` holds the ids of the facts that contradict this one. `confirmed` is true only
    where a person said so.
    """

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
    modality: Modality = "asserted"
    typed: bool = False
    sources: int = 0
    independent: int = 0
    time: str = ""
    disputed_by: tuple[str, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place or other named thing, with the names it goes by.

    `confirmed` is true where a person accepted or made it so; `wikidata` is its id there ("Q567"), if it was given.
    """

    id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    articles: int = 0
    pictures: int = 0
    mentions: int = 0
    confirmed: bool = False
    wikidata: str = ""


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
class Hit:
    """One article or picture that answers a query.

    `score` orders the hits of one answer and means nothing else; `probability` (0 to 1) is how likely the hit is
    relevant, None where the encoder has no calibrated scores or nothing was searched for. `reason` says why a picture
    hangs on an entity, ``""`` in the answer to a search. `photo` is the file of an article's
    first picture. `alike` holds the ids of near copies that are not shown
    themselves, `story` the id of the story it belongs to, `explanation` is there where it was asked for.
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
class Story:
    """Articles about one event. `first` is the id of the first report; `spread` counts articles by day."""

    id: str
    label: str
    articles: tuple[str, ...]
    pictures: tuple[str, ...] = ()
    first: str = ""
    first_date: str = ""
    last_date: str = ""
    sources: tuple[tuple[str, int], ...] = ()
    entities: tuple[Entity, ...] = ()
    spread: tuple[tuple[str, int], ...] = ()


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


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entity next to another one: stated facts between them, sentences and articles that name both."""

    entity: Entity
    facts: int
    co_mentions: int
    articles: int = 0


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
class Step:
    """One step of a path between two entities, with the sentence that makes it.

    `kind` is ``"fact"`` (stated), ``"co_mention"`` (one sentence names both) or ``"article"`` (one
    article mentions both).
    """

    source: Entity
    target: Entity
    kind: Literal["fact", "co_mention", "article"]
    predicate: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Document:
    """An article or a picture as the collection holds it."""

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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is; `total` is 0 while it is not known."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did. `stages` maps a stage of the work to its seconds."""

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    pictures: int = 0
    skipped: tuple[Skipped, ...] = ()
    seconds: float = 0.0
    stages: Mapping[str, float] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnnotateReport:
    """What running extractors again did: documents read, documents that were up to date."""

    documents: int
    unchanged: int
    seconds: float
    stages: Mapping[str, float] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CompactReport:
    """What compacting did: rows of deleted vectors left out, bytes of vectors and indexes before and after."""

    rows: int
    bytes_before: int
    bytes_after: int
    seconds: float
    stages: Mapping[str, float] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an ingest would do, by a look at the sources: items, seconds on this machine, bytes on disk."""

    articles: int
    pictures: int
    unchanged: int
    seconds: float
    bytes: int
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """An encoder that can be used here and now, or what is missing."""

    name: str
    kind: str
    state: str
    bytes: int = 0
    spaces: Mapping[str, int] = dataclasses.field(default_factory=dict)
    licence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stats:
    """A collection in figures. `graph_hash` is the same whenever the same input was taken in."""

    path: str
    generation: int
    counts: Mapping[str, int]
    encoder: str
    weights_hash: str
    spaces: Mapping[str, int]
    index: Mapping[str, Mapping[str, str | int | float]]
    languages: Mapping[str, int]
    sources: Mapping[str, int]
    first_date: str
    last_date: str
    bytes: Mapping[str, int]
    graph_hash: str
