"""What may be linked, and how."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from kgretrieval.present.words import clean


def href(target: str) -> str:
    """Return what a link to `target` points at: a web address as it is, a path as ``file://``, else ``""``.

    Other schemes (``javascript:`` and the like) are no links.
    """
    if not target or clean(target) != target:
        return ""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme.lower() in ("http", "https"):
        return target.replace(" ", "%20") if parts.netloc else ""
    # One letter before a colon is a drive, not a scheme.
    if len(parts.scheme) > 1:
        return ""
    return Path(target).absolute().as_uri()
