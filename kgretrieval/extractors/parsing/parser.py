"""Trees and semantic roles of English sentences, on what the tagger says of their words."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from kgretrieval.extractors.parsing.lemmas import Lemmatiser
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.parsing.weights import ParserCard, own_words, read_parser_arrays, read_parser_card
from kgretrieval.extractors.tagger import REMEMBERED, Tagger
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.extractors.tagging.weights import read_arrays, unpack_layers, unpack_table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from torch import Tensor

    from kgretrieval.extractors.parsing.network import Scores

#: Words whose heads, labels and parts of speech were read, in the order of the sentence.
Reading = tuple[list[int], list[str], list[str]]


class Parser:
    """Reads trees and roles off tagged sentences.

    Parameters
    ----------
    tagger : Tagger
        Its tags are part of what the network reads; what it remembers is not read again.

    Attributes
    ----------
    version : str
        Changes with the weights, its own or the tagger's.
    """

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._card = read_parser_card()
        self.version = f"{self._card.version}+tagger-{tagger.version}"
        self._reader: TreeReader | None = None
        self._known: OrderedDict[str, tuple[tuple[Sentence, Tree], ...]] = OrderedDict()
        self._lock = threading.Lock()

    def trees(self, texts: Sequence[str]) -> list[tuple[tuple[Sentence, Tree], ...]]:
        """Return the sentences of English texts with their trees; texts seen lately are not read again.

        Examples
        --------
        >>> [found] = Parser(Tagger()).trees(["The company fired its chief executive."])
        >>> [(sentence, tree)] = found
        >>> sentence.words[tree.heads.index(-1)], tree.labels[1], tree.lemmas[2]
        ('fired', 'nsubj', 'fire')
        """
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            analysed = self._tagger.analyse(new)
            read = iter(self.parse([sentence for sentences in analysed for sentence in sentences]))
            for text, sentences in zip(new, analysed, strict=True):
                found[text] = tuple((sentence, next(read)) for sentence in sentences)
        with self._lock:
            self._known.update((text, found[text]) for text in new)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return [found[text] for text in texts]

    def parse(self, sentences: Sequence[Sentence], *, given: Sequence[Sequence[int]] | None = None) -> list[Tree]:
        """Return the trees of tagged sentences, in order; each is the same in whatever company it comes.

        Parameters
        ----------
        sentences : sequence of Sentence
            As `Tagger.analyse` returns them.
        given : sequence of sequence of int, optional
            The words of each sentence that are predicates, where they are known; by default they are found.
        """
        with self._lock:
            if self._reader is None and any(sentence.words for sentence in sentences):
                self._reader = TreeReader(self._card)
            reader = self._reader
        return reader.read(sentences, given) if reader else [Tree((), (), (), ()) for _ in sentences]


class TreeReader:
    """The network with its labels and its words."""

    def __init__(self, card: ParserCard) -> None:
        import torch

        from kgretrieval.extractors.parsing.batch import Inventory
        from kgretrieval.extractors.parsing.network import ParserNetwork, ParserSizes

        tagger, own = read_arrays(), read_parser_arrays()
        self._card = card
        words = unpack_table(tagger)
        self._inventory = Inventory(
            words,
            own_words(own["keys"]),
            {tag: i + 1 for i, tag in enumerate(card.tags)},
            {tag: i + 1 for i, tag in enumerate(card.chunks)},
        )
        vectors = torch.from_numpy(unpack_layers(tagger)["vectors.weight"])
        self._network = ParserNetwork(ParserSizes(**card.sizes), vectors).eval()
        layers = unpack_layers({name: array for name, array in own.items() if name != "keys"})
        self._network.load_state_dict({name: torch.from_numpy(layer) for name, layer in layers.items()})
        self._lemmatiser = Lemmatiser(words)

    def read(self, sentences: Sequence[Sentence], given: Sequence[Sequence[int]] | None) -> list[Tree]:
        """Return the tree of each sentence."""
        import torch

        from kgretrieval.extractors.parsing.batch import batches

        found = [Tree((), (), (), ()) for _ in sentences]
        threads = torch.get_num_threads()

        def read_batch(batch: tuple[tuple[int, int], list[int]]) -> list[Tree]:
            shape, places = batch
            predicates = None if given is None else [given[i] for i in places]
            return self._read_batch([sentences[i] for i in places], shape, predicates)

        chosen = list(batches(sentences))
        # A batch a thread, as the tagger does it.
        with ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,)) as pool:
            try:
                for (_, places), trees in zip(chosen, pool.map(read_batch, chosen), strict=True):
                    for place, tree in zip(places, trees, strict=True):
                        found[place] = tree
            finally:
                torch.set_num_threads(threads)
        return found

    def _read_batch(
        self, sentences: Sequence[Sentence], shape: tuple[int, int], given: Sequence[Sequence[int]] | None
    ) -> list[Tree]:
        import torch

        from kgretrieval.extractors.parsing.arguments import RoleReader
        from kgretrieval.extractors.parsing.batch import collate

        batch = collate(sentences, self._inventory, *shape)
        with torch.inference_mode():
            scores = self._network(batch)
            trees = self._trees(scores, batch.lengths.numpy())
            readings = self._readings(sentences, scores, *trees)
            predicates = RoleReader(self._card, self._network, scores, trees, given).read(sentences, readings)
        return [
            Tree(
                tuple(heads),
                tuple(labels),
                tuple(parts),
                self._lemmatiser.lemmas(sentence.words, parts, sentence.parts),
                own,
            )
            for sentence, (heads, labels, parts), own in zip(sentences, readings, predicates, strict=True)
        ]

    def _trees(self, scores: Scores, lengths: npt.NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Return (n, length) heads, 0 for the root, and labels."""
        import torch

        from kgretrieval.extractors.parsing.decode import decode

        heads = torch.from_numpy(decode(scores.arcs.numpy(), lengths))
        labels = self._network.label_arcs(scores, heads)
        # The root's label is its alone.
        root = self._card.labels.index("root")
        labels[:, :, root] = float("-inf")
        return heads, torch.where(heads == 0, root, labels.argmax(2))

    def _readings(self, sentences: Sequence[Sentence], scores: Scores, heads: Tensor, labels: Tensor) -> list[Reading]:
        rows, columns, parts = (heads - 1).tolist(), labels.tolist(), scores.parts.argmax(2).tolist()
        found = []
        for i, sentence in enumerate(sentences):
            size = len(sentence.words)
            own = [self._card.labels[label] for label in columns[i][:size]]
            found.append((rows[i][:size], own, [self._card.parts[part] for part in parts[i][:size]]))
        return found
