"""RDF as Turtle: nodes in the words of schema.org, every edge a statement of its own with its evidence.

An edge is an ``rdf:Statement`` (RDF 1.1 reification), so that counts, dates, modality and sources have something to
hang on; ``prov:wasDerivedFrom`` (PROV-O) names the article. What is asserted stands as a plain triple as well: what is
negated, denied, alleged or only possible never does. What no vocabulary has a word for is in a namespace of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from kgretrieval.errors import KgError
from kgretrieval.graph.schema import EDGES, NODES, clean
from kgretrieval.graph.wording import claims

if TYPE_CHECKING:
    import networkx
    import rdflib

    Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]

_PLAIN = re.compile(r"[A-Za-z]\w*", re.ASCII)
_THING, _WORD, _PREDICATE = "urn:kgretrieval:", "urn:kgretrieval:vocabulary:", "urn:kgretrieval:predicate:"
_SCHEMA, _PROV = "https://schema.org/", "http://www.w3.org/ns/prov#"
_WIKIDATA = "http://www.wikidata.org/entity/"

_CLASSES: Mapping[str, str] = {
    "article": "NewsArticle",
    "picture": "ImageObject",
    "story": "Event",
    "person": "Person",
    "organisation": "Organization",
    "place": "Place",
    "event": "Event",
    "product": "Product",
    "misc": "Thing",
}
#: Attributes for which schema.org has a word; the others are in our namespace, by their own name.
_WORDS: Mapping[tuple[str, str], str] = {
    ("entity", "label"): "name",
    ("article", "label"): "headline",
    ("article", "date"): "datePublished",
    ("article", "language"): "inLanguage",
    ("article", "url"): "url",
    ("article", "credit"): "creditText",
    ("picture", "label"): "name",
    ("picture", "date"): "dateCreated",
    ("picture", "credit"): "creditText",
    ("picture", "path"): "contentUrl",
    ("picture", "sha256"): "sha256",
    ("story", "label"): "name",
    ("story", "date"): "startDate",
    ("story", "last_date"): "endDate",
    ("illustrates", "caption"): "caption",
}
#: What edges and typed predicates are called there, where the word points the same way.
_LINKS: Mapping[str, str] = {"mentions": "mentions", "illustrates": "associatedArticle", "shows": "about"}
_TYPED: Mapping[str, str] = {
    "based in": "location",
    "born in": "birthPlace",
    "child of": "parent",
    "educated at": "alumniOf",
    "lives in": "homeLocation",
    "located in": "containedInPlace",
    "married to": "spouse",
    "nationality": "nationality",
    "political affiliation": "affiliation",
    "subsidiary of": "parentOrganization",
    "works for": "worksFor",
}


def write_rdf(graph: networkx.MultiDiGraph, file: Path) -> None:
    """Write Turtle, a node or an edge a block: rdflib quotes the terms, its own writer takes many times as long.

    Raises
    ------
    KgError
        If rdflib is not installed.
    """
    rdflib = _rdflib()
    spaces = {"kg": _WORD, "schema": _SCHEMA, "prov": _PROV, "rdf": str(rdflib.RDF), "xsd": str(rdflib.XSD)}
    short = _Short(spaces)
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"@prefix {prefix}: <{space}> .\n" for prefix, space in spaces.items())
        for node, data in graph.nodes(data=True):
            out.write(_block(_node(node, data), short))
        for source, target, key, data in graph.edges(keys=True, data=True):
            out.write(_block(_edge(source, target, key, data), short))


class _Short(dict[str, str]):
    """How an IRI is written: with a prefix where what follows it is a plain word."""

    def __init__(self, spaces: Mapping[str, str]) -> None:
        self._spaces = spaces

    def __missing__(self, iri: str) -> str:
        written = f"<{iri}>"
        for prefix, space in self._spaces.items():
            if iri.startswith(space) and _PLAIN.fullmatch(iri.removeprefix(space)):
                written = f"{prefix}:{iri.removeprefix(space)}"
        self[iri] = written
        return written


def _block(triples: Iterable[Triple], short: Mapping[str, str]) -> str:
    rows: dict[str, list[str]] = {}
    for subject, predicate, object_ in triples:
        value = short[str(object_)] if isinstance(object_, _rdflib().URIRef) else object_.n3()
        rows.setdefault(str(subject), []).append(f"{short[str(predicate)]} {value}")
    return "".join(f"\n<{subject}> " + " ;\n    ".join(pairs) + " .\n" for subject, pairs in rows.items())


def read_rdf(file: Path) -> networkx.MultiDiGraph:
    """Read what `write_rdf` wrote; attributes that all of a kind have are there, also where they are empty."""
    import networkx

    rdflib = _rdflib()
    triples = rdflib.Graph()
    try:
        triples.parse(file, format="turtle")
    # Its parser runs over the end of what is not Turtle.
    except (rdflib.plugins.parsers.notation3.BadSyntax, IndexError) as error:
        raise ValueError(" ".join(str(error).split())[:100]) from None
    nodes, edges = [], []
    for thing in set(triples.subjects(rdflib.URIRef(_WORD + "kind"), None)):
        if (thing, rdflib.RDF.type, rdflib.RDF.Statement) in triples:
            ends = (_id(triples.value(thing, end)) for end in (rdflib.RDF.subject, rdflib.RDF.object))
            edges.append((*ends, _id(thing), _attributes(triples, thing, EDGES)))
        else:
            nodes.append((_id(thing), _attributes(triples, thing, NODES)))
    if not nodes:
        raise ValueError("no article, picture or entity in it")
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(sorted(nodes, key=lambda node: node[0]))
    graph.add_edges_from(sorted(edges, key=lambda edge: edge[:3]))
    return graph


def _rdflib() -> Any:
    try:
        import rdflib
        import rdflib.plugins.parsers.notation3
    except ImportError as error:
        raise KgError('RDF needs rdflib: pip install "kgretrieval[rdf]"') from error
    return rdflib


def _iri(identifier: object) -> rdflib.URIRef:
    iri: rdflib.URIRef = _rdflib().URIRef(_THING + quote(clean(str(identifier)), safe=":"))
    return iri


def _id(iri: Any) -> str:
    return unquote(str(iri).removeprefix(_THING))


def _literal(value: Any) -> rdflib.Literal:
    """Return a literal that keeps every digit: rdflib writes doubles with seven."""
    made = _rdflib()
    literal: rdflib.Literal
    if isinstance(value, float):
        literal = made.Literal(f"{Decimal(repr(value)):f}", datatype=made.XSD.decimal)
    else:
        literal = made.Literal(clean(value) if isinstance(value, str) else value)
    return literal


def _word(kind: str, name: str) -> rdflib.URIRef:
    known = _WORDS.get((kind, name))
    word: rdflib.URIRef = _rdflib().URIRef(_SCHEMA + known if known else _WORD + quote(name, safe=""))
    return word


def _node(node: object, data: Mapping[str, Any]) -> Iterator[Triple]:
    rdflib = _rdflib()
    thing, kind = _iri(node), str(data.get("kind", ""))
    yield thing, rdflib.RDF.type, rdflib.URIRef(_SCHEMA + _CLASSES.get(str(data.get("type") or kind), "Thing"))
    yield from _properties(thing, kind, data)
    for alias in str(data.get("aliases", "")).split("; "):
        if alias:
            yield thing, rdflib.URIRef(_SCHEMA + "alternateName"), _literal(alias)
    if data.get("wikidata"):
        yield thing, rdflib.URIRef(_SCHEMA + "sameAs"), rdflib.URIRef(_WIKIDATA + quote(str(data["wikidata"])))


def _edge(source: object, target: object, key: object, data: Mapping[str, Any]) -> Iterator[Triple]:
    rdflib = _rdflib()
    thing, kind = _iri(key), str(data.get("kind", ""))
    between = rdflib.URIRef(_between(kind, data))
    yield thing, rdflib.RDF.type, rdflib.RDF.Statement
    yield thing, rdflib.RDF.subject, _iri(source)
    yield thing, rdflib.RDF.predicate, between
    yield thing, rdflib.RDF.object, _iri(target)
    yield from _properties(thing, kind, data)
    if data.get("article"):
        yield thing, rdflib.URIRef(_PROV + "wasDerivedFrom"), _iri(data["article"])
    if _holds(kind, data):
        yield _iri(source), between, _iri(target)


def _between(kind: str, data: Mapping[str, Any]) -> str:
    if kind != "fact":
        return _SCHEMA + _LINKS[kind] if kind in _LINKS else _WORD + quote(kind, safe="")
    predicate = str(data.get("predicate", ""))
    if data.get("typed") and predicate in _TYPED:
        return _SCHEMA + _TYPED[predicate]
    return _PREDICATE + quote(clean(predicate), safe="")


def _holds(kind: str, data: Mapping[str, Any]) -> bool:
    """Say whether an edge may stand as a plain triple; what a picture shows is a guess unless its caption says so."""
    if kind == "fact":
        plain = data.get("modality", "asserted") == "asserted"
        return plain and claims(negated=bool(data.get("negated")), modality="asserted") > 0
    return kind in _LINKS and not (kind == "shows" and data.get("origin") not in ("caption", "tag"))


def _properties(thing: rdflib.URIRef, kind: str, data: Mapping[str, Any]) -> Iterator[Triple]:
    for name, value in {"kind": kind, **data}.items():
        if value != "" or name == "kind":
            yield thing, _word(kind, name), _literal(value)


def _attributes(triples: Any, thing: Any, schema: Mapping[str, Mapping[str, type]]) -> dict[str, Any]:
    rdflib = _rdflib()
    kind = str(triples.value(thing, rdflib.URIRef(_WORD + "kind")))
    known = schema.get(kind, {})
    found: dict[str, Any] = {name: "" for name, type_ in known.items() if type_ is str}
    words = {_SCHEMA + word: name for (of, name), word in _WORDS.items() if of == kind}
    for predicate, value in triples.predicate_objects(thing):
        name = words.get(str(predicate)) or _own_name(str(predicate))
        if name:
            plain = value.toPython()
            found[name] = float(plain) if isinstance(plain, Decimal) else plain
    return {**{name: found[name] for name in known if name in found}, **found}


def _own_name(predicate: str) -> str:
    return unquote(predicate.removeprefix(_WORD)) if predicate.startswith(_WORD) else ""
