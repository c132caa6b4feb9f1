"""Data sets in a folder: what kind one is, and its texts and pictures.

========================================= ==========================================================================
layout                                    what is in the folder
========================================= ==========================================================================
``captions.jsonl`` or ``articles.jsonl``  objects with ``id``, ``image`` (a path in the folder), perhaps ``split``,
                                          and fields of text: a string, or a list of texts for the same picture
``docs.jsonl[.gz]``, ``queries.jsonl``,   documents and questions with ``id`` and ``text``, judgements in TREC form
``qrels.txt``
========================================= ==========================================================================
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.pairs import Pairs, pair_up
from kgretrieval.evaluate.trec import read_qrels
from kgretrieval.store.manifest import NAME as MANIFEST

Record = Mapping[str, Any]

#: The files of records, each with the field that is taken where none is named.
RECORDS = {"captions.jsonl": "captions", "articles.jsonl": "title"}
#: Where no split is named, and what stands for all records.
SPLIT, ALL = "test", "all"
_NO_TEXT = frozenset({"id", "image", "split"})


@dataclass(frozen=True, slots=True)
class Questions:
    """A collection of texts with questions: ids with texts, and which documents answer a question."""

    documents: Mapping[str, str]
    questions: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]


def kind_of(folder: Path) -> str:
    """Return what a folder is: ``"collection"``, ``"pairs"`` or ``"questions"``.

    Raises
    ------
    NotFoundError
        If there is no such folder.
    UsageError
        If it is none of them.
    """
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {folder}; name a data set or a collection")
    if (folder / MANIFEST).exists():
        return "collection"
    if any((folder / name).exists() for name in RECORDS):
        return "pairs"
    if (folder / "qrels.txt").exists():
        return "questions"
    raise UsageError(
        f"{folder} is no collection and no data set: it holds no {MANIFEST}, none of {', '.join(RECORDS)}, and no "
        "qrels.txt with docs.jsonl and queries.jsonl"
    )


def read_pairs(folder: Path, *, split: str | None = None, field: str | None = None) -> tuple[Pairs, str, str]:
    """Read texts and pictures; return them with the split and the field that were taken.

    A picture without a text in this field stays in the pool; an empty text is none.

    Parameters
    ----------
    folder : Path
    split : str, optional
        ``"test"`` by default, ``"all"`` for all records; where records have no split, all are taken.
    field : str, optional
        The field of the texts, or several joined to one text: ``"title+tags"`` is the title, a full stop, and the
        tags with commas between.

    Raises
    ------
    UsageError
        If there is no such split or field; the message names those there are.
    UnreadableError
        If a record cannot be read.
    """
    name = next(name for name in RECORDS if (folder / name).exists())
    records = read_records(folder / name)
    chosen, split = _of_split(records, split, folder)
    field = field or RECORDS[name]
    texts = [_texts(record, field.split("+")) for record in chosen]
    if not any(texts):
        have = sorted({key for record in chosen for key, value in record.items() if _is_text(key, value)})
        raise UsageError(f"no record of {folder} ({split}) has the field {field!r}; there are: {', '.join(have)}")
    ids = [str(record["id"]) for record in chosen]
    given = [(place, text, number) for place, own in enumerate(texts) for number, text in enumerate(own)]
    pairs = pair_up(
        [f"{ids[place]}#{number}" for place, _, number in given],
        [text for _, text, _ in given],
        ids,
        [folder / str(record["image"]) for record in chosen],
        [(text, place) for text, (place, _, _) in enumerate(given)],
    )
    return pairs, split, field


def read_questions(folder: Path) -> Questions:
    """Read documents, questions and judgements.

    Raises
    ------
    NotFoundError
        If one of the files is missing.
    UnreadableError
        If one cannot be read, or no question is judged.
    """
    packed = folder / "docs.jsonl.gz"
    documents = _by_id(packed if packed.exists() else folder / "docs.jsonl")
    questions = _by_id(folder / "queries.jsonl")
    judgements = {query: own for query, own in read_qrels(folder / "qrels.txt").items() if query in questions}
    if not judgements:
        raise UnreadableError(f"no question of {folder / 'queries.jsonl'} is judged in qrels.txt; compare their ids")
    return Questions(documents, {query: questions[query] for query in judgements}, judgements)


def _of_split(records: Sequence[Record], split: str | None, folder: Path) -> tuple[Sequence[Record], str]:
    have = sorted({str(record["split"]) for record in records if "split" in record})
    wanted = split or (SPLIT if have else ALL)
    if wanted == ALL:
        return records, ALL
    chosen = [record for record in records if record.get("split") == wanted]
    if not chosen:
        raise UsageError(f"{folder} has no split {wanted!r}; there are: {', '.join([*have, ALL])}")
    return chosen, wanted


def _texts(record: Record, parts: Sequence[str]) -> list[str]:
    """Return the texts of a record: those of a list one by one, or several fields as one text."""
    values = [record.get(part) for part in parts]
    if len(values) == 1 and isinstance(values[0], list):
        return [text for text in map(str, values[0]) if text.strip()]
    said = [", ".join(map(str, value)) if isinstance(value, list) else str(value) for value in values if value]
    text = ". ".join(one for one in said if one.strip())
    return [text] if text else []


def _is_text(key: str, value: Any) -> bool:
    return key not in _NO_TEXT and (isinstance(value, str) or (isinstance(value, list) and bool(value)))


def _by_id(path: Path) -> dict[str, str]:
    found = {str(record["id"]): str(record.get("text", "")) for record in read_records(path, needs=("id",))}
    if not found:
        raise UnreadableError(f"{path} is empty")
    return found


def read_records(path: Path, needs: Sequence[str] = ("id", "image")) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file, packed or not, each with a value for every key in `needs`.

    Raises
    ------
    NotFoundError
        If there is no such file.
    UnreadableError
        If it cannot be read, is empty, or a line lacks a key.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            records = [_record(line, f"{path}:{n}", needs) for n, line in enumerate(file, start=1) if line.strip()]
    except FileNotFoundError:
        raise NotFoundError(f"there is no {path}") from None
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path} cannot be read: {error}") from None
    if not records:
        raise UnreadableError(f"{path} is empty")
    return records


def _record(line: str, where: str, needs: Sequence[str]) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise UnreadableError(f"{where} is no JSON: {error}") from None
    missing = [key for key in needs if not isinstance(record, dict) or not record.get(key)]
    if missing:
        raise UnreadableError(f"{where} has no {missing[0]!r}; every line is an object with {' and '.join(needs)}")
    found: dict[str, Any] = record
    return found
