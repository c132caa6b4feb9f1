"""Data sets of texts with their names marked: which one a folder holds, its documents, what counts as right.

=================================== ============================================================================
data set                            what is in the folder
=================================== ============================================================================
CoNLL-2003                          ``SPLIT.conll[.gz]``: word, part of speech, chunk, name (IOB1 or IOB2)
WNUT-17                             ``SPLIT.conll[.gz]``: word and name, the types person, location, group, ...
Broad Twitter Corpus                ``a`` to ``h.conll[.gz]``: word and name, the types PER, LOC, ORG
GUM                                 ``SPLIT.jsonl[.gz]``: documents with ``tokens``, ``upos``, ``entities``
GermEval 2014                       ``SPLIT.tsv[.gz]``: number, word, outer name, inner name
CLUENER                             ``SPLIT.jsonl[.gz]``: ``text`` and ``entities`` by character
=================================== ============================================================================
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.gum_names import NAMED, named_mentions
from kgretrieval.text.tokens import word_spans

#: First and last word (exclusive) of a name, and its type.
Span = tuple[int, int, str]
ALL = "all"
_ENDINGS = (".conll.gz", ".conll", ".jsonl.gz", ".jsonl", ".tsv.gz", ".tsv")
_WNUT = {"corporation": "organisation", "group": "organisation", "location": "place", "creative-work": "product"}
_WNUT |= {"person": "person", "product": "product"}
_BTC = {"PER": "person", "LOC": "place", "ORG": "organisation"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One sentence: its words, the names marked in it, those that lie inside others."""

    words: tuple[str, ...]
    names: frozenset[Span]
    inner: frozenset[Span] = frozenset()


Document = tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class TaggedText:
    """Texts with their names.

    Attributes
    ----------
    kind : str
        ``"conll2003"``, ``"wnut17"``, ``"btc"``, ``"gum"``, ``"germeval"`` or ``"cluener"``.
    split, language : str
    documents : tuple
        Sentences that stand together, each a tuple of `Sample`.
    types : tuple of str
        The types that are counted; names of another type are left out on both sides.
    ours : str
        What of a `Name` is compared: its ``"label"`` or its ``"type"``.
    """

    kind: str
    split: str
    language: str
    documents: tuple[Document, ...]
    types: tuple[str, ...]
    ours: str


def read_tagged_text(folder: Path, split: str | None) -> TaggedText:
    """Read a split of the data set in a folder.

    Raises
    ------
    NotFoundError
        If there is no such folder.
    UsageError
        If it holds none of the data sets, or no such split.
    UnreadableError
        If a file cannot be read as what it should be.
    """
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {folder}; name the folder of a data set")
    files = {path.name.partition(".")[0]: path for path in sorted(folder.iterdir()) if path.name.endswith(_ENDINGS)}
    kind = _kind(files)
    if kind is None:
        raise UsageError(
            f"{folder} is none of the data sets known: CoNLL-2003, WNUT-17, the Broad Twitter Corpus (*.conll[.gz]), "
            "GUM, CLUENER (*.jsonl[.gz]), GermEval 2014 (*.tsv[.gz])"
        )
    reader = _READERS[kind]
    chosen = split or reader.split
    if chosen != ALL and chosen not in files:
        raise UsageError(f"{folder} has no split {chosen!r}; there are: {', '.join([*files, ALL])}")
    paths = list(files.values()) if chosen == ALL else [files[chosen]]
    try:
        documents = tuple(document for path in paths for document in reader.read(path))
    except (OSError, EOFError, ValueError, KeyError, IndexError, TypeError) as error:
        raise UnreadableError(f"{', '.join(map(str, paths))} cannot be read as {kind}: {error!r}") from None
    types = reader.types or tuple(sorted({n[2] for d in documents for s in d for n in (*s.names, *s.inner)}))
    return TaggedText(kind, chosen, reader.language, documents, types, reader.ours)


def recased(document: Document, case: Callable[[str], str]) -> Document:
    """Return a document with every word in another case."""
    return tuple(replace(sample, words=tuple(map(case, sample.words))) for sample in document)


def without_user_names(document: Document) -> Document:
    """Return tweets without user names: without ``@`` and the word after it, and without the names that hold one."""
    return tuple(_without_user_names(sample) for sample in document)


def _without_user_names(sample: Sample) -> Sample:
    words = sample.words
    kept = [i for i, word in enumerate(words) if word != "@" and not (i and words[i - 1] == "@")]
    place = {i: at for at, i in enumerate(kept)}
    names = {
        (place[first], place[last - 1] + 1, kind)
        for first, last, kind in sample.names
        if all(i in place for i in range(first, last))
    }
    return Sample(tuple(words[i] for i in kept), frozenset(names))


