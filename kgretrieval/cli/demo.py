"""`kg demo`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgretrieval.cli.output import write_text
from kgretrieval.cli.progress import Watch

if TYPE_CHECKING:
    from kgretrieval.collection import Collection
    from kgretrieval.present.lines import Line
    from kgretrieval.types import Answer

#: What a kind of search shows, in words.
DIRECTIONS = {
    "text-picture": "Words find photos",
    "text-article": "Words find articles",
    "picture-article": "A photo finds articles",
    "picture-picture": "A photo finds photos",
}
GRAPH, SHEET = "demo.graphml", "demo.html"


@click.command(epilog="\b\nExample:\n  kg demo --folder /tmp/demo")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where the sample news and the collection go.",
)
def demo(folder: Path) -> None:
    """Try everything on the sample news.

    Writes the sample news, takes it into a new collection, searches it in every direction, and
    leaves demo.graphml and demo.html in the current folder.
    """
    from kgretrieval.sample import SEARCHES

    news, index = folder / "news", folder / "index"
    with _fresh(news, index) as collection:
        answers = [answer for asked in SEARCHES if (answer := _try(collection, news, *asked)) is not None]
        name = next((query for kind, query in SEARCHES if kind == "entity"), "")
        _finish(collection, name, answers)
    _next_steps(index, news, name)


def _fresh(news: Path, index: Path) -> Collection:
    """Make the collection anew, write the sample and take it in. A folder that is no collection is left alone."""
    from kgretrieval.collection import create
    from kgretrieval.sample import write

    if (index / "manifest.json").exists():
        click.echo(f"Making the collection {index} again")
        shutil.rmtree(index)
    collection = create(index)
    click.echo(f"Writing the sample news to {write(news)}")
    with Watch() as watch:
        report = collection.ingest(news, progress=watch)
    click.echo(f"Took in {report.added:,} items in {report.seconds:.1f} s into {index}")
    return collection


def _try(collection: Collection, news: Path, kind: str, query: str) -> Answer | None:
    """Run one search of the sample and print its best hits; an entity has no answer to keep."""
    from kgretrieval.present.brief import brief_answer, brief_card

    if kind == "entity":
        _head(f"A name finds facts: {query}")
        _print(brief_card(collection.entity(query)))
        return None
    asked, wanted = kind.split("-")
    _head(f"{DIRECTIONS.get(kind, kind)}: {query}")
    words, image = ("", news / query) if asked == "picture" else (query, None)
    answer = collection.search(words, image=image, kind=wanted, k=3)
    _print(brief_answer(answer))
    return answer


def _finish(collection: Collection, name: str, answers: list[Answer]) -> None:
    """Print the graph around a name; write the whole graph and the contact sheet."""
    from kgretrieval.present.brief import graph_lines
    from kgretrieval.present.html import contact_sheet

    around = collection.to_networkx(around=name)
    _head(f"The graph around {name}")
    _print(graph_lines(around))
    collection.export(GRAPH)
    page = contact_sheet(answers, title="The sample news", graph=around, cards=[collection.entity(name)])
    write_text(SHEET, page)
    click.echo(f"\nWrote {GRAPH} (the whole graph, for Gephi or NetworkX) and {SHEET} (open it in a browser)")


def _next_steps(index: Path, news: Path, name: str) -> None:
    picture = next(iter(sorted((news / "pictures").glob("*.jpg"))), news)
    click.echo("\nTry next:")
    for command in (
        f"kg search 'rocket launch' --index {index}",
        f"kg search --image {picture} --index {index}",
        f"kg entity '{name}' --index {index}",
        f"kg ingest YOUR_FOLDER --index {Path('indexes') / 'news'}",
    ):
        click.echo(f"    {command}")


def _head(text: str) -> None:
    click.echo(f"\n{click.style(text, bold=True)}")


def _print(lines: list[Line]) -> None:
    from kgretrieval.present.lines import console_for, written

    sys.stdout.write(written(lines, console_for(sys.stdout)))
