"""The texts of a collection as an ingest made them: what extractors read again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from kgretrieval.store.read import select_in
from kgretrieval.store.records import Bundle, UseRow
from kgretrieval.store.store import Store
from kgretrieval.types import Article


def text_ids(store: Store) -> list[str]:
    """Return the ids of all articles, then of all uses of pictures that belong to none, ordered."""
    with store.reading() as connection:
        rows = connection.execute("SELECT id FROM article ORDER BY id").fetchall()
        rows += connection.execute("SELECT id FROM use WHERE article = '' ORDER BY id").fetchall()
    return [row[0] for row in rows]


def stored_texts(store: Store, ids: Sequence[str]) -> list[Bundle]:
    """Return the articles and lone uses with these full ids, in order, each with its uses; no vectors, no counts."""
    articles = [i for i in ids if i.startswith("a:")]
    uses: dict[str, list[UseRow]] = defaultdict(list)
    for owner, chosen in (("article", articles), ("id", [i for i in ids if i.startswith("u:")])):
        query = f"SELECT {owner}, {_USE} FROM use WHERE {owner} IN (%s) ORDER BY article, position, id"
        for key, *row in select_in(store, query, chosen):
            values = dict(zip(_USE.split(", "), row, strict=True))
            values |= {"tags": tuple(json.loads(values["tags"])), "extra": json.loads(values["extra"])}
            uses[key].append(UseRow(**values))
    made = {}
    for identifier, digest, *row in select_in(store, f"SELECT {_ARTICLE} FROM article WHERE id IN (%s)", articles):
        values = dict(zip(_ARTICLE.split(", ")[2:], row, strict=True))
        values |= {"tags": tuple(json.loads(values["tags"])), "tag_types": json.loads(values["tag_types"])}
        made[identifier] = Bundle(identifier, Article(**values), digest)
    bundles = [made.get(i, Bundle()) for i in ids]
    for identifier, bundle in zip(ids, bundles, strict=True):
        bundle.uses = uses[identifier]
    return bundles


_ARTICLE = "id, digest, key, title, text, url, source, author, date, language, tags, tag_types"
_USE = (
    "id, key, digest, picture, article, position, path, caption, date, source, language, credit, rights, tags, "
    "origin, extra"
)
