"""The parser's weights as they are shipped, and as the network wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors import shipped
from kgretrieval.extractors.parsing.spans import Key
from kgretrieval.extractors.tagging.features import WordTable


@dataclass(frozen=True)
class ParserCard:
    """What ``parser.json`` says: version, labels, sizes of the layers, rules of spans, the hash of the weights."""

    version: str
    sha256: str
    parts: tuple[str, ...]
    labels: tuple[str, ...]
    roles: tuple[str, ...]
    tags: tuple[str, ...]
    chunks: tuple[str, ...]
    sizes: Mapping[str, int]
    rules: Mapping[Key, bool]


@lru_cache(maxsize=1)
def read_parser_card() -> ParserCard:
    """Return the description of the shipped weights, without loading them.

    Raises
    ------
    ModelError
        If the package came without it.
    """
    fields = shipped.read_fields("parser")
    lists = {key: tuple(fields[key]) for key in ("parts", "labels", "roles", "tags", "chunks")}
    rules = {tuple(key): bool(says) for *key, says in fields["rules"]}
    return ParserCard(fields["version"], fields["sha256"], **lists, sizes=fields["sizes"], rules=rules)


def read_parser_arrays() -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of the shipped file as they are stored.

    Raises
    ------
    ModelError
        If the file is missing or is not the one its card describes.
    """
    return shipped.read_arrays("parser", read_parser_card().sha256)


def own_words(keys: npt.NDArray[np.uint32]) -> WordTable:
    """Return the table of the words that have vectors in the parser: their sorted keys have rows from 2 on."""
    return WordTable(keys, np.arange(2, len(keys) + 2, dtype=np.uint16), np.zeros(len(keys), np.uint8))
