"""Which documents a search may return: one boolean array over the catalog."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgretrieval.index.catalog import Catalog
from kgretrieval.search.wanted import Wanted

Mask = npt.NDArray[np.bool_]

#: Lengths at which an ISO date can end.
_PRECISIONS = (4, 7, 10, 13, 16)


def allowed_documents(catalog: Catalog, wanted: Wanted) -> Mask:
    """Return ``(n,)`` bool: the documents that pass every filter.

    Dates are intervals as long as they are precise, and pass when they touch the wanted one: an article of
    ``"2024-05"`` may be from the 20th, and ``until="2024"`` includes all of 2024. What has no date does not
    pass a filter of dates. A source passes by its name in any case or by a host that ends in it
    (``"bbc.co.uk"``: ``"news.bbc.co.uk"``), a language with or without a region.
    """
    passed = kind_mask(catalog, wanted.kind) if wanted.kind else np.ones(len(catalog), dtype=bool)
    if wanted.since or wanted.until:
        passed &= _in_time(catalog.dates, wanted.since, wanted.until)
    if wanted.source:
        fits = [_is_source(source, wanted.source) for source in catalog.sources]
        passed &= np.array(fits, dtype=bool)[catalog.source]
    if wanted.language:
        fits = [_is_language(language, wanted.language) for language in catalog.languages]
        passed &= np.array(fits, dtype=bool)[catalog.language]
    return passed


def kind_mask(catalog: Catalog, kind: str) -> Mask:
    """Return ``(n,)`` bool: the articles, or the pictures."""
    is_article = np.arange(len(catalog)) < catalog.articles
    return is_article if kind == "article" else ~is_article


def allowed_rows(documents: npt.NDArray[np.int32], passed: Mask) -> Mask:
    """Return which rows belong to a document that passed; rows of no document (-1) do not."""
    if not len(passed):
        return np.zeros(len(documents), dtype=bool)
    return np.asarray((documents >= 0) & passed[documents])


def _in_time(dates: npt.NDArray[np.bytes_], since: str, until: str) -> Mask:
    passed = np.asarray(dates != b"")
    if since:
        starts = [since[:length].encode() for length in _PRECISIONS if length < len(since)]
        passed &= (dates >= since.encode()) | np.isin(dates, np.array(starts, dtype="S19"))
    if until:
        passed &= np.asarray(dates).astype(f"S{len(until)}") <= until.encode()
    return passed


def _is_source(source: str, asked: str) -> bool:
    name, wish = source.casefold(), asked.casefold().removeprefix("www.")
    return name.removeprefix("www.") == wish or ("." in wish and name.endswith(f".{wish}"))


def _is_language(language: str, asked: str) -> bool:
    name, wish = language.casefold(), asked.casefold()
    return name == wish or name.startswith(f"{wish}-")
