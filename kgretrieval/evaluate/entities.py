"""`kg evaluate entities`: names in texts, by exact span and type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgretrieval.evaluate.gum_names import without_titles
from kgretrieval.evaluate.knowledge import KnowledgeReport, Score, score
from kgretrieval.evaluate.macro import macro
from kgretrieval.evaluate.tagged_text import (
    Document,
    Span,
    TaggedText,
    read_tagged_text,
    recased,
    without_user_names,
)
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.extractors.tagging.weights import read_card
from kgretrieval.types import Progress

#: ``(documents, types, 3)`` numbers of right, found and wanted names.
Counts = npt.NDArray[np.float64]

_CASES: dict[str, Callable[[str], str]] = {
    "lower case": str.lower,
    "UPPER CASE": str.upper,
    "Title Case": lambda word: word[:1].upper() + word[1:],
}
_EXACT = "A name is right if its first word, its last word and its type are (conlleval); words are those of the data."
_PROTOCOLS = {
    "conll2003": f"{_EXACT} Event, product and other names count as MISC. Trained on eng.train; chosen on testa.",
    "wnut17": f"{_EXACT} Six types as four: corporation and group are organisations, location is a place, product and "
    "creative-work are products. Our events and other names, which this data does not mark, are left out. "
    "Trained on its train part among others.",
    "btc": f"{_EXACT} Types PER, LOC, ORG; our other names are left out. User names (@ and a word) are names in this "
    "data and stay in the text; trained on sections A, B, E, G and half of H, without user names.",
    "gum": f"{_EXACT} News documents. A name is a mention of a person, organisation, place, event or object (our "
    "product) that, without articles in front, titles of persons and a possessive ending, is made of proper nouns and "
    "what joins them; outermost ones count; plural persons (peoples) and our other names are left out. No name of the "
    "news documents was trained on.",
    "germeval": f"{_EXACT} Outer and inner names together, 12 labels; inner names are never found and count as missed. "
    "Trained on test.tsv, since the official training file is not in this data: not comparable with published figures.",
    "cluener": f"{_EXACT} The mean over the ten types (macro), as published; trained on the train part.",
}


def evaluate_entities(
    path: str | Path, *, split: str | None = None, progress: Callable[[Progress], None] | None = None
) -> KnowledgeReport:
    """Measure the tagger on CoNLL-2003, WNUT-17, the Broad Twitter Corpus, GUM, GermEval 2014 or CLUENER.

    Parameters
    ----------
    path : str or Path
        The folder of the data set; which one it is shows in its files.
    split : str, optional
        The part, a file's name without its ending, or ``"all"``; by default the one published for tests, or the one
        that has labels.
    progress : callable, optional
        Told how far it is.

    Raises
    ------
    NotFoundError, UsageError, UnreadableError
        As `kgretrieval.evaluate.tagged_text.read_tagged_text` says.
    """
    folder = Path(path)
    text = read_tagged_text(folder, split)
    measured = _Measure(Tagger(), text, progress)
    found = measured.counts(text.documents)
    parts = {kind: _score(found[:, i]) for i, kind in enumerate(text.types)} if len(text.types) < 12 else {}
    main = _score(found.sum(1))
    if text.kind == "conll2003":
        parts |= {
            name: measured.score(tuple(recased(d, case) for d in text.documents)) for name, case in _CASES.items()
        }
    if text.kind == "btc":
        parts["without user names"] = measured.score(tuple(map(without_user_names, text.documents)))
    if text.kind == "germeval":
        parts |= _german_parts(measured, found, text)
    if text.kind == "cluener":
        parts, main = {"micro": main, **parts}, macro(found)
    card = read_card(text.language)
    return KnowledgeReport(
        task="entities",
        data={"path": str(folder), "set": text.kind, "split": text.split, "sentences": measured.sentences},
        model=f"tagger {card.version} ({text.language})",
        weights_hash=card.sha256,
        main=main,
        parts=parts,
        protocol=_PROTOCOLS[text.kind],
    )


def _score(counts: Counts) -> Score:
    return score([tuple(row) for row in counts.tolist()])


def _german_parts(measured: _Measure, found: Counts, text: TaggedText) -> dict[str, Score]:
    four = [text.types.index(kind) for kind in ("PER", "ORG", "LOC", "OTH") if kind in text.types]
    outer = measured.counts(text.documents, inner=False)
    parts = {"outer, 12 labels": _score(outer.sum(1)), "outer, PER ORG LOC OTH": _score(outer[:, four].sum(1))}
    return parts | {text.types[i]: _score(outer[:, i]) for i in four}


class _Measure:
    """The tagger's names beside those of a data set."""

    def __init__(self, tagger: Tagger, text: TaggedText, progress: Callable[[Progress], None] | None) -> None:
        self._tagger, self._text, self._progress = tagger, text, progress
        self._place = {kind: i for i, kind in enumerate(text.types)}
        self.sentences = sum(map(len, text.documents))

    def score(self, documents: Sequence[Document]) -> Score:
        return _score(self.counts(documents).sum(1))

    def counts(self, documents: Sequence[Document], *, inner: bool = True) -> Counts:
        """Return the counts of documents; without `inner` the names in names do not count."""
        counts = np.zeros((len(documents), len(self._place), 3))
        for at, names in enumerate(self._names(documents)):
            for sample, own in zip(documents[at], names, strict=True):
                gold = self._counted(sample.names)
                for column, spans in enumerate((gold & own, own, gold)):
                    for span in spans:
                        counts[at, self._place[span[2]], column] += 1
                for span in self._counted(sample.inner) if inner else ():
                    counts[at, self._place[span[2]], 2] += 1
        return counts

    def _counted(self, spans: frozenset[Span] | set[Span]) -> set[Span]:
        return {span for span in spans if span[2] in self._place}

    def _names(self, documents: Sequence[Document], block: int = 200) -> list[list[set[Span]]]:
        found: list[list[set[Span]]] = []
        for first in range(0, len(documents), block):
            chosen = documents[first : first + block]
            words = [[sample.words for sample in document] for document in chosen]
            for document in self._tagger.tag(words, self._text.language):
                found.append([])
                for sentence in document:
                    spans = {(n.first, n.last, getattr(n, self._text.ours)) for n in sentence.names}
                    if self._text.kind == "gum":
                        spans = {without_titles(sentence.words, span) for span in spans}
                    found[-1].append(self._counted(spans))
            if self._progress:
                self._progress(Progress("reading", len(found), len(documents)))
        return found
