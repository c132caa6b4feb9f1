"""What sorting documents gives back: trained models, what they say, what a person should look at next."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kgretrieval.classify.base import Reason
from kgretrieval.classify.head import Card
from kgretrieval.types import Skipped

#: What a model looks at: a text, a picture, or an article's text with its first photo.
Takes = Literal["text", "picture", "both"]


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained model: its card, its file and bytes, seconds of training; `applied` where it sorts the collection."""

    card: Card
    file: str
    version: str
    bytes: int
    seconds: float = 0.0
    skipped: tuple[Skipped, ...] = ()
    applied: bool = False


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a model says of one thing.

    Attributes
    ----------
    what : str
        The id of a document, a path, or ``"line 3"`` of the standard input.
    scheme, label : str
        The question and the most probable answer.
    probability : float
        Calibrated.
    sure : bool
        False where the model abstains.
    probabilities : tuple of (str, float)
        All labels, the most probable first.
    model, version : str
        Kind and version of the model.
    title, text, path : str
        What to show of it: a title, the text that was looked at, the picture's file.
    reasons : tuple of Reason
        What in `text` moved the label, the strongest first, where it was asked for.
    region : str
        Where in the picture what moved the label is, in words (``"upper left"``), where it was asked for.
    heat : tuple of tuple of float
        How much each of eight by eight parts of the picture speaks for the label, in nats; the first row is the upper
        edge.
    """

    what: str
    scheme: str
    label: str
    probability: float
    sure: bool
    probabilities: tuple[tuple[str, float], ...]
    model: str
    version: str
    title: str = ""
    text: str = ""
    path: str = ""
    reasons: tuple[Reason, ...] = ()
    region: str = ""
    heat: tuple[tuple[float, ...], ...] = ()


class SortedList(list[Sorted]):
    """What a model says of several things; `skipped` holds the files that could not be read."""

    def __init__(self, found: Iterable[Sorted] = (), skipped: Iterable[Skipped] = ()) -> None:
        super().__init__(found)
        self.skipped = tuple(skipped)


@dataclass(frozen=True, slots=True)
class SortReport:
    """What sorting a collection did: documents looked at, those that were up to date, how many have which label.

    `unsure` counts those of which the model says nothing: it abstains below its level.
    """

    scheme: str
    version: str
    documents: int
    unchanged: int
    seconds: float
    labels: Mapping[str, int] = dataclasses.field(default_factory=dict)
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document that is worth labelling: its id and title, how it begins, and what the model guesses."""

    id: str
    scheme: str
    title: str
    text: str
    path: str = ""
    label: str = ""
    probability: float = 0.0
