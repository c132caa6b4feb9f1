"""`kg train`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgretrieval.classify import MODELS
from kgretrieval.cli.app import INTERRUPTED
from kgretrieval.cli.options import index_option, json_option, names_option
from kgretrieval.cli.output import say, show
from kgretrieval.cli.progress import Watch
from kgretrieval.errors import UsageError

if TYPE_CHECKING:
    from kgretrieval.labelling.records import Trained


@click.command(
    epilog="\b\nExamples:\n  kg train section --tags --labels Sport,Kultur,Wirtschaft\n"
    "  kg train mood reviews.csv --text review --label stars --model auto --seconds 600\n"
    "  kg train scene photos/            (a folder for each label)\n"
    "  kg train beat                     (what kg label beat was told)\n"
    "  kg train spam mails.jsonl --out spam.safetensors\n  kg train --list"
)
@click.argument("name", required=False)
@click.argument("source", required=False)
@click.option("--list", "listed", is_flag=True, help="List the trained models of the collection.")
@click.option("--forget", is_flag=True, help="Remove the model and all that it said; what people said stays.")
@click.option("--tags", is_flag=True, help="Take the tags and sections given with documents as labels.")
@names_option("--labels", "Only these labels, separated by commas.")
@click.option("--text", metavar="COLUMN", default="", help="The column of the texts; A,B joins two.")
@click.option("--label", metavar="COLUMN", default="", help="The column of the labels.")
@click.option(
    "--model", type=click.Choice(["auto", *MODELS]), default="auto", show_default=True, help="The kind of model."
)
@click.option("--seconds", type=click.FloatRange(0), default=0.0, metavar="S", help="About how long it may take.")
@click.option(
    "--precision",
    type=click.FloatRange(0, 1, max_open=True),
    default=0.9,
    show_default=True,
    metavar="P",
    help="The share of right answers among those it is sure of; of the others it says nothing. 0: never abstain.",
)
@click.option("--balanced", is_flag=True, help="Rare labels count as much as frequent ones.")
@click.option(
    "--vectors", default="mini", show_default=True, metavar="V", help="Word vectors: mini, learned or a file."
)
@click.option("--epochs", type=click.IntRange(0), default=0, metavar="N", help="Passes over the data at most.")
@click.option("--seed", type=int, default=0, show_default=True, help="Chance begins here.")
@click.option(
    "--rest", is_flag=True, help="Learn from articles without a label, too, where that helps: for few labels."
)
@click.option("--small", is_flag=True, help="Keep the weights in 8 bits.")
@click.option("--out", metavar="FILE", help="Write the model to this file, not into the collection.")
@index_option
@json_option
def train(
    name: str | None,
    source: str | None,
    listed: bool,
    forget: bool,
    out: str | None,
    index: str | None,
    as_json: bool,
    **how: Any,
) -> None:
    """Train a model that sorts articles or pictures by your own labels.

    Labels come from SOURCE: a table or JSON lines with a text and a label a row, a CSV of ids and labels of documents
    of the collection, or a folder with a folder for each label; from --tags; or, without either, from what kg label
    was told under NAME. The model is measured on examples that it has not seen. A training that was stopped goes on
    when the same command is run again.
    """
    if listed or forget:
        _other(name, index, forget=forget, as_json=as_json)
        return
    if not name:
        raise UsageError("say what the labels are called: kg train NAME [SOURCE], such as kg train section --tags")
    try:
        with Watch() as watch:
            trained = _trained(name, source, out, index, how, watch)
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to go on.")
        raise click.exceptions.Exit(INTERRUPTED) from None
    show(trained, as_json=as_json)
    if not as_json and out is None:
        say(f"kg classify --model {name} sorts the collection by it")


def _trained(
    name: str, source: str | None, out: str | None, index: str | None, how: dict[str, Any], watch: Watch
) -> Trained:
    from kgretrieval.collection import open as open_collection

    choose = how.pop("labels") or ()
    if source and out and not index and not how["tags"]:
        from kgretrieval.labelling.alone import train_file

        del how["tags"]
        if how.pop("rest"):
            raise UsageError("--rest takes the articles of a collection; say which one with --index")
        return train_file(name, Path(source), Path(out), choose=choose, progress=watch, **how)
    with open_collection(index) as collection:
        return collection.train(name, source, file=out, choose=choose, progress=watch, **how)


def _other(name: str | None, index: str | None, *, forget: bool, as_json: bool) -> None:
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        if forget:
            if not name:
                raise UsageError("say which model is to be forgotten: kg train NAME --forget")
            collection.forget_model(name)
            say(f"Forgot {name} and all that it said")
            return
        models = collection.trained()
        if models or as_json:
            show(models, as_json=as_json)
        else:
            click.echo("No model was trained yet; kg train --help shows how.")
