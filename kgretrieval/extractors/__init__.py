"""What reads entities and relations out of documents."""

from __future__ import annotations

from collections.abc import Sequence

from kgretrieval.errors import UsageError
from kgretrieval.extractors.base import Extraction, Extractor

#: What an ingest runs, in this order.
DEFAULT = ("tags", "tagger", "relations")

__all__ = ["DEFAULT", "Extraction", "Extractor", "load"]


def load(names: Sequence[str] = DEFAULT) -> list[Extractor]:
    """Return the extractors of these names, in order; those that read the same text share the reading of it.

    Weights are read at the first text, not here.

    Raises
    ------
    UsageError
        If a name is not one of `DEFAULT`.
    ModelError
        If the package came without the tagger's weights.

    Examples
    --------
    >>> [extractor.name for extractor in load()]
    ['tags', 'tagger', 'relations']
    """
    from kgretrieval.extractors.relations import Relations
    from kgretrieval.extractors.tagger import Tagger
    from kgretrieval.extractors.tags import Tags

    unknown = [name for name in names if name not in DEFAULT]
    if unknown:
        raise UsageError(f"there is no extractor {unknown[0]!r}; choose from {', '.join(DEFAULT)}")
    tagger = Tagger() if {"tagger", "relations"} & set(names) else None
    loaded: list[Extractor] = []
    for name in names:
        if name == "tags" or tagger is None:
            loaded.append(Tags())
        else:
            loaded.append(tagger if name == "tagger" else Relations(tagger))
    return loaded
