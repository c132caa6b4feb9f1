"""`kg entity`, `kg path`, `kg export`."""

from __future__ import annotations

import click

from kgretrieval.cli.options import index_option, json_option
from kgretrieval.cli.output import show


@click.command(epilog="\b\nExamples:\n  kg entity 'Eileen Collins'\n  kg entity e:3f9c21 --json")
@click.argument("name", nargs=-1, required=True)
@index_option
@json_option
def entity(name: tuple[str, ...], index: str | None, as_json: bool) -> None:
    """Show what is known of a person, organisation, place or other name.

    NAME is a name, an alias or an id. Facts come with the sentences that state them.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        show(collection.entity(" ".join(name)), as_json=as_json)


@click.command(epilog="\b\nExample:\n  kg path 'Eileen Collins' 'Kennedy Space Center'")
@click.argument("a")
@click.argument("b")
@click.option("--longest", type=click.IntRange(1, 8), default=4, show_default=True, help="Steps at most.")
@index_option
@json_option
def path(a: str, b: str, longest: int, index: str | None, as_json: bool) -> None:
    """Show how two names are connected, with the sentences that say so."""
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        show(collection.path(a, b, longest=longest), as_json=as_json)


@click.command(
    epilog="\b\nExamples:\n  kg export news.graphml\n  kg export news.csv --index indexes/news"
    "\n  kg export tables --format neo4j"
)
@click.argument("file")
@click.option(
    "--format",
    "form",
    type=click.Choice(["graphml", "gexf", "json", "csv", "ttl", "neo4j"]),
    help="Whatever the ending.",
)
@click.option("--as-of", default="", metavar="DATE", help="Only what was known then; what has no date is left out.")
@index_option
@json_option
def export(file: str, form: str | None, as_of: str, index: str | None, as_json: bool) -> None:
    """Write the graph as GraphML, GEXF, JSON, CSV, Turtle or tables for Neo4j.

    The ending of FILE says which: .graphml (Gephi, yEd, NetworkX), .gexf, .json, .csv, .ttl (RDF; needs
    rdflib). With --format neo4j FILE is a folder of tables for neo4j-admin database import, which needs
    --multiline-fields=true. What is written appears complete or not at all.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        written = collection.export(file, format=form, as_of=as_of)
    if as_json:
        show({"path": str(written)}, as_json=True)
    else:
        then = f", as known on {as_of}; what has no date is left out" if as_of else ""
        click.echo(f"Wrote {written}{then}")
