"""`kg compact`."""

from __future__ import annotations

import click

from kgretrieval.cli.options import index_option, json_option
from kgretrieval.cli.output import show


@click.command(epilog="\b\nExamples:\n  kg compact\n  kg compact --index indexes/news --json")
@index_option
@json_option
def compact(index: str | None, as_json: bool) -> None:
    """Give back the room of what was deleted, and make the indexes anew.

    What is deleted is overwritten at once, but keeps its room in the files of vectors; and what is added
    goes into small files beside the index. After much of either this command writes both anew, which
    makes searches of a large collection quicker. It can be stopped at any moment, and nothing is lost.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        show(collection.compact(), as_json=as_json)
