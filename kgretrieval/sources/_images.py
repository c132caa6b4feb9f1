"""Which pictures a record names, and where they are."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from kgretrieval.pictures.decode import SUFFIXES
from kgretrieval.sources._names import plan
from kgretrieval.sources._values import to_body, to_text, unpacked
from kgretrieval.sources.dates import normalise_date

_REMOTE = re.compile(r"(https?:)?//", re.IGNORECASE)
#: Folders in which data sets keep pictures that they name without a folder.
_USUAL = ("images", "Images", "pictures", "photos", "img")


@dataclass(frozen=True, slots=True)
class ImageRef:
    """A picture as a record names it: a path or an address, and what stands beside it."""

    target: str
    caption: str = ""
    date: str = ""
    source: str = ""
    credit: str = ""
    rights: str = ""

    @property
    def remote(self) -> bool:
        """Whether the picture is on another machine; such pictures are not fetched."""
        return _REMOTE.match(self.target) is not None


def image_refs(value: Any) -> list[ImageRef]:
    """Return the pictures that a value names: a path, a list of paths, an object or a list of objects."""
    value = unpacked(value)
    if isinstance(value, str):
        # A comma may be part of a name, so it separates nothing here.
        value = [part for part in re.split(r"[|;\n]", value) if part.strip()] if not _is_one(value) else [value]
    elif not isinstance(value, (list, tuple)):
        value = [value]
    refs = [_ref(item) for item in value]
    return list({ref.target: ref for ref in refs if ref.target}.values())


def is_picture_name(value: Any) -> bool:
    """Say whether a value names pictures by their endings."""
    refs = image_refs(value)
    return bool(refs) and all(Path(urlsplit(ref.target).path).suffix.lower() in SUFFIXES for ref in refs)


def _is_one(value: str) -> bool:
    return _REMOTE.match(value.strip()) is not None and " " not in value.strip() and "|" not in value


def _ref(item: Any) -> ImageRef:
    if not isinstance(item, Mapping):
        return ImageRef(_target(to_text(item)))
    item = {str(name): value for name, value in item.items()}
    found = plan(tuple(item), ())
    target = next((to_text(item[name]) for name in (*found["image"], *found["url"]) if to_text(item[name])), "")

    def say(*names: str) -> str:
        values = (to_body(item[theirs]) for ours in names for theirs in found[ours])
        return next((value for value in values if value), "")

    return ImageRef(
        _target(target),
        caption=say("caption", "about", "text", "title"),
        date=next((normalise_date(item[name]) for name in found["date"]), ""),
        source=say("source"),
        credit=say("credit", "author"),
        rights=say("rights"),
    )


def _target(text: str) -> str:
    text = text.strip()
    if text.lower().startswith("data:"):
        return ""
    if text.lower().startswith("file:"):
        return unquote(urlsplit(text).path)
    return text


def find_file(target: str, folders: tuple[Path, ...]) -> str:
    """Return the normalised path of the file that `target` names in one of the folders, ``""`` if none does."""
    for name in dict.fromkeys((target, target.replace("\\", "/"), unquote(target))):
        for folder in folders:
            for inner in ("", *_USUAL):
                path = os.path.normpath(os.path.join(folder, inner, name))
                if os.path.isfile(path):
                    return path
    return ""
