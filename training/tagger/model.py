"""The network as it is trained: labels, inputs, loss, predictions and their figures."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from kgretrieval.extractors.tagging.crf import IMPOSSIBLE, Chain, best_paths, forward_scores, masks
from kgretrieval.extractors.tagging.inputs import Inputs
from kgretrieval.extractors.tagging.meanings import Meanings
from kgretrieval.extractors.tagging.network import Batch, Network
from training.tagger import data
from training.tagger.data import Sentence


class Labels:
    """The three lists of labels, and which entity tags a gold tag allows."""

    def __init__(self, sentences: list[Sentence]) -> None:
        kinds = sorted({tag[2:] for s in sentences for tag in s.names if tag != "O"})
        self.names = ["O", *(f"{mark}-{kind}" for kind in kinds for mark in "BIES")]
        self.parts = sorted({part for s in sentences for part in s.parts})
        self.chunks = sorted({chunk for s in sentences for chunk in s.chunks})

    def allowed(self, sentence: Sentence) -> torch.Tensor:
        """Return (words, tags) 0 where a tag is allowed."""
        rows = {}
        for tag in set(sentence.names):
            free = sentence.open_types if tag == "O" else ()
            rows[tag] = [0.0 if name == tag or name[2:] in free else IMPOSSIBLE for name in self.names]
        return torch.tensor([rows[tag] for tag in sentence.names])


class View:
    """What the network sees of words; what the token table has for a word is looked up once."""

    def __init__(self, inputs: Inputs, meanings: Meanings) -> None:
        self.inputs, self.meanings = inputs, meanings
        self._place: dict = {}
        self._known = torch.zeros(0, meanings.width)

    def _raw(self, words: Sequence) -> torch.Tensor:
        new = [word for word in words if word not in self._place]
        if new:
            self._place |= {word: len(self._place) + i for i, word in enumerate(new)}
            self._known = torch.cat([self._known, torch.from_numpy(self.meanings.vectors(new))])
        return self._known[[self._place[word] for word in words]]

    def batch(self, network: Network, sentences: list[Sentence], drop: float = 0.0) -> Batch:
        """Return one batch; with `drop`, words lose their rows, their flags or their meanings at random."""
        found = self.inputs.arrays([s.words for s in sentences])
        raw, rows = self._raw(found.distinct), torch.from_numpy(found.rows)
        if drop:
            raw = raw * (torch.rand(len(raw), 1) >= drop)
            rows = torch.where(torch.rand(len(rows)) < drop, 0, rows)
        arrays = map(torch.from_numpy, (found.words, found.lengths, found.cases, found.flags, found.letters))
        words, lengths, cases, flags, letters = arrays
        shapes = torch.from_numpy(found.shapes)
        return Batch(words, lengths, cases, rows, flags, letters, shapes, network.meanings(raw))


def chain(network: Network, labels: Labels) -> Chain:
    possible = masks(labels.names)
    return possible._replace(steps=network.transitions + possible.steps)


def loss(network: Network, sentences: list[Sentence], batch: Batch, labels: Labels, config: dict) -> torch.Tensor:
    names, parts, chunks = network(batch)
    links = chain(network, labels)
    allowed = torch.zeros(names.shape)
    for i, s in enumerate(sentences):
        allowed[i, : len(s.words)] = labels.allowed(s)
    total = torch.logsumexp(forward_scores(names, links, batch.lengths)[:, -1] + links.ends, 1)
    gold = torch.logsumexp(forward_scores(names + allowed, links, batch.lengths)[:, -1] + links.ends, 1)
    weights = torch.tensor([s.weight for s in sentences])
    value = ((total - gold) * weights).sum() / batch.lengths.sum()
    for scores, lists, index in ((parts, "parts", labels.parts), (chunks, "chunks", labels.chunks)):
        gold_tags = torch.full(scores.shape[:2], -100)
        place = {tag: i for i, tag in enumerate(index)}
        for i, s in enumerate(sentences):
            tags = getattr(s, lists)
            gold_tags[i, : len(tags)] = torch.tensor([place[tag] for tag in tags], dtype=torch.long)
        if (gold_tags >= 0).any():
            value = value + config["syntax_weight"] * torch.nn.functional.cross_entropy(
                scores.flatten(0, 1), gold_tags.flatten(), ignore_index=-100
            )
    return value


@torch.inference_mode()
def predict(network: Network, sentences: list[Sentence], view: View, labels: Labels) -> list[tuple]:
    network.eval()
    out: list[tuple] = [()] * len(sentences)
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
    for first in range(0, len(order), 128):
        chosen = order[first : first + 128]
        batch = view.batch(network, [sentences[i] for i in chosen])
        names, parts, chunks = network(batch)
        paths = best_paths(names, chain(network, labels), batch.lengths)
        for row, i in enumerate(chosen):
            n = len(sentences[i].words)
            out[i] = (
                [labels.names[t] for t in paths[row, :n].tolist()],
                [labels.parts[t] for t in parts[row, :n].argmax(1).tolist()] if labels.parts else [],
                [labels.chunks[t] for t in chunks[row, :n].argmax(1).tolist()] if labels.chunks else [],
            )
    return out


def entity_spans(tags: list[str]) -> set[tuple[int, int, str]]:
    plain = [{"S": "B", "E": "I"}.get(tag[0], tag[0]) + tag[1:] for tag in tags]
    return set(data.spans(plain))


def figures(gold: list[Sentence], predicted: list[tuple], *, kinds: tuple[str, ...] = ()) -> dict[str, float]:
    """Return precision, recall and F1 of exact spans with types, and accuracies of parts and chunk spans."""
    right = found = wanted = part_right = part_all = 0
    chunk_right = chunk_all = 0
    for s, (names, parts, chunks) in zip(gold, predicted, strict=True):
        g = {e for e in entity_spans(list(s.names)) if not kinds or e[2] in kinds}
        p = {e for e in entity_spans(names) if not kinds or e[2] in kinds}
        right, found, wanted = right + len(g & p), found + len(p), wanted + len(g)
        if s.parts:
            part_right += sum(a == b for a, b in zip(s.parts, parts, strict=True))
            part_all += len(parts)
            cg, cp = set(data.spans(list(s.chunks))), set(data.spans(chunks))
            chunk_right += len(cg & cp)
            chunk_all += len(cp) + len(cg)
    result = {
        "p": 100 * right / max(found, 1),
        "r": 100 * right / max(wanted, 1),
        "f1": 200 * right / max(found + wanted, 1),
    }
    if part_all:
        result |= {"pos": 100 * part_right / part_all, "chunk_f1": 200 * chunk_right / max(chunk_all, 1)}
    return {key: round(value, 2) for key, value in result.items()}
