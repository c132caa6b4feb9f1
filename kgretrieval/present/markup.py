"""Pieces of HTML, everything from a record escaped, pictures inside the page."""

from __future__ import annotations

import re
from html import escape as _escaped

from kgretrieval.errors import KgError
from kgretrieval.present.excerpts import pieces
from kgretrieval.present.links import href
from kgretrieval.present.words import clean, squeeze
from kgretrieval.types import Snippet

#: Pixels of the longer edge of a picture on the page.
EDGE = 420
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def esc(text: str) -> str:
    """Return `text` safe inside an element or a quoted attribute."""
    return _escaped(squeeze(text))


def lang(language: str) -> str:
    """Return a `lang` attribute with a blank before it, or nothing if `language` is no language tag."""
    return f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""


def link(target: str, text: str, *, css: str = "") -> str:
    """Return a link around `text` (HTML already), or `text` alone if `target` must not be linked."""
    address = href(target)
    if not address:
        return text
    name = f' class="{css}"' if css else ""
    return f'<a{name} href="{_escaped(address)}" rel="noreferrer">{text}</a>'


def marked(snippet: Snippet, *, most: int = 320) -> str:
    """Return the sentence with what matched inside `<mark>`."""
    return "".join(
        f"<mark>{_escaped(text)}</mark>" if matched else _escaped(text) for text, matched in pieces(snippet, most=most)
    )


def picture_data(path: str, *, edge: int = EDGE) -> str:
    """Return the picture at `path` as a data URI; ``""`` if it is gone or cannot be read."""
    from kgretrieval.pictures.decode import open_picture
    from kgretrieval.pictures.thumbnails import data_uri

    try:
        return data_uri(open_picture(path, edge=edge), edge)
    except KgError:
        return ""


def file_name(path: str) -> str:
    """Return the last part of a path."""
    return clean(path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1])
