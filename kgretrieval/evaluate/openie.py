"""How well open relations are extracted: CaRB, by its own rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.evaluate import carb
from kgretrieval.evaluate.knowledge import KnowledgeReport, Score, score
from kgretrieval.evaluate.layouts import SPLIT
from kgretrieval.extractors.open_relations.confidence import wording_confidence
from kgretrieval.extractors.open_relations.view import View
from kgretrieval.extractors.open_relations.wordings import Wording, read_wordings
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.parsing.weights import read_parser_card
from kgretrieval.extractors.pronouns import is_pronoun
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.extractors.tagging.analysis import Reader, Sentence
from kgretrieval.extractors.tagging.weights import read_card
from kgretrieval.types import Progress

_AT_ONCE = 256
_SENTENCES, _GOLD = "_sentences.txt.gz", "_gold.tsv.gz"
_PROTOCOL = (
    "CaRB's rules: a predicted and a gold relation match if they share a word of the relation; precision and recall "
    "are shares of words, recall from each gold relation's best match, precision from the best pairing one to one. "
    "Main: the best F1 on the curve of confidences, pronouns allowed as in the gold relations. Relations are in the "
    "words of the sentence and at full length, where the graph holds short ones. no pronouns: without those that have "
    "a pronoun as an argument. The confidence was fitted on the development part."
)


def evaluate_openie(
    path: str | Path, *, split: str | None = None, progress: Callable[[Progress], None] | None = None
) -> KnowledgeReport:
    """Measure open relations on CaRB; systems whose output lies in the folder are scored beside ours.

    Parameters
    ----------
    path : str or Path
        The folder with ``SPLIT_sentences.txt.gz``, ``SPLIT_gold.tsv.gz`` and ``system_NAME_SPLIT.tsv.gz``.
    split : str, optional
        ``"test"`` by default.
    progress : callable, optional
        Called with a `Progress` now and then.

    Raises
    ------
    NotFoundError
        If there is no such folder.
    UsageError
        If it has no such split; the message names those there are.
    UnreadableError
        If a file cannot be read.
    """
    folder, split = Path(path), split or SPLIT
    _require(folder, split)
    gold = carb.read_gold(folder / f"{split}{_GOLD}")
    texts = [row[0].strip() for row in carb.rows(folder / f"{split}{_SENTENCES}")]
    parser = Parser(Tagger())
    found = extract(parser, texts, progress)
    ours, everything = carb.score(gold, found), carb.score(gold, found, at=0.0)
    named = {
        sentence: [one for one in own if not any(map(is_pronoun, one.arguments))] for sentence, own in found.items()
    }
    parts = {"no threshold": _score(everything), "no pronouns": _score(carb.score(gold, named))}
    extra: dict[str, float | int | str] = {"auc": ours.auc, "threshold": ours.threshold}
    for file in sorted(folder.glob(f"system_*_{split}.tsv.gz")):
        name = file.name.removeprefix("system_").removesuffix(f"_{split}.tsv.gz")
        theirs = carb.score(gold, carb.read_system(file))
        parts[name] = _score(theirs)
        extra[f"auc {name}"] = theirs.auc
    return KnowledgeReport(
        task="openie",
        data={"path": str(folder), "split": split, "sentences": len(texts)},
        model=f"parser {parser.version}",
        weights_hash=read_parser_card().sha256,
        main=_score(ours),
        parts=parts,
        protocol=_PROTOCOL,
        extra=extra,
    )


def _require(folder: Path, split: str) -> None:
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {folder}; name the folder that holds {split}{_SENTENCES}")
    splits = sorted(file.name.removesuffix(_GOLD) for file in folder.glob(f"*{_GOLD}"))
    if not splits:
        raise UsageError(f"{folder} holds no {SPLIT}{_GOLD}; name the folder of CaRB")
    if split not in splits:
        raise UsageError(f"{folder} has no split {split!r}; there are: {', '.join(splits)}")
    if not (folder / f"{split}{_SENTENCES}").exists():
        raise NotFoundError(f"there is no {folder / split}{_SENTENCES}")


def tokenised(sentence: str) -> Sentence:
    """Return a sentence with the words that the set gives, divided by blanks."""
    spans = tuple(match.span() for match in re.finditer(r"\S+", sentence))
    return Sentence(tuple(sentence[start:end] for start, end in spans), spans)


def read_all(
    parser: Parser, texts: Sequence[str], progress: Callable[[Progress], None] | None = None
) -> list[tuple[View, list[Wording]]]:
    """Return the sentences, read, with what each states in its own words."""
    reader = Reader(read_card())
    found: list[tuple[View, list[Wording]]] = []
    for first in range(0, len(texts), _AT_ONCE):
        sentences = reader.read([tokenised(text) for text in texts[first : first + _AT_ONCE]])
        views = [View(*one) for one in zip(sentences, parser.parse(sentences), strict=True)]
        found += [(view, read_wordings(view)) for view in views]
        if progress:
            progress(Progress("extract", len(found), len(texts)))
    return found


def extract(
    parser: Parser, texts: Sequence[str], progress: Callable[[Progress], None] | None = None
) -> carb.Extractions:
    """Return our own relations of tokenised sentences as CaRB scores them."""
    return {
        carb.key(text): [extraction(one, wording_confidence(view, one)) for one in own]
        for text, (view, own) in zip(texts, read_all(parser, texts, progress), strict=True)
    }


def extraction(wording: Wording, confidence: float = 1.0) -> carb.Extraction:
    """Return a wording in the form that CaRB scores."""
    return carb.Extraction(wording.relation, (wording.subject, wording.object), confidence)


def _score(found: carb.CarbScore) -> Score:
    """Return the score with its intervals over sentences."""
    return score(found.counts)
