"""`kg ingest`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgretrieval.cli.app import INTERRUPTED
from kgretrieval.cli.options import (
    date_option,
    extractors_option,
    field_names,
    index_option,
    json_option,
    read_text_option,
)
from kgretrieval.cli.output import say, show
from kgretrieval.cli.progress import Watch

if TYPE_CHECKING:
    from kgretrieval.collection import Collection
    from kgretrieval.sources.options import ReadOptions
    from kgretrieval.types import IngestReport


@click.command(
    epilog="\b\nExamples:\n  kg ingest ~/archive --index indexes/news\n"
    "  kg ingest news.csv --field title=headline --field text=body --source 'City Desk'\n"
    "  kg ingest ~/archive --dry-run"
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@index_option
@click.option("--model", metavar="NAME", help="The encoder of a new collection (see kg models).")
@extractors_option("What a new collection extracts, separated by commas (see kg annotate).")
@click.option(
    "--vectors",
    type=click.Choice(["fp16", "int8"]),
    help="How a new collection keeps vectors: int8 takes half the disk and loses a little.",
)
@click.option("--field", "fields", multiple=True, callback=field_names, metavar="OUR=THEIRS", help="Where a field is.")
@click.option("--source", default="", help="The publisher of everything read.")
@click.option("--language", default="", help="The language of what does not say its own: en, de, zh.")
@date_option("--date", "The date of what does not say its own.")
@click.option("--images", type=click.Path(path_type=Path), metavar="DIR", help="Where the paths of pictures start.")
@click.option("--prune", is_flag=True, help="Delete what came from these paths earlier and is no longer there.")
@click.option("--copy", is_flag=True, help="Copy pictures into the collection.")
@read_text_option
@click.option("--dry-run", is_flag=True, help="Say what would be taken in, how long it takes and how large it gets.")
@json_option
def ingest(
    paths: tuple[str, ...],
    index: str | None,
    model: str | None,
    extractors: tuple[str, ...] | None,
    vectors: str | None,
    dry_run: bool,
    as_json: bool,
    **how: Any,
) -> None:
    """Take articles and pictures into a collection.

    PATH is a JSONL, CSV, TSV, HTML or text file, a picture, or a folder of them. What is in already
    and unchanged is only looked at, so the same command goes on after a stop and picks up changes.
    """
    from kgretrieval.collection import open_or_create

    options = _read_options(how)
    with open_or_create(index, encoder=model, extractors=extractors, vectors=vectors) as collection:
        if dry_run:
            show(collection.forecast(*paths, options=options), as_json=as_json)
            return
        wishes = {name: how[name] for name in ("prune", "copy", "read_text")}
        show(_take_in(collection, paths, options, **wishes), as_json=as_json)
    if not as_json:
        say(f"The collection is {collection.location}")


def _take_in(collection: Collection, paths: tuple[str, ...], options: ReadOptions, **how: Any) -> IngestReport:
    watch = Watch()
    try:
        with watch:
            return collection.ingest(*paths, options=options, progress=watch, **how)
    except KeyboardInterrupt:
        say(f"Stopped. {watch.done:,} items are in; run the same command again to go on.")
        raise click.exceptions.Exit(INTERRUPTED) from None


def _read_options(how: dict[str, Any]) -> ReadOptions:
    from kgretrieval.sources.options import ReadOptions

    names = ("fields", "source", "language", "date", "images")
    return ReadOptions(**{name: how[name] for name in names})
