"""What a person should look at: names that may be one, and names that were taken for two people's."""

from __future__ import annotations

import re
from math import log2

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.resolution.collection import resolve_collection
from kgretrieval.resolution.decide import record, reference
from kgretrieval.resolution.questions import Question, ReviewItem, ReviewSide, Sentence
from kgretrieval.resolution.rules import Anchor
from kgretrieval.store import resolution_rows as rows
from kgretrieval.store import review_rows
from kgretrieval.store.decisions import Decision
from kgretrieval.store.ids import make_id
from kgretrieval.store.knowledge import entities
from kgretrieval.store.store import Store

_ENTITY = re.compile(r"\be:[0-9a-f]{12}\b")
_QUESTIONS: dict[str, Question] = {"unsure": "merge", "apart": "split", "same": "check"}
#: Links of this score on are not worth a look.
_SURE = 0.85


def review(store: Store, *, limit: int = 20) -> list[ReviewItem]:
    """Return the questions that matter most: those on the verge, of names that stand in many articles.

    What was decided is not asked again.
    """
    found = review_rows.links(store, _QUESTIONS)
    asked = [link for link in found if link[4] != "same" or link[5] < _SURE]
    counted = review_rows.articles_with(store, {link[0] for link in asked} | {link[2] for link in asked})

    def order(link: tuple[str, str, str, str, str, float, tuple[str, ...]]) -> tuple[int, float, str]:
        fewer = min(counted.get(link[0], 0), counted.get(link[2], 0))
        return int(link[4] == "same"), -round(link[5] * log2(1 + fewer), 6), _id(link)

    return [_item(store, link) for link in sorted(asked, key=order)[:limit]]


def answer(store: Store, identifier: str, *, accept: bool, author: str = "") -> Decision:
    """Accept or reject what a question proposes: of ``"split"`` that they are two, of the others that they are one.

    Raises
    ------
    NotFoundError
        If there is no such question, or it was answered.
    UsageError
        If several begin so.
    """
    resolve_collection(store)
    found = [link for link in review_rows.links(store, _QUESTIONS) if _id(link).startswith(identifier)]
    if not found or not identifier.startswith("v:"):
        raise NotFoundError(f"there is no question {identifier}; kg review shows those there are")
    if len(found) > 1:
        raise UsageError(f"{identifier} is the start of several questions; give more digits")
    one, one_document, other, other_document, verdict, *_ = found[0]
    short = verdict == "same" and bool(one_document) != bool(other_document)
    sides = [_anchor(store, one, "" if short else one_document), _anchor(store, other, other_document)]
    if accept == (verdict != "apart"):
        return record(store, "merge", {"entities": sides}, author=author)
    return record(store, "apart", {"one": sides[0], "other": sides[1]}, author=author)


def _anchor(store: Store, name: str, document: str) -> dict[str, str]:
    found = {"name": rows.spelled(store, [name])[name].key}
    return found | ({"document": reference(store, document)} if document else {})


def _id(link: tuple[str, str, str, str, str, float, tuple[str, ...]]) -> str:
    return make_id("v", *link[:4])


def _item(store: Store, link: tuple[str, str, str, str, str, float, tuple[str, ...]]) -> ReviewItem:
    one, one_document, other, other_document, verdict, score, reasons = link
    sides = (_side(store, Anchor(one, one_document)), _side(store, Anchor(other, other_document)))
    called = review_rows.shown_as(store, {own for reason in reasons for own in _ENTITY.findall(reason)})
    said = tuple(_ENTITY.sub(lambda found: called.get(found.group(), found.group()), reason) for reason in reasons)
    return ReviewItem(_id(link), _QUESTIONS[verdict], score, *sides, said)


def _side(store: Store, anchor: Anchor) -> ReviewSide:
    meant = review_rows.entity_of(store, anchor.name, anchor.document)
    known = entities(store, [meant]).get(meant)
    spelled = rows.spelled(store, [anchor.name])[anchor.name]
    own = review_rows.sentences_of(store, anchor.name, anchor.document) or review_rows.sentences_of(store, anchor.name)
    shown = known.name if known and anchor.name in {meant, review_rows.known_as(store, meant)[0]} else spelled.key
    return ReviewSide(
        name=shown,
        entity=meant,
        type=known.type if known else "misc",
        articles=review_rows.articles_with(store, [anchor.name]).get(anchor.name, 0),
        sentences=tuple(Sentence(*row) for row in own),
    )
