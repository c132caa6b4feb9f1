"""How well mentions in different documents are put together: on ECB+, with the mentions given."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from itertools import combinations
from math import sqrt
from pathlib import Path

from kgretrieval.evaluate.clusters import CONLL, cluster_scores
from kgretrieval.evaluate.ecbplus import GoldDocument, read_ecbplus
from kgretrieval.evaluate.gold_names import Joined, join_document
from kgretrieval.evaluate.knowledge import KnowledgeReport
from kgretrieval.resolution.components import resolve_names
from kgretrieval.resolution.context import Seen, said_of
from kgretrieval.resolution.joined import Joined as Sets
from kgretrieval.resolution.names import Group, Name
from kgretrieval.store.ids import make_id
from kgretrieval.text._stop_words import STOP_WORDS
from kgretrieval.types import Progress

#: How alike the words of two documents are (cosine of their sets) from which they tell one story: a description in both
#: ("the vessel") means one thing.
SAME_STORY = 0.2

_PROTOCOL = (
    "Mentions of humans, things and places in the sentences selected by the authors are given, without times "
    "(with_time counts them); singletons count. The documents of a topic, which is given, are resolved together, "
    "by_subtopic those of a subtopic; a topic is a unit. CoNLL F1 is the mean of MUC, B-cubed and CEAF-e. Nothing was "
    "trained; constants were set on train and dev."
)


def evaluate_resolution(
    path: str | Path, *, split: str | None = None, progress: Callable[[Progress], None] | None = None
) -> KnowledgeReport:
    """Measure resolution across documents on ECB+.

    Parameters
    ----------
    path : path-like
        The folder of ECB+.
    split : str, optional
        ``"train"``, ``"dev"`` or ``"test"``, the last by default.
    progress : callable, optional
        Told after every topic.

    Raises
    ------
    NotFoundError, UsageError, UnreadableError
        If there is no such folder or split, or it is none of ECB+.
    """
    documents, chosen = read_ecbplus(Path(path), split)
    topics = _by(documents, "topic")
    units = []
    for done, own in enumerate(topics, start=1):
        units.append((own, resolve_documents(own)))
        if progress is not None:
            progress(Progress("resolve", done, len(topics)))
    scores = cluster_scores(_clusters(own, found, times=False) for own, found in units)
    timed = cluster_scores(_clusters(own, found, times=True) for own, found in units)
    subtopics = [(own, resolve_documents(own)) for own in _by(documents, "subtopic")]
    within = cluster_scores(_clusters(own, found, times=False) for own, found in subtopics)
    data: dict[str, str | int] = {"path": str(path), "split": chosen, "documents": len(documents)}
    parts = {name: score for name, score in scores.items() if name != CONLL}
    parts |= {"with_time": timed[CONLL], "by_subtopic": within[CONLL]}
    return KnowledgeReport("resolution", data, "resolution", _code_hash(), scores[CONLL], parts, protocol=_PROTOCOL)


def resolve_documents(documents: Sequence[GoldDocument]) -> dict[str, str]:
    """Return which thing each mention means, by mention id: joined within documents, then across them."""
    things = {document.id: join_document(document) for document in documents}
    found = resolve_names(_names(documents, things))
    meant: dict[str, str] = {}
    for own in things.values():
        for thing in own:
            if thing.is_name:
                entity = found.meanings.get((make_id("e", thing.key), thing.document), thing.key)
                meant.update((mention.id, entity) for mention in thing.mentions)
    described = [thing for own in things.values() for thing in own if not thing.is_name]
    meant.update(_described(described, {document.id: _content(document) for document in documents}))
    return meant


def _names(documents: Sequence[GoldDocument], things: dict[str, list[Joined]]) -> list[Name]:
    groups: dict[str, list[Group]] = defaultdict(list)
    for document in documents:
        own = [thing for thing in things[document.id] if thing.is_name]
        around = {make_id("e", t.key): " " in t.key and t.type in ("person", "organisation") for t in own}
        said = said_of({"text": " ".join(document.tokens)}, _seen(document, own), "")
        for thing in own:
            identifier = make_id("e", thing.key)
            extra = said.get(identifier)
            groups[thing.key].append(
                Group(
                    document.id,
                    Counter(thing.forms),
                    {thing.type: float(len(thing.mentions))},
                    near={name: full for name, full in around.items() if name != identifier},
                    roles=extra.roles if extra else frozenset(),
                    written_out=extra.written_out if extra else frozenset(),
                )
            )
    ordered = [tuple(sorted(own, key=lambda group: group.document)) for own in groups.values()]
    return [Name(make_id("e", key), key, own) for key, own in zip(groups, ordered, strict=True)]


def _seen(document: GoldDocument, own: Iterable[Joined]) -> list[Seen]:
    starts, place = [], 0
    for token in document.tokens:
        starts.append(place)
        place += len(token) + 1
    found = []
    for thing in own:
        for mention in thing.mentions:
            first, last = mention.tokens[0], mention.tokens[-1]
            text = " ".join(document.tokens[first : last + 1])
            end = starts[last] + len(document.tokens[last])
            found.append(Seen("text", starts[first], end, text, make_id("e", thing.key), thing.type == "person"))
    return found


def _content(document: GoldDocument) -> frozenset[str]:
    words = {token.lower() for token in document.tokens[document.start :] if token.isalpha()}
    return frozenset(words.difference(STOP_WORDS["en"]))


def _described(things: Sequence[Joined], content: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Put descriptions with one head word together across documents that tell one story."""
    sets = Sets(len(things))
    by_key: dict[str, list[int]] = defaultdict(list)
    for i, thing in enumerate(things):
        by_key[thing.key].append(i)
    for members in by_key.values():
        for i, j in combinations(members, 2):
            if sets.of(i) != sets.of(j):
                one, other = content[things[i].document], content[things[j].document]
                if len(one & other) >= SAME_STORY * sqrt(len(one) * len(other)):
                    sets.join(i, j)
    found: dict[str, str] = {}
    for i, thing in enumerate(things):
        found.update((mention.id, f"described {sets.of(i)}") for mention in thing.mentions)
    return found


def _clusters(
    documents: Sequence[GoldDocument], meant: dict[str, str], *, times: bool
) -> tuple[list[set[str]], list[set[str]]]:
    gold: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for mention in document.mentions:
            if times or mention.type != "date":
                gold[mention.chain].add(mention.id)
                found[meant[mention.id]].add(mention.id)
    return list(gold.values()), list(found.values())


def _by(documents: Iterable[GoldDocument], field: str) -> list[list[GoldDocument]]:
    groups: dict[str, list[GoldDocument]] = defaultdict(list)
    for document in documents:
        groups[getattr(document, field)].append(document)
    return list(groups.values())


def _code_hash() -> str:
    """Return the SHA-256 of the rules: their code is what weights are elsewhere."""
    folder = files("kgretrieval.resolution")
    read = sorted((one.name, one.read_bytes()) for one in folder.iterdir() if one.name.endswith((".py", ".txt")))
    return hashlib.sha256(b"".join(content for _, content in read)).hexdigest()
