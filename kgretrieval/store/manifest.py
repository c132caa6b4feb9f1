"""`manifest.json`: what a collection was made with, and its counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from kgretrieval.errors import CollectionError, CollectionNotFoundError, ModelError
from kgretrieval.files import write_whole
from kgretrieval.store.schema import FORMAT

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What every reader and writer of a collection must agree on."""

    encoder: str
    weights_hash: str
    spaces: Mapping[str, int]
    analysis: Mapping[str, Any]
    extractors: Mapping[str, str]
    format: int = FORMAT
    generation: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    index: Mapping[str, Mapping[str, str | int | float]] = field(default_factory=dict)
    vectors: str = "fp16"
    #: The engine that reads the text in pictures, ``""`` where none does.
    reading: str = ""

    def save(self, folder: Path) -> None:
        """Write to a temporary name first, so that a crash leaves the old or the new file."""
        write_whole(folder / NAME, json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n")

    def require_weights(self, weights_hash: str) -> None:
        """Refuse an encoder whose weights are not those that the vectors came from.

        Raises
        ------
        ModelError
            If they differ.
        """
        if weights_hash != self.weights_hash:
            seen, own = weights_hash[:12], self.weights_hash[:12]
            message = f"the weights of {self.encoder!r} are {seen}, the collection was made with {own}"
            raise ModelError(f"{message}; restore them, or ingest into a new folder")

    def with_state(self, **changes: Any) -> Manifest:
        """Return a copy with other counts, generation, index choice or extractors."""
        return replace(self, **changes)


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest of the collection at `folder`.

    Raises
    ------
    CollectionNotFoundError
        If there is no collection.
    CollectionError
        If the manifest is damaged or of another format version.
    """
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = f"there is no collection at {folder}; make one with: kg ingest PATH --index {folder}"
        raise CollectionNotFoundError(message) from None
    except (OSError, ValueError) as error:
        raise CollectionError(f"{path} cannot be read ({error}); restore it or ingest again") from None
    seen = data.get("format") if isinstance(data, dict) else None
    if seen != FORMAT:
        raise CollectionError(f"{folder} has format {seen!r}, this version reads {FORMAT}; ingest into a new folder")
    try:
        return Manifest(**data)
    except TypeError:
        raise CollectionError(f"{path} lacks fields or has unknown ones; restore it or ingest again") from None
