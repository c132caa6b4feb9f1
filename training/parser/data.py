"""Sentences with trees and roles from the data sets, in their own words and in the package's."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kgretrieval.text.tokens import word_spans

#: Genres of GUM whose texts may not be used commercially; they are left out of the training.
NOT_FREE = frozenset({"fiction", "whow", "essay", "letter", "podcast"})

Argument = tuple[str, int, int, int]


@dataclass(frozen=True)
class Gold:
    """Words with heads (-1: the root), labels, parts of speech, lemmas, and frames where the set has them.

    `frames` maps the word of each predicate to its arguments: (role, first word, last word exclusive, head).
    """

    words: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    parts: tuple[str, ...]
    lemmas: tuple[str, ...]
    frames: dict[int, tuple[Argument, ...]] | None = None


@dataclass(frozen=True)
class Pair:
    """One sentence in the words of its data set, and in the package's."""

    given: Gold
    ours: Gold


def read_trees(path: Path, roles: dict[str, dict] | None = None) -> list[tuple[Gold, str]]:
    """Return the sentences of a CoNLL-U file with their texts; `roles` are records of frames by sentence."""
    found = []
    for meta, rows in _blocks(path):
        if meta.get("meta::genre") in NOT_FREE and "train" in path.name:
            continue
        frames = None
        record = (roles or {}).get(meta["sent_id"])
        if record is not None and len(record["tokens"]) == len(rows):
            frames = {f["v"]: tuple((r, a, b, h) for r, a, b, h in f["args"]) for f in record["frames"]}
        words, lemmas, parts, heads, labels = zip(*((r[1], r[2], r[3], int(r[6]) - 1, r[7]) for r in rows), strict=True)
        found.append((Gold(words, heads, labels, parts, lemmas, frames), meta["text"]))
    return found


def _blocks(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    document: dict[str, str] = {}
    meta: dict[str, str] = {}
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                key, _, value = line[1:].strip().partition(" = ")
                (document if key.startswith("meta::") else meta)[key] = value
            elif line.strip():
                row = line.rstrip("\n").split("\t")
                if row[0].isdigit():
                    rows.append(row)
            elif rows:
                yield document | meta, rows
                meta, rows = {}, []


def read_roles(path: Path) -> dict[str, dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {record["id"]: record for record in map(json.loads, file)}


def load(folder: Path, name: str) -> dict[str, list[Pair]]:
    """Return the sentences of a split (``"train"``, ``"dev"``, ``"test"``) by data set."""
    roles = read_roles(folder / "srl_ewt" / f"{name}.jsonl.gz")
    sets = {
        "ewt": read_trees(folder / "ud_ewt" / f"{name}.conllu.gz", roles),
        "gum": read_trees(folder / "gum" / f"{name}.conllu.gz"),
    }
    return {key: [Pair(gold, in_our_words(gold, text)) for gold, text in found] for key, found in sets.items()}


def in_our_words(gold: Gold, text: str) -> Gold:
    """Return a sentence in the package's words: several words of the set that are one of ours are merged.

    The merged word takes the place of the one whose head lies outside. A word of the set that is several of ours
    stays as it is: how to attach its pieces nobody has written down.
    """
    places = _places(gold.words, text)
    if places is None:
        return gold
    group = _groups(places, word_spans(text))
    if group[-1] + 1 == len(gold.words):
        return gold
    return merge(gold, group, text, places)


def _places(words: tuple[str, ...], text: str) -> list[tuple[int, int]] | None:
    """Return where each word stands, or None where the text is spelt otherwise."""
    places, position = [], 0
    for word in words:
        position += len(text[position:]) - len(text[position:].lstrip())
        if not text.startswith(word, position):
            return None
        places.append((position, position + len(word)))
        position += len(word)
    return places


def _groups(places: list[tuple[int, int]], spans: list[tuple[int, int]]) -> list[int]:
    """Return the number of the merged word of each word."""
    starts = {start for start, _ in spans}
    groups = [0]
    for start, end in places[1:]:
        whole = start in starts or not any(a < start < b for a, b in spans if a < end)
        groups.append(groups[-1] + whole)
    return groups


def merge(gold: Gold, group: list[int], text: str, places: list[tuple[int, int]]) -> Gold:
    """Return a sentence whose words with equal numbers in `group` are one."""
    members: dict[int, list[int]] = {}
    for word, number in enumerate(group):
        members.setdefault(number, []).append(word)
    tops = []
    for number, inside in members.items():
        outside = [w for w in inside if gold.heads[w] < 0 or group[gold.heads[w]] != number]
        tops.append(outside[-1] if len(outside) > 1 and gold.labels[outside[0]] == "punct" else outside[0])
    words = tuple(text[places[inside[0]][0] : places[inside[-1]][1]] for inside in members.values())
    heads = tuple(group[gold.heads[top]] if gold.heads[top] >= 0 else -1 for top in tops)
    lemmas = tuple(
        gold.lemmas[top] if len(members[n]) == 1 else "".join(gold.lemmas[w] for w in members[n])
        for n, top in enumerate(tops)
    )
    frames = None
    if gold.frames is not None:
        frames = {}
        for verb, arguments in gold.frames.items():
            if tops[group[verb]] == verb:
                frames[group[verb]] = tuple(
                    (role, group[a], group[b - 1] + 1, group[h])
                    for role, a, b, h in arguments
                    if group[h] != group[verb]
                )
    merged = Gold(words, heads, tuple(gold.labels[t] for t in tops), tuple(gold.parts[t] for t in tops), lemmas, frames)
    return merged if is_tree(merged.heads) else gold


def is_tree(heads: tuple[int, ...]) -> bool:
    """Return whether every word leads to the one root."""
    if sum(head < 0 for head in heads) != 1:
        return False
    for word in range(len(heads)):
        seen = 0
        while word >= 0 and seen <= len(heads):
            word, seen = heads[word], seen + 1
        if word >= 0:
            return False
    return True


def inventory(sentences: list[Gold], least: int = 20) -> dict[str, list[str]]:
    """Return the labels, parts of speech and roles that occur often enough; rare subtypes lose theirs."""
    labels = Counter(label for s in sentences for label in s.labels)
    roles = Counter(a[0] for s in sentences for arguments in (s.frames or {}).values() for a in arguments)
    return {
        "labels": sorted(label for label, n in labels.items() if n >= least),
        "parts": sorted({part for s in sentences for part in s.parts}),
        "roles": ["", *sorted(role for role, n in roles.items() if n >= least)],
    }
