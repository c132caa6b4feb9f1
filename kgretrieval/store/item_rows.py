"""What models that sort documents look at: texts, vectors of pictures, given tags; and what they have not seen yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store

_TABLES = {"article": "article", "picture": "picture"}


def article_texts(store: Store, articles: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Return the title, the text and the language of each of these articles."""
    rows = select_in(store, "SELECT id, title, text, language FROM article WHERE id IN (%s)", articles)
    return {article: (title, text, language) for article, title, text, language in rows}


def first_pictures(store: Store, articles: Iterable[str]) -> dict[str, str]:
    """Return the first picture of each of these articles that has one."""
    query = "SELECT article, picture FROM use WHERE article IN (%s) ORDER BY article, position, id"
    found: dict[str, str] = {}
    for article, picture in select_in(store, query, articles):
        found.setdefault(article, picture)
    return found


def articles_of(store: Store, pictures: Iterable[str]) -> dict[str, list[str]]:
    """Return the articles that use each of these pictures, ordered."""
    query = "SELECT DISTINCT picture, article FROM use WHERE picture IN (%s) AND article <> '' ORDER BY 1, 2"
    found: dict[str, list[str]] = defaultdict(list)
    for picture, article in select_in(store, query, pictures):
        found[picture].append(article)
    return dict(found)


def picture_vectors(store: Store, pictures: Iterable[str]) -> dict[str, npt.NDArray[np.float32]]:
    """Return what the encoder made of these pictures: ``(width,)`` float32, of unit length."""
    query = "SELECT holder, row FROM vector WHERE space = 'picture' AND field = 'pixels' AND holder IN (%s)"
    places = sorted(select_in(store, query, pictures), key=lambda place: int(place[1]))
    if not places:
        return {}
    rows: Any = store.vectors["picture"].rows()
    taken = np.asarray(rows[np.array([row for _, row in places])], dtype=np.float32)
    # Half precision and 8 bits leave a length that is only about 1.
    taken /= np.maximum(np.linalg.norm(taken, axis=1, keepdims=True), 1e-12)
    return {holder: vector for (holder, _), vector in zip(places, taken, strict=True)}


def article_vectors(store: Store, articles: Iterable[str]) -> dict[str, npt.NDArray[np.float32]]:
    """Return the mean of what the encoder made of the passages of these articles: ``(width,)``, of unit length.

    Of an encoder without a space for texts it is what it made of the title.
    """
    space = "text" if "text" in store.vectors else "picture"
    query = f"SELECT holder, row FROM vector WHERE space = '{space}' AND holder IN (%s)"
    places = sorted(select_in(store, query, articles), key=lambda place: int(place[1]))
    if not places:
        return {}
    rows: Any = store.vectors[space].rows()
    taken = np.asarray(rows[np.array([row for _, row in places])], dtype=np.float32)
    names = sorted({holder for holder, _ in places})
    at = {name: number for number, name in enumerate(names)}
    sums = np.zeros((len(names), taken.shape[1]), np.float32)
    np.add.at(sums, [at[holder] for holder, _ in places], taken)
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return dict(zip(names, sums, strict=True))


def all_of(store: Store, kind: str) -> list[str]:
    """Return the ids of all articles or all pictures (`kind`), ordered."""
    with store.reading() as connection:
        return [row[0] for row in connection.execute(f"SELECT id FROM {_TABLES[kind]} ORDER BY id")]


def unseen(store: Store, kind: str, extractor: str, version: str = "") -> list[str]:
    """Return the articles or pictures that a model has not looked at, or not in this version, ordered."""
    wanted, given = ("AND version = ?", (extractor, version)) if version else ("", (extractor,))
    query = f"""SELECT id FROM {_TABLES[kind]} WHERE NOT EXISTS
        (SELECT 1 FROM annotated WHERE holder = id AND extractor = ? {wanted}) ORDER BY id"""
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query, given)]


def given_tags(store: Store, kind: str) -> dict[str, set[str]]:
    """Return, by article or picture, the topics it was given; a picture has those of its articles, too.

    Topics that differ in case or accents alone are one, in its first spelling.
    """
    query = {
        "article": "SELECT holder, fold FROM topic WHERE holder >= 'a:' AND holder < 'a;'",
        "picture": """SELECT u.picture, t.fold FROM use u JOIN topic t ON t.holder = u.id
            UNION SELECT u.picture, t.fold FROM use u JOIN topic t ON t.holder = u.article""",
    }[kind]
    found: dict[str, set[str]] = defaultdict(set)
    with store.reading() as connection:
        spelled = dict(connection.execute("SELECT fold, MIN(topic) FROM topic GROUP BY fold").fetchall())
        for holder, fold in connection.execute(query):
            found[holder].add(spelled[fold])
    return dict(found)
