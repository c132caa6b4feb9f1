"""Reading documents: by id, by key, by prefix."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.store.ids import KINDS, looks_like_id
from kgretrieval.store.store import Store
from kgretrieval.types import Document

_CHUNK = 500

_ID_TABLES = {
    "a": "SELECT id FROM article WHERE id >= ? AND id < ? LIMIT 3",
    "p": "SELECT id FROM picture WHERE id >= ? AND id < ? LIMIT 3",
    "e": "SELECT id FROM entity WHERE id >= ? AND id < ? LIMIT 3",
    "f": "SELECT DISTINCT fact FROM relation WHERE fact >= ? AND fact < ? LIMIT 3",
    "s": "SELECT id FROM story WHERE id >= ? AND id < ? LIMIT 3",
    "r": "SELECT id FROM relation WHERE id >= ? AND id < ? LIMIT 3",
    "u": "SELECT id FROM use WHERE id >= ? AND id < ? LIMIT 3",
}


def full_id(store: Store, prefix: str) -> str:
    """Return the one id that begins with `prefix`, as git does with commits.

    Raises
    ------
    UsageError
        If `prefix` does not look like an id, or is the start of several.
    NotFoundError
        If nothing has that id.
    """
    if not looks_like_id(prefix):
        raise UsageError(f"{prefix!r} is no id; ids look like a:3f9c21 (a article, p picture, e entity, f fact)")
    with store.reading() as connection:
        found = [row[0] for row in connection.execute(_ID_TABLES[prefix[0]], (prefix, prefix + "g"))]
    if not found:
        raise NotFoundError(f"no {KINDS[prefix[0]]} has the id {prefix}; kg search shows the ids of its hits")
    if len(found) > 1:
        raise UsageError(f"{prefix} is the start of several ids ({', '.join(found[:2])}, …); give more digits")
    return str(found[0])


def documents(store: Store, ids: Sequence[str], *, as_of: str = "") -> dict[str, Document]:
    """Return the articles and pictures with these full ids, keyed by id; unknown ids are left out.

    With `as_of` pictures are as their uses up to the end of that day (month, year) made them known; those that had no
    use by then are left out.
    """
    with store.reading():
        articles = _articles(store, [i for i in ids if i.startswith("a:")])
        pictures = _pictures(store, [i for i in ids if i.startswith("p:")], as_of)
    return {**articles, **pictures}


def titles(store: Store, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the title and the language of each of these articles."""
    rows = select_in(store, "SELECT id, title, language FROM article WHERE id IN (%s)", ids)
    return {article: (title, language) for article, title, language in rows}


