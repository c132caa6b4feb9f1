"""What people decided of entities and facts themselves: their names, types, what is confirmed and what is hidden."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kgretrieval.resolution.anchors import anchor_of, rules_from
from kgretrieval.resolution.cluster import Resolution
from kgretrieval.resolution.rules import Anchor
from kgretrieval.store.decisions import Decision
from kgretrieval.store.ids import fact_id
from kgretrieval.store.review_rows import entity_of
from kgretrieval.store.store import Store

#: Of an entity: its id, the name it goes by, how it is shown and typed (``""``: as its mentions say), whether it is
#: confirmed and hidden, its id in Wikidata.
Mark = tuple[str, str, str, str, int, int, str]


def marks(resolution: Resolution, decided: Sequence[Decision], given: Mapping[str, str]) -> list[Mark]:
    """Return the marks of the entities of a resolution that need one: a decision, an id, or a name that is not its own.

    Parameters
    ----------
    resolution : Resolution
    decided : sequence of Decision
        All that hold, the oldest first: the newest speaks.
    given : Mapping[str, str]
        The id of Wikidata that the documents of an entity bring.
    """
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for entity, name in resolution.canonical.items():
        if entity != name:
            found[entity] = {}
        if given.get(entity):
            found[entity]["wikidata"] = given[entity]
    usual = _usual(resolution)
    for decision in decided:
        for anchor, change in _changes(decision):
            where = (anchor.name, anchor.document)
            entity = resolution.meanings.get(where, "") if anchor.document else usual.get(anchor.name, "")
            if entity:
                found[entity] |= change
    for name, identifier in rules_from(decided).wikidata.items():
        if name in usual:
            found[usual[name]]["wikidata"] = identifier
    return [
        (
            entity,
            resolution.canonical[entity],
            mark.get("shown", ""),
            mark.get("type", ""),
            int(mark.get("confirmed", False)),
            int(mark.get("hidden", False)),
            mark.get("wikidata", ""),
        )
        for entity, mark in sorted(found.items())
    ]


def _usual(resolution: Resolution) -> dict[str, str]:
    """Return which entity a name means in most documents."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, _), entity in resolution.meanings.items():
        counted[name][entity] += 1
    usual = {name: name for name in resolution.canonical.values()}
    return usual | {name: min(found, key=lambda e: (-found[e], e)) for name, found in counted.items()}


def _changes(decision: Decision) -> Iterable[tuple[Anchor, dict[str, Any]]]:
    payload = decision.payload
    match decision.action:
        case "merge":
            yield anchor_of(payload["entities"][0]), {"confirmed": True}
        case "rename":
            yield anchor_of(payload["entity"]), {"shown": payload["to"]}
        case "type":
            yield anchor_of(payload["entity"]), {"type": payload["to"]}
        case "hide":
            yield anchor_of(payload["entity"]), {"hidden": True}
        case "confirm":
            yield anchor_of(payload["entity"]), {"confirmed": True}


def fact_marks(store: Store, decided: Iterable[Decision]) -> dict[str, tuple[bool, bool]]:
    """Return (confirmed, hidden) of the facts that people spoke of, by the ids that they have now."""
    found: dict[str, tuple[bool, bool]] = {}
    for decision in decided:
        if decision.action not in {"hide_fact", "confirm_fact"}:
            continue
        payload = decision.payload
        sides = [_side(store, payload[side]) for side in ("subject", "object")]
        fact = fact_id(
            sides[0], payload["predicate"], sides[1], negated=payload["negated"], modality=payload["modality"]
        )
        confirmed, hidden = found.get(fact, (False, False))
        found[fact] = (decision.action == "confirm_fact" or confirmed, decision.action == "hide_fact" or hidden)
    return found


def _side(store: Store, given: Mapping[str, Any]) -> str:
    if "text" in given:
        return str(given["text"])
    anchor = anchor_of(given)
    return entity_of(store, anchor.name, anchor.document)
