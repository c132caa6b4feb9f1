"""What the mentions and relations of all documents add up to: entities, facts, stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kgretrieval.types.names import EntityType, Field, Modality


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
class Neighbour:
    """An entity next to another one: stated facts between them, sentences and articles that name both."""

    entity: Entity
    facts: int
    co_mentions: int
    articles: int = 0


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
