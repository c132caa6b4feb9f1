"""How decisions say what they are about: by names and keys of documents, which mean the same in every collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kgretrieval.resolution.rules import Anchor, Rule, Rules
from kgretrieval.store.decisions import Decision
from kgretrieval.store.ids import looks_like_id, make_id


def document_id(reference: str) -> str:
    """Return the id of a document from what a decision calls it: an article by its key, a picture by its id."""
    return reference if reference.startswith("p:") and looks_like_id(reference) else make_id("a", reference)


def anchor_of(given: Mapping[str, Any]) -> Anchor:
    """Return what ``{"name": key}`` or ``{"name": key, "document": reference}`` stands for."""
    document = given.get("document", "")
    return Anchor(make_id("e", given["name"]), document_id(document) if document else "")


def names_of(decision: Decision) -> set[str]:
    """Return the names that a decision is about, by id."""
    payload = decision.payload
    given = [payload[side] for side in ("entity", "one", "other", "to", "subject", "object") if side in payload]
    keys = [one["name"] for one in [*given, *payload.get("entities", ())] if isinstance(one, dict) and "name" in one]
    return {make_id("e", key) for key in [*keys, *payload.get("names", ())]}


def labelled(decided: Iterable[Decision]) -> list[tuple[str, str, str]]:
    """Return which documents decisions sort: (id, what the decision calls it, scheme)."""
    payloads = [one.payload for one in decided if one.action == "label"]
    return [(document_id(one["document"]), one["document"], one["scheme"]) for one in payloads]


def check(decision: Decision) -> None:
    """Make sure that a decision says what its action needs.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it does not.
    """
    payload = decision.payload
    rules_from([decision])
    match decision.action:
        case "rename" | "type" | "hide" | "confirm":
            anchor_of(payload["entity"])
            str(payload["to"] if decision.action in {"rename", "type"} else "")
        case "label":
            labelled([decision])
            if not all(isinstance(payload[key], str) and payload[key] for key in ("document", "scheme", "value")):
                raise ValueError("a label names a document, a scheme and a value")
        case "hide_fact" | "confirm_fact":
            bool(payload["negated"])
            str(payload["predicate"]), str(payload["modality"])
            for side in (payload["subject"], payload["object"]):
                if "text" not in side:
                    anchor_of(side)


def rules_from(decided: Iterable[Decision]) -> Rules:
    """Return what decisions (the oldest first) say of which names are one thing."""
    pairs: list[Rule] = []
    splits: dict[str, list[frozenset[str]]] = {}
    wikidata: dict[str, str] = {}
    for decision in decided:
        payload = decision.payload
        match decision.action:
            case "merge":
                first, *others = map(anchor_of, payload["entities"])
                pairs += [Rule("same", first, other) for other in others]
            case "apart":
                pairs.append(Rule("apart", anchor_of(payload["one"]), anchor_of(payload["other"])))
            case "split":
                pairs += _split(payload, splits)
            case "link":
                wikidata[anchor_of(payload["entity"]).name] = payload["wikidata"]
    return Rules(pairs, splits, wikidata)


def _split(payload: Mapping[str, Any], splits: dict[str, list[frozenset[str]]]) -> list[Rule]:
    documents = frozenset(map(document_id, payload["documents"]))
    names = [make_id("e", key) for key in payload["names"]]
    for name in names:
        splits.setdefault(name, []).append(documents)
    anchors = [Anchor(name, document) for name in names for document in sorted(documents)]
    pairs = [Rule("same", anchors[0], other) for other in anchors[1:]]
    if "to" in payload:
        pairs.append(Rule("same", anchors[0], anchor_of(payload["to"])))
    return pairs
