"""How good classifiers are on labelled texts or pictures, trained by the protocol that the data have."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kgretrieval.classify import MODELS
from kgretrieval.classify import measures as m
from kgretrieval.classify.base import Examples, Floats, Settings
from kgretrieval.classify.head import Head, load_head, softmax
from kgretrieval.errors import ModelError, NotFoundError, UsageError
from kgretrieval.evaluate.classify_report import MEASURES, ClassifyReport, ModelDifference, ModelResult
from kgretrieval.evaluate.label_intervals import intervals
from kgretrieval.evaluate.labelled_data import ALL, read_labelled
from kgretrieval.evaluate.labelled_pictures import holds_pictures, read_labelled_pictures
from kgretrieval.evaluate.resample import Resampling, mean_intervals, randomisation_test
from kgretrieval.types import Progress

Report = Callable[[Progress], None]
#: Parts of a set that says of no row where it belongs.
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class _Trial:
    """What one model said of the items of one part, and what that took."""

    scores: Floats
    head: Head
    training: float
    predicting: float


def evaluate_classify(
    path: str | Path,
    *,
    models: Sequence[str] = ("linear",),
    split: str | None = None,
    text: Sequence[str] = (),
    label: str | None = None,
    strip: bool = False,
    settings: Settings | None = None,
    precision: float = 0.9,
    small: bool = False,
    progress: Report | None = None,
) -> ClassifyReport:
    """Train models on one part of a data set and measure them on another.

    A set with a part "train" is trained on that and measured on "test", or on `split`; one with folds, or without
    parts, by cross-validation, and what is measured are the predictions for all items. A trained model (a file) is
    only measured.

    Parameters
    ----------
    path : str or pathlib.Path
        A file or folder as `kgretrieval.evaluate.labelled_data` reads them, or a folder of pictures with categories
        (``captions.jsonl`` with ``category`` and ``split``).
    models : sequence of str
        Kinds of `kgretrieval.classify.MODELS`, ``"auto"``, or files of trained models; all are measured on the same
        items, and compared with the first.
    text, label : sequence of str, str
        The fields that hold the text and its label.
    strip : bool
        For newsgroup posts: without headers, signatures and quotations.
    settings : Settings, optional
    precision : float
        For which the models choose the probability from which on they are sure.
    small : bool
        Measure each model with 8-bit weights too, beside the full one.
    progress : callable, optional

    Raises
    ------
    NotFoundError
        If the path, a field or the part is not there.
    UsageError
        If there is no such model, or it takes no such items.
    ModelError
        If a file holds no trained model, or one with other labels.
    """
    told = progress or (lambda _: None)
    if not models:
        raise UsageError("no model is named; choose linear, lstm, cnn, transformer, auto, or a file")
    pictures = holds_pictures(Path(path))
    for name in models:
        _check(name, pictures=pictures)
    parts = (
        read_labelled_pictures(Path(path), told)
        if pictures
        else read_labelled(Path(path), text=text, label=label, strip=strip)
    )
    measured = _measured_part(parts, split)
    pairs = _pairs(parts, measured)
    how = settings or Settings()
    results: list[ModelResult] = []
    for place, name in enumerate(models):
        results += _results(name, pairs, how, precision, small=small, pictures=pictures, told=told)
        told(Progress("evaluate", place + 1, len(models)))
    answers = sum(len(test) for _, test in pairs)
    data: dict[str, str | int] = {"path": str(path), "trained_on": len(pairs[0][0]), "measured_on": answers}
    data |= {"split": measured} if measured else {"protocol": f"{len(pairs)} folds"}
    data |= {"stripped": "headers, footers, quotes"} if strip else {}
    return ClassifyReport(data, pairs[0][0].labels, tuple(results), _differences(results, how.seed), how.seed)


def _results(
    name: str,
    pairs: Sequence[tuple[Examples, Examples]],
    settings: Settings,
    precision: float,
    *,
    small: bool,
    pictures: bool,
    told: Report,
) -> Iterator[ModelResult]:
    """Yield what one model reaches over all parts, and what it does with 8-bit weights where that is asked for."""
    full, smaller = [], []
    for fold, (train, test) in enumerate(pairs):
        told(Progress(f"evaluate {Path(name).name}", fold, len(pairs)))
        head, seconds = _head(name, train, test, settings, precision, pictures=pictures, progress=told)
        full.append(_trial(head, test, seconds))
        if small:
            smaller.append(_trial(_in_eight_bits(head), test, seconds))
    labels, answers = pairs[0][0].labels, np.concatenate([test.answers for _, test in pairs])
    yield _result(name, full, labels, answers, settings.seed)
    if smaller:
        yield _result(f"{name}, 8 bits", smaller, labels, answers, settings.seed)


def _check(name: str, *, pictures: bool) -> None:
    if name == "auto" or Path(name).is_file():
        return
    if name not in MODELS:
        raise UsageError(f"there is no model {name!r}; choose from {', '.join(MODELS)}, auto, or name a file")
    takes = MODELS[name].takes
    wanted = "picture" if pictures else "text"
    if takes != wanted:
        fitting = ", ".join(kind for kind, one in MODELS.items() if one.takes == wanted)
        raise UsageError(f"the model {name!r} takes {takes}, these are {wanted}s; choose {fitting}")


def _measured_part(parts: Mapping[str, Examples], split: str | None) -> str:
    """Return the part that is measured, ``""`` for a set that is cross-validated."""
    if "train" not in parts:
        if split is not None:
            raise UsageError(f'the data have no part "train"; they are cross-validated, so leave out --split {split}')
        return ""
    name = split or ("test" if "test" in parts else "dev")
    if name not in parts or name == "train":
        raise NotFoundError(f"the data have no part {name!r} to measure on; they have {', '.join(parts)}")
    return name


def _pairs(parts: Mapping[str, Examples], measured: str) -> list[tuple[Examples, Examples]]:
    """Return what is trained on and what is measured, once for each fold."""
    if measured:
        return [(parts["train"], parts[measured])]
    if list(parts) == [ALL]:
        whole = parts[ALL]
        place = _by_label(whole.answers, _FOLDS)
        return [
            (whole.chosen(np.flatnonzero(place != f)), whole.chosen(np.flatnonzero(place == f))) for f in range(_FOLDS)
        ]
    names = sorted(parts)
    return [(_joined([parts[n] for n in names if n != fold]), parts[fold]) for fold in names]


def _by_label(answers: np.ndarray, folds: int) -> np.ndarray:
    """Return the fold of each item, so that each label is spread evenly."""
    place = np.empty(len(answers), np.int64)
    for one in np.unique(answers):
        rows = np.flatnonzero(answers == one)
        place[rows] = np.random.default_rng(int(one)).permutation(len(rows)) % folds
    return place


def _joined(parts: Sequence[Examples]) -> Examples:
    items = tuple(item for part in parts for item in part.items)
    return Examples(items, np.concatenate([part.answers for part in parts]), parts[0].labels)


def _head(
    name: str,
    train: Examples,
    test: Examples,
    settings: Settings,
    precision: float,
    *,
    pictures: bool,
    progress: Report,
) -> tuple[Head, float]:
    """Return a model trained on these examples, or the one of a file, and the seconds that training took."""
    if Path(name).is_file():
        head = load_head(Path(name))
        if set(head.labels) != set(test.labels):
            raise ModelError(f"{name} has the labels {', '.join(head.labels)}, the data {', '.join(test.labels)}")
        return head, 0.0
    from kgretrieval.classify.training import train_head

    started = time.perf_counter()
    chosen = replace(settings, checkpoint=None)
    encoder = "mini" if pictures else ""
    head = train_head(
        "evaluated", train, model=name, settings=chosen, precision=precision, pictures=encoder, progress=progress
    )
    return head, time.perf_counter() - started


def _in_eight_bits(head: Head) -> Head:
    from kgretrieval.classify.quantise import smaller

    return smaller(head)


def _trial(head: Head, test: Examples, training: float) -> _Trial:
    started = time.perf_counter()
    scores = head.model.scores(test.items)
    order = [head.labels.index(label) for label in test.labels]
    return _Trial(scores[:, order], head, training, time.perf_counter() - started)


def _result(
    name: str, trials: Sequence[_Trial], labels: tuple[str, ...], answers: np.ndarray, seed: int
) -> ModelResult:
    before = np.concatenate([softmax(one.scores) for one in trials])
    after = np.concatenate([softmax(one.scores / np.float32(one.head.card.temperature)) for one in trials])
    sure = np.concatenate([np.full(len(one.scores), one.head.card.level, np.float32) for one in trials]) <= after.max(1)
    predicted = after.argmax(1)
    right = predicted == answers
    values = {
        "accuracy": m.accuracy(predicted, answers),
        "macro_f1": m.macro_f1(predicted, answers, len(labels)),
        "mean_average_precision": m.mean_average_precision(after, answers),
    }
    return ModelResult(
        model=name,
        values=values,
        intervals=dict(zip(MEASURES, intervals(after, answers, seed=seed), strict=True)),
        calibration_error=(
            m.expected_calibration_error(before, answers),
            m.expected_calibration_error(after, answers),
        ),
        sure=float(sure.mean()),
        precision=float(right[sure].mean()) if sure.any() else 0.0,
        seconds=sum(one.training for one in trials),
        rate=len(answers) / max(sum(one.predicting for one in trials), 1e-9),
        bytes=trials[0].head.model.state().bytes,
        by_label=m.per_class(predicted, answers, len(labels)),
        confusion=m.confusion(predicted, answers, len(labels)),
        bins=m.calibration_bins(after, answers),
        probabilities=after,
        answers=answers,
        note=trials[0].head.card.note,
    )


def _differences(results: Sequence[ModelResult], seed: int) -> tuple[ModelDifference, ...]:
    first, *others = results
    found = []
    drawn = Resampling(np.arange(len(first.answers)), seed)
    base = first.probabilities.argmax(1) == first.answers
    for other in others:
        right = other.probabilities.argmax(1) == other.answers
        values = (right.astype(np.float64) - base.astype(np.float64))[:, None]
        low, high = mean_intervals(values, drawn)[0].tolist()
        p = float(randomisation_test(values, drawn)[0])
        found.append(ModelDifference(other.model, float(values.mean()), (low, high), p))
    return tuple(found)
