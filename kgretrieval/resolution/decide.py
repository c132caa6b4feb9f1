"""Decisions of people: taken and undone.

A decision wins over the machine and over older decisions. It speaks of names and keys of documents, so it holds when
an article comes again, and for names that come later. What follows from it is brought about by the next
`kgretrieval.resolution.collection.resolve_collection`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.resolution.anchors import labelled, names_of
from kgretrieval.resolution.collection import resolve_collection
from kgretrieval.resolution.loading import keys_of
from kgretrieval.store import resolution_rows as rows
from kgretrieval.store import review_rows
from kgretrieval.store.decisions import Decision, add_decision, decisions, undo_decision
from kgretrieval.store.ids import looks_like_id, make_id
from kgretrieval.store.knowledge import entities_named
from kgretrieval.store.own_labels import settle_own_labels
from kgretrieval.store.read import full_id
from kgretrieval.store.store import Store
from kgretrieval.store.write import writing
from kgretrieval.text.names import name_key
from kgretrieval.types import ENTITY_TYPES

#: What can be decided, and about what.
ACTIONS: Mapping[str, str] = {
    "merge": "two or more entities are one",
    "apart": "two names or entities are never one",
    "split": "an entity is another one in these documents",
    "rename": "an entity is called so",
    "type": "an entity is of this type",
    "hide": "an entity or a fact is not shown",
    "confirm": "an entity or a fact is right",
    "link": "an entity has this id in Wikidata",
    "label": "an article or a picture is sorted under this",
}
#: What labels can be called: it is the name of a file, and of an attribute in every format of graphs.
SCHEME = re.compile(r"[^\W_][\w-]{0,59}")
#: An id of Wikidata.
IDENTIFIER = re.compile(r"Q[1-9]\d*")


def decide(store: Store, action: str, *things: str, to: str = "", author: str = "") -> Decision:
    """Take a decision and write it down.

    Parameters
    ----------
    store : Store
        Open for writing.
    action : str
        One of `ACTIONS`.
    *things : str
        What it is about: names or ids of entities; for ``"split"`` an entity and the ids of documents; for ``"hide"``
        and ``"confirm"`` also a fact; for ``"label"`` the id of a document and the scheme.
    to : str
        The new name, type, id or label; of ``"split"`` the entity that is meant there, by default a new one.
    author : str

    Raises
    ------
    UsageError
        If there is no such action, or it does not fit what it is to be about.
    NotFoundError
        If something is not there.
    """
    if action not in ACTIONS:
        raise UsageError(f"there is no decision {action!r}; choose one of {', '.join(ACTIONS)}")
    if action != "label":
        # What an ingest that crashed or another decision left to do comes first: names must mean what they mean now.
        resolve_collection(store)
    make = _MAKE.get(action, _about_one)
    return record(store, *make(store, action, things, to), author=author)


def record(store: Store, action: str, payload: Mapping[str, Any], *, author: str = "") -> Decision:
    """Write down a decision whose payload is made already, and let its names be resolved anew."""
    with writing(store) as connection:
        made = Decision(0, now(), author, action, payload)
        number = add_decision(connection, action, payload, time=made.time, author=author)
        rows.add_pending(connection, names_of(made))
        settle_own_labels(connection, labelled([made]))
    return Decision(number, made.time, author, action, payload)


def undo(store: Store, number: int) -> Decision:
    """Undo a decision: everything is as if it had never been taken, but the log says that it was.

    Raises
    ------
    NotFoundError
        If there is none of this number that holds.
    """
    found = next((one for one in decisions(store, active=True) if one.id == number), None)
    if found is None:
        raise NotFoundError(f"there is no decision {number} to undo; kg decisions lists those there are")
    time = now()
    with writing(store) as connection:
        undo_decision(connection, number, time=time)
        rows.add_pending(connection, names_of(found))
        settle_own_labels(connection, labelled([found]))
    return Decision(number, found.time, found.author, found.action, found.payload, time)


_Made = tuple[str, dict[str, Any]]


def _merge(store: Store, action: str, things: Sequence[str], to: str) -> _Made:
    found = list(dict.fromkeys(entity(store, thing) for thing in things))
    if len(found) < 2:
        raise UsageError("merging takes at least two different entities; give two names or ids")
    return action, {"entities": [anchor(store, one) for one in found]}


def _apart(store: Store, action: str, things: Sequence[str], to: str) -> _Made:
    if len(things) != 2:
        raise UsageError("keeping apart takes two names or ids")
    one, other = (_name_or_entity(store, thing) for thing in things)
    if one == other:
        raise UsageError(f"{things[0]} and {things[1]} are the same name; kg decide split parts its documents")
    return action, {"one": one, "other": other}


def _split(store: Store, action: str, things: Sequence[str], to: str) -> _Made:
    if len(things) < 2:
        raise UsageError("splitting takes an entity and the documents in which it is another one")
    whole, documents = entity(store, things[0]), [full_id(store, one) for one in things[1:]]
    if unfit := [one for one in documents if one[0] not in "ap"]:
        raise UsageError(f"{unfit[0]} is no article or picture")
    names = review_rows.names_of_entity(store, whole, documents)
    if not names:
        raise NotFoundError(f"{things[0]} is mentioned in none of these documents: {', '.join(things[1:])}")
    keys = review_rows.article_keys(store, documents)
    spelled = keys_of(store, names)
    payload: dict[str, Any] = {
        "names": sorted(spelled.values()),
        "documents": sorted(keys.get(one, one) for one in documents),
    }
    return action, payload | ({"to": anchor(store, entity(store, to))} if to else {})


def checked_scheme(scheme: str) -> str:
    """Return what labels can be called.

    Raises
    ------
    UsageError
        If they cannot be called so.
    """
    if not SCHEME.fullmatch(scheme):
        raise UsageError(f"{scheme!r} cannot be what labels are called; use letters, digits, - and _, such as section")
    return scheme


def _label(store: Store, action: str, things: Sequence[str], to: str) -> _Made:
    if len(things) != 2:
        raise UsageError("labelling takes the id of an article or picture and a scheme")
    document, scheme = full_id(store, things[0]), things[1].strip()
    if document[0] not in "ap":
        raise UsageError(f"{document} is no article or picture; labels sort those")
    value = " ".join(to.split())
    checked_scheme(scheme)
    if not value:
        raise UsageError(f"the label is empty; say what {document} is sorted under")
    return action, {"document": reference(store, document), "scheme": scheme, "value": value}


def _about_one(store: Store, action: str, things: Sequence[str], to: str) -> _Made:
    if len(things) != 1:
        raise UsageError(f"{ACTIONS[action]}: name one, not {len(things)}")
    if things[0].startswith("f:") and action in {"hide", "confirm"}:
        return f"{action}_fact", _fact(store, full_id(store, things[0]))
    about: dict[str, Any] = {"entity": anchor(store, entity(store, things[0]))}
    if action in {"hide", "confirm"}:
        return action, about
    if action == "type" and to not in ENTITY_TYPES:
        raise UsageError(f"there is no type {to!r}; choose one of {', '.join(ENTITY_TYPES)}")
    if action == "link":
        if not IDENTIFIER.fullmatch(to):
            raise UsageError(f"{to!r} is no id of Wikidata; they look like Q567")
        return action, about | {"wikidata": to}
    if not to.strip():
        raise UsageError("the new name is empty")
    return action, about | {"to": to.strip()}


_MAKE: Mapping[str, Callable[[Store, str, Sequence[str], str], _Made]] = {
    "merge": _merge,
    "apart": _apart,
    "split": _split,
    "label": _label,
}


def _fact(store: Store, fact: str) -> dict[str, Any]:
    sides = review_rows.fact_sides(store, fact)
    assert sides is not None
    subject, subject_text, predicate, object_, object_text, negated, modality = sides
    return {
        "subject": anchor(store, subject) if subject else {"text": subject_text},
        "predicate": predicate,
        "object": anchor(store, object_) if object_ else {"text": object_text},
        "negated": negated,
        "modality": modality,
    }


def anchor(store: Store, entity_id: str) -> dict[str, str]:
    """Return what stands for an entity in a decision: the key of its name, and a document where that is not enough."""
    name, document = review_rows.known_as(store, entity_id)
    found = {"name": keys_of(store, [name])[name]}
    return found | ({"document": reference(store, document)} if document else {})


def reference(store: Store, document: str) -> str:
    """Return what stands for a document in a decision: the key of an article, the id of a picture."""
    return review_rows.article_keys(store, [document]).get(document, document)


def entity(store: Store, name_or_id: str) -> str:
    """Return the id of the one entity with this name or id.

    Raises
    ------
    NotFoundError
        If there is none.
    UsageError
        If several bear the name.
    """
    if looks_like_id(name_or_id):
        found = full_id(store, name_or_id)
        if not found.startswith("e:"):
            raise UsageError(f"{found} is no entity; give a name or an id such as e:3f9c21")
        return found
    bearers = entities_named(store, [name_or_id]).get(name_or_id, [])
    if not bearers:
        raise NotFoundError(f"no entity is called {name_or_id!r}; kg entity suggests names that are near")
    if len(bearers) > 1:
        several = ", ".join(f"{one.id} ({one.articles} articles)" for one in bearers[:3])
        raise UsageError(f"{len(bearers)} entities are called {name_or_id!r}: {several}; give the id")
    return bearers[0].id


def _name_or_entity(store: Store, thing: str) -> dict[str, str]:
    if not looks_like_id(thing):
        keys = sorted({name_key(thing, kind) for kind in ENTITY_TYPES})
        known = keys_of(store, (make_id("e", key) for key in keys))
        if known:
            return {"name": min(known.values())}
    return anchor(store, entity(store, thing))


def now() -> str:
    """Return the time as decisions are stamped with it: UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
