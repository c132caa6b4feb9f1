"""From the names in a filter to entities."""

from __future__ import annotations

from dataclasses import replace

from kgretrieval.search.wanted import Wanted
from kgretrieval.store.store import Store


def with_entities(store: Store, wanted: Wanted) -> tuple[Wanted, list[str]]:
    """Return what is wanted with ids in place of names, and what to say of names that several bear.

    Raises
    ------
    NotFoundError
        If nobody is called so; the message suggests near names.
    """
    if not wanted.mentions:
        return wanted, []
    from kgretrieval.graph.names import find_entities

    notes, ids = [], []
    for name in wanted.mentions:
        first, *others = find_entities(store, name)
        ids.append(first.id)
        if others:
            more = ", ".join(f"{one.name} ({one.type}, {one.id})" for one in others[:3])
            notes.append(f"mentions {name!r} was taken for {first.name} ({first.type}, {first.id}), not for {more}")
    towards = (*wanted.towards[:1], *ids) if wanted.towards else ()
    return replace(wanted, mentions=tuple(ids), towards=towards), notes
