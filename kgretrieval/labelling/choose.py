"""Which model is meant: a trained one, a file, or names of labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kgretrieval.classify.head import Head, load_head
from kgretrieval.encoders.base import Encoder
from kgretrieval.errors import UsageError
from kgretrieval.labelling.heads import checked_name, find_head, head_file

#: What labels are called that somebody only wanted to try.
UNNAMED = "labels"


def chosen_head(
    location: Path | None,
    model: str,
    labels: Sequence[str],
    encoder: Callable[[], Encoder] | None,
    *,
    pictures: bool = False,
    level: float | None = None,
    name: str = "",
) -> Head:
    """Return the model that a user means.

    Parameters
    ----------
    location : Path, optional
        The collection.
    model : str
        The name of a trained model of the collection, or a file.
    labels : sequence of str
        Names of labels, instead.
    encoder : callable, optional
        Loads the encoder that reads the names.
    pictures : bool
        Whether the names are to sort pictures.
    level : float, optional
        The probability from which on it is to be sure.
    name : str
        What labels without a model are called.

    Raises
    ------
    UsageError
        If both or none are named, or the level is no probability.
    NotFoundError, ModelError
        If there is no such model.
    """
    if bool(model) == bool(labels):
        both = "a model and names of labels" if model else "neither a model nor names of labels"
        raise UsageError(f"{both} given; say what to sort by with --model NAME, or with --labels 'sport,politics'")
    if level is not None and not 0 <= level <= 1:
        raise UsageError(f"a level of {level} is no probability; give 0 to 1")
    if model:
        head = find_head(location, model)
    else:
        from kgretrieval.classify.zero_shot import zero_shot_head

        head = zero_shot_head(labels, encoder=encoder() if encoder else None, pictures=pictures)
        head = Head(head.model, replace(head.card, name=checked_name(name) if name else UNNAMED))
    return head if level is None else Head(head.model, replace(head.card, level=level))


def adopt(location: Path, head: Head, *, instead: bool) -> None:
    """Make a model one of the collection, so that it sorts what comes in later.

    Parameters
    ----------
    location : Path
    head : Head
    instead : bool
        Whether it may stand in place of another one of its name.

    Raises
    ------
    UsageError
        If it bears no name yet, or one that is taken.
    """
    name = head.card.name
    if name == UNNAMED:
        raise UsageError("say what these labels are called in the collection: --as NAME, such as --as section")
    file = head_file(location, checked_name(name))
    if file.is_file():
        if load_head(file).version == head.version:
            return
        if not instead:
            raise UsageError(f"the collection has another model {name!r}; kg train {name} --forget removes it")
    file.parent.mkdir(exist_ok=True)
    head.save(file)
