"""The data sets that the shipped labels are learned from, as lists of examples."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The folder of the data sets: beside the repository, or where ``KG_DATA`` points.
DATA = Path(os.environ.get("KG_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
#: One in so many examples of a train part without a dev part is kept for choosing.
HELD_OUT = 10


@dataclass(frozen=True)
class Example:
    """A text with what it may be: a coarse label of a set stands for several of ours."""

    text: str
    answers: frozenset[str]
    split: str
    origin: str
    language: str = "en"


def rows(path: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file under `DATA`."""
    opened = gzip.open if path.endswith(".gz") else open
    with opened(DATA / path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def held_out(text: str) -> str:
    """Return ``"dev"`` for a tenth of the texts, by their hash, and ``"train"`` for the others."""
    return "dev" if int(hashlib.sha1(text.encode()).hexdigest(), 16) % HELD_OUT == 0 else "train"


def plain(text: str) -> str:
    """Return an AG News text without the remnants of its markup."""
    text = re.sub(r"\s#(\d+);", r"&#\1;", text).replace("\\", " ")
    return re.sub(r"<[^>]{1,200}>", " ", html.unescape(html.unescape(text)))
