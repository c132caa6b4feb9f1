"""ECB+: news documents in which each mention of an entity has the number of the entity, across documents.

A. Cybulska and P. Vossen, "Using a sledgehammer to crack a nut? Lexical diversity and event coreference resolution",
LREC 2014.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.types import EntityType

SPLITS = ("train", "dev", "test")
_TYPES: tuple[tuple[str, EntityType], ...] = (
    ("HUMAN_PART_PER", "person"),
    ("HUMAN_PART_ORG", "organisation"),
    ("HUMAN_PART_MET", "organisation"),
    ("HUMAN_PART_GPE", "place"),
    ("HUMAN_PART_VEH", "product"),
    ("HUMAN", "misc"),
    ("NON_HUMAN", "product"),
    ("LOC", "place"),
    ("TIME", "date"),
)


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention: its id in the whole data set, its words (token numbers), its type, and the entity that it means."""

    id: str
    tokens: tuple[int, ...]
    sentence: int
    type: EntityType
    chain: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its tokens, of which those before `start` are its address, and its mentions in reading order."""

    id: str
    topic: str
    subtopic: str
    tokens: tuple[str, ...]
    start: int
    mentions: tuple[GoldMention, ...]


def read_ecbplus(folder: Path, split: str | None) -> tuple[list[GoldDocument], str]:
    """Read the documents of a split with their mentions of entities in the selected sentences.

    Parameters
    ----------
    folder : Path
    split : str, optional
        ``"train"``, ``"dev"`` or ``"test"``, the last by default.

    Raises
    ------
    NotFoundError, UsageError, UnreadableError
        If there is no such folder or split, or it is none of ECB+.
    """
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {folder}; name that of ECB+")
    wanted = split or SPLITS[-1]
    if wanted not in SPLITS:
        raise UsageError(f"ECB+ has no split {wanted!r}; there are: {', '.join(SPLITS)}")
    path = folder / f"{wanted}.jsonl.gz"
    if not path.exists():
        raise UsageError(f"{folder} is not ECB+: it holds no {path.name}")
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            documents = [_document(json.loads(line)) for line in file if line.strip()]
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableError(f"{path} cannot be read as ECB+: {error!r}") from None
    if not documents:
        raise UnreadableError(f"{path} is empty")
    return documents, wanted


def _document(record: dict[str, Any]) -> GoldDocument:
    mentions = [_mention(record["id"], one) for one in record["mentions"] if one.get("selected")]
    found = [one for one in mentions if one is not None]
    return GoldDocument(
        id=str(record["id"]),
        topic=str(record["topic"]),
        subtopic=str(record["subtopic"]),
        tokens=tuple(record["tokens"]),
        # The first sentence of what was added to ECB is the tokenised address of the page.
        start=record["sentences"][0][2] if str(record["subtopic"]).endswith("ecbplus") else 0,
        mentions=tuple(sorted(found, key=lambda one: (one.tokens, one.id))),
    )


def _mention(document: str, record: dict[str, Any]) -> GoldMention | None:
    kind = next((kind for prefix, kind in _TYPES if record["type"].startswith(prefix)), None)
    if kind is None:
        return None
    tokens: Sequence[int] = record.get("tokens") or range(record["start"], record["end"])
    own = f"{document}:{record['id']}"
    return GoldMention(own, tuple(tokens), int(record["sent"]), kind, str(record.get("chain") or own))
