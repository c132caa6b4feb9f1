"""Learning curves: how good labels are after 0, 5, 20 and 100 examples of each, and what else helps than more of them.

On ``bbc_news`` and ``ag_news`` beside the repository, for several draws of the examples: the names of the labels alone
(no example), a linear model of words, with the text's vector, with the names as examples too, and
`kgretrieval.classify.self_training.train_with_rest` on the examples and other texts of the training part, without
their labels. Then, for as many examples in all, drawn at random or chosen by `kgretrieval.classify.active`: the linear
model with the text's vector. Accuracy on the test part: BBC's whole one, `TESTED` articles of AG News. The results, and
the curves as a picture beside them, are written after every draw.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, reduce
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import numpy as np

from benchmarks import corpus, harness
from kgretrieval.classify.active import choose
from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.features import Pieces
from kgretrieval.classify.guessed_labels import recipe_of
from kgretrieval.classify.head import softmax
from kgretrieval.classify.linear_fit import Counted, Fitted, fit_rows, train_recipe
from kgretrieval.classify.self_training import train_with_rest
from kgretrieval.classify.splits import digest, joined
from kgretrieval.classify.zero_shot import zero_shot_head
from kgretrieval.evaluate.labelled_data import read_labelled

SETS = ("ag_news", "bbc_news")
#: Examples of each label.
PER_LABEL = (5, 20, 100)
#: Draws of the examples; texts without a label; test articles at most; the pool from which examples are asked for.
SEEDS, REST, TESTED, POOL = 5, 1500, 2000, 2000
#: Labels asked for at once, and by which share of those there are that grows.
BATCH, GROWTH = 10, 0.3

ALONE = "names of labels alone"
#: Accuracies by set, curve and number of examples of each label.
Curves = dict[str, dict[str, dict[int, list[float]]]]


class News:
    """A set: what examples are drawn from, and what is tested on."""

    def __init__(self, name: str, tested: int) -> None:
        parts = read_labelled(corpus.DATA / name)
        self.train = reduce(joined, [part for split, part in sorted(parts.items()) if split != "test"])
        self.labels = self.train.labels
        test = parts["test"]
        order = sorted(range(len(test)), key=lambda i: digest(test.items[i]))[:tested]
        self.test = test.chosen(order)

    def accuracy(self, model: Any) -> float:
        """Return the share of test articles that a model gets right."""
        return float(np.mean(model.scores(self.test.items).argmax(1) == self.test.answers))

    def drawn(self, number: int, seed: int) -> tuple[Examples, list[Item]]:
        """Return so many examples of each label, and other texts without theirs."""
        order = np.random.default_rng(seed).permutation(len(self.train))
        answers = self.train.answers[order]
        chosen = np.concatenate([order[answers == label][:number] for label in range(len(self.labels))])
        rest = [place for place in order.tolist() if place not in set(chosen.tolist())]
        return self.train.chosen(chosen), [self.train.items[place] for place in rest[: 200 if small() else REST]]


def by_examples(news: News, number: int, seed: int) -> Iterator[tuple[str, float]]:
    """Yield the name of each curve and its accuracy."""
    examples, rest = news.drawn(number, seed)
    recipe = recipe_of(examples.items)
    yield "words", news.accuracy(train_recipe(examples, replace(recipe, vectors=0.0), Settings()))
    yield "words and text vector", news.accuracy(train_recipe(examples, recipe, Settings()))
    language = examples.items[0].language
    names = Examples(tuple(Item(label, language) for label in news.labels), np.arange(len(news.labels)), news.labels)
    both = train_recipe(joined(examples, names), recipe, Settings())
    yield "words, text vector, names of labels", news.accuracy(both)
    yield "with texts without a label", news.accuracy(train_with_rest("section", examples, rest).model)


def by_choice(news: News, seed: int, marks: list[int]) -> Iterator[tuple[str, int, float]]:
    """Yield how examples were chosen, how many there are, and the accuracy."""
    random = np.random.default_rng(seed)
    pool = news.train.chosen(random.permutation(len(news.train))[:POOL])
    items = (*pool.items, *news.test.items)
    counted = Counted(items, recipe_of(pool.items))
    assert counted.vectors is not None
    both = joined(pool, news.test)
    here, tests = np.arange(len(pool)), np.arange(len(pool), len(items))

    def learned(labelled: list[int]) -> Fitted:
        # Drawn examples are not spread evenly over the labels.
        settings = Settings(balanced=True)
        return fit_rows(counted, both, np.array(labelled, np.int64), recipe_of(pool.items), settings)

    for how in ("random", "active"):
        labelled: list[int] = []
        random = np.random.default_rng(seed)
        for mark in marks:
            while len(labelled) < mark:
                k = min(max(BATCH, int(GROWTH * len(labelled))), mark - len(labelled))
                if how == "random":
                    labelled += random.choice(np.setdiff1d(here, labelled), k, replace=False).tolist()
                else:
                    likely = softmax(learned(labelled).outputs(counted, here)) if labelled else None
                    labelled += choose(likely, counted.vectors[: len(pool)], k=k, labelled=labelled)
            right = learned(labelled).outputs(counted, tests).argmax(1) == both.answers[tests]
            yield how, mark, float(right.mean())


def small() -> bool:
    return harness.is_small()


def summary(curves: Curves) -> dict[str, Any]:
    """Return mean, deviation and number of draws of each point."""
    return {
        name: {
            curve: {
                str(number): {
                    "accuracy": round(mean(values), 4),
                    "deviation": round(stdev(values), 4) if len(values) > 1 else 0.0,
                    "draws": len(values),
                }
                for number, values in points.items()
            }
            for curve, points in of_set.items()
        }
        for name, of_set in curves.items()
    }


def plot(accuracy: Mapping[str, Any], labels: Mapping[str, int], folder: Path) -> None:
    """Draw what `summary` returns: one column a set, above by the kind of model, below by the choice of examples."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 7.5), layout="constrained")
    axes = figure.subplots(2, len(accuracy), squeeze=False)
    for column, (name, of_set) in enumerate(accuracy.items()):
        for curve, points in of_set.items():
            below = curve in ("random", "active")
            axis = axes[1 if below else 0][column]
            if curve == ALONE:
                axis.axhline(points["0"]["accuracy"], linestyle="--", color="grey", label=f"{curve} (no example)")
                continue
            means, errors = ([point[key] for point in points.values()] for key in ("accuracy", "deviation"))
            told = {"random": "drawn at random", "active": "chosen by kg label"}.get(curve, curve)
            axis.errorbar(list(map(int, points)), means, yerr=errors, marker="o", capsize=3, label=told)
        for row, what in enumerate(("examples of each label", "examples in all")):
            axis = axes[row][column]
            ticks = list(PER_LABEL) if not row else [labels[name] * number for number in PER_LABEL]
            axis.set_xscale("log")
            axis.set_xticks(ticks, [str(tick) for tick in ticks])
            axis.minorticks_off()
            axis.set(title=f"{name}, {labels[name]} labels", xlabel=what, ylabel="accuracy on the test part")
            axis.margins(x=0.08)
            axis.grid(alpha=0.3)
            axis.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2, fontsize=8, frameon=False)
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / "few_labels.svg", metadata={"Date": None})


