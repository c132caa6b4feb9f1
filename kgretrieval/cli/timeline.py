"""`kg timeline`."""

from __future__ import annotations

import click

from kgretrieval.cli.options import date_option, index_option, json_option
from kgretrieval.cli.output import show


@click.command(epilog="\b\nExamples:\n  kg timeline 'Eileen Collins'\n  kg timeline NASA --since 1999 --until 2003")
@click.argument("name", nargs=-1, required=True)
@date_option("--since", "Only from this date on (2024, 2024-05, 2024-05-01).")
@date_option("--until", "Only up to this date, the day, month or year included.")
@index_option
@json_option
def timeline(name: tuple[str, ...], since: str, until: str, index: str | None, as_json: bool) -> None:
    """Show what happened to somebody or something, in order.

    NAME is a name, an alias or an id. Each line has the time that a sentence states, or in brackets the
    date of its publication where no sentence states one.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        found = collection.timeline(" ".join(name), since=since, until=until)
    show(found.happenings if as_json else found, as_json=as_json)
