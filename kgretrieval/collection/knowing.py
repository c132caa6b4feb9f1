"""What an open collection knows: entities, facts, ways between them, and all of it as a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.collection.handle import Handle
from kgretrieval.present.notebook import EntityCard, show_entity, show_graph
from kgretrieval.types import Step

if TYPE_CHECKING:
    import networkx

    from kgretrieval.graph.records import FactList, MatchList, Timeline


class Knowing(Handle):
    """What `Collection` says of entities and facts."""

    def entity(self, name: str) -> EntityCard:
        """Return what is known of the entity with this name or id.

        Raises
        ------
        NotFoundError
            If there is none; the message suggests near names.
        """
        from kgretrieval.graph.neighbours import entity_card

        return show_entity(entity_card(self._open_reader(), name))

    def path(self, a: str, b: str, *, longest: int = 4) -> tuple[Step, ...]:
        """Return how two entities are connected, step by step with the sentences that say so."""
        from kgretrieval.graph.paths import connect

        return connect(self._open_reader(), a, b, longest=longest)

    def facts(self, name: str = "", **asked: Any) -> FactList:
        """Return facts with their evidence, each beside what disputes it; asked for as in `find_facts` of the graph.

        ``since``, ``until``, ``predicates``, ``min_sources``, ``as_of``, ``disputed``, ``typed``, ``modality``, ``k``.
        """
        from kgretrieval.graph.fact_list import find_facts

        return find_facts(self._open_reader(), name, **asked)

    def timeline(self, name: str, *, since: str = "", until: str = "") -> Timeline:
        """Return what happened to an entity, the earliest first, with the sentences that say so."""
        from kgretrieval.graph.timeline import timeline

        return timeline(self._open_reader(), name, since=since, until=until)

    def match(self, pattern: str, *, k: int = 10) -> MatchList:
        """Return where a pattern such as ``(?p:person)-[founded]->(?o:organisation)`` fits the facts."""
        from kgretrieval.graph.match import match

        return match(self._open_reader(), pattern, k=k)

    def to_networkx(self, *, around: str | None = None, radius: int = 1, as_of: str = "") -> networkx.MultiDiGraph:
        """Return the graph, or the part of it around one entity or document, as a NetworkX object.

        With `as_of` (an ISO date) as it could have been known at the end of that day; what has no date is left out.
        """
        from kgretrieval.graph.names import resolve_node
        from kgretrieval.graph.view import build_graph

        store = self._open_reader()
        nodes = [resolve_node(store, around)] if around else []
        return show_graph(build_graph(store, around=nodes, radius=radius, as_of=as_of))

    def export(self, file: str | Path, *, format: str | None = None, as_of: str = "") -> Path:
        """Write the graph as .graphml, .gexf, .json, .csv or .ttl, or a folder of tables in the format "neo4j".

        With `as_of` (an ISO date) as it could have been known at the end of that day; what has no date is left out.
        """
        from kgretrieval.graph.export import export

        return export(self._open_reader(), file, format=format, as_of=as_of)
