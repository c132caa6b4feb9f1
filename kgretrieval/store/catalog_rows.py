"""What the catalog of documents is made from: all of it, or what hangs on a few documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store


class DocumentRow(NamedTuple):
    """An article or a picture with what filters look at."""

    id: str
    date: str
    source: str
    language: str


class VectorName(NamedTuple):
    """What a row of a space belongs to; `field` is ``"pixels"`` for those of pictures."""

    row: int
    holder: str
    field: str


#: In the order of `read._pictures`: where uses differ the first by date speaks.
_USES = """SELECT u.picture, u.date, COALESCE(a.date, ''), u.source, COALESCE(a.source, ''), u.language,
    COALESCE(a.language, '') FROM use u LEFT JOIN article a ON a.id = u.article %s
    ORDER BY u.picture, u.article = '', a.date, u.id"""
_ARTICLES = "SELECT id, date, source, language FROM article"


def document_rows(store: Store, ids: Collection[str] | None = None) -> list[DocumentRow]:
    """Return all articles, then all pictures, ordered by id, or those of them that are among `ids`.

    A picture has what `read.documents` shows of it.
    """
    with store.reading() as connection:
        if ids is None:
            articles = connection.execute(_ARTICLES).fetchall()
            known = [row[0] for row in connection.execute("SELECT id FROM picture")]
            uses = connection.execute(_USES % "").fetchall()
        else:
            articles = select_in(store, f"{_ARTICLES} WHERE id IN (%s)", _of_kind(ids, "a"))
            known = [row[0] for row in select_in(store, "SELECT id FROM picture WHERE id IN (%s)", _of_kind(ids, "p"))]
            # A chunk holds all uses of its pictures, so their order within a picture is that of the query.
            uses = select_in(store, _USES % "WHERE u.picture IN (%s)", known)
    said: dict[str, list[str]] = {picture: [""] * 6 for picture in known}
    for picture, *values in uses:
        said[picture] = [old or new for old, new in zip(said[picture], values, strict=True)]
    pictures = [(p, own[0] or own[1], own[2] or own[3], own[4] or own[5]) for p, own in said.items()]
    return [DocumentRow(*row) for row in (*sorted(articles), *sorted(pictures))]


def use_documents(store: Store, pictures: Collection[str] | None = None) -> dict[str, str]:
    """Return the picture of every use, or of every use of these pictures."""
    if pictures is not None:
        return dict(select_in(store, "SELECT id, picture FROM use WHERE picture IN (%s)", pictures))
    with store.reading() as connection:
        return dict(connection.execute("SELECT id, picture FROM use").fetchall())


def illustration_pairs(store: Store, articles: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Return (article, picture) of every use of a picture in an article, or in one of these, in the article's order."""
    order = "ORDER BY article, position, id"
    if articles is None:
        with store.reading() as connection:
            rows = connection.execute(f"SELECT article, picture FROM use WHERE article <> '' {order}").fetchall()
    else:
        rows = select_in(store, f"SELECT article, picture FROM use WHERE article IN (%s) {order}", sorted(articles))
    return list(dict.fromkeys(rows))


def illustrated_by(store: Store, pictures: Collection[str]) -> set[str]:
    """Return the articles that use one of these pictures."""
    query = "SELECT DISTINCT article FROM use WHERE article <> '' AND picture IN (%s)"
    return {row[0] for row in select_in(store, query, pictures)}


def vector_names(store: Store, space: str, holders: Collection[str] | None = None) -> list[VectorName]:
    """Return every named row of a space, or those that hang on these holders."""
    if holders is None:
        with store.reading() as connection:
            query = "SELECT row, holder, field FROM vector WHERE space = ?"
            return [VectorName(*row) for row in connection.execute(query, (space,))]
    rows = select_in(store, "SELECT space, row, holder, field FROM vector WHERE holder IN (%s)", holders)
    return [VectorName(*row) for own, *row in rows if own == space]


def vector_count(store: Store, space: str) -> int:
    """Return one more than the highest named row of a space."""
    with store.reading() as connection:
        row = connection.execute("SELECT MAX(row) FROM vector WHERE space = ?", (space,)).fetchone()
    return 0 if row[0] is None else int(row[0]) + 1


def _of_kind(ids: Iterable[str], letter: str) -> list[str]:
    return [i for i in ids if i.startswith(f"{letter}:")]
