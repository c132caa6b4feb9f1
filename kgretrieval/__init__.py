"""A newsroom's memory on one laptop: search articles and photos together, with a graph that cites its sentences.

    >>> import kgretrieval as kg
    >>> news = kg.open("indexes/news")                      # doctest: +SKIP
    >>> answer = news.search("rocket launch", k=5)          # doctest: +SKIP
    >>> graph = news.to_networkx(around="NASA")             # doctest: +SKIP

Names are loaded when they are first used: importing the package is quick and brings in no model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgretrieval.collection import Collection, create, open, open_or_create
    from kgretrieval.errors import KgError
    from kgretrieval.present.notebook import Answer, EntityCard
    from kgretrieval.sources.options import ReadOptions
    from kgretrieval.types import Article, Document, Entity, Fact, Hit, Picture

__version__ = "0.1.0"

_HOMES = {
    "Answer": "present.notebook",
    "Article": "types",
    "Collection": "collection",
    "Document": "types",
    "Entity": "types",
    "EntityCard": "present.notebook",
    "Fact": "types",
    "Hit": "types",
    "KgError": "errors",
    "Picture": "types",
    "ReadOptions": "sources.options",
    "create": "collection",
    "open": "collection",
    "open_or_create": "collection",
}

__all__ = [
    "Answer",
    "Article",
    "Collection",
    "Document",
    "Entity",
    "EntityCard",
    "Fact",
    "Hit",
    "KgError",
    "Picture",
    "ReadOptions",
    "create",
    "open",
    "open_or_create",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
