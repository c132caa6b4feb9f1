"""`kg show`, `kg delete`."""

from __future__ import annotations

import sys

import click

from kgretrieval.cli.options import index_option, json_option
from kgretrieval.cli.output import say
from kgretrieval.cli.output import show as show_result
from kgretrieval.errors import UsageError


@click.command(epilog="\b\nExamples:\n  kg show a:3f9c21\n  kg show p:00aa11 --json")
@click.argument("id_", metavar="ID")
@click.option("--no-pictures", is_flag=True, help="Do not draw a picture in the terminal.")
@index_option
@json_option
def show(id_: str, no_pictures: bool, index: str | None, as_json: bool) -> None:
    """Show an article, picture, entity, story or fact by its id.

    ID is what a search shows, such as a:3f9c21; its beginning is enough where it is the only one.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        show_result(collection.show(id_), as_json=as_json, pictures=not no_pictures)


@click.command(epilog="\b\nExamples:\n  kg delete a:3f9c21\n  kg delete a:3f9c21 p:00aa11 --yes")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@index_option
@json_option
def delete(ids: tuple[str, ...], yes: bool, index: str | None, as_json: bool) -> None:
    """Delete articles and pictures with everything that hangs on them.

    Their sentences leave the facts, and facts and names that no other document has leave the graph.
    Files of the archive are not touched.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        if not yes:
            _ask([_name(collection.show(one)) for one in ids])
        gone = collection.delete(*ids)
    for one in gone:
        if as_json:
            show_result({"deleted": one}, as_json=True)
        else:
            click.echo(f"Deleted {one}")


def _name(thing: object) -> str:
    return f"{getattr(thing, 'id', '')} {getattr(thing, 'title', '')}".strip()


def _ask(names: list[str]) -> None:
    """Ask whether to go on; without a terminal to ask at, `--yes` is needed."""
    if not sys.stdin.isatty():
        raise UsageError("deleting asks first, and there is no terminal to ask at; add --yes")
    for name in names:
        say(f"  {name}")
    if not click.confirm("Delete this from the collection?", err=True):
        raise click.exceptions.Exit(1)
