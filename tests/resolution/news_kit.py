"""Articles in which the names are marked: ``[p:Angela Merkel] met [o:UN]``; what follows from them in a store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from kgretrieval.ingest.annotate import join
from kgretrieval.resolution.collection import resolve_collection
from kgretrieval.store.ids import make_id
from kgretrieval.store.read import select_in
from kgretrieval.store.records import Bundle
from kgretrieval.store.store import Store
from kgretrieval.store.write import commit
from kgretrieval.text.names import name_key
from kgretrieval.types import Article, Mention, Relation

_TYPES = {"p": "person", "o": "organisation", "l": "place", "e": "event", "m": "misc"}
_MARKED = re.compile(r"\[([ploem]):([^\]]+)\]")
#: Everything that resolving writes, in columns that do not depend on when it was written.
_TABLES = {
    "mention": "holder, field, start, end, name, entity",
    "relation": "id, fact, subject_entity, object_entity",
    "entity": "*",
    "alias": "*",
    "link": "*",
    "mark": "*",
    "fact_mark": "*",
    "name": "*",
    "block": "*",
    "said": "*",
    "introduced": "*",
    "copy_group": "*",
    "copy_pair": "*",
    "pending": "*",
}


def report(key: str, marked: str, *, date: str = "", ids: dict[str, str] | None = None, title: str = "") -> Bundle:
    """Return an article as the extractors would hand it on; a sentence with two names states "met" of them."""
    text, mentions, relations = "", [], []
    for sentence in re.split(r"(?<=[.!?]) ", marked):
        start, found = len(text), []
        place = 0
        for match in _MARKED.finditer(sentence):
            text += sentence[place : match.start()]
            kind, name = _TYPES[match.group(1)], match.group(2)
            found.append(Mention("text", len(text), len(text) + len(name), name, kind, "article", "hand"))
            text += name
            place = match.end()
        text += sentence[place:]
        mentions += found
        if len(found) == 2:
            relations.append(_met(start, len(text), *found))
        text += " "
    text = text.rstrip()
    extra = {"wikidata": json.dumps(ids)} if ids else {}
    record = Article(key=key, title=title, text=text, date=date, language="en", extra=extra)
    bundle = Bundle(article_id=make_id("a", key), article=record, digest=make_id("x", text))
    bundle.annotations = join(bundle, {bundle.article_id: [*mentions, *relations]}, {bundle.article_id: {"hand": "1"}})
    return bundle


def _met(start: int, end: int, one: Mention, other: Mention) -> Relation:
    sides = (one.text, one.start, one.end, one.start, "met", other.text, other.start, other.end, other.start)
    return Relation("text", start, end, *sides, "hand")


def take_in(store: Store, *bundles: Bundle) -> None:
    """Commit articles and resolve."""
    commit(store, bundles)
    resolve_collection(store)


def meant(store: Store, name: str, key: str = "", kind: str = "person") -> str:
    """Return the entity that a name means in an article, or its only entity anywhere."""
    where = " AND document = ?" if key else ""
    values = [make_id("e", name_key(name, kind)), *([make_id("a", key)] if key else [])]
    rows = store.connection.execute(f"SELECT DISTINCT entity FROM mention WHERE name = ?{where}", values).fetchall()
    assert len(rows) == 1, f"{name} means {len(rows)} entities"
    return rows[0][0]


def state(store: Store) -> dict[str, list]:
    """Return all that resolving brought about, in one comparable value."""
    return {
        table: sorted(store.connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
        for table, columns in _TABLES.items()
    }


def called(store: Store, entities: Iterable[str]) -> dict[str, str]:
    """Return the names of entities."""
    return dict(select_in(store, "SELECT id, name FROM entity WHERE id IN (%s)", entities))
