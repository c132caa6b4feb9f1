"""`kg evaluate relations`: typed relations on CoNLL04 or KnowledgeNet.

In both the classifier of the product is fitted anew on the data's own training part, because what ships was fitted on
all of KnowledgeNet and on CoNLL04's train and dev parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.evaluate import conll04, knowledgenet
from kgretrieval.evaluate.knowledge import KnowledgeReport, Score, score
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.extractors.tagging.analysis import Reader
from kgretrieval.extractors.tagging.weights import read_card
from kgretrieval.extractors.typed_relations.fit import Example, fit
from kgretrieval.extractors.typed_relations.predicates import PREDICATE_NAMES
from kgretrieval.extractors.typed_relations.weights import read_relations_card
from kgretrieval.types import Progress

#: Least probabilities, chosen on CoNLL04's dev part and within KnowledgeNet's training folds.
CONLL04_LEAST, KNOWLEDGENET_LEAST = 0.3, 0.38

Counts = dict[str, tuple[int, int, int]]
Watch = Callable[[Progress], None]

_CONLL04 = (
    "strict micro F1: a relation is right if its type, direction, both spans and both types are; entities by a layer "
    "over the tagger, relations by the product's classifier, both fitted here on {fitted}"
)
_KNOWLEDGENET = (
    "text F1 by the official script's rules: property equal, both spans overlap, wrong only where the passage is "
    "annotated for the property; the product's classifier fitted here on the other folds; published figures are of the "
    "hidden fold 5"
)


def evaluate_relations(path: str | Path, *, split: str | None = None, progress: Watch | None = None) -> KnowledgeReport:
    """Measure typed relations.

    Parameters
    ----------
    path : str or Path
        The folder of CoNLL04 (``test.jsonl.gz`` and its fellows) or of KnowledgeNet (``train.jsonl.gz`` alone).
    split : str, optional
        CoNLL04: ``"test"`` (fitted on train and dev) or ``"dev"`` (fitted on train). KnowledgeNet: ``"1"`` to ``"4"``
        for one fold, by default all four, each by a classifier fitted on the other three.
    progress : callable, optional

    Raises
    ------
    NotFoundError, UsageError, UnreadableError
        If the data is not there, is of another kind, or has no such split.

    Examples
    --------
    >>> evaluate_relations("../shared/data/text/conll04").main.f1  # doctest: +SKIP
    """
    folder = Path(path)
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {folder}; name the folder of CoNLL04 or of KnowledgeNet")
    watch = progress or (lambda step: None)
    if (folder / "test.jsonl.gz").exists():
        return _conll04(folder, split or "test", watch)
    if (folder / knowledgenet.FILE).exists():
        return _knowledgenet(folder, split or "all", watch)
    raise UsageError(f"{folder} is neither CoNLL04 (test.jsonl.gz) nor KnowledgeNet ({knowledgenet.FILE})")


def _report(folder: Path, split: str, main: Score, parts: dict[str, Score], protocol: str) -> KnowledgeReport:
    card = read_relations_card()
    data = {"path": str(folder), "split": split}
    return KnowledgeReport("relations", data, f"typed {card.version}", card.sha256, main, parts, protocol)


def _conll04(folder: Path, split: str, watch: Watch) -> KnowledgeReport:
    from kgretrieval.evaluate.conll04_names import fit_layer, inputs, read_entities

    if split not in {"test", "dev"}:
        raise UsageError(f"{folder} cannot be measured on {split!r}; choose test or dev")
    fitted = ("train", "dev") if split == "test" else ("train",)
    gold = [sentence for part in fitted for sentence in conll04.read_sentences(folder, part)]
    measured = conll04.read_sentences(folder, split)
    watch(Progress("fit", 0, 2))
    reader, parser = Reader(read_card()), Parser(Tagger())
    layer = fit_layer(inputs(reader, [one.untagged() for one in gold]), [one.entities for one in gold])
    watch(Progress("fit", 1, 2))
    tagged = reader.read([one.untagged() for one in gold])
    known = zip(gold, tagged, parser.parse(tagged), strict=True)
    model = fit([conll04.gold_example(sentence, tree, one, str(i)) for i, (one, sentence, tree) in enumerate(known)])
    watch(Progress("fit", 2, 2))
    tagged = reader.read([one.untagged() for one in measured])
    entities = read_entities(layer, inputs(reader, [one.untagged() for one in measured]))
    read = zip(tagged, parser.parse(tagged), entities, strict=True)
    found = [conll04.with_entities(sentence, tree, own) for sentence, tree, own in read]
    predicted = [
        conll04.predicted_relations(own, probabilities, CONLL04_LEAST)
        for own, probabilities in zip(found, model.probabilities(found), strict=True)
    ]
    counts = [conll04.count_relations(*pair) for pair in zip(measured, predicted, strict=True)]
    named = [conll04.count_entities(*pair) for pair in zip(measured, entities, strict=True)]
    main, parts = _scores(counts)
    parts["entities"] = score(named)
    return _report(folder, split, main, parts, _CONLL04.format(fitted=" and ".join(fitted)))


def _scores(counts: Sequence[Counts]) -> tuple[Score, dict[str, Score]]:
    """Return the scores over all predicates and by predicate, of the counts of each unit."""
    main = score([tuple(map(sum, zip(*own.values(), strict=True))) for own in counts])
    parts = {name: score([own[name] for own in counts]) for name in PREDICATE_NAMES if name in counts[0]}
    return main, {name: part for name, part in parts.items() if part.gold}


def _knowledgenet(folder: Path, split: str, watch: Watch) -> KnowledgeReport:
    passages = knowledgenet.read_passages(folder)
    folds = sorted({passage.fold for passage in passages})
    if split != "all" and split not in map(str, folds):
        raise UsageError(f"{folder} has no fold {split!r}; there are: {', '.join(map(str, folds))}, all")
    measured = folds if split == "all" else [int(split)]
    steps = len(measured) + 1
    watch(Progress("read", 0, steps))
    trees = Parser(Tagger()).trees([passage.text for passage in passages])
    known = knowledgenet.examples(passages, trees)
    counts: dict[str, Counts] = {}
    for step, fold in enumerate(measured, start=1):
        watch(Progress("fit", step, steps))
        _measure_fold(passages, known, fold, counts)
    watch(Progress("fit", steps, steps))
    main, parts = _scores(list(counts.values()))
    return _report(folder, split, main, parts, _KNOWLEDGENET)


def _measure_fold(
    passages: Sequence[knowledgenet.Passage], known: Sequence[Sequence[Example]], fold: int, counts: dict[str, Counts]
) -> None:
    """Fit on the other folds and add the counts of this one to those of its documents."""
    model = fit(
        [example for passage, own in zip(passages, known, strict=True) if passage.fold != fold for example in own]
    )
    held = [(passage, own) for passage, own in zip(passages, known, strict=True) if passage.fold == fold]
    probabilities = iter(model.probabilities([example.found for _, own in held for example in own]))
    for passage, own in held:
        stated: list[knowledgenet.Statement] = []
        for example in own:
            for pair, column in np.argwhere(next(probabilities) >= KNOWLEDGENET_LEAST):
                if PREDICATE_NAMES[column] in passage.predicates:
                    spans = knowledgenet.spans_of(example.found, int(pair))
                    stated.append(knowledgenet.Statement(PREDICATE_NAMES[column], *spans))
        found = knowledgenet.count(passage, stated)
        before = counts.get(passage.document, dict.fromkeys(found, (0, 0, 0)))
        counts[passage.document] = {
            name: (a[0] + b[0], a[1] + b[1], a[2] + b[2])
            for name, a, b in ((name, before[name], found[name]) for name in found)
        }
