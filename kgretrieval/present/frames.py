"""Hits as a table for pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgretrieval.errors import KgError

if TYPE_CHECKING:
    import pandas as pd

    from kgretrieval.types import Answer, Hit

_COLUMNS = ("rank", "id", "kind", "title", "date", "source", "language", "score")
_LAST = ("url", "path", "credit")


def answer_frame(answer: Answer) -> pd.DataFrame:
    """Return the hits of `answer`, one row each, best first.

    Returns
    -------
    pandas.DataFrame
        Columns ``rank id kind title date source language score sentence``, then
        ``by_<ranking>`` (nullable integers: the rank in that ranking), then
        ``url path credit``.

    Raises
    ------
    KgError
        If pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise KgError('a data frame needs pandas: pip install "kgretrieval[notebook]"') from error
    rankings = sorted({share.ranking for hit in answer.hits for share in hit.found_by})
    columns = [*_COLUMNS, "sentence", *(f"by_{name}" for name in rankings), *_LAST]
    frame = pd.DataFrame([_row(hit) for hit in answer.hits], columns=columns)
    return frame.astype({f"by_{name}": "Int64" for name in rankings})


def _row(hit: Hit) -> dict[str, str | int | float]:
    row = {name: getattr(hit, name) for name in (*_COLUMNS, *_LAST)}
    row["sentence"] = hit.snippet.text if hit.snippet else ""
    return row | {f"by_{share.ranking}": share.rank for share in hit.found_by}
