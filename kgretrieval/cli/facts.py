"""`kg facts`."""

from __future__ import annotations

from typing import Any

import click

from kgretrieval.cli.options import date_option, index_option, json_option
from kgretrieval.cli.output import show


@click.command(
    epilog="\b\nExamples:\n  kg facts 'Angela Merkel' --since 2020\n  kg facts --predicate founded --min-sources 2"
    "\n  kg facts --disputed --as-of 2021-06-30"
)
@click.argument("name", nargs=-1)
@date_option("--since", "Only facts published from this date on (2024, 2024-05, 2024-05-01).")
@date_option("--until", "Only facts published up to this date, the day, month or year included.")
@click.option("--predicate", "predicates", metavar="P", multiple=True, help="Only this predicate; may be repeated.")
@click.option(
    "--min-sources",
    metavar="N",
    type=click.IntRange(0),
    default=0,
    help="Only facts of so many publishers; near copies of one article count once.",
)
@date_option("--as-of", "Only look at what was published up to this date.")
@click.option("--disputed", is_flag=True, help="Only facts that others contradict.")
@click.option("--typed", is_flag=True, help="Only facts with a predicate of the closed list, such as founded.")
@click.option(
    "--modality", type=click.Choice(["asserted", "possible", "alleged", "denied"]), help="Only what is put so."
)
@click.option("-k", "k", metavar="N", type=click.IntRange(1), default=20, show_default=True, help="Facts at most.")
@index_option
@json_option
def facts(name: tuple[str, ...], index: str | None, as_json: bool, **asked: Any) -> None:
    """List facts with their sentences, and what disputes them.

    NAME is a name, an alias or an id; without it, all facts. What is asserted comes first, then the
    best supported: by articles that are no copies of each other, then by publishers. A fact that others
    contradict stands above them, each with its own dates and sources.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        found = collection.facts(" ".join(name), **asked)
    show(found.facts if as_json else found, as_json=as_json)
