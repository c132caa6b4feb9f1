"""Which kind of model: each is tried on the same held-out examples, and the simplest that is not worse is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
import numpy.typing as npt

from kgretrieval.classify import trainer
from kgretrieval.classify.base import CrossFit, Examples, Floats, Model, Numbers, Report, Settings
from kgretrieval.errors import UsageError

#: About how long trying may take where no limit is given, in seconds.
SECONDS = 300.0
#: The least of it that is worth beginning another model.
_LEAST = 5.0
_TEXT, _PICTURE = ("linear", "cnn", "lstm", "transformer", "ensemble"), ("picture",)
_BOTH = ("linear", "picture", "late", "early")

Right = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Choice:
    """The kind of model chosen, why, and what is already trained of it: the model, with scores of examples unseen."""

    kind: str
    note: str
    fitted: tuple[Model, Floats] | None = None


def choose(examples: Examples, folds: Numbers, settings: Settings, progress: Report | None = None) -> Choice:
    """Try the models that can take the examples, the simplest first, until the time is spent.

    Every model answers for the examples of fold 0. One that stops by held-out examples stops by those of fold 1, so
    that none has seen what it is judged by. A model takes the place of a simpler one where it is right more often by
    more than a standard error of the difference (the rule of L. Breiman et al., "Classification and Regression
    Trees", 1984).
    """
    limit = settings.seconds or SECONDS
    started = monotonic()
    kinds = candidates(examples)
    if len(kinds) == 1:
        return Choice(kinds[0], "the only model for such examples")
    held = np.flatnonzero(folds == 0)
    answers = examples.answers[held]
    tried: dict[str, Right] = {}
    fitted: dict[str, tuple[Model, Floats]] = {}
    left_out: list[str] = []
    for place, kind in enumerate(kinds):
        left = limit - (monotonic() - started)
        if tried and left < _LEAST:
            left_out = list(kinds[place:])
            break
        share = replace(settings, seconds=max(left, _LEAST) / (len(kinds) - place), checkpoint=None)
        fit = trainer(kind)
        if isinstance(fit, CrossFit):
            fitted[kind] = fit.cross_fit(examples, folds, settings, progress)
            scores = fitted[kind][1][held]
        else:
            train, stop = np.flatnonzero(folds > 1), np.flatnonzero(folds == 1)
            model = fit(examples.chosen(train), examples.chosen(stop), share, progress)
            scores = model.scores(examples.chosen(held).items)
        tried[kind] = scores.argmax(1) == answers
    best = _best(tried)
    return Choice(best, _why(best, tried, left_out, limit), fitted.get(best))


def candidates(examples: Examples) -> tuple[str, ...]:
    """Return the kinds of model that can take all of the examples, the simplest first.

    Raises
    ------
    UsageError
        If some examples have a picture alone and others a text alone.
    """
    if all(item.picture is not None for item in examples.items):
        return _BOTH if any(item.text for item in examples.items) else _PICTURE
    if any(item.picture is not None and not item.text for item in examples.items):
        raise UsageError("some examples are pictures without a text, others texts without a picture: train them apart")
    return _TEXT


def _best(tried: dict[str, Right]) -> str:
    best = next(iter(tried))
    for kind, right in tried.items():
        gain = right.astype(np.float64) - tried[best]
        if gain.mean() > gain.std() / np.sqrt(max(len(gain), 1)):
            best = kind
    return best


def _why(best: str, tried: dict[str, Right], left_out: Sequence[str], limit: float) -> str:
    def figure(kind: str) -> str:
        share = float(tried[kind].mean())
        return f"{kind} {share:.3f} ± {np.sqrt(share * (1 - share) / len(tried[kind])):.3f}"

    others = ", ".join(figure(kind) for kind in tried if kind != best)
    found = f"{figure(best)} over {others}" if others else figure(best)
    missing = f"; no time for {', '.join(left_out)}" if left_out else ""
    return f"{found} on {len(tried[best])} held-out examples, within {limit:.0f} s{missing}"
