"""Facts by what is asked of them: of whom, when published, with which predicate, by how many, as known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from kgretrieval.errors import UsageError
from kgretrieval.graph.disputes import disputes
from kgretrieval.graph.facts import Published, Support, facts, published
from kgretrieval.graph.names import find_entities
from kgretrieval.graph.periods import checked_date, checked_period, is_within
from kgretrieval.graph.records import FactList
from kgretrieval.store import fact_rows
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.types import Fact, Modality

MODALITIES: tuple[Modality, ...] = get_args(Modality)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a fact must be, checked by `asked`; empty texts, 0 and None ask for nothing."""

    since: str = ""
    until: str = ""
    predicates: tuple[str, ...] = ()
    min_sources: int = 0
    as_of: str = ""
    disputed: bool = False
    typed: bool = False
    modality: str = ""


def find_facts(
    store: Store,
    name: str = "",
    *,
    since: str = "",
    until: str = "",
    predicates: Sequence[str] = (),
    min_sources: int = 0,
    as_of: str = "",
    disputed: bool = False,
    typed: bool = False,
    modality: str | None = None,
    k: int = 20,
) -> FactList:
    """Return the facts that fit: assertions first, of these the best supported, each beside what disputes it.

    Parameters
    ----------
    store : Store
    name : str
        A name or id: only facts with this entity as subject or object.
    since, until : str
        ISO dates of any precision: only facts that were published in this period, with all their evidence.
    predicates : sequence of str
        Only these, compared without case and accents.
    min_sources : int
        Only facts of so many publishers, where near copies of one article do not count twice.
    as_of : str
        Only what was published up to this day is looked at: counts, dates and disputes are those of then.
    disputed, typed : bool
        Only facts that others contradict; only those with a predicate of the closed list.
    modality : str, optional
        "asserted", "possible", "alleged" or "denied".
    k : int
        How many facts at most; those that dispute them come on top.

    Raises
    ------
    NotFoundError
        If nobody has this name.
    UsageError
        If something asked for makes no sense.
    """
    wish = _asked(since, until, predicates, min_sources, as_of, disputed, typed, modality, k)
    with store.reading():
        entity = find_entities(store, name)[0] if name else None
        if entity:
            rows = fact_rows.statements_about(store, [entity.id])
        else:
            rows = fact_rows.all_statements(store, predicates=_written(store, wish.predicates))
        found = published(store, rows, as_of=wish.as_of)
        support = found.support()
        fit = [fact for fact in support if _fits(found, fact, support[fact], wish)]
        if wish.disputed:
            against = disputes(store, [s for fact in fit for s in found.statements[fact]], as_of=wish.as_of)
            fit = [fact for fact in fit if fact in against]
        fit.sort(key=lambda fact: found.merit(fact, support[fact]))
        return FactList(_beside(store, fit, k, wish.as_of), len(fit), entity, wish.as_of)


def _asked(
    since: str,
    until: str,
    predicates: Sequence[str],
    min_sources: int,
    as_of: str,
    disputed: bool,
    typed: bool,
    modality: str | None,
    k: int,
) -> Asked:
    for name, value, least in (("k", k, 1), ("min_sources", min_sources, 0)):
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise UsageError(f"{name} is {value!r}; give a whole number from {least} on")
    if modality and modality not in MODALITIES:
        raise UsageError(f"there is no modality {modality!r}; choose {', '.join(MODALITIES[:-1])} or {MODALITIES[-1]}")
    period = checked_period(since, until)
    folds = (predicates,) if isinstance(predicates, str) else predicates
    wanted = tuple(fold(predicate.strip()) for predicate in folds)
    return Asked(*period, wanted, min_sources, checked_date("as_of", as_of), disputed, typed, modality or "")


def _written(store: Store, folds: Sequence[str]) -> list[str] | None:
    """Return how the collection writes these predicates; None for all."""
    return [p for p in fact_rows.predicate_counts(store) if fold(p) in folds] if folds else None


def _fits(found: Published, fact: str, support: Support, wish: Asked) -> bool:
    rows = found.statements[fact]
    dates = (found.places[s.holder].date for s in rows)
    return (
        (not wish.predicates or fold(rows[0].predicate) in wish.predicates)
        and (not wish.modality or rows[0].modality == wish.modality)
        and (not wish.typed or found.is_typed(fact))
        and min(support.sources, support.independent) >= wish.min_sources
        and (not (wish.since or wish.until) or any(is_within(d, wish.since, wish.until) for d in dates))
    )


def _beside(store: Store, order: Sequence[str], k: int, as_of: str) -> tuple[Fact, ...]:
    """Return the first k facts, each followed by those that dispute it; no fact twice."""
    known = {fact.id: fact for fact in facts(store, order[:k], as_of=as_of)}
    others = {other for fact in known.values() for other in fact.disputed_by} - known.keys()
    known.update((fact.id, fact) for fact in facts(store, sorted(others), as_of=as_of))
    chosen = [own for fact in order[:k] for own in (fact, *known[fact].disputed_by)]
    return tuple(known[fact] for fact in dict.fromkeys(chosen))
