"""`kg match`."""

from __future__ import annotations

import click

from kgretrieval.cli.options import index_option, json_option
from kgretrieval.cli.output import show


@click.command(
    epilog="\b\nExamples:\n  kg match '(?p:person)-[founded]->(?o:organisation)'"
    "\n  kg match '(\"Angela Merkel\")-[*]->(?x)<-[*]-(?y:person)' -k 5"
)
@click.argument("pattern")
@click.option("-k", "k", metavar="N", type=click.IntRange(1), default=10, show_default=True, help="Matches at most.")
@index_option
@json_option
def match(pattern: str, k: int, index: str | None, as_json: bool) -> None:
    """Find a pattern in the facts.

    PATTERN joins nodes by edges: (?p:person) is a variable with a type, ("Angela Merkel") a name, ()
    anything; -[founded|works for]-> and <-[*]- are edges, * any predicate; a comma begins another chain.
    Only what is asserted fits. docs/match.md says it all.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        found = collection.match(pattern, k=k)
    show(found.matches if as_json else found, as_json=as_json)
