"""A question for a person: two names with their sentences and what speaks for and against one entity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kgretrieval.types import EntityType

Question = Literal["merge", "split", "check"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that mentions a name, with the article or picture that it stands in."""

    document: str
    title: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class ReviewSide:
    """One of two names: which entity it means now, in how many articles it stands, and some of its sentences."""

    name: str
    entity: str
    type: EntityType
    articles: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A question for a person.

    Attributes
    ----------
    id : str
        ``"v:…"``, the same as long as the question is.
    question : str
        ``"merge"``: these may be one, and are two now. ``"split"``: these may be two, and are two now.
        ``"check"``: these were taken for one with little to spare.
    score : float
        How likely they are one, 0 to 1.
    one, other : ReviewSide
    reasons : tuple of str
    """

    id: str
    question: Question
    score: float
    one: ReviewSide
    other: ReviewSide
    reasons: tuple[str, ...]
