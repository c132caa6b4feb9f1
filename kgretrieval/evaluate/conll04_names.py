"""Entities in CoNLL04's scheme, read by a thin layer over the tagger.

The tagger knows the types and spans of other data; a linear-chain CRF on the states of its network, fitted on
CoNLL04's train sentences in some seconds, puts them into CoNLL04's scheme ("Other", titles, dates).
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from kgretrieval.evaluate.conll04 import KINDS, Entity
from kgretrieval.extractors.tagging.analysis import Reader, Sentence
from kgretrieval.extractors.tagging.crf import Chain, decode, forward_scores, masks

TAGS = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BIES"))
_PLACE = {tag: i for i, tag in enumerate(TAGS)}
#: Buckets of the hashed words.
_BUCKETS = 1 << 14
_ROWS, _PASSES = 16, 20
_RATE, _WORD_RATE = 3e-3, 7e-3
# A character that repeats the one before it.
_RUN = re.compile(r"(.)(?=\1)")


class Input(NamedTuple):
    """A sentence as the layer sees it: (words, width) states of the tagger, (words, features) hashed features."""

    states: Tensor
    ids: Tensor


def inputs(reader: Reader, sentences: Sequence[Sentence]) -> list[Input]:
    """Return what the layer reads of sentences."""
    return [Input(states, _ids(s.words)) for states, s in zip(reader.states(sentences), sentences, strict=True)]


class Layer(nn.Module):
    """Scores of CoNLL04's tags for each word."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.linear = nn.Linear(width, len(TAGS))
        self.words = nn.EmbeddingBag(_BUCKETS, len(TAGS), mode="sum")
        nn.init.zeros_(self.words.weight)
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.drop = nn.Dropout(0.3)
        self._possible = masks(TAGS)

    def forward(self, states: Tensor, ids: Tensor) -> tuple[Tensor, Chain]:
        """Return (n, words, tags) scores and the chain they are read by."""
        rows, length, _ = states.shape
        lexical = self.words(ids.flatten(0, 1)).reshape(rows, length, -1)
        if self.training:
            lexical = lexical * (torch.rand(rows, length, 1) > 0.2)
        chain = self._possible._replace(steps=self.transitions + self._possible.steps)
        return self.linear(self.drop(states)) + lexical, chain


def fit_layer(given: Sequence[Input], gold: Sequence[Sequence[Entity]], *, seed: int = 0) -> Layer:
    """Return a layer fitted on sentences with their entities."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    tags = [torch.tensor(_tags(len(one.ids), entities)) for one, entities in zip(given, gold, strict=True)]
    layer = Layer(given[0].states.shape[1])
    slow = [layer.linear.weight, layer.linear.bias, layer.transitions]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "weight_decay": 1e-3}, {"params": [layer.words.weight], "weight_decay": 1e-4}], lr=_RATE
    )
    order = sorted(range(len(given)), key=lambda i: len(tags[i]))
    batches = [order[first : first + _ROWS] for first in range(0, len(order), _ROWS)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [_RATE, _WORD_RATE], total_steps=len(batches) * _PASSES)
    layer.train()
    for _ in range(_PASSES):
        draw.shuffle(batches)
        for chosen in batches:
            loss = _loss(layer, [given[i] for i in chosen], [tags[i] for i in chosen])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return layer.eval()


def _loss(layer: Layer, given: Sequence[Input], tags: Sequence[Tensor]) -> Tensor:
    lengths = torch.tensor([len(own) for own in tags])
    scores, chain = layer(_padded([one.states for one in given]), _padded([one.ids for one in given]))
    total = torch.logsumexp(forward_scores(scores, chain, lengths)[:, -1] + chain.ends, 1).sum()
    for row, own in enumerate(tags):
        total = total - scores[row, torch.arange(len(own)), own].sum() - chain.steps[own[:-1], own[1:]].sum()
    return total / lengths.sum()


def _padded(rows: Sequence[Tensor]) -> Tensor:
    return nn.utils.rnn.pad_sequence(list(rows), batch_first=True)


@torch.inference_mode()
def read_entities(layer: Layer, given: Sequence[Input]) -> list[tuple[Entity, ...]]:
    """Return the entities of each sentence with the least probability of their words."""
    found = []
    for one in given:
        scores, chain = layer(one.states[None], one.ids[None])
        [tags], [sure] = decode(scores, chain, torch.tensor([len(one.ids)]))
        found.append(tuple(_entities([TAGS[tag] for tag in tags], sure)))
    return found


def _entities(tags: Sequence[str], sure: Sequence[float]) -> list[Entity]:
    found, first = [], 0
    for i, tag in enumerate(tags):
        if tag[0] in "BS":
            first = i
        if tag[0] in "ES":
            found.append(Entity(first, i + 1, tag[2:], min(sure[first : i + 1])))
    return found


def _tags(length: int, entities: Sequence[Entity]) -> list[int]:
    tags = ["O"] * length
    for one in entities:
        if one.end - one.start == 1:
            tags[one.start] = f"S-{one.type}"
        else:
            inner = [f"I-{one.type}"] * (one.end - one.start - 2)
            tags[one.start : one.end] = [f"B-{one.type}", *inner, f"E-{one.type}"]
    return [_PLACE[tag] for tag in tags]


def _ids(words: Sequence[str]) -> Tensor:
    """Return (words, features) hashed features: the word, its neighbours, its shape and its ends."""
    lowered = ["#", "#", *map(str.lower, words), "#", "#"]
    rows = []
    for i, word in enumerate(words, start=2):
        before, own, behind = lowered[i - 1 : i + 2]
        shape = re.sub(r"[a-z]", "x", re.sub(r"[A-Z]", "X", re.sub(r"[0-9]", "0", word)))
        names = (
            f"w{word}",
            f"l{own}",
            f"-{before}",
            f"+{behind}",
            f"--{lowered[i - 2]}",
            f"++{lowered[i + 2]}",
            f"b{before} {own}",
            f"n{own} {behind}",
            f"s{_RUN.sub('', shape)}",
            f"S{shape[:6]}",
            f"e{own[-3:]}",
            f"p{own[:3]}",
        )
        rows.append([zlib.crc32(name.encode("utf-8", "surrogatepass")) % _BUCKETS for name in names])
    return torch.tensor(rows)
