"""`kg classify`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgretrieval.cli.app import INTERRUPTED
from kgretrieval.cli.options import index_option, json_option, names_option
from kgretrieval.cli.output import say, show, write_page
from kgretrieval.cli.progress import Watch
from kgretrieval.errors import UsageError

if TYPE_CHECKING:
    from kgretrieval.labelling.records import SortedList

_STDIN = "-"


@click.command(
    epilog="\b\nExamples:\n  kg classify --model section                  (the whole collection)\n"
    "  kg classify a:3f9c21 letter.txt --model section --explain\n"
    "  kg classify photos/ --labels 'football,a concert,a press conference' --pictures\n"
    "  kg classify --labels politics,sport,culture --as section\n"
    "  kg classify - --model spam.safetensors --json < lines.txt"
)
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option("--model", default="", metavar="NAME|FILE", help="A trained model of the collection, or its file.")
@names_option("--labels", "Names of labels, with commas between them, instead of a model: no training.")
@click.option("--as", "name", default="", metavar="NAME", help="What such labels are called in the collection.")
@click.option("--pictures", is_flag=True, help="With --labels: sort pictures, not texts.")
@click.option(
    "--level",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Be sure from this probability on.  [default: as chosen in training]",
)
@click.option("--explain", is_flag=True, help="Say which words, or which part of a picture, moved each label.")
@click.option("--html", metavar="FILE", help="Also write a page with the reasons marked, one HTML file.")
@index_option
@json_option
def classify(
    targets: tuple[str, ...],
    model: str,
    labels: tuple[str, ...] | None,
    explain: bool,
    html: str | None,
    index: str | None,
    as_json: bool,
    **how: Any,
) -> None:
    """Sort articles, pictures, files or texts by a trained model or by names of labels.

    TARGET is the id of an article or picture, a text file, a picture, a folder, or - for lines of the standard input.
    Without one the whole collection is sorted: labels are kept with model and probability, what the same model has
    looked at is left alone, and later ingests sort what is new. Below its level a model abstains: "not sure".
    """
    how |= {"model": model, "labels": labels or ()}
    if targets:
        found = _some(targets, index, explain=explain, as_json=as_json, how=how)
        if html:
            from kgretrieval.present.labels_html import sorted_page

            write_page(html, sorted_page(found, title=model or "Labels"))
    elif explain or html:
        raise UsageError("reasons are shown of what is named: give ids, files or folders with --explain and --html")
    else:
        _whole(index, as_json=as_json, how=how)


def _whole(index: str | None, *, as_json: bool, how: dict[str, Any]) -> None:
    from kgretrieval.collection import open as open_collection

    watch = Watch()
    try:
        with open_collection(index) as collection, watch:
            report = collection.classify(progress=watch, **how)
    except KeyboardInterrupt:
        say(f"Stopped. {watch.done:,} documents are sorted; run the same command again to go on.")
        raise click.exceptions.Exit(INTERRUPTED) from None
    show(report, as_json=as_json)


def _some(
    targets: Sequence[str], index: str | None, *, explain: bool, as_json: bool, how: dict[str, Any]
) -> SortedList:
    from kgretrieval.collection import open as open_collection
    from kgretrieval.labelling.alone import classify_alone

    texts: list[str] | None = None
    if _STDIN in targets:
        if len(targets) > 1:
            raise UsageError("- stands alone: lines of the standard input, and nothing beside them")
        with click.open_file(_STDIN, encoding="utf-8", errors="replace") as lines:
            texts = lines.read().splitlines()
        targets = ()
    if not index and _needs_no_collection(targets, how["model"]):
        found: SortedList = classify_alone(*targets, texts=texts, explain=explain, **how)
    else:
        with open_collection(index) as collection:
            found = collection.classify(*targets, texts=texts, explain=explain, **how)
    if as_json or found:
        show(list(found), as_json=as_json)
    for one in found.skipped:
        say(f"left out {one.where}: {one.reason}")
    return found


def _needs_no_collection(targets: Sequence[str], model: str) -> bool:
    """Say whether all that is named lies in files, so that no collection need be there."""
    return all(Path(one).exists() for one in targets) and (not model or Path(model).is_file())
