"""`kg stats`, `kg models`."""

from __future__ import annotations

from pathlib import Path

import click

from kgretrieval.cli.options import index_option, json_option
from kgretrieval.cli.output import say
from kgretrieval.cli.output import show as show_result
from kgretrieval.errors import NotFoundError
from kgretrieval.types import ModelInfo


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


@click.command(
    epilog="\b\nExamples:\n  kg models\n  kg models siglip\n  kg models --all --json\n"
    "  kg models fetch openclip:ViT-B-32/laion2b_s34b_b79k\n"
    "  kg ingest news --model openclip:ViT-B-32/weights.pt"
)
@click.argument("words", nargs=-1, metavar="[WORD... | fetch NAME]")
@click.option("--all", "all_", is_flag=True, help="Also all others that open_clip knows.")
@json_option
def models(words: tuple[str, ...], all_: bool, as_json: bool) -> None:
    """List the encoders that can be used, or fetch one.

    Shown are those that are ready here (embedded, fetched earlier, weight files in this folder) and
    a few that could be fetched; with WORDs, all whose names contain each of them. Listing uses no
    network; "fetch" brings the weights of one from its hub, and goes on where an earlier call was
    stopped. A new collection takes an encoder with kg ingest --model NAME and keeps it. Asking
    open_clip takes a few seconds.
    """
    if words and words[0] == "fetch":
        _fetch(words[1:])
        return
    from kgretrieval.encoders import available
    from kgretrieval.encoders._listing import local_files, suggested

    found = [*available(), *local_files(Path.cwd())]
    first = suggested()
    shown = [model for model in found if _asked(model, words) or (not words and (all_ or model.name in first))]
    if words and not shown:
        raise NotFoundError(f"no encoder is called {' '.join(words)!r}; kg models --all lists every name")
    show_result(shown, as_json=as_json)
    if not words and len(shown) < len(found) and not as_json:
        say(f"{len(found) - len(shown)} more: kg models --all, or kg models WORD for those with a word in their names")


def _asked(model: ModelInfo, words: tuple[str, ...]) -> bool:
    """Return whether the model's name has all the words, or without words, whether it is ready."""
    return all(word.lower() in model.name.lower() for word in words) if words else model.state == "ready"


def _fetch(names: tuple[str, ...]) -> None:
    from kgretrieval.encoders import fetch

    if len(names) != 1:
        raise click.UsageError("name one encoder: kg models fetch openclip:MODEL/TAG")
    file = fetch(names[0])
    where = f"is at {file} ({file.stat().st_size / 1e6:,.0f} MB)" if file else "is part of the package"
    say(f"{names[0]} {where}. Use it: kg ingest PATH --model {names[0]}")
