"""How well pronouns and short forms find their names: on GAP's snippets and on GUM's chains."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from kgretrieval.evaluate.clusters import CONLL, cluster_scores
from kgretrieval.evaluate.coreference_data import Chains, Marked, Snippet, Span, find, read_gap, read_gum
from kgretrieval.evaluate.knowledge import KnowledgeReport, Score, score
from kgretrieval.extractors.coreference import Coreference, Document
from kgretrieval.text.names import name_key
from kgretrieval.types import Progress

#: Texts read at once.
_BATCH = 256

GAP_PROTOCOL = (
    "GAP's snippet context: only the text is given. A name is labelled as meant if the antecedent of the reference at "
    "the pronoun overlaps it or has the same name (one the beginning or end of the other); no reference, no label. "
    "'every pronoun answered' sets no threshold; 'two candidates given' is the gold two-mention task: the likelier of "
    "the two spans. Trained on GAP's development part and GUM's and ECB+'s training parts; thresholds chosen on GAP's "
    "validation part and GUM's dev part."
)
GUM_PROTOCOL = (
    "References of third-person pronouns and of nouns with the, this or that: right if the antecedent heads or is "
    "headed by a mention of the gold chain of the reference's last word; to find are those whose chain has a proper "
    "name. 'conll' and its measures: clusters of names of one spelling with their references against gold chains that "
    "hold a name, mentions matched by head word, no singletons; 'conll, all chains' against all chains of two and "
    "more, first persons and abstract things among them. Trained on GUM's training part (and GAP's, ECB+'s)."
)


def evaluate_coreference(
    path: str | Path, *, split: str | None = None, progress: Callable[[Progress], None] | None = None
) -> KnowledgeReport:
    """Measure references on GAP or GUM.

    Parameters
    ----------
    path : str or Path
        The folder of the data set.
    split : str, optional
        ``"test"`` by default; of GAP ``"development"``, ``"validation"`` or ``"test"``, of GUM ``"train"``, ``"dev"``
        or ``"test"``.
    progress : callable, optional
        Is told how many texts are read.

    Raises
    ------
    NotFoundError
        If there is no such folder or file.
    UsageError
        If the folder holds neither data set, or not this split.
    UnreadableError
        If a file is damaged.
    """
    name, split, file = find(Path(path), split)
    data: dict[str, str | int] = {"path": str(path), "set": name, "split": split}
    if name == "gap":
        snippets = read_gap(file)
        return _gap_report(snippets, _read([one.text for one in snippets], progress), data)
    chains = read_gum(file)
    return _gum_report(chains, _read([one.text for one in chains], progress), data)


def _read(texts: Sequence[str], progress: Callable[[Progress], None] | None) -> tuple[Coreference, list[Document]]:
    from kgretrieval.extractors.parsing.parser import Parser
    from kgretrieval.extractors.tagger import Tagger

    tagger = Tagger()
    extractor = Coreference(tagger, Parser(tagger))
    found: list[Document] = []
    for first in range(0, len(texts), _BATCH):
        batch = texts[first : first + _BATCH]
        trees = extractor.trees(batch)
        found += [extractor.resolve([("text", text, own)]) for text, own in zip(batch, trees, strict=True)]
        if progress is not None:
            progress(Progress("texts", len(found), len(texts)))
    return extractor, found


def _gap_report(
    snippets: Sequence[Snippet], read: tuple[Coreference, Sequence[Document]], data: Mapping[str, str | int]
) -> KnowledgeReport:
    extractor, documents = read
    pairs = list(zip(snippets, documents, strict=True))
    ways = {
        "given": [_labels(one, own, extractor) for one, own in pairs],
        "every pronoun answered": [_labels(one, own, None) for one, own in pairs],
        "two candidates given": [_of_two(one, own) for one, own in pairs],
    }
    parts: dict[str, Score] = {}
    extra: dict[str, float | int | str] = {}
    for way, labels in ways.items():
        genders = {
            "masculine": [_counts(one, own) for one, own in zip(snippets, labels, strict=True) if not one.feminine],
            "feminine": [_counts(one, own) for one, own in zip(snippets, labels, strict=True) if one.feminine],
        }
        prefix = "" if way == "given" else f"{way}, "
        if prefix:
            parts[way] = score([*genders["masculine"], *genders["feminine"]])
        found = {gender: score(counts) if counts else score([(0.0, 0.0, 0.0)]) for gender, counts in genders.items()}
        parts |= {prefix + gender: one for gender, one in found.items()}
        extra[prefix + "bias F/M"] = round(found["feminine"].f1 / max(found["masculine"].f1, 1e-9), 3)
    main = score([_counts(one, own) for one, own in zip(snippets, ways["given"], strict=True)])
    return KnowledgeReport(
        "coreference", data, f"{Coreference.name} {extractor.version}", extractor.weights_hash, main, parts,
        GAP_PROTOCOL, extra,
    )  # fmt: skip


def _counts(snippet: Snippet, labels: tuple[bool, bool]) -> tuple[float, float, float]:
    both = sum(said and right for said, right in zip(labels, snippet.right, strict=True))
    return float(both), float(sum(labels)), float(sum(snippet.right))


def _labels(snippet: Snippet, document: Document, extractor: Coreference | None) -> tuple[bool, bool]:
    """Return which names the reference at the pronoun means; with an extractor only if it would give it."""
    for answer in document.answers:
        sure = extractor is None or extractor.sure(answer)
        if document.span(answer.first, answer.last)[1] == snippet.pronoun[0] and sure:
            start, end = document.name(answer.antecedent)[1:]
            first, second = (_same(snippet.text, (start, end), span) for span in snippet.names)
            return first, second
    return False, False


def _same(text: str, one: Span, other: Span) -> bool:
    """Return whether two spans overlap, or are a name and its beginning or end."""
    if one[0] < other[1] and other[0] < one[1]:
        return True
    left, right = (name_key(text[start:end], "person").split() for start, end in (one, other))
    short, long = sorted((left, right), key=len)
    return bool(short) and (long[: len(short)] == short or long[-len(short) :] == short)


def _of_two(snippet: Snippet, document: Document) -> tuple[bool, bool]:
    """Return which of the two names is likelier, if either is likely at all."""
    shares = [0.0, 0.0]
    likely = document.shares_at(snippet.pronoun[0])
    for side, span in enumerate(snippet.names):
        entities = {
            document.entity(row)
            for row in document.names()
            if document.name(row)[1] < span[1] and span[0] < document.name(row)[2]
        }
        shares[side] = sum(likely.get(entity, 0.0) for entity in entities)
    return shares[0] > shares[1], shares[1] > shares[0]


def _gum_report(
    chains: Sequence[Chains], read: tuple[Coreference, Sequence[Document]], data: Mapping[str, str | int]
) -> KnowledgeReport:
    extractor, documents = read
    judged = [_judge(one, own, extractor) for one, own in zip(chains, documents, strict=True)]
    kinds = {
        kind: [tuple(float(value) for value in own[kind]) for own in judged] for kind in ("pronouns", "short forms")
    }
    main = score([tuple(np.add(a, b)) for a, b in zip(*kinds.values(), strict=True)])
    units = [(one, _clusters(one, own, extractor)) for one, own in zip(chains, documents, strict=True)]
    named = cluster_scores([(_named(one), found) for one, found in units])
    every = cluster_scores([(one.clusters(), found) for one, found in units])
    parts = {kind: score(counts) for kind, counts in kinds.items()}
    parts |= {name: named[name] for name in (CONLL, *(name for name in named if name != CONLL))}
    parts["conll, all chains"] = every[CONLL]
    return KnowledgeReport(
        "coreference", data, f"{Coreference.name} {extractor.version}", extractor.weights_hash, main, parts,
        GUM_PROTOCOL,
    )  # fmt: skip


def _judge(gold: Chains, document: Document, extractor: Coreference) -> dict[str, tuple[int, int, int]]:
    """Return (right, given, to find) of pronouns and of short forms."""
    named = {mention.chain for mention in gold.heads.values() if mention.named}
    pronouns = document.pronouns()
    found = {"pronouns": [0, 0, 0], "short forms": [0, 0, 0]}
    for place, mention in gold.heads.items():
        if place == mention.head and mention.chain in named and not mention.named:
            if place in pronouns:
                found["pronouns"][2] += 1
            elif mention.definite:
                found["short forms"][2] += 1
    for answer in document.answers:
        if not extractor.sure(answer):
            continue
        head = document.span(answer.last - 1, answer.last)[1]
        pronoun = head in pronouns
        if answer.pronoun and not pronoun:
            continue
        _, start, end = document.name(answer.antecedent)
        meant = gold.heads.get(head)
        right = meant is not None and any(
            own is not None and own.chain == meant.chain for own in map(gold.heads.get, range(start, end))
        )
        counts = found["pronouns" if pronoun else "short forms"]
        counts[0] += right
        counts[1] += 1
    return {kind: (right, given, wanted) for kind, (right, given, wanted) in found.items()}


def _named(gold: Chains) -> list[set[int]]:
    heads = {mention.head for mention in gold.heads.values() if mention.named}
    return [cluster for cluster in gold.clusters() if cluster & heads]


def _clusters(gold: Chains, document: Document, extractor: Coreference) -> list[set[int]]:
    """Return the clusters found, of two mentions and more, each mention as the place of its gold head or its own."""
    clusters: dict[int, set[int]] = {}
    taken: set[int] = set()
    spans = [(document.entity(row), *document.name(row)[1:]) for row in document.names()]
    for answer in document.answers:
        if extractor.sure(answer):
            _, start, end = document.span(answer.last - 1, answer.last)
            spans.append((document.entity(answer.antecedent), start, end))
    for entity, start, end in spans:
        marked: list[Marked] = [gold.heads[place] for place in range(start, end) if place in gold.heads]
        head = marked[-1].head if marked else start
        if head not in taken:
            taken.add(head)
            clusters.setdefault(entity, set()).add(head)
    return [cluster for cluster in clusters.values() if len(cluster) > 1]
