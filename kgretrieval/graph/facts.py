"""Facts with all their evidence: who published them, how many did so on their own, when they were seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgretrieval.errors import NotFoundError
from kgretrieval.graph.disputes import disputes
from kgretrieval.store import fact_rows, graph_rows
from kgretrieval.store.copies import copy_groups
from kgretrieval.store.fact_rows import Publication, Statement
from kgretrieval.store.graph_rows import Span
from kgretrieval.store.knowledge import entities
from kgretrieval.store.resolution_rows import fact_marks
from kgretrieval.store.store import Store
from kgretrieval.types import Entity, Evidence, Fact


@dataclass(frozen=True, slots=True)
class Support:
    """What backs a fact, counted: publishers, articles without copies of each other, and when it was published."""

    sources: int
    independent: int
    first_seen: str
    last_seen: str
    confidence: float


def facts(store: Store, ids: Iterable[str], *, as_of: str = "") -> list[Fact]:
    """Return the facts with these full ids, each with all its evidence, ordered by id.

    Parameters
    ----------
    store : Store
    ids : iterable of str
        Facts that are hidden or not there are left out.
    as_of : str
        Only evidence published up to this day counts, also for what disputes a fact.
    """
    with store.reading():
        found = published(store, fact_rows.statements(store, ids), as_of=as_of)
        return _made(store, found, as_of)


def facts_about(store: Store, entity_ids: Iterable[str], *, limit: int | None = None) -> list[Fact]:
    """Return the facts that have one of these entities as subject or object.

    Typed ones come first, then what is asserted before what is only possible, alleged or denied; of these the best
    supported.
    """
    with store.reading():
        # Who said so is looked up only for those that are shown.
        found = published(store, fact_rows.statements_about(store, entity_ids, said_by=False))
        support = found.support()
        order = sorted(support, key=lambda fact: (not found.is_typed(fact), *found.merit(fact, support[fact])))
        made = {fact.id: fact for fact in facts(store, order[:limit])}
        return [made[fact] for fact in order[:limit]]


def fact_with(store: Store, identifier: str) -> Fact:
    """Return the fact with this full id.

    Raises
    ------
    NotFoundError
        If a person hid it, or one of its entities.
    """
    found = facts(store, [identifier])
    if not found:
        raise NotFoundError(f"{identifier} was hidden by a person; kg review shows and undoes decisions")
    return found[0]


@dataclass(frozen=True, slots=True)
class Published:
    """Statements by the fact they state, with where each was published and of which article that is a copy."""

    statements: Mapping[str, Sequence[Statement]]
    places: Mapping[str, Publication]
    leaders: Mapping[str, str]

    def only(self, facts: Iterable[str]) -> Published:
        """Return the same of these facts alone."""
        return Published({fact: self.statements[fact] for fact in facts}, self.places, self.leaders)

    def is_typed(self, fact: str) -> bool:
        """Say whether one statement at least has a predicate of the closed list."""
        return any(s.typed for s in self.statements[fact])

    def original(self, statement: Statement) -> str:
        """Return what is the same for near copies: the first of the articles, or a picture that stands alone."""
        article = self.places[statement.holder].article
        return self.leaders.get(article, article) or statement.document

    def support(self) -> dict[str, Support]:
        """Count what backs each fact; publishers without a name count as one."""
        return {fact: self._support(rows) for fact, rows in self.statements.items()}

    def _support(self, rows: Sequence[Statement]) -> Support:
        places = [self.places[s.holder] for s in rows]
        dates = [place.date for place in places if place.date]
        return Support(
            sources=len({place.source.casefold() for place in places}),
            independent=len({self.original(s) for s in rows}),
            first_seen=min(dates, default=""),
            last_seen=max(dates, default=""),
            confidence=max(s.confidence for s in rows),
        )

    def merit(self, fact: str, support: Support) -> tuple[object, ...]:
        """Return what facts are ordered by: assertions first, then by support, confidence and the first date."""
        first = self.statements[fact][0]
        plain = first.modality == "asserted" and not first.negated
        counts = (-support.independent, -support.sources, -round(support.confidence, 6))
        return (not plain, *counts, support.first_seen or "\uffff", fact)


def published(store: Store, rows: Iterable[Statement], *, as_of: str = "") -> Published:
    """Find out where statements were published; with `as_of` those of which it is not known by then are left out."""
    known = list(rows)
    places = fact_rows.publications(store, (s.holder for s in known))
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in known:
        date = places[statement.holder].date
        if not as_of or (date and date[: len(as_of)] <= as_of):
            groups[statement.fact].append(statement)
    articles = {place.article for place in places.values() if place.article}
    return Published(groups, places, copy_groups(store, sorted(articles)))


def _made(store: Store, found: Published, as_of: str) -> list[Fact]:
    rows = [s for group in found.statements.values() for s in group]
    names = entities(store, sorted({end for s in rows for end in (s.subject_entity, s.object_entity) if end}))
    texts = graph_rows.sentences(store, (_span(s) for s in rows))
    marks = fact_marks(store, found.statements)
    against = disputes(store, rows, as_of=as_of)
    support = found.support()
    return [
        _fact(fact, found, names, texts, support[fact], against.get(fact, ()), marks.get(fact, (False, False))[0])
        for fact in sorted(found.statements)
    ]


def _span(statement: Statement) -> Span:
    return Span(statement.holder, statement.field, statement.start, statement.end)


def _fact(
    identifier: str,
    found: Published,
    names: Mapping[str, Entity],
    texts: Mapping[Span, str],
    support: Support,
    against: tuple[str, ...],
    confirmed: bool,
) -> Fact:
    rows = list(found.statements[identifier])
    # Without the holder first: the id of a use depends on where the picture's file lies.
    rows.sort(key=lambda s: (found.places[s.holder].date, s.document, s.field, s.start, s.extractor, s.id))
    first = rows[0]
    return Fact(
        id=identifier,
        subject_id=first.subject_entity,
        subject=names[first.subject_entity].name if first.subject_entity else first.subject,
        predicate=first.predicate,
        object_id=first.object_entity,
        object=names[first.object_entity].name if first.object_entity else first.object,
        confidence=support.confidence,
        negated=bool(first.negated),
        first_seen=support.first_seen,
        last_seen=support.last_seen,
        evidence=tuple(_evidence(s, found.places[s.holder], texts[_span(s)]) for s in rows),
        modality=first.modality,
        typed=found.is_typed(identifier),
        sources=support.sources,
        independent=support.independent,
        time=earliest(s.time for s in rows),
        disputed_by=against,
        confirmed=confirmed,
    )


def _evidence(s: Statement, place: Publication, sentence: str) -> Evidence:
    return Evidence(
        relation=s.id,
        document=s.document,
        field=s.field,
        start=s.start,
        end=s.end,
        sentence=sentence,
        title=place.title,
        date=place.date,
        source=place.source,
        extractor=s.extractor,
        confidence=s.confidence,
        attributed_to=s.attributed_to,
        time=s.time,
        place=s.place,
    )


def earliest(times: Iterable[str]) -> str:
    """Return the earliest of some dates, as precise as the others make it.

    Examples
    --------
    >>> earliest(["2001", "1999-05-03", "1999"]), earliest(["", ""])
    ('1999-05-03', '')
    """
    known = sorted({time for time in times if time})
    if not known:
        return ""
    return next((time for time in known[1:] if time.startswith(known[0]) and "/" not in time), known[0])
