"""The texts of a collection as an ingest made them: what extractors read again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from kgretrieval.store.read import select_in
from kgretrieval.store.reading_rows import picture_texts, pictures_with_texts
from kgretrieval.store.records import Bundle, UseRow
from kgretrieval.store.store import Store
from kgretrieval.types import Article


def text_ids(store: Store) -> list[str]:
    """Return the ids of all articles, of all uses of pictures that belong to none, and of pictures that say something.

    Of each kind ordered.
    """
    with store.reading() as connection:
        rows = connection.execute("SELECT id FROM article ORDER BY id").fetchall()
        rows += connection.execute("SELECT id FROM use WHERE article = '' ORDER BY id").fetchall()
    return [*(row[0] for row in rows), *pictures_with_texts(store)]


def stored_texts(store: Store, ids: Sequence[str]) -> list[Bundle]:
    """Return the articles, lone uses and pictures with these full ids, in order; no vectors, no counts.

    An article comes with its uses, a picture with what is said in its file.
    """
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
    made |= {i: Bundle(own=texts) for i, texts in picture_texts(store, [i for i in ids if i.startswith("p:")]).items()}
    bundles = [made.get(i, Bundle()) for i in ids]
    for identifier, bundle in zip(ids, bundles, strict=True):
        bundle.uses = uses[identifier]
    return bundles


_ARTICLE = "id, digest, key, title, text, url, source, author, date, language, tags, tag_types"
_USE = (
    "id, key, digest, picture, article, position, path, caption, date, source, language, credit, rights, tags, "
    "origin, extra"
)