def main() -> None:
    if not all((corpus.DATA / name).is_dir() for name in SETS):
        sys.exit(f"skipped: {' and '.join(SETS)} are not in {corpus.DATA}")
    # The same texts are cut for every draw and every model.
    cut = Pieces.cut
    remembered = lru_cache(maxsize=None)(cut)
    Pieces.cut = lambda self, *of: (remembered if self.what == "words" else cut)(self, *of)  # type: ignore[method-assign]
    sets = {name: News(name, 200 if small() else TESTED) for name in SETS}
    numbers, draws = ((5,), 1) if small() else (PER_LABEL, SEEDS)
    curves: Curves = {name: defaultdict(lambda: defaultdict(list)) for name in SETS}
    for name, news in sets.items():
        curves[name][ALONE][0].append(news.accuracy(zero_shot_head(news.labels).model))
    begin = time.perf_counter()
    for seed in range(draws):
        for name, news in sets.items():
            for number in numbers:
                for curve, value in by_examples(news, number, seed):
                    curves[name][curve][number].append(value)
                    told = f"{time.perf_counter() - begin:6.0f} s  {name}  {number:3} of each  {value:.4f}  {curve}"
                    print(told, file=sys.stderr, flush=True)
            for how, number, value in by_choice(news, seed, [len(news.labels) * number for number in numbers]):
                curves[name][how][number].append(value)
                told = f"{time.perf_counter() - begin:6.0f} s  {name}  {number:3} in all   {value:.4f}  {how}"
                print(told, file=sys.stderr, flush=True)
        write(curves, sets, time.perf_counter() - begin)


def write(curves: Curves, sets: dict[str, News], seconds: float) -> None:
    """Write what is there so far."""
    accuracy = summary(curves)
    folder = harness.RESULTS / "small" if small() else harness.RESULTS
    plot(accuracy, {name: len(news.labels) for name, news in sets.items()}, folder)
    harness.write(
        "few_labels",
        sets={
            name: {"labels": list(news.labels), "training part": len(news.train), "tested": len(news.test)}
            for name, news in sets.items()
        },
        texts_without_a_label=200 if small() else REST,
        accuracy=accuracy,
        seconds=round(seconds),
    )


if __name__ == "__main__":
    main()
