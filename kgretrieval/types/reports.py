"""How a long job goes, what it did, and a collection in figures."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from kgretrieval.types.records import Skipped


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is; `total` is 0 while it is not known."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did. `stages` maps a stage of the work to its seconds.

    `with_text` counts the pictures in which text was found, of those in which it was looked for.
    """

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    pictures: int = 0
    skipped: tuple[Skipped, ...] = ()
    seconds: float = 0.0
    stages: Mapping[str, float] = dataclasses.field(default_factory=dict)
    with_text: int = 0


@dataclass(frozen=True, slots=True)
class AnnotateReport:
    """What running extractors again did: documents read, documents that were up to date.

    Where the text in pictures was read too, `pictures` counts those in which it was looked for, `with_text` those in
    which it was found; `skipped` has those that could not be read.
    """

    documents: int
    unchanged: int
    seconds: float
    stages: Mapping[str, float] = dataclasses.field(default_factory=dict)
    pictures: int = 0
    with_text: int = 0
    skipped: tuple[Skipped, ...] = ()


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
    """A collection in figures. `graph_hash` is the same whenever the same input was taken in.

    `labels` counts, by scheme, the documents that a person or a model that is sure sorted under each label.
    """

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
    labels: Mapping[str, Mapping[str, int]] = dataclasses.field(default_factory=dict)