def iob_spans(tags: Sequence[str]) -> Iterator[Span]:
    """Yield the names of an IOB1 or IOB2 sequence, as ``conlleval`` reads it."""
    first, kind = -1, ""
    for i, tag in enumerate([*tags, "O"]):
        mark, _, own = tag.partition("-")
        if first >= 0 and (mark != "I" or own != kind):
            yield first, i, kind
            first = -1
        if mark != "O" and first < 0:
            first, kind = i, own


def _kind(files: dict[str, Path]) -> str | None:
    if not files:
        return None
    path = files.get("dev") or files.get("test") or next(iter(files.values()))
    try:
        with _opened(path) as file:
            head = [line.rstrip("\n") for line in islice(file, 400) if line.strip()]
            if ".tsv" in path.name:
                return "germeval" if any(line.startswith("1\t") and line.count("\t") == 3 for line in head) else None
            if ".jsonl" in path.name:
                keys = set(json.loads(head[0])) if head else set()
                return "gum" if {"tokens", "upos"} <= keys else "cluener" if {"text", "entities"} <= keys else None
    except (OSError, EOFError, ValueError, TypeError):
        return None
    if any(len(line.split()) == 4 for line in head):
        return "conll2003"
    if set("abefgh") & set(files):
        return "btc"
    return "wnut17" if any(line.endswith(tuple(f"-{kind}" for kind in _WNUT)) for line in head) else None


def _opened(path: Path) -> Any:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def _blocks(path: Path) -> Iterator[list[list[str]]]:
    """Yield the rows of each block between blank lines."""
    rows: list[list[str]] = []
    with _opened(path) as file:
        for line in file:
            if line.strip():
                rows.append([column.strip() for column in line.split("\t" if "\t" in line else None)])
            elif rows:
                yield rows
                rows = []
    if rows:
        yield rows


def _conll2003(path: Path) -> Iterator[Document]:
    document: list[Sample] = []
    for rows in _blocks(path):
        if rows[0][0] == "-DOCSTART-":
            if document:
                yield tuple(document)
            document = []
        else:
            document.append(Sample(tuple(row[0] for row in rows), frozenset(iob_spans([row[3] for row in rows]))))
    if document:
        yield tuple(document)


def _columns(path: Path, types: dict[str, str]) -> Iterator[Document]:
    for rows in _blocks(path):
        names = ((first, last, types[kind]) for first, last, kind in iob_spans([row[1] for row in rows]))
        yield (Sample(tuple(row[0] for row in rows), frozenset(names)),)


def _gum(path: Path) -> Iterator[Document]:
    for record in _records(path):
        if record["genre"] == "news":
            names = named_mentions(record)
            yield tuple(
                Sample(
                    tuple(record["tokens"][start:end]),
                    frozenset((a - start, b - start, kind) for a, b, kind in names if start <= a and b <= end),
                )
                for start, end in record["sentences"]
            )


def _germeval(path: Path) -> Iterator[Document]:
    for block in _blocks(path):
        rows = [row for row in block if row[0] != "#"]
        outer, inner = (frozenset(iob_spans([row[column] for row in rows])) for column in (2, 3))
        yield (Sample(tuple(row[1] for row in rows), outer, inner),)


def _cluener(path: Path) -> Iterator[Document]:
    for record in _records(path):
        places = word_spans(record["text"], "zh")
        first, last = ({span[side]: i for i, span in enumerate(places)} for side in (0, 1))
        # A name that begins or ends inside a word cannot be found, yet counts as one to find.
        names = ((first.get(a, -1), last.get(b, -2) + 1, kind) for a, b, kind in record["entities"])
        yield (Sample(tuple(record["text"][a:b] for a, b in places), frozenset(names)),)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with _opened(path) as file:
        yield from map(json.loads, file)


@dataclass(frozen=True, slots=True)
class _Reader:
    """How a data set is read: its language, the split taken by default, the types that count."""

    language: str
    split: str
    read: Callable[[Path], Iterator[Document]]
    ours: str = "type"
    types: tuple[str, ...] = ()


_READERS = {
    "conll2003": _Reader("en", "testb", _conll2003, "label", ("PER", "ORG", "LOC", "MISC")),
    "wnut17": _Reader("en", "test", lambda path: _columns(path, _WNUT), types=tuple(dict.fromkeys(_WNUT.values()))),
    "btc": _Reader("en", "f", lambda path: _columns(path, _BTC), types=tuple(_BTC.values())),
    "gum": _Reader("en", ALL, _gum, types=NAMED),
    "germeval": _Reader("de", "dev", _germeval, "label"),
    "cluener": _Reader("zh", "dev", _cluener, "label"),
}
