"""Examples from wherever labels are: tables, folders, ids, given tags, what people said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kgretrieval.classify.base import Examples, Item
from kgretrieval.encoders.base import Encoder
from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.labelling.folders import files_by_folder
from kgretrieval.labelling.items import OF, file_items, items_of, text_item
from kgretrieval.labelling.records import Takes
from kgretrieval.labelling.tables import read_rows
from kgretrieval.store.ids import looks_like_id
from kgretrieval.store.item_rows import all_of, given_tags
from kgretrieval.store.own_labels import own_labels, own_schemes
from kgretrieval.store.read import full_id
from kgretrieval.store.store import Store
from kgretrieval.types import Skipped

#: A given tag is a label where so many documents bear it, unless the user chooses labels.
FREQUENT = 10

Pairs = list[tuple[Item, str]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Items with their labels, what they are, what was left out, and items without a label to learn from."""

    pairs: Pairs
    takes: Takes
    skipped: tuple[Skipped, ...] = ()
    rest: tuple[Item, ...] = ()


def from_file(
    source: Path,
    store: Store | None,
    encoder: Callable[[], Encoder],
    *,
    text: str = "",
    label: str = "",
    takes: Takes | None = None,
) -> Gathered:
    """Return the examples of a table, of a CSV of ids, or of a folder with a folder for each label.

    Parameters
    ----------
    source : Path
    store : Store, optional
        What ids are of.
    encoder : callable
        Loads what sees pictures.
    text, label : str
        Names of columns.
    takes : {"text", "picture", "both"}, optional
        What the model wants of documents named by ids; by default what they are.

    Raises
    ------
    NotFoundError, UnreadableError, UsageError
        If there is nothing at `source`, it cannot be read, or it holds no labels.
    """
    if source.is_dir():
        found = files_by_folder(source)
        items, skipped = file_items([file for file, _ in found], encoder)
        pairs = [(items[file], name) for file, name in found if file in items]
        kind: Takes = "picture" if pairs and pairs[0][0].picture is not None else "text"
        return Gathered(pairs, kind, tuple(skipped))
    if not source.is_file():
        raise NotFoundError(f"there is no file or folder {source}; give a table, JSON lines or a folder for each label")
    rows, by_id = read_rows(source, text=text, label=label)
    if not by_id:
        return Gathered([(text_item(words), name) for words, name in rows], "text")
    if store is None:
        raise UsageError(f"{source} names documents by their ids; say of which collection with --index")
    return from_documents(store, rows, takes)


def from_documents(store: Store, rows: Iterable[tuple[str, str]], takes: Takes | None = None) -> Gathered:
    """Return the examples that documents are; those that have not what the model takes are left out and named.

    Raises
    ------
    NotFoundError, UsageError
        If an id is none of this collection, or of no article or picture.
    """
    labels = {full_id(store, one): name for one, name in rows}
    if unfit := [one for one in labels if one[0] not in "ap"]:
        raise UsageError(f"{unfit[0]} is no article or picture; labels sort those")
    wanted: Takes = takes or ("text" if all(one[0] == "a" for one in labels) else "picture")
    items = items_of(store, labels, wanted)
    missing = {"text": "has no text", "picture": "has no picture", "both": "has not both a text and a picture"}[wanted]
    skipped = tuple(Skipped(one, missing) for one in labels if one not in items)
    return Gathered([(item, labels[one]) for one, item in items.items()], wanted, skipped)


def from_people(store: Store, name: str, takes: Takes | None = None) -> Gathered:
    """Return the examples that people gave under a scheme.

    Raises
    ------
    UsageError
        If there are none; the message says under which schemes there are.
    """
    rows = own_labels(store, name)
    if not rows:
        others = ", ".join(own_schemes(store))
        there = f"there are labels under {others}" if others else "nobody has labelled anything yet"
        raise UsageError(f"nobody has labelled anything as {name!r} ({there}); kg label does, or give a file of labels")
    return from_documents(store, rows, takes)


