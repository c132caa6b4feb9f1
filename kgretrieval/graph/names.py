"""From what a person types to an entity: an id, a name, part of a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.store.ids import KINDS, looks_like_id
from kgretrieval.store.knowledge import alias_folds, entities, entities_named
from kgretrieval.store.read import full_id
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.types import Entity

#: How alike (0 to 100) a name must be to be suggested, and how many are.
_ALIKE, _SUGGESTIONS = 75, 3


def find_entities(store: Store, name_or_id: str) -> list[Entity]:
    """Return the entities that may be meant, the one that most likely is first, then the most mentioned.

    In this order: an id or the beginning of one; a name that an entity bears, compared without case and
    accents; names that hold all these words; the only entity of which a name begins so.

    Raises
    ------
    NotFoundError
        If there is none; the message suggests near names.
    UsageError
        If the id is that of something else, or `name_or_id` is empty.
    """
    text = name_or_id.strip()
    if not text:
        raise UsageError("the name of an entity is empty; give a name or an id such as e:3f9c21")
    with store.reading():
        if looks_like_id(text):
            return [_by_id(store, text)]
        exact = entities_named(store, [text]).get(text)
        if exact:
            return exact
        folds = alias_folds(store)
        found = _ranked(store, _with_words(folds, fold(text)))
        if not found:
            beginning = _ranked(store, {e for f, e in folds if f.startswith(fold(text))})
            found = beginning if len(beginning) == 1 else []
        if not found:
            _not_found(store, text, folds)
        return found


def resolve_node(store: Store, name_or_id: str) -> str:
    """Return the full id of the article, picture, story or entity that is meant; names are names of entities.

    Raises
    ------
    NotFoundError
        If there is none.
    UsageError
        If the id is that of something that is no node of the graph.
    """
    text = name_or_id.strip()
    if not looks_like_id(text):
        return find_entities(store, text)[0].id
    if text[0] not in "aeps":
        kinds = "an article, a picture, an entity or a story"
        raise UsageError(f"{text} is a {KINDS[text[0]]}, no node of the graph; give {kinds}")
    return _by_id(store, text).id if text[0] == "e" else full_id(store, text)


def _by_id(store: Store, text: str) -> Entity:
    if text[0] != "e":
        raise UsageError(f"{text} stands for another kind ({KINDS[text[0]]}); give the name or id (e:…) of an entity")
    identifier = full_id(store, text)
    found = entities(store, [identifier])
    if not found:
        raise NotFoundError(f"{identifier} was hidden by a person; kg review shows and undoes decisions")
    return found[identifier]


def _with_words(folds: Iterable[tuple[str, str]], folded: str) -> set[str]:
    words = set(folded.split())
    return {entity for alias, entity in folds if words <= set(alias.split())} if words else set()


def _ranked(store: Store, ids: Iterable[str]) -> list[Entity]:
    return sorted(entities(store, sorted(ids)).values(), key=lambda e: (-e.mentions, e.id))


def _not_found(store: Store, text: str, folds: list[tuple[str, str]]) -> NoReturn:
    near = _near(store, fold(text), folds)
    hint = f"did you mean {' or '.join(near)}?" if near else "kg search finds names in texts"
    raise NotFoundError(f"no entity is called {text!r}; {hint}")


def _near(store: Store, folded: str, folds: list[tuple[str, str]]) -> list[str]:
    from rapidfuzz import fuzz, process

    names = sorted({alias for alias, _ in folds})
    found = process.extract(folded, names, scorer=fuzz.WRatio, score_cutoff=_ALIKE, limit=10 * _SUGGESTIONS)
    scores = {name: round(score, 3) for name, score, _ in found}
    best: dict[str, float] = {}
    for alias, entity in folds:
        if alias in scores:
            best[entity] = max(best.get(entity, 0.0), scores[alias])
    known = entities(store, best)
    order = sorted(best, key=lambda e: (-best[e], -known[e].mentions, e))
    return list(dict.fromkeys(known[e].name for e in order))[:_SUGGESTIONS]
