"""`kg evaluate`: a command for each thing that can be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgretrieval.cli.evaluate_classify import classify
from kgretrieval.cli.evaluate_knowledge import add_commands
from kgretrieval.cli.options import json_option
from kgretrieval.cli.output import say, show, write_text
from kgretrieval.errors import UsageError

if TYPE_CHECKING:
    from kgretrieval.evaluate.report import Report


@click.group(epilog="\b\nExample:\n  kg evaluate retrieval indexes/news\n  kg evaluate retrieval --help")
def evaluate() -> None:
    """Measure how good the answers are, on data with known ones."""


evaluate.add_command(classify)
add_commands(evaluate)


@evaluate.command(
    epilog="\b\nExamples:\n  kg evaluate retrieval indexes/news\n"
    "  kg evaluate retrieval ~/data/flickr8k --split val --limit 100\n"
    "  kg evaluate retrieval ~/data/news --field title+tags --compare openclip:ViT-B-32/news.pt --plot recall.svg\n"
    "  kg evaluate retrieval --qrels qrels.txt --run mine.run --compare theirs.run --json"
)
@click.argument("path", required=False)
@click.option("--split", metavar="NAME", help="Of a data set: test, val, train or what it has; all takes everything.")
@click.option("--field", metavar="NAME", help="Of a data set: the field of the texts; title+tags joins two.")
@click.option("--model", metavar="NAME", help="The encoder (see kg models); a collection has its own vectors.")
@click.option("--limit", type=click.IntRange(2), metavar="N", help="Only N pictures (or questions), for a quick look.")
@click.option("--compare", metavar="OTHER", help="Another model, collection or run file, tested on the same queries.")
@click.option("--qrels", metavar="FILE", help="Judgements in the form of TREC, in place of PATH; for --run.")
@click.option("--run", metavar="FILE", help="Rankings in the form of TREC, to be measured by --qrels.")
@click.option("--run-out", metavar="FILE", help="Write rankings and judgements in the form of TREC, by direction.")
@click.option("--plot", metavar="FILE", help="Draw R@k over k, as .svg or .html.")
@json_option
def retrieval(
    path: str | None,
    split: str | None,
    field: str | None,
    model: str | None,
    limit: int | None,
    compare: str | None,
    qrels: str | None,
    run: str | None,
    run_out: str | None,
    plot: str | None,
    as_json: bool,
) -> None:
    """Measure how well texts find pictures, pictures find texts, and questions find documents.

    PATH is a collection, whose published articles and photos are the judgements; a folder with
    captions.jsonl or articles.jsonl; or one with docs.jsonl, queries.jsonl and qrels.txt. Figures are
    shares from 0 to 1, with 95 % intervals and what chance would give. docs/evaluate.md explains them.
    """
    if plot:
        _check_plot(plot)
    if qrels or run:
        given = {"PATH": path, "--split": split, "--field": field, "--model": model, "--limit": limit}
        superfluous = [name for name, value in {**given, "--run-out": run_out}.items() if value]
        report = _score(qrels, run, compare, superfluous)
    else:
        report = _measure(path, split=split, field=field, model=model, limit=limit, compare=compare, run_out=run_out)
    _print(report, as_json=as_json)
    if plot:
        _draw(report, plot)


def _score(qrels: str | None, run: str | None, compare: str | None, superfluous: list[str]) -> Report:
    from kgretrieval.evaluate import score_run

    if not (qrels and run):
        raise UsageError(
            f"{'--qrels' if qrels else '--run'} stands alone; give judgements with --qrels and a run with --run"
        )
    if superfluous:
        raise UsageError(f"{superfluous[0]} does not go with --run and --qrels; leave it out")
    return score_run(qrels, run, compare=compare)


def _measure(path: str | None, **how: str | int | None) -> Report:
    from kgretrieval.cli.progress import Watch
    from kgretrieval.evaluate import evaluate_retrieval

    with Watch() as watch:
        return evaluate_retrieval(path, progress=watch, **how)  # type: ignore[arg-type]


def _print(report: Report, *, as_json: bool) -> None:
    if as_json:
        show(report.to_dict(), as_json=True)
        return
    import sys

    from kgretrieval.evaluate.table import report_lines
    from kgretrieval.present.lines import console_for, written

    sys.stdout.write(written(report_lines(report), console_for(sys.stdout)))


def _check_plot(file: str) -> None:
    from kgretrieval.evaluate.plot import require_ending
    from kgretrieval.evaluate.trec import require_folder

    require_ending(file)
    require_folder(file)


def _draw(report: Report, file: str) -> None:
    from kgretrieval.evaluate.plot import recall_page, recall_plot

    write_text(file, recall_page(report) if file.lower().endswith(".html") else recall_plot(report))
    say(f"Wrote {file}")
