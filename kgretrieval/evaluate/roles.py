"""How well semantic roles are read: PropBank's on the English Web Treebank.

M. Palmer, D. Gildea and P. Kingsbury, "The Proposition Bank: An Annotated Corpus of Semantic Roles", Computational
Linguistics 31(1), 2005; scored by exact spans as in X. Carreras and L. Màrquez, "Introduction to the CoNLL-2005 Shared
Task: Semantic Role Labeling" (CoNLL 2005).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.knowledge import KnowledgeReport, Score, score
from kgretrieval.evaluate.layouts import SPLIT, read_records
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.parsing.weights import read_parser_card
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.extractors.tagging.analysis import Reader, Sentence
from kgretrieval.extractors.tagging.weights import read_card
from kgretrieval.types import Progress

#: The roles with a figure of their own.
ROLES = ("ARG0", "ARG1", "ARG2", "ARGM-TMP", "ARGM-LOC", "ARGM-NEG")
_AT_ONCE = 256
_SUFFIX = ".jsonl.gz"
_PROTOCOL = (
    "Gold words and sentences; trees, parts of speech and roles are the parser's own, senses are not predicted. roles: "
    "a role is right if predicate, label and span are those of PropBank, predicates given; heads: if predicate, label "
    "and head word are; end to end: spans, with predicates found by the parser. Labels of references (R-) and "
    "continuations (C-) count. Trained on the train part of the same data and on trees of GUM."
)

#: (predicate, label, first word, last word exclusive, head)
Argument = tuple[int, str, int, int, int]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One sentence of the data: its words, its predicates, their arguments."""

    words: tuple[str, ...]
    predicates: tuple[int, ...]
    arguments: frozenset[Argument]


def evaluate_roles(
    path: str | Path, *, split: str | None = None, progress: Callable[[Progress], None] | None = None
) -> KnowledgeReport:
    """Measure the parser's semantic roles on PropBank joined to the English Web Treebank.

    Parameters
    ----------
    path : str or Path
        The folder with ``train.jsonl.gz``, ``dev.jsonl.gz`` and ``test.jsonl.gz``.
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
        If a record cannot be read.
    """
    folder, split = Path(path), split or SPLIT
    gold = read_annotated(folder, split)
    parser = Parser(Tagger())
    given, found = _parse(parser, gold, progress)
    predicted = [arguments_of(tree) for tree in given]
    alone = [arguments_of(tree) for tree in found]
    spans = [_spans(one.arguments) for one in gold]
    parts = {
        "heads": _score([_heads(one) for one in predicted], [_heads(one.arguments) for one in gold]),
        "end to end": _score([_spans(one) for one in alone], spans),
        "predicates": _score([{p.word for p in tree.predicates} for tree in found], [set(g.predicates) for g in gold]),
    }
    for role in ROLES:
        own = [{one for one in _spans(arguments) if one[1] == role} for arguments in predicted]
        parts[role] = _score(own, [{one for one in wanted if one[1] == role} for wanted in spans])
    return KnowledgeReport(
        task="roles",
        data={"path": str(folder), "split": split, "sentences": len(gold)},
        model=f"parser {parser.version}",
        weights_hash=read_parser_card().sha256,
        main=_score([_spans(one) for one in predicted], spans),
        parts=parts,
        protocol=_PROTOCOL,
    )


def read_annotated(folder: Path, split: str) -> list[Annotated]:
    """Return the sentences of a split."""
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {folder}; name the folder that holds {split}{_SUFFIX}")
    splits = sorted(file.name.removesuffix(_SUFFIX) for file in folder.glob(f"*{_SUFFIX}"))
    if not splits:
        raise UsageError(f"{folder} holds no {SPLIT}{_SUFFIX}; name the folder of PropBank's roles on the Web Treebank")
    if split not in splits:
        raise UsageError(f"{folder} has no split {split!r}; there are: {', '.join(splits)}")
    found = []
    for record in read_records(folder / f"{split}{_SUFFIX}", needs=("id", "tokens")):
        try:
            found.append(_annotated(record["tokens"], record["frames"]))
        except (KeyError, TypeError, ValueError) as error:
            where = f"{folder / split}{_SUFFIX}, sentence {record['id']}"
            raise UnreadableError(
                f"{where} has no frames of the form v, args [role, start, end, head]: {error!r}"
            ) from None
    return found


def _annotated(words: Sequence[str], frames: Sequence[dict[str, object]]) -> Annotated:
    arguments: set[Argument] = set()
    predicates = []
    for frame in frames:
        verb = frame["v"]
        if not isinstance(verb, int) or not 0 <= verb < len(words) or not isinstance(frame["args"], list):
            raise ValueError(f"frame {frame}")
        predicates.append(verb)
        for role, start, end, head in frame["args"]:
            arguments.add((verb, str(role), int(start), int(end), int(head)))
    return Annotated(tuple(map(str, words)), tuple(dict.fromkeys(predicates)), frozenset(arguments))


def _parse(
    parser: Parser, gold: Sequence[Annotated], progress: Callable[[Progress], None] | None
) -> tuple[list[Tree], list[Tree]]:
    """Return the trees with the predicates given, and with those that the parser finds."""
    reader = Reader(read_card())
    given: list[Tree] = []
    found: list[Tree] = []
    for first in range(0, len(gold), _AT_ONCE):
        chosen = gold[first : first + _AT_ONCE]
        # Only words are read here, so they need no places in a text.
        sentences = reader.read([Sentence(one.words, tuple((0, 0) for _ in one.words)) for one in chosen])
        given += parser.parse(sentences, given=[one.predicates for one in chosen])
        found += parser.parse(sentences)
        if progress:
            progress(Progress("parse", len(found), len(gold)))
    return given, found


def arguments_of(tree: Tree) -> set[Argument]:
    """Return the arguments of all predicates of a tree."""
    return {(p.word, *argument) for p in tree.predicates for argument in p.roles}


def _spans(arguments: Iterable[Argument]) -> set[tuple[object, ...]]:
    return {(verb, role, start, end) for verb, role, start, end, _ in arguments}


def _heads(arguments: Iterable[Argument]) -> set[tuple[object, ...]]:
    return {(verb, role, head) for verb, role, _, _, head in arguments}


def _score(
    predicted: Sequence[set[tuple[object, ...]] | set[int]], gold: Sequence[set[tuple[object, ...]] | set[int]]
) -> Score:
    """Return the scores, with intervals over sentences."""
    return score([(len(p & g), len(p), len(g)) for p, g in zip(predicted, gold, strict=True)])
