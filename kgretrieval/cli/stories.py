"""`kg stories`, `kg story`."""

from __future__ import annotations

from typing import Any

import click

from kgretrieval.cli.options import date_option, index_option, json_option
from kgretrieval.cli.output import show


@click.command(
    epilog="\b\nExamples:\n  kg stories\n  kg stories --since 2024-05 --newest -k 5\n"
    "  kg stories --source reuters.com --min 5"
)
@date_option("--since", "Only stories with an article from this date on (2024, 2024-05, 2024-05-01).")
@date_option("--until", "Only stories with an article up to this date, the day, month or year included.")
@click.option("--source", default="", help="Only stories with an article of this source.")
@click.option(
    "--min", "least", metavar="N", type=click.IntRange(2), default=2, show_default=True, help="Articles at least."
)
@click.option("--newest", is_flag=True, help="The story with the latest report first, not the largest.")
@click.option("-k", "k", metavar="N", type=click.IntRange(1), default=20, show_default=True, help="Stories at most.")
@index_option
@json_option
def stories(index: str | None, as_json: bool, **asked: Any) -> None:
    """List stories: articles about one event.

    Each has the headline of its most central article, how many articles, sources and pictures it has, when
    it was told, and who and what it is about. kg story ID shows all of one.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        found = collection.stories(**asked)
    show(found.stories if as_json else found, as_json=as_json)


@click.command(epilog="\b\nExamples:\n  kg story s:3f9c21\n  kg story s:3f9c21 --json")
@click.argument("id_", metavar="ID")
@index_option
@json_option
def story(id_: str, index: str | None, as_json: bool) -> None:
    """Show a story: its first report, its sources, its articles in order, its pictures.

    ID is what kg stories shows, such as s:3f9c21; its beginning is enough where it is the only one.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        show(collection.story(id_), as_json=as_json)
