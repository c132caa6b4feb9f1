"""`kg annotate`."""

from __future__ import annotations

import click

from kgretrieval.cli.app import INTERRUPTED
from kgretrieval.cli.options import extractors_option, index_option, json_option, read_text_option
from kgretrieval.cli.output import say, show
from kgretrieval.cli.progress import Watch


@click.command(
    epilog="\b\nExamples:\n  kg annotate\n  kg annotate --extractors tagger,relations\n  kg annotate --read-text"
)
@extractors_option("Only these, separated by commas; by default all that the collection has.")
@read_text_option
@index_option
@json_option
def annotate(extractors: tuple[str, ...] | None, read_text: bool | None, index: str | None, as_json: bool) -> None:
    """Run extractors again over what a collection holds.

    Each replaces its own annotations and no others; nothing is embedded again, and what people decided
    stays. Texts that the same version has read are left alone, so the command goes on after a stop. An
    extractor that the collection did not have is added to it. --read-text also reads the text in pictures.
    """
    from kgretrieval.collection import open as open_collection

    watch = Watch()
    with open_collection(index) as collection:
        try:
            with watch:
                report = collection.annotate(*(extractors or ()), read_text=read_text, progress=watch)
        except KeyboardInterrupt:
            say(f"Stopped. {watch.done:,} documents are done; run the same command again to go on.")
            raise click.exceptions.Exit(INTERRUPTED) from None
        show(report, as_json=as_json)
