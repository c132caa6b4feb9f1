"""Pictures that no data file names: what stands beside them and in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kgretrieval.errors import PictureError
from kgretrieval.pictures.metadata import PictureMetadata, read_metadata
from kgretrieval.sources._convert import Located, Place, convert
from kgretrieval.sources._lines import READ_ERRORS, read_text
from kgretrieval.sources._names import plain, plan
from kgretrieval.sources.options import ReadOptions
from kgretrieval.types import Skipped

_MOST_WORDS = 60
_MOST_CHARACTERS = 600


def is_caption(text: str) -> bool:
    """Say whether a text beside a picture is its caption: at most 60 words, and no blank line."""
    text = text.strip()
    return len(text.split()) <= _MOST_WORDS and len(text) <= _MOST_CHARACTERS and "\n\n" not in text.replace("\r", "")


def sidecars(picture: Path, suffix: str) -> tuple[Path, Path]:
    """Return where a file about a picture may be: ``a.txt`` or ``a.jpg.txt`` beside ``a.jpg``."""
    return picture.with_suffix(suffix), picture.with_name(picture.name + suffix)


def read_picture(path: Path, options: ReadOptions) -> Iterator[Located]:
    """Yield a picture with its caption, credit and date: from files beside it, else from the file itself."""
    try:
        said = _from_file(read_metadata(path))
    except PictureError as error:
        yield str(path), Skipped(str(path), str(error))
        return
    for reader in (_from_text, _from_json):
        beside, skipped = reader(path)
        said |= beside
        if skipped is not None:
            yield skipped.where, skipped
    # The record is made here, in our own words: what the user said of data files does not apply to it.
    yield from convert({**said, "image": str(path)}, Place(path), replace(options, fields={}))


def _from_file(found: PictureMetadata) -> dict[str, Any]:
    return {
        "caption": found.caption or found.title,
        "picture_title": found.title if found.caption else "",
        "credit": found.credit,
        "rights": found.rights,
        "date": found.date,
        "source": found.source,
        "tags": list(found.tags),
        "places": found.place,
    }


def _from_text(picture: Path) -> tuple[dict[str, Any], Skipped | None]:
    for path in sidecars(picture, ".txt"):
        if path.is_file():
            try:
                text = read_text(path)
            except READ_ERRORS as error:
                return {}, Skipped(str(path), f"cannot be read: {error}")
            return ({"caption": text.strip()} if is_caption(text) and text.strip() else {}), None
    return {}, None


def _from_json(picture: Path) -> tuple[dict[str, Any], Skipped | None]:
    for path in sidecars(picture, ".json"):
        if path.is_file():
            try:
                record = json.loads(read_text(path))
            except (*READ_ERRORS, ValueError, RecursionError) as error:
                return {}, Skipped(str(path), f"is no JSON: {error}")
            if not isinstance(record, Mapping):
                return {}, Skipped(str(path), "holds no object with fields")
            return _own_words(record), None
    return {}, None


def _own_words(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a sidecar's record with its headline, text or description as the caption: it is about a picture."""
    found = plan(tuple(record), ())
    words = [name for ours in ("caption", "about", "text", "title") for name in found[ours] if record[name]]
    said = {name: value for name, value in record.items() if value and name not in (*words, *found["image"])}
    for ours, names in found.items():
        # The same statement in the picture file may have another name; under ours the sidecar's replaces it.
        for name in [name for name in names if name in said][:1]:
            said[ours] = said.pop(name)
    if words:
        said["caption"] = record[words[0]]
    # Titles beside a caption are kept, under a name that does not make an article of the picture.
    said.update((f"picture_{plain(name)}", record[name]) for name in words[1:])
    return said