def from_tags(store: Store, takes: Takes | None = None, chosen: Sequence[str] = ()) -> Gathered:
    """Return the examples that the tags and sections given with documents make: who bears exactly one of the labels.

    Parameters
    ----------
    store : Store
    takes : {"text", "picture", "both"}, optional
        "text" by default.
    chosen : sequence of str
        The tags that are labels; by default those that `FREQUENT` documents or more bear.

    Raises
    ------
    UsageError
        If nothing bears such tags.
    """
    wanted: Takes = takes or "text"
    tags = given_tags(store, OF[wanted])
    counted = Counter(tag for given in tags.values() for tag in given)
    if missing := [one for one in chosen if one not in counted]:
        most = _most_frequent(counted)
        raise UsageError(f"no {OF[wanted]} has the tag {missing[0]!r}; the most frequent are {most}")
    labels = set(chosen) or {tag for tag, number in counted.items() if number >= FREQUENT}
    if len(labels) < 2:
        few = f"fewer than two tags are borne by {FREQUENT} {OF[wanted]}s or more"
        raise UsageError(f"{few}; the most frequent are {_most_frequent(counted)}")
    rows = []
    for document, given in sorted(tags.items()):
        own = given & labels
        if len(own) == 1:
            rows.append((document, min(own)))
    return from_documents(store, rows, wanted)


def _most_frequent(counted: Counter[str]) -> str:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:8]
    return ", ".join(f"{tag} ({number})" for tag, number in ordered) or "none"


def with_rest(store: Store, gathered: Gathered, *, most: int) -> Gathered:
    """Return the same with the articles of the collection that are not among the examples, `most` of them at most.

    Raises
    ------
    UsageError
        If the examples are no texts.
    """
    if gathered.takes != "text":
        raise UsageError("only texts can be learned from without a label; leave --rest out")
    known = {item.text for item, _ in gathered.pairs}
    # Ids come from hashes: the first of them are a fair sample.
    items = items_of(store, all_of(store, "article")[: most + len(known)], "text")
    return replace(gathered, rest=tuple(item for item in items.values() if item.text not in known)[:most])


def from_pairs(given: Iterable[tuple[str, str]]) -> Gathered:
    """Return the examples of (text, label) pairs."""
    return Gathered([(text_item(text), label) for text, label in given if text.strip()], "text")


def examples_of(pairs: Pairs, *, chosen: Sequence[str] = ()) -> Examples:
    """Return examples to train on, those of the chosen labels or all.

    Raises
    ------
    UsageError
        If there are fewer than two labels, or one has a single example: nothing could be held out to measure.
    """
    if chosen:
        pairs = [pair for pair in pairs if pair[1] in chosen]
    counted = Counter(label for _, label in pairs)
    if len(counted) < 2:
        only = f"the only label is {next(iter(counted))!r}" if counted else "there are no labelled examples"
        raise UsageError(f"{only}; a model needs two labels or more, each with two examples or more")
    if single := sorted(label for label, number in counted.items() if number < 2):
        names = ", ".join(map(repr, single[:5])) + (f" and {len(single) - 5} more" if len(single) > 5 else "")
        raise UsageError(f"only one example has the label {names}; give more, or choose other labels with --labels")
    labels = tuple(sorted(counted))
    place = {label: number for number, label in enumerate(labels)}
    answers = np.array([place[label] for _, label in pairs], dtype=np.int64)
    return Examples(tuple(item for item, _ in pairs), answers, labels)


def rows_of(labels: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[list[tuple[str, str]], bool]:
    """Return (id or text, label) pairs, and whether they are ids: all of them look like one."""
    rows = list(labels.items()) if isinstance(labels, Mapping) else [(str(one), str(name)) for one, name in labels]
    return rows, bool(rows) and all(looks_like_id(one) for one, _ in rows)
