"""`kg picture`."""

from __future__ import annotations

from pathlib import Path

import click

from kgretrieval.cli.options import index_option, json_option
from kgretrieval.cli.output import show, write_page


@click.command(
    epilog="\b\nExamples:\n  kg picture photo.jpg\n  kg picture p:00aa11 --html uses.html"
    "\n  kg picture photo.jpg --json"
)
@click.argument("picture_", metavar="FILE|ID")
@click.option("--html", metavar="FILE", help="Also write a page, one HTML file with the pictures inside.")
@click.option("--no-pictures", is_flag=True, help="Do not draw the picture in the terminal.")
@index_option
@json_option
def picture(picture_: str, html: str | None, no_pictures: bool, index: str | None, as_json: bool) -> None:
    """Show where else a picture was used, and in what its uses disagree.

    Finds the same file and near copies: other sizes and encodings, crops, mirror images, captions and frames
    burnt in. The earliest use comes first. Where captions name other places, other persons or other dates, or the
    picture is much older than a use says, both sentences are shown: what that means is for you to judge.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        found = collection.where_used(picture_)
    show(found, as_json=as_json, pictures=not no_pictures)
    if html:
        from kgretrieval.present.picture_check import check_page

        write_page(html, check_page([found], title=f"Where {Path(picture_).name} was used"))
