"""Few labels and many items without one: labels guessed for the rest, kept only where they help on held-out examples.

`kgretrieval.classify.guessed_labels` has the ways to guess. Cross-validation on the labelled examples, in which the
rest is guessed anew without each part that is held out, chooses one of them, or none.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence

from kgretrieval.classify import trainer
from kgretrieval.classify.augment import augmented
from kgretrieval.classify.base import Examples, Floats, Item, Model, Numbers, Report, Settings
from kgretrieval.classify.guessed_labels import Pool, said_of, value_of
from kgretrieval.classify.head import Head
from kgretrieval.classify.linear_fit import train_recipe
from kgretrieval.classify.linear_training import Trainer
from kgretrieval.classify.splits import digest, folds_of
from kgretrieval.classify.training import FOLDS, train_head

#: Items of the rest that are used, at most: those whose digests come first, whatever their order.
MOST = 4000


def train_with_rest(
    name: str,
    examples: Examples,
    rest: Sequence[Item],
    *,
    model: str = "linear",
    settings: Settings | None = None,
    precision: float = 0.9,
    pictures: str = "",
    progress: Report | None = None,
) -> Head:
    """Train a head of texts on labelled examples and, where that helps, on items without a label.

    Parameters
    ----------
    name : str
        The scheme of its labels.
    examples : Examples
        As for `kgretrieval.classify.training.train_head`.
    rest : sequence of Item
        Texts that have no label, in any order; of more than `MOST` some are chosen, always the same. What is
        among the examples too is left out.
    model : str
        ``"linear"``, or another kind that takes texts: it learns from what linear models guess, and from copies of the
        examples with other words (`kgretrieval.classify.augment`), each where that helps. ``"auto"`` is linear.
    settings, precision, pictures, progress
        As for `train_head`.

    Returns
    -------
    Head
        The same as `train_head`'s where the rest does not help, or there is none. `Card.note` says what was done,
        ``Card.settings["rest"]`` of how many items; `Card.examples` counts the given labels alone.

    Raises
    ------
    UsageError
        As `train_head`.

    Notes
    -----
    A way is kept where it makes the held-out answers more probable (calibrated) in cross-validation on the labelled
    examples, however few. The best of four ways looks a little better there than it is.
    """
    kind = "linear" if model == "auto" else model
    used = _chosen(rest, examples)
    fit = (_LinearWithRest(used) if kind == "linear" else _WithRest(kind, used)) if used else None
    head = train_head(
        name,
        examples,
        model=kind,
        settings=settings,
        precision=precision,
        pictures=pictures,
        fit=fit,
        progress=progress,
    )
    if fit is None:
        return head
    note = "; ".join(part for part in (fit.note, head.card.note) if part)
    told = {**head.card.settings, "rest": len(used), "rest_hash": _hash(used)}
    return Head(head.model, dataclasses.replace(head.card, note=note, settings=told))


class _LinearWithRest:
    """Trains linear models; what helps is found by cross-validation."""

    def __init__(self, rest: Sequence[Item]) -> None:
        self.rest = rest
        self.note = ""

    def __call__(
        self, train: Examples, validation: Examples, settings: Settings, progress: Report | None = None
    ) -> Model:
        folds = folds_of(train, min(FOLDS, len(train)), seed=settings.seed)
        return self.cross_fit(train, folds, settings, progress)[0]

    def cross_fit(
        self, examples: Examples, folds: Numbers, settings: Settings, progress: Report | None = None
    ) -> tuple[Model, Floats]:
        """Return a model trained on all examples and the rest, and scores of those that have not seen each example."""
        plain, scores = Trainer().cross_fit(examples, folds, settings, progress)
        pool = Pool(examples, self.rest, settings)
        way, found, self.note = pool.best(folds, scores, progress)
        if way is None:
            return plain, scores
        return train_recipe(pool.taught(way), pool.recipe, settings), found


class _WithRest:
    """Trains models of other kinds on more than the examples, and on them alone; keeps what validates best.

    Linear models guess what the rest is, since they are quick enough to find out how that is done best.
    """

    def __init__(self, kind: str, rest: Sequence[Item]) -> None:
        self.kind = kind
        self.rest = rest
        self.note = ""

    def __call__(
        self, train: Examples, validation: Examples, settings: Settings, progress: Report | None = None
    ) -> Model:
        """Return the best of the models."""
        best = trainer(self.kind)(train, validation, settings, progress)
        plain, said = best.scores(validation.items), []
        value = value_of(plain, validation.answers)
        # A checkpoint holds the state of one training.
        again = dataclasses.replace(settings, checkpoint=None)
        for how, more in self._more(train, settings, progress):
            model = trainer(self.kind)(more, validation, again, progress)
            scores = model.scores(validation.items)
            said.append(said_of(how, scores, plain, validation.answers))
            if value_of(scores, validation.answers) > value:
                best, value = model, value_of(scores, validation.answers)
        self.note = "; ".join(said)
        return best

    def _more(self, train: Examples, settings: Settings, progress: Report | None) -> Iterator[tuple[str, Examples]]:
        """Yield each way to have more examples, and them."""
        folds = folds_of(train, min(FOLDS, len(train)), seed=settings.seed)
        pool = Pool(train, self.rest, settings)
        plain = Trainer().cross_fit(train, folds, settings, progress)[1]
        way, _, _ = pool.best(folds, plain, progress)
        if way is not None:
            yield f"{len(self.rest)} items without a label, by {way},", pool.taught(way)
        yield "copies of the examples with other words", augmented(train, self.rest)


def _chosen(rest: Sequence[Item], examples: Examples) -> list[Item]:
    """Return the items of the rest that are used, in an order that does not depend on how they came."""
    known = {digest(item) for item in examples.items}
    fresh = {key: item for item in rest if (key := digest(item)) not in known and item.text.strip()}
    return [fresh[key] for key in sorted(fresh)[:MOST]]


def _hash(items: Sequence[Item]) -> str:
    return hashlib.sha256(b"".join(digest(item) for item in items)).hexdigest()
