"""What is asked of the facts of a collection, as records: lists of facts, timelines, matches of a pattern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kgretrieval.types import Entity, Evidence, Fact, Hit, Modality, Story


@dataclass(frozen=True, slots=True)
class FactList:
    """Facts that fit what was asked, the best supported first.

    Attributes
    ----------
    facts : tuple of Fact
        Each is followed by those that dispute it, also by such as would not fit themselves.
    total : int
        How many fit.
    entity : Entity or None
        Of whom facts were asked for.
    as_of : str
        The day of which this is the state, ``""`` for now.
    """

    facts: tuple[Fact, ...]
    total: int
    entity: Entity | None = None
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to an entity: a fact, or a frame (who did what to whom).

    Attributes
    ----------
    time : str
        When it happened, as in `Mention.value`; where no sentence says, when it was first published.
    stated : bool
        Whether the sentence says so.
    roles : Mapping
        Of a frame the words of each semantic role, by PropBank's label; empty for a fact.
    evidence : tuple of Evidence
        One a source: of near copies of an article the first.
    fact : str
        The id of the fact, ``""`` for a frame.
    """

    time: str
    stated: bool
    kind: Literal["fact", "frame"]
    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]
    fact: str = ""
    negated: bool = False
    modality: Modality = "asserted"
    roles: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened to an entity, the earliest first; what nobody dates comes last."""

    entity: Entity
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a variable stands for; `id` is ``""`` for words that are no entity."""

    name: str
    id: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One way in which a pattern fits: what each variable stands for, and a fact for each of its edges, in order."""

    bindings: Mapping[str, Bound]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class MatchList:
    """The best supported matches of a pattern, and how many there are in all."""

    pattern: str
    matches: tuple[Match, ...]
    total: int


@dataclass(frozen=True, slots=True)
class StoryList:
    """Stories that fit what was asked; `total` is how many do."""

    stories: tuple[Story, ...]
    total: int


@dataclass(frozen=True, slots=True)
class StoryCard:
    """Everything about a story: its articles, the earliest first, and its pictures as they come in them."""

    story: Story
    articles: tuple[Hit, ...] = ()
    pictures: tuple[Hit, ...] = ()
