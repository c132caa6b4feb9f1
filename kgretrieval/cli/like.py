"""`kg like`."""

from __future__ import annotations

from typing import Any

import click

from kgretrieval.cli.options import filter_options, index_option, json_option, shown_options
from kgretrieval.cli.output import show, write_page


@click.command(epilog="\b\nExamples:\n  kg like a:3f9c21\n  kg like p:00aa11 --since 2020 -k 20 --html alike.html")
@click.argument("id_", metavar="ID")
@filter_options
@shown_options
@click.option("--html", metavar="FILE", help="Also write a contact sheet, one HTML file with the pictures inside.")
@click.option("--no-pictures", is_flag=True, help="Do not draw pictures in the terminal.")
@index_option
@json_option
def like(id_: str, html: str | None, no_pictures: bool, index: str | None, as_json: bool, **asked: Any) -> None:
    """Find what is like an article, picture, entity or fact.

    ID is what a search shows, such as a:3f9c21; its beginning is enough where it is the only one. Articles
    are alike by the words, the meaning and the names that they share, pictures by how they look, entities by
    what surrounds them, facts by subject, object and predicate. Filters are for articles and pictures.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        answer = collection.like(id_, **asked)
        show(answer, as_json=as_json, pictures=not no_pictures)
    if html:
        from kgretrieval.present.html import contact_sheet

        write_page(html, contact_sheet(answer, title=f"Like {answer.query or id_}"))
