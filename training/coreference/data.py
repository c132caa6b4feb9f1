"""Texts of ECB+ with what their mentions mean; GUM and GAP are read as `kg evaluate coreference` reads them."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

#: Genres of GUM under a licence for non-commercial use; nothing is trained on them.
NOT_OPEN = frozenset({"fiction", "whow", "essay", "letter", "podcast"})


@dataclass(frozen=True)
class Marked:
    """A text of ECB+; `words` maps where each word of a mention in a judged sentence starts to its chain."""

    id: str
    text: str
    words: dict[int, str]


_MARKS = {"``": '"', "''": '"'}


def read_ecb(path: Path) -> list[Marked]:
    """Read the documents of a split of ECB+; mentions of events are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_marked(document) for document in map(json.loads, lines)]


def _marked(document: dict) -> Marked:
    starts: dict[int, int] = {}
    text = ""
    for number, first, last in document["sentences"]:
        if number == 0 and document["subtopic"].endswith("ecbplus"):
            continue
        if text:
            text = text.rstrip() + (" " if text.rstrip()[-1:] in ".?!\"'" else "\n")
        for i in range(first, last):
            starts[i] = len(text)
            text += _MARKS.get(document["tokens"][i], document["tokens"][i]) + " "
    words: dict[int, str] = {}
    mentions = [
        one for one in document["mentions"] if one.get("selected") and not one["type"].startswith(("ACTION", "NEG"))
    ]
    for one in sorted(mentions, key=lambda one: one["start"] - one["end"]):
        for i in one.get("tokens") or range(one["start"], one["end"]):
            if i in starts:
                words[starts[i]] = one["chain"] or f"{one['id']} alone"
    return Marked(document["id"], text, words)
