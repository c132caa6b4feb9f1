"""Training of the nets: one loop for all of them.

Every kind is trained with AdamW (I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019)
under one cycle of the learning rate (L. N. Smith and N. Topin, "Super-Convergence", 2019). What is judged on the
validation examples after each pass, and kept where it is the best so far, is the running mean of the weights (P.
Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization", UAI 2018).
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from kgretrieval.classify.base import Examples, Fit, Floats, Report, Settings
from kgretrieval.classify.nets import checkpoint, cnn, lstm, transformer
from kgretrieval.classify.nets.batches import Batch, Numbered, Words, batches, numbered
from kgretrieval.classify.nets.model import Build, Net, WordTable
from kgretrieval.classify.nets.network import NOTHING, UNKNOWN, Classifier, Embedding
from kgretrieval.classify.nets.vectors import Vectors, open_vectors
from kgretrieval.errors import UsageError
from kgretrieval.types import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Recipe:
    """How a kind of net is built and trained; found on the development parts of public sets."""

    build: Build
    sizes: Mapping[str, int]
    epochs: int = 4
    batch: int = 64
    rate: float = 4e-3
    decay: float = 0.01
    mapped: int = 150
    learned: int = 20
    rare: int = 2
    dropout: tuple[float, float] = (0.3, 0.5)
    word_dropout: float = 0.05
    smoothing: float = 0.05
    average: float = 0.99


RECIPES = {
    "lstm": Recipe(lstm.Lstm, lstm.SIZES),
    "cnn": Recipe(cnn.Cnn, cnn.SIZES),
    "transformer": Recipe(transformer.Transformer, transformer.SIZES, rate=2e-3),
}
#: Passes without a better result on the validation examples after which training stops.
PATIENCE = 3
_WARM_UP = 0.25
_SMALLEST, _STEPS, _MOST_PASSES = 4, 500, 30
#: Validation examples from which on the share of right answers is what is judged.
_MANY = 200


def fit(kind: str) -> Fit:
    """Return the function that trains nets of a kind."""

    def train(train: Examples, validation: Examples, settings: Settings, progress: Report | None = None) -> Net:
        return train_net(kind, train, validation, settings, progress)

    return train


def train_net(
    kind: str,
    train: Examples,
    validation: Examples,
    settings: Settings,
    progress: Report | None = None,
    *,
    recipe: Recipe | None = None,
) -> Net:
    """Train a net on one core: the same examples, settings and machine give the same net.

    Parameters
    ----------
    kind : str
        ``"lstm"``, ``"cnn"`` or ``"transformer"``.
    train, validation : Examples
        With the same labels.
    settings : Settings
        With `Settings.seconds` the number of passes depends on how quick the machine is; without, it does not.
    progress : callable, optional
        Told after every pass.
    recipe : Recipe, optional
        Another way to build and train than that of the kind.

    Raises
    ------
    UsageError
        If there are no examples, or the checkpoint is that of another training.
    """
    if not len(train) or not len(validation):
        raise UsageError(f"a net needs examples to learn from and to stop by; {len(train)} and {len(validation)} given")
    recipe = recipe or RECIPES[kind]
    vectors = open_vectors(settings.vectors)
    words, (learned, held) = numbered((train, validation), vectors, recipe.rare)
    with _one_core(settings.seed):
        job = _Training(recipe, settings, words, learned, len(train.labels))
        done = checkpoint.signature(kind, train, validation, settings) if settings.checkpoint else ""
        job.resume(checkpoint.load(settings.checkpoint, done))
        while job.goes_on():
            job.run_pass()
            job.judge(held)
            if settings.checkpoint:
                checkpoint.save(settings.checkpoint, done, job.state())
            if progress:
                progress(Progress(f"training {kind}", job.passes, job.planned))
        if settings.checkpoint:
            settings.checkpoint.unlink(missing_ok=True)
        return job.net(kind, train.labels, vectors)


class _Training:
    """A net on its way: its weights, their running mean, the best of those so far."""

    def __init__(self, recipe: Recipe, settings: Settings, words: Words, train: Numbered, labels: int) -> None:
        self.recipe, self.settings, self.words, self.train = recipe, settings, words, train
        mapped = recipe.mapped if words.given.shape[1] else 0
        embedding = Embedding(words.given, words.places, (mapped, recipe.learned if mapped else 5 * recipe.learned))
        net = recipe.build(mapped + embedding.learned.embedding_dim, recipe.sizes)
        self.model = torch.nn.ModuleList([embedding, Classifier(net, labels, recipe.dropout)])
        self.mean = {name: tensor.detach().clone() for name, tensor in self.model.state_dict().items()}
        self.best: dict[str, Tensor] = {}
        self.measures: list[tuple[float, float]] = []
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
        # Few examples: smaller batches and more passes, else there are too few steps to learn anything.
        self.batch = max(_SMALLEST, min(recipe.batch, len(train.rows) // 16))
        self.rate = recipe.rate * math.sqrt(self.batch / recipe.batch)
        enough = math.ceil(_STEPS / math.ceil(len(train.rows) / self.batch))
        self.planned = settings.epochs or min(max(recipe.epochs, enough), _MOST_PASSES)
        self.passes = self.steps = 0
        self.seconds = 0.0
        self.balance = _balance(train, labels) if settings.balanced else torch.ones(labels)

    def goes_on(self) -> bool:
        """Return whether another pass is due: planned, and the last few brought something."""
        stale = bool(self.measures) and self.passes - 1 - self.measures.index(max(self.measures)) >= PATIENCE
        return self.passes < self.planned and not stale

    def run_pass(self) -> None:
        """Learn from every example once."""
        began = time.monotonic()
        torch.manual_seed(self.settings.seed * 1009 + self.passes)
        random = np.random.default_rng((self.settings.seed, self.passes))
        self.model.train()
        parts = batches(self.train, self.batch, random)
        for number, batch in enumerate(parts):
            share = (self.passes + number / len(parts)) / self.planned
            self._step(batch, self.rate * one_cycle(share))
        self.passes += 1
        self.seconds += time.monotonic() - began
        if self.settings.seconds:
            fit = int(self.settings.seconds / (self.seconds / self.passes))
            self.planned = max(self.passes, min(self.planned, fit))

    def _step(self, batch: Batch, rate: float) -> None:
        words = batch.words
        if self.recipe.word_dropout:
            words = words.masked_fill(torch.rand(words.shape) < self.recipe.word_dropout, NOTHING)
        scores = self._scores(words, batch.lengths)
        losses = cross_entropy(scores, batch.answers, reduction="none", label_smoothing=self.recipe.smoothing)
        weights = batch.weights * self.balance[batch.answers]
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        (losses * weights).mean().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimizer.step()
        self.steps += 1
        # The mean forgets its first steps quickly: it would else hold on to the weights from before training.
        keep = min(self.recipe.average, self.steps / (self.steps + 9))
        with torch.no_grad():
            for name, tensor in self.model.state_dict().items():
                self.mean[name].lerp_(tensor, 1 - keep)

    def _scores(self, words: Tensor, lengths: Tensor) -> Tensor:
        embedding, classifier = self.model
        scores: Tensor = classifier(embedding(words), lengths)
        return scores

    def judge(self, held: Numbered) -> None:
        """Measure the mean of the weights on the validation examples and keep it where it is the best."""
        current = {name: tensor.clone() for name, tensor in self.model.state_dict().items()}
        self.model.load_state_dict(self.mean)
        self.model.eval()
        right = np.zeros(len(self.balance))
        count = np.zeros(len(self.balance))
        loss = 0.0
        with torch.inference_mode():
            for batch in batches(held, 64, None):
                scores = self._scores(batch.words, batch.lengths)
                loss += float(cross_entropy(scores, batch.answers, reduction="sum"))
                np.add.at(right, batch.answers.numpy(), (scores.argmax(1) == batch.answers).numpy())
                np.add.at(count, batch.answers.numpy(), 1)
        there = count > 0
        share = (right[there] / count[there]).mean() if self.settings.balanced else right.sum() / count.sum()
        likelihood = -loss / float(count.sum())
        # Of a few examples the number of right ones says little and is often the same.
        self.measures.append((float(share) if count.sum() >= _MANY else likelihood, likelihood))
        if self.measures[-1] == max(self.measures):
            self.best = {name: tensor.clone() for name, tensor in self.mean.items()}
        self.model.load_state_dict(current)

    def state(self) -> dict[str, Any]:
        """Return all that a later start needs to go on as if there had been no break."""
        return {
            "model": self.model.state_dict(),
            "mean": self.mean,
            "best": self.best,
            "measures": self.measures,
            "optimizer": self.optimizer.state_dict(),
            "numbers": [self.passes, self.steps, self.planned, self.seconds],
        }

    def resume(self, state: dict[str, Any] | None) -> None:
        """Go on from what `state` returned."""
        if state is None:
            return
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.mean, self.best = state["mean"], state["best"]
        self.measures = [(share, loss) for share, loss in state["measures"]]
        self.passes, self.steps, self.planned, self.seconds = state["numbers"]

    def net(self, kind: str, labels: tuple[str, ...], vectors: Vectors) -> Net:
        """Return the best net, with the vector of every word that is more than its given one."""
        self.model.load_state_dict(self.best)
        self.model.eval()
        embedding, classifier = self.model
        kept = self._kept(vectors)
        with torch.no_grad():
            matrix = _array(embedding.of(torch.tensor(kept, dtype=torch.int64)))  # type: ignore[operator]
            unknown = _array(embedding.learned.weight[UNKNOWN])  # type: ignore[index, union-attr]
            mapping = _array(embedding.map)  # type: ignore[arg-type]
        table = WordTable([self.words.forms[i] for i in kept], matrix, mapping, unknown, vectors)
        assert isinstance(classifier, Classifier)
        settings = {
            "sizes": dict(self.recipe.sizes),
            "vectors": vectors.name,
            "version": vectors.version,
            "training": {"passes": self.passes, "best_pass": self.measures.index(max(self.measures)) + 1},
        }
        return Net(kind, labels, classifier, table, settings)

    def _kept(self, vectors: Vectors) -> list[int]:
        """Return the words to keep: those with a learned vector, and of a file all others, which is not read again."""
        learned = self.words.places > UNKNOWN
        if vectors.name not in ("mini", "learned"):
            learned |= (self.words.given != 0).any(1)
        return [int(i) for i in learned.nonzero()[:, 0]]


def one_cycle(share: float) -> float:
    """Return the part of the highest learning rate that is due when a share of the training is over.

    Examples
    --------
    >>> [round(one_cycle(share), 3) for share in (0.0, 0.25, 1.0)]
    [0.04, 1.0, 0.0]
    """
    if share < _WARM_UP:
        return 0.04 + 0.96 * (1 - math.cos(math.pi * share / _WARM_UP)) / 2
    return (1 + math.cos(math.pi * min(1.0, (share - _WARM_UP) / (1 - _WARM_UP)))) / 2


def _balance(train: Numbered, labels: int) -> Tensor:
    """Return a weight for each label by which all labels count the same, 1 on average over the examples."""
    counts = torch.bincount(train.answers, train.weights, labels)
    return (counts.sum() / (counts.clamp(min=1e-9) * int((counts > 0).sum()))).float() * (counts > 0)


def _array(tensor: Tensor) -> Floats:
    return np.array(tensor.detach().numpy(), dtype=np.float32)


@contextmanager
def _one_core(seed: int) -> Iterator[None]:
    """Seed torch and keep it to one core, where sums come out the same every time; then leave all as it was."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            yield
    finally:
        torch.set_num_threads(threads)
