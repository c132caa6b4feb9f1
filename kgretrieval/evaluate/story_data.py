"""News of which it is known which articles tell of one event: ECB+ and stories of Google News.

- A. Cybulska and P. Vossen, "Using a sledgehammer to crack a nut?", LREC 2014: ECB+, 43 topics of two events each.
- J. Yin and J. Wang, "A Dirichlet multinomial mixture model-based approach for short text clustering", KDD 2014: titles
  and snippets of 152 stories, without stop words and dates.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError

ECBPLUS, GOOGLE = ("train", "dev", "test"), ("dev", "test")
_ITEMS = "items.jsonl.gz"
#: Stories of Google News on which constants were chosen (drawn once); all others are its test part.
_CHOSEN = """2 3 7 10 23 27 29 34 38 43 47 52 54 57 59 60 62 65 67 73 74 75 76 80 81 85 87 90 97 98 100 103 109 110 113
    134 137 142 147 148"""
_CHOSEN_ON = frozenset(map(int, _CHOSEN.split()))


@dataclass(frozen=True, slots=True)
class Told:
    """An article, the event that it tells of, and the topic of the event (the event itself where there is none)."""

    id: str
    title: str
    text: str
    event: str
    topic: str


def read_stories(folder: Path, split: str | None) -> tuple[list[Told], str]:
    """Read the articles of a split of either data set.

    Parameters
    ----------
    folder : Path
        That of ECB+ (``test.jsonl.gz``) or of the stories of Google News (``items.jsonl.gz``).
    split : str, optional
        ``"test"`` by default.

    Raises
    ------
    NotFoundError, UsageError, UnreadableError
        If there is no such folder or split, or it is neither.
    """
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {folder}; name that of ECB+ or of the stories of Google News")
    google = (folder / _ITEMS).exists()
    splits = GOOGLE if google else ECBPLUS
    wanted = split or splits[-1]
    if wanted not in splits:
        raise UsageError(f"{folder} has no split {wanted!r}; there are: {', '.join(splits)}")
    path = folder / (_ITEMS if google else f"{wanted}.jsonl.gz")
    if not path.exists():
        raise UsageError(f"{folder} holds neither {_ITEMS} (Google News) nor {path.name} (ECB+)")
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            records = [json.loads(line) for line in file if line.strip()]
        found = list(_google(records, wanted) if google else map(_ecbplus, records))
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableError(f"{path} cannot be read as news in stories: {error!r}") from None
    if not found:
        raise UnreadableError(f"{path} is empty")
    return found, wanted


def _google(records: list[dict[str, Any]], split: str) -> Iterator[Told]:
    for number, record in enumerate(records):
        story = int(record["story"])
        if (story in _CHOSEN_ON) == (split == "dev"):
            yield Told(f"{number:05d}", str(record["title"]), str(record["snippet"]), str(story), str(story))


def _ecbplus(record: dict[str, Any]) -> Told:
    sentences = list(record["sentences"])
    if str(record["subtopic"]).endswith("ecbplus") and len(sentences) > 1:
        # The first sentence of what was added to ECB is the address of the page.
        sentences = sentences[1:]
    title, *rest = (" ".join(record["tokens"][start:end]) for _, start, end in sentences)
    return Told(str(record["id"]), title, " ".join(rest), str(record["subtopic"]), str(record["topic"]))
