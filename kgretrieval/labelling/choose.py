"""Which model is meant: a trained one, a file, or names of labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kgretrieval.classify.head import Head
from kgretrieval.encoders.base import Encoder
from kgretrieval.errors import UsageError
from kgretrieval.labelling.heads import find_head


def chosen_head(
    location: Path | None,
    model: str,
    labels: Sequence[str],
    encoder: Callable[[], Encoder] | None,
    *,
    pictures: bool = False,
    level: float | None = None,
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
        head = Head(head.model, replace(head.card, name="labels"))
    return head if level is None else Head(head.model, replace(head.card, level=level))