def article_digests(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """Return the content digest of those of these articles and uses that are in the collection."""
    found: dict[str, str] = {}
    for table, letter in (("article", "a:"), ("use", "u:")):
        chosen = [i for i in ids if i.startswith(letter)]
        found.update(select_in(store, f"SELECT id, digest FROM {table} WHERE id IN (%s)", chosen))
    return found


def known_pictures(store: Store, ids: Sequence[str]) -> set[str]:
    """Return those of these picture ids that are in the collection."""
    return {row[0] for row in select_in(store, "SELECT id FROM picture WHERE id IN (%s)", ids)}


def members_of_origin(store: Store) -> Iterator[tuple[str, str]]:
    """Yield (id, origin) of every article, and of every use that belongs to no article."""
    with store.reading() as connection:
        yield from connection.execute("SELECT id, origin FROM article").fetchall()
        yield from connection.execute("SELECT id, origin FROM use WHERE article = ''").fetchall()


def uses_to_delete(store: Store, document: str) -> list[str]:
    """Return what `commit` must delete so that a document is gone: an article itself, a picture's uses."""
    if document.startswith("a:"):
        return [document]
    with store.reading() as connection:
        return [r[0] for r in connection.execute("SELECT id FROM use WHERE picture = ? ORDER BY id", (document,))]


def use_paths(store: Store) -> set[str]:
    """Return the paths of all picture files that are in use."""
    with store.reading() as connection:
        return {row[0] for row in connection.execute("SELECT path FROM use")}


def counts(store: Store) -> dict[str, int]:
    """Count the rows of each kind; "reading" the pictures in which text was found, where it was looked for."""
    kinds = ("article", "picture", "passage", "mention", "reference", "frame", "entity", "relation", "story")
    with store.reading() as connection:
        found = {k: connection.execute(f"SELECT COUNT(*) FROM {k}").fetchone()[0] for k in kinds}
        looked, held = connection.execute("SELECT COUNT(*), SUM(letters <> '') FROM reading").fetchone()
        found |= {"reading": held} if looked else {}
        found["fact"] = connection.execute("SELECT COUNT(DISTINCT fact) FROM relation WHERE fact <> ''").fetchone()[0]
    return found


def histogram(store: Store, column: str) -> dict[str, int]:
    """Count articles, and pictures that stand alone, by language or source, largest first."""
    if column not in {"language", "source"}:
        raise UsageError(f"no histogram of {column!r}; choose language or source")
    query = f"""SELECT {column}, COUNT(*) FROM (SELECT {column} FROM article
        UNION ALL SELECT {column} FROM use WHERE article = '') GROUP BY 1 ORDER BY 2 DESC, 1"""
    with store.reading() as connection:
        return dict(connection.execute(query).fetchall())


def date_range(store: Store) -> tuple[str, str]:
    """Return the first and the last date of an article or picture, ``""`` where none is known."""
    query = (
        "SELECT MIN(date), MAX(date) FROM (SELECT date FROM article UNION ALL SELECT date FROM use) WHERE date <> ''"
    )
    with store.reading() as connection:
        first, last = connection.execute(query).fetchone()
    return first or "", last or ""


def _articles(store: Store, ids: Sequence[str]) -> dict[str, Document]:
    pictures: dict[str, list[str]] = {}
    query = "SELECT article, picture FROM use WHERE article IN (%s) ORDER BY article, position, id"
    for article, picture in select_in(store, query, ids):
        pictures.setdefault(article, []).append(picture)
    columns = "id, title, text, url, source, author, date, language, tags, credit, rights, origin"
    found = {}
    for row in select_in(store, f"SELECT {columns} FROM article WHERE id IN (%s)", ids):
        values = dict(zip(columns.split(", "), row, strict=True))
        values["tags"] = tuple(json.loads(values["tags"]))
        shown = tuple(dict.fromkeys(pictures.get(row[0], ())))
        found[row[0]] = Document(kind="article", pictures=shown, **values)
    return found


def _pictures(store: Store, ids: Sequence[str], as_of: str) -> dict[str, Document]:
    uses: dict[str, list[dict[str, Any]]] = {}
    columns = "picture, article, path, caption, date, source, language, credit, rights, tags, origin, title, adate"
    query = """SELECT u.picture, u.article, u.path, u.caption, u.date, u.source, u.language, u.credit, u.rights, u.tags,
        u.origin, a.title, a.date, a.source, a.language, a.url FROM use u LEFT JOIN article a ON a.id = u.article
        WHERE u.picture IN (%s) ORDER BY u.picture, u.article = '', a.date, u.article, u.position, u.id"""
    names = (*columns.split(", "), "asource", "alanguage", "url")
    for row in select_in(store, query, ids):
        use = dict(zip(names, row, strict=True))
        date = use["date"] or use["adate"] or ""
        if not as_of or (date and date[: len(as_of)] <= as_of):
            uses.setdefault(row[0], []).append(use)
    query = "SELECT id, sha256, width, height, phash FROM picture WHERE id IN (%s)"
    known = [row for row in select_in(store, query, ids) if not as_of or row[0] in uses]
    return {row[0]: _picture(row, uses.get(row[0], [])) for row in known}


def _picture(row: Sequence[Any], uses: list[dict[str, Any]]) -> Document:
    """One picture with what its uses say of it; where they differ the first by date speaks."""

    def first(*keys: str) -> str:
        return next((use[key] for key in keys for use in uses if use.get(key)), "")

    captions = tuple(dict.fromkeys(line for use in uses for line in use["caption"].split("\n") if line))
    tags = tuple(dict.fromkeys(tag for use in uses for tag in json.loads(use["tags"])))
    return Document(
        id=row[0],
        kind="picture",
        title=captions[0] if captions else first("title"),
        captions=captions,
        url=first("url"),
        path=first("path"),
        source=first("source", "asource"),
        date=first("date", "adate"),
        language=first("language", "alanguage"),
        tags=tags,
        credit=first("credit"),
        rights=first("rights"),
        origin=first("origin"),
        sha256=row[1],
        width=row[2],
        height=row[3],
        phash=row[4] & ((1 << 64) - 1),
        articles=tuple(dict.fromkeys(use["article"] for use in uses if use["article"])),
    )


def select_in(store: Store, query: str, ids: Iterable[str]) -> list[Any]:
    """Run a query with ``IN (%s)`` over any number of ids."""
    wanted = list(dict.fromkeys(ids))
    rows: list[Any] = []
    with store.reading() as connection:
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            rows += connection.execute(query % ", ".join("?" * len(chunk)), chunk).fetchall()
    return rows
