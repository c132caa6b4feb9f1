"""`kg check`."""

from __future__ import annotations

from pathlib import Path

import click

from kgretrieval.cli.options import date_option, index_option, json_option
from kgretrieval.cli.output import show, write_page


@click.command(
    epilog="\b\nExamples:\n  kg check a:3f9c21"
    "\n  kg check photo.jpg --caption 'Angela Merkel in Paris on Friday' --date 2019-05-05"
    "\n  kg check p:00aa11 --html check.html"
)
@click.argument("picture", metavar="FILE|ID")
@click.option("--caption", metavar="TEXT", help="The caption; by default the one that is stored or in the file.")
@date_option("--date", "When it is published, for words such as Friday; by default as stored.")
@click.option("--language", default="", help="Of the caption: en, de or zh; by default as stored or as it looks.")
@click.option("--html", metavar="FILE", help="Also write a page, one HTML file with the picture inside.")
@click.option("--no-pictures", is_flag=True, help="Do not draw the picture in the terminal.")
@index_option
@json_option
def check(
    picture: str,
    caption: str | None,
    date: str,
    language: str,
    html: str | None,
    no_pictures: bool,
    index: str | None,
    as_json: bool,
) -> None:
    """Check a caption against everything that is known before it is printed.

    Persons, organisations, places, dates, numbers and the scene are compared with the text in the picture, what its
    file says, how it looks, other uses of it or of a near copy, and the articles around them. Each is supported,
    unsupported (nothing speaks for it) or contradicted (something of the same kind says otherwise), with the evidence.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        found = collection.check_caption(picture, caption, date=date, language=language)
    show(found, as_json=as_json, pictures=not no_pictures)
    if html:
        from kgretrieval.present.caption_check import caption_check_page

        write_page(html, caption_check_page(found, title=f"The caption of {Path(picture).name}"))
