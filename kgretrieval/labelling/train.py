"""Train a model on gathered examples and put it where it is found again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.classify import MODELS
from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.head import Head, load_head
from kgretrieval.classify.splits import data_hash
from kgretrieval.errors import KgError, UsageError
from kgretrieval.labelling.gather import Gathered, examples_of
from kgretrieval.labelling.heads import ENDING, checked_name, folder_of, head_file
from kgretrieval.labelling.records import Takes, Trained
from kgretrieval.store.label_rows import heads_applied
from kgretrieval.store.lock import WriteLock
from kgretrieval.store.store import Store
from kgretrieval.types import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHECKPOINT = ".checkpoint"


def train_model(
    name: str,
    gathered: Gathered,
    file: Path,
    *,
    chosen: Sequence[str] = (),
    model: str = "auto",
    settings: Settings | None = None,
    precision: float = 0.9,
    pictures: str = "",
    small: bool = False,
    shared: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Trained:
    """Train a model and write it to one file, whole or not at all.

    A training that was stopped goes on where it was: models that are trained in passes keep a checkpoint beside the
    file, named for the data and the settings, which goes when the training ends.

    Parameters
    ----------
    name : str
        The scheme of its labels.
    gathered : Gathered
        What to train on.
    file : Path
        Where it is written.
    chosen : sequence of str
        Labels to train on; by default all.
    model : str
        Its kind, or ``"auto"``.
    settings : Settings, optional
    precision : float
        The share of right answers among those it is to be sure of.
    pictures : str
        The encoder that made the pictures' vectors.
    small : bool
        Whether to keep the weights in 8 bits.
    shared : bool
        Whether others may want to train into the same folder: then one after the other.
    progress : callable, optional

    Raises
    ------
    UsageError
        If there are too few examples, or the model does not take what they are.
    LockedError
        If another process trains into the same folder.
    """
    checked_name(name)
    kind = fitting_model(model, gathered.takes)
    examples = examples_of(gathered.pairs, chosen=chosen)
    started = time.perf_counter()
    asked = settings or Settings()
    with _alone(file.parent) if shared else nullcontext():
        checkpoint = file.with_name(f"{file.name.removesuffix(ENDING)}.{_digest(examples, kind, asked)}{_CHECKPOINT}")
        how = {
            "model": kind,
            "settings": replace(asked, checkpoint=checkpoint),
            "precision": precision,
            "pictures": "" if gathered.takes == "text" else pictures,
            "progress": progress,
        }
        head = _trained(name, examples, gathered.rest, how)
        if small:
            head = _smaller(head)
        head.save(file)
        for left in file.parent.glob(f"{file.name.removesuffix(ENDING)}.*{_CHECKPOINT}*"):
            left.unlink(missing_ok=True)
    return replace(told(head, file), seconds=time.perf_counter() - started, skipped=gathered.skipped)


def told(head: Head, file: Path) -> Trained:
    """Return what there is to say of a trained model in a file."""
    return Trained(head.card, str(file), head.version, file.stat().st_size)


def trained_models(store: Store) -> list[Trained]:
    """Return the trained models of a collection, by name; a file that cannot be read is left out."""
    found = []
    applied = heads_applied(store)
    for file in sorted(folder_of(store.location).glob(f"*{ENDING}")):
        try:
            found.append(replace(told(load_head(file), file), applied=file.name.removesuffix(ENDING) in applied))
        except KgError:
            continue
    return found


def wanted_takes(model: str) -> Takes | None:
    """Return what a model of this kind looks at, None where that depends on the examples.

    Raises
    ------
    UsageError
        If there is no such model.
    """
    if model == "auto":
        return None
    if model not in MODELS:
        raise UsageError(f"there is no model {model!r}; choose from {', '.join(MODELS)}, or auto")
    found: Takes = MODELS[model].takes  # type: ignore[assignment]
    return found


def fitting_model(model: str, takes: Takes) -> str:
    """Return the kind of model to train on such items.

    Raises
    ------
    UsageError
        If the one wanted does not take them.
    """
    wanted = wanted_takes(model)
    if wanted is None:
        return model
    if wanted != takes:
        fit = ", ".join(kind for kind, about in MODELS.items() if about.takes == takes)
        shown = {"text": "texts", "picture": "pictures", "both": "texts with pictures"}
        raise UsageError(f"{model} takes {shown[wanted]}, but the examples are {shown[takes]}; choose {fit}")
    return model


def new_file(location: Path, name: str) -> Path:
    """Return where the model of a collection is to be written, its folder made."""
    file = head_file(location, checked_name(name))
    file.parent.mkdir(exist_ok=True)
    return file


def _trained(name: str, examples: Examples, rest: Sequence[Item], how: dict[str, Any]) -> Head:
    if rest:
        from kgretrieval.classify.self_training import train_with_rest

        return train_with_rest(name, examples, rest, **how)
    from kgretrieval.classify.training import train_head

    return train_head(name, examples, **how)


def _smaller(head: Head) -> Head:
    from kgretrieval.classify.quantise import smaller

    return smaller(head)


def _digest(examples: Examples, kind: str, settings: Settings) -> str:
    asked = repr((kind, replace(settings, checkpoint=None)))
    return hashlib.sha256(f"{asked}{data_hash(examples)}".encode()).hexdigest()[:8]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else train into this folder meanwhile; reading and ingesting go on."""
    lock = WriteLock(folder)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()
