"""Training and sorting with files alone: no collection is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from kgretrieval import encoders
from kgretrieval.classify.base import Settings
from kgretrieval.encoders.base import Encoder
from kgretrieval.errors import UsageError
from kgretrieval.labelling.choose import chosen_head
from kgretrieval.labelling.gather import from_file
from kgretrieval.labelling.records import SortedList, Trained
from kgretrieval.labelling.sort import sort_targets, sort_texts
from kgretrieval.labelling.train import train_model, wanted_takes
from kgretrieval.types import Progress


def train_file(
    name: str,
    source: Path,
    file: Path,
    *,
    choose: Sequence[str] = (),
    text: str = "",
    label: str = "",
    model: str = "auto",
    precision: float = 0.9,
    small: bool = False,
    progress: Callable[[Progress], None] | None = None,
    **settings: Any,
) -> Trained:
    """Train a model of a table or of a folder, without a collection, into one file; as `Collection.train`."""
    if not file.parent.is_dir():
        raise UsageError(f"there is no folder {file.parent} to write {file.name} into; make it first")
    found = from_file(source, None, _mini, text=text, label=label, takes=wanted_takes(model))
    return train_model(
        name,
        found,
        file,
        chosen=choose,
        model=model,
        settings=Settings(**settings),
        precision=precision,
        pictures=encoders.DEFAULT,
        small=small,
        progress=progress,
    )


def classify_alone(
    *targets: str | Path,
    texts: Iterable[str] | None = None,
    model: str = "",
    labels: Sequence[str] = (),
    name: str = "",
    pictures: bool = False,
    explain: bool = False,
    level: float | None = None,
) -> SortedList:
    """Say what files, folders or texts are by the model of a file or by names of labels; as `Collection.classify`."""
    head = chosen_head(None, model, labels, None, pictures=pictures, level=level, name=name)
    if texts is not None:
        return SortedList(sort_texts(head, texts, explain=explain))
    load = (lambda: encoders.load(head.card.pictures)) if head.card.pictures else _mini
    return SortedList(*sort_targets(head, targets, None, load, explain=explain))


def _mini() -> Encoder:
    return encoders.load(encoders.DEFAULT)
