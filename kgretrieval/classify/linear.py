"""A linear model of a text's pieces and of its vector, in NumPy alone.

The score of a label is a sum: for every word, n-gram of words and run of characters its share of the text (TF-IDF)
times a weight, and the text's vector times one. Training (`kgretrieval.classify.linear_fit`) is scikit-learn's;
what it learned runs here without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.classify.base import Floats, Item, Numbers, Reason, State
from kgretrieval.classify.features import Pieces, word_spans
from kgretrieval.errors import ModelError

#: Texts scored at once: bounds the memory of a call with very many texts.
BATCH = 512
#: A text's vector is taken of so many characters from its beginning.
READ = 20_000
#: Words that are left out in turn to see what the vector of a text makes of them, at most.
_LEFT_OUT = 150


@dataclass(frozen=True, slots=True)
class Recipe:
    """How texts become numbers, and how their weights are learned.

    Attributes
    ----------
    pieces : tuple of Pieces
        Each is a block of columns of its own; the values of a text in a block have length one.
    vectors : float
        By how much the text's vector of unit length counts; 0: it is left out.
    bayes : bool
        Whether the first block is weighed by naive Bayes before it is learned (Wang and Manning 2012).
    cost : float
        ``C`` of scikit-learn's LinearSVC.
    """

    pieces: tuple[Pieces, ...] = (Pieces(),)
    vectors: float = 0.0
    bayes: bool = False
    cost: float = 0.3


@dataclass(frozen=True, eq=False)
class Block:
    """Columns of one kind of pieces.

    Attributes
    ----------
    pieces : Pieces
    names : uint8 array
        The piece of each column: UTF-8, sorted, joined by line feeds.
    rarity : array of float32
        ``(columns,)``: by which the logarithm of a piece's count plus one is multiplied (inverse document frequency).
    weights : array of float32
        ``(columns, outputs)``.
    """

    pieces: Pieces
    names: npt.NDArray[np.uint8]
    rarity: Floats
    weights: Floats

    @cached_property
    def column_of(self) -> Mapping[str, int]:
        """The column of each piece."""
        names = self.names.tobytes().decode()
        return {name: column for column, name in enumerate(names.split("\n"))} if names else {}

    def values(self, item: Item) -> tuple[Numbers, Floats]:
        """Return the columns that a text has, ascending, and their values; their squares add up to 1."""
        columns, counts = np.unique(self._columns(item), return_counts=True)
        often = np.ones(len(counts), np.float32) if self.pieces.binary else counts.astype(np.float32)
        values: Floats = (1 + np.log(often)) * self.rarity[columns]
        length = np.sqrt((values * values).sum())
        return columns, values / length if length else values

    def _columns(self, item: Item) -> Numbers:
        """Return the column of each piece of a text that has one."""
        if self.pieces.what == "chars":
            parts = [self._columns_of_run(run) for run in self.pieces.runs(item.text)]
            return np.concatenate(parts) if parts else np.zeros(0, np.int64)
        column_of = self.column_of.get
        found = [
            column for piece in self.pieces.cut(item.text, item.language) if (column := column_of(piece)) is not None
        ]
        return np.array(found, np.int64)

    @cached_property
    def _columns_of_run(self) -> Callable[[str], Numbers]:
        # The same words come again and again: what is looked up of them is remembered.
        @lru_cache(maxsize=1 << 15)
        def look_up(run: str) -> Numbers:
            found = (self.column_of.get(piece) for piece in self.pieces.cut_run(run))
            return np.array([column for column in found if column is not None], np.int64)

        return look_up


class LinearModel:
    """See `kgretrieval.classify.base.Model`."""

    kind = "linear"

    def __init__(
        self, labels: tuple[str, ...], recipe: Recipe, blocks: Sequence[Block], vectors: Floats | None, bias: Floats
    ) -> None:
        self.labels = labels
        self.recipe = recipe
        self.blocks = tuple(blocks)
        self.vectors = vectors
        self.bias = bias

    def scores(self, items: Sequence[Item]) -> Floats:
        """Return ``(len(items), len(labels))`` float32 logits."""
        out = np.zeros((len(items), len(self.bias)), np.float32)
        for at in range(0, len(items), BATCH):
            out[at : at + BATCH] = self._outputs(items[at : at + BATCH])
        return self._spread(out)

    def reasons(self, item: Item, label: int, *, most: int = 10) -> tuple[Reason, ...]:
        """Return the words that moved a label's score most: for each, all n-grams in which it stands, added up.

        What the text's vector adds is found by leaving the word out; in a long text that is done for the words alone
        that moved the score most without it.
        """
        words = word_spans(item.text)
        if not words:
            return ()
        starts = np.array([start for _, start, _ in words])
        ends = np.array([end for _, _, end in words])
        moved = np.zeros(len(words))
        for block in self.blocks:
            columns, values = block.values(item)
            worth = self._spread(block.weights[columns])[:, label] * values
            counts: Counter[int] = Counter()
            places: list[tuple[int, int, int]] = []
            for piece, start, end in block.pieces.placed(item.text, item.language):
                column = block.column_of.get(piece)
                if column is not None:
                    counts[column] += 1
                    places.append((column, start, end))
            by_column = dict(zip(columns.tolist(), worth.tolist(), strict=True))
            for column, start, end in places:
                touched = slice(int(np.searchsorted(ends, start, "right")), int(np.searchsorted(starts, end, "left")))
                moved[touched] += by_column[column] / counts[column]
        near = _strongest(moved, _LEFT_OUT)
        moved[near] += self._vector_reasons(item.text, [words[i] for i in near], label)
        order = _strongest(moved, most)
        chosen = [(item.text[starts[i] : ends[i]], int(starts[i]), int(ends[i]), float(moved[i])) for i in order]
        return tuple(Reason(*one) for one in chosen if one[3])

    def state(self) -> State:
        """Return what a file must hold."""
        arrays: dict[str, npt.NDArray[Any]] = {"bias": self.bias}
        for number, block in enumerate(self.blocks):
            arrays |= {f"{number}.names": block.names, f"{number}.rarity": block.rarity}
            arrays[f"{number}.weights"] = block.weights
        settings: dict[str, Any] = {"recipe": asdict(self.recipe)}
        if self.vectors is not None:
            arrays["vectors"] = self.vectors
            settings["encoder"] = _encoder().weights_hash
        return State(arrays, settings)

    def _outputs(self, items: Sequence[Item]) -> Floats:
        out = np.repeat(self.bias[None], len(items), 0)
        for block in self.blocks:
            for row, item in enumerate(items):
                columns, values = block.values(item)
                out[row] += values @ block.weights[columns]
        if self.vectors is not None:
            out += text_vectors(items) @ self.vectors
        return out

    def _spread(self, out: Floats) -> Floats:
        """Return a column for each label: two labels are told apart by one."""
        return np.hstack([-out, out]) if len(self.labels) == 2 else out

    def _vector_reasons(self, text: str, words: Sequence[tuple[str, int, int]], label: int) -> npt.NDArray[Any]:
        if self.vectors is None:
            return np.zeros(len(words))
        without = [Item(text[:start] + " " + text[end:]) for _, start, end in words]
        found = self._spread(text_vectors([Item(text), *without]) @ self.vectors)[:, label]
        return np.asarray(found[0] - found[1:], dtype=np.float64)


def text_vectors(items: Sequence[Item]) -> Floats:
    """Return ``(len(items), 384)`` float32: the vectors of the embedded encoder, of unit length or zero."""
    found: Floats = _encoder().encode_texts([item.text[:READ] for item in items], space="text")
    return found


def restore(kind: str, labels: tuple[str, ...], state: State) -> LinearModel:
    """Return the model that a file holds.

    Raises
    ------
    ModelError
        If it was trained on the vectors of other weights than are embedded here.
    """
    recipe = state.settings["recipe"]
    pieces = tuple(Pieces(**one) for one in recipe["pieces"])
    found = Recipe(**{**recipe, "pieces": pieces})
    blocks = [
        Block(one, state.arrays[f"{i}.names"], state.arrays[f"{i}.rarity"], state.arrays[f"{i}.weights"])
        for i, one in enumerate(pieces)
    ]
    vectors = state.arrays.get("vectors")
    if vectors is not None and state.settings["encoder"] != _encoder().weights_hash:
        raise ModelError("this model was trained with another release of the embedded encoder; train it again")
    return LinearModel(labels, found, blocks, vectors, state.arrays["bias"])


def _strongest(moved: npt.NDArray[np.float64], most: int) -> list[int]:
    """Return the places of the numbers farthest from zero, the farthest first."""
    return sorted(range(len(moved)), key=lambda i: (-abs(moved[i]), i))[:most]


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from kgretrieval import encoders

    return encoders.load("mini")
