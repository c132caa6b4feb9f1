"""`kg search`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO

import click

from kgretrieval.cli.options import filter_options, index_option, json_option, shown_options
from kgretrieval.cli.output import read_queries, show, write_page
from kgretrieval.errors import UsageError

if TYPE_CHECKING:
    from kgretrieval.collection import Collection
    from kgretrieval.types import Answer


@click.command(
    epilog="\b\nExamples:\n  kg search 'rocket on the launch pad' --kind picture\n  kg search --image photo.jpg -k 5\n"
    "  kg search 'moon landing' --since 1969-07 --until 1969 --html sheet.html\n"
    "  kg search 'a walrus on the ice' --min-score 0.5\n"
    "  kg search 'press conference' --mentions 'Angela Merkel' --as-of 2015-09 --explain\n"
    "  kg search --queries questions.txt --json > answers.jsonl"
)
@click.argument("query", nargs=-1)
@click.option("--image", metavar="FILE", help="Search with a picture, alone or together with words.")
@click.option(
    "--not", "exclude", multiple=True, metavar="TEXT", help="Leave out what holds this; repeat for more, or -word."
)
@filter_options
@shown_options
@click.option(
    "--min-score",
    metavar="P",
    type=click.FloatRange(0, 1),
    help="Only hits that are right with at least this probability, 0 to 1; 0 shows everything.  [default: what is "
    "found only in a way that found nothing convincing is left out]",
)
@click.option("--queries", type=click.File(encoding="utf-8"), metavar="FILE", help="One query a line; - reads stdin.")
@click.option("--html", metavar="FILE", help="Also write a contact sheet, one HTML file with the pictures inside.")
@click.option("--no-pictures", is_flag=True, help="Do not draw pictures in the terminal.")
@index_option
@json_option
def search(
    query: tuple[str, ...],
    queries: TextIO | None,
    html: str | None,
    no_pictures: bool,
    index: str | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Find articles and pictures by words or by a picture.

    Each hit says where it comes from, which sentence matched and why it was found; below stands what
    the graph knows of the names in the query and in the best hits. "82 % likely" is how many in a
    hundred such hits are right.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        answers: list[Answer] = []
        for answer in _answers(collection, " ".join(query), queries, asked):
            if answers and not as_json:
                click.echo()
            show(answer, as_json=as_json, pictures=not no_pictures)
            answers.append(answer)
    if html:
        from kgretrieval.present.html import contact_sheet

        write_page(html, contact_sheet(answers, title=" ".join(query) or "Search"))


def _answers(collection: Collection, query: str, queries: TextIO | None, asked: dict[str, Any]) -> Iterator[Answer]:
    if queries is None:
        yield collection.search(query, **asked)
        return
    if query or asked["image"]:
        raise UsageError("--queries stands alone: leave out the query and --image")
    filters = {name: value for name, value in asked.items() if name != "image"}
    yield from collection.search_many(read_queries(queries), **filters)
