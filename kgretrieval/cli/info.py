"""`kg stats`, `kg models`."""

from __future__ import annotations

import click

from kgretrieval.cli.options import index_option, json_option
from kgretrieval.cli.output import say
from kgretrieval.cli.output import show as show_result


@click.command(epilog="\b\nExamples:\n  kg stats\n  kg stats --index indexes/news --json")
@index_option
@json_option
def stats(index: str | None, as_json: bool) -> None:
    """Show a collection in figures.

    Counts, dates, languages, sources, the encoder, the size on disk, and the hash of the graph,
    which is the same whenever the same files were taken in.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        show_result(collection.stats(), as_json=as_json)


@click.command(epilog="\b\nExamples:\n  kg models\n  kg models --all --json")
@click.option("--all", "all_", is_flag=True, help="Also those whose weights are not on this machine.")
@json_option
def models(all_: bool, as_json: bool) -> None:
    """List the encoders that can be used.

    A new collection takes one with kg ingest --model NAME and keeps it. Asking open_clip takes a
    few seconds.
    """
    from kgretrieval.encoders import available

    found = available()
    shown = [model for model in found if all_ or model.state == "ready"]
    show_result(shown, as_json=as_json)
    if len(shown) < len(found) and not as_json:
        say(f"{len(found) - len(shown)} more have no weights on this machine: kg models --all")
