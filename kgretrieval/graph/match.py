"""Where a pattern fits: joins over the facts, the most selective edge first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import inf
from typing import NamedTuple

from kgretrieval.errors import UsageError
from kgretrieval.graph.facts import facts
from kgretrieval.graph.names import find_entities
from kgretrieval.graph.pattern import TEXT, Node, Pattern, PatternEdge, parse
from kgretrieval.graph.records import Bound, Match, MatchList
from kgretrieval.store import fact_rows
from kgretrieval.store.fact_rows import Edge
from kgretrieval.store.knowledge import entities, entities_named, entity_types
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.types import Entity

#: Partial matches held at once; a pattern that fits more often asks for next to nothing.
MOST = 500_000
#: Up to so many entities the facts of an edge are asked for by them, else all of the edge are read.
_FEW = 5_000


class _Row(NamedTuple):
    """A partial match: what each variable stands for, a fact for each edge joined so far, and their support."""

    values: tuple[str, ...]
    facts: tuple[str, ...]
    support: tuple[int, ...]


def match(store: Store, pattern: str, *, k: int = 10) -> MatchList:
    """Return where a pattern fits the asserted facts, the best supported first.

    A match is as well supported as its weakest fact. No fact stands for two edges; two variables may stand for the
    same entity. What is negated, denied, alleged or only possible never fits.

    Parameters
    ----------
    store : Store
    pattern : str
        As ``(?p:person)-[founded]->(?o:organisation)``; see `kgretrieval.graph.pattern`.
    k : int
        How many matches at most.

    Raises
    ------
    UsageError
        If the pattern does not read, or fits beyond all use.
    NotFoundError
        If nobody has a name in it.
    """
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise UsageError(f"k is {k!r}; give a whole number of matches from 1 on")
    wish = parse(pattern)
    with store.reading():
        join = _Join(store, wish)
        rows = sorted(join.run(), key=lambda row: (-min(row.support), -sum(row.support), row.values, row.facts))
        # The join stops at the first edge that nothing fits: the others have no places then.
        return MatchList(pattern, _matches(store, wish, join, rows[:k]) if rows else (), len(rows))


def _matches(store: Store, wish: Pattern, join: _Join, rows: Sequence[_Row]) -> tuple[Match, ...]:
    known = {fact.id: fact for fact in facts(store, sorted({fact for row in rows for fact in row.facts}))}
    names = entities(store, sorted({value for row in rows for value in row.values if value.startswith("e:")}))
    places = {variable: join.variables.index(variable) for variable, node in wish.nodes.items() if node.shown}
    order = [join.joined.index(edge) for edge in range(len(wish.edges))]
    return tuple(
        Match(
            {variable: _bound(row.values[place], names, join.words) for variable, place in places.items()},
            tuple(known[row.facts[place]] for place in order),
        )
        for row in rows
    )


def _bound(value: str, names: Mapping[str, Entity], words: Mapping[str, str]) -> Bound:
    if value in names:
        return Bound(names[value].name, value, names[value].type)
    return Bound(words[value], "", TEXT)


class _Join:
    """The joining of the edges of a pattern, one after the other.

    What is no entity is held as its folded words behind an equals sign; `words` has them as they were written.
    """

    def __init__(self, store: Store, pattern: Pattern) -> None:
        self.store = store
        self.nodes = pattern.nodes
        self.edges = pattern.edges
        self.variables: list[str] = []
        self.joined: list[int] = []
        self.words: dict[str, str] = {}
        self.domains = {v: _bearers(store, node) for v, node in pattern.nodes.items() if node.constant}
        counts = fact_rows.predicate_counts(store) if any(e.predicates is not None for e in self.edges) else {}
        self.predicates = [_spellings(edge, counts) for edge in self.edges]
        self.sizes = [sum(counts.get(p, 0) for p in known or ()) for known in self.predicates]
        self.kinds: dict[str, str] = {}

    def run(self) -> list[_Row]:
        """Return all matches, their facts in the order of `joined`."""
        rows = [_Row((), (), ())]
        left = set(range(len(self.edges)))
        while left and rows:
            place = min(left, key=self._cost)
            left.remove(place)
            rows = self._extended(rows, place)
            self.joined.append(place)
        return rows

    def _cost(self, place: int) -> tuple[bool, float, int]:
        """Order edges: those that hang on what is bound first, then by how many facts are to be read."""
        edge = self.edges[place]
        size = inf if self.predicates[place] is None else self.sizes[place]
        ends = [len(self.domains[end]) for end in (edge.subject, edge.object) if end in self.domains]
        return not ends and bool(self.variables), min([*ends, size]), place

    def _extended(self, rows: Sequence[_Row], place: int) -> list[_Row]:
        edge = self.edges[place]
        found = [e for e in self._read(place) if self._fits(e, edge)]
        known = [end for end in dict.fromkeys((edge.subject, edge.object)) if end in self.variables]
        at = [self.variables.index(end) for end in known]
        new = [end for end in dict.fromkeys((edge.subject, edge.object)) if end not in self.variables]
        by_key: dict[tuple[str, ...], list[Edge]] = defaultdict(list)
        for one in found:
            by_key[tuple(_end(one, edge, end) for end in known)].append(one)
        extended: list[_Row] = []
        for row in rows:
            for one in by_key.get(tuple(row.values[i] for i in at), ()):
                if one.fact not in row.facts:
                    values = (*row.values, *(_end(one, edge, end) for end in new))
                    extended.append(_Row(values, (*row.facts, one.fact), (*row.support, one.support)))
            if len(extended) > MOST:
                raise UsageError(
                    f"the pattern fits in more than {MOST:,} ways; name a predicate, a type or a name in it"
                )
        self.variables += new
        for end in new:
            at_end = self.variables.index(end)
            self.domains[end] = {row.values[at_end] for row in extended}
        return extended

    def _read(self, place: int) -> list[Edge]:
        """Return the facts of an edge: by the entities of the end that has fewer, if there are few."""
        edge, predicates = self.edges[place], self.predicates[place]
        sides: dict[str, list[str]] = {}
        for side, end in (("subjects", edge.subject), ("objects", edge.object)):
            domain = self.domains.get(end)
            if domain is not None and len(domain) <= _FEW and all(value.startswith("e:") for value in domain):
                sides[side] = sorted(domain)
        chosen = dict(sorted(sides.items(), key=lambda item: len(item[1]))[:1])
        rows = fact_rows.edges(self.store, predicates, **chosen)
        return [Edge(e.fact, self._value(e.subject), self._value(e.object), e.support) for e in rows]

    def _value(self, end: str) -> str:
        if end.startswith("e:"):
            return end
        value = f"={fold(end)}"
        self.words.setdefault(value, end)
        return value

    def _fits(self, one: Edge, edge: PatternEdge) -> bool:
        if edge.subject == edge.object and one.subject != one.object:
            return False
        return self._may(edge.subject, one.subject) and self._may(edge.object, one.object)

    def _may(self, variable: str, value: str) -> bool:
        domain = self.domains.get(variable)
        if domain is not None and value not in domain:
            return False
        kind = self.nodes[variable].kind
        if not kind:
            return True
        return not value.startswith("e:") if kind == TEXT else self._kind(value) == kind

    def _kind(self, value: str) -> str:
        if not self.kinds:
            self.kinds = entity_types(self.store)
        return self.kinds.get(value, "")


def _end(one: Edge, edge: PatternEdge, variable: str) -> str:
    return one.subject if variable == edge.subject else one.object


def _bearers(store: Store, node: Node) -> set[str]:
    """Return the entities that a constant means: all that bear exactly this name, else the likeliest one."""
    exact = entities_named(store, [node.constant]).get(node.constant)
    return {e.id for e in exact or find_entities(store, node.constant)[:1]}


def _spellings(edge: PatternEdge, counts: Mapping[str, int]) -> list[str] | None:
    """Return how the collection writes the predicates of an edge; None for any."""
    if edge.predicates is None:
        return None
    return [predicate for predicate in counts if " ".join(fold(predicate).split()) in edge.predicates]
