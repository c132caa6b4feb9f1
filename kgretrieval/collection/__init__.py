"""The one object a user holds, and the ways to get it."""

from __future__ import annotations

from kgretrieval.collection.collection import Collection
from kgretrieval.collection.opening import create, open, open_or_create

__all__ = ["Collection", "create", "open", "open_or_create"]
