"""`kg evaluate classify`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kgretrieval.cli.options import json_option
from kgretrieval.cli.output import say, show, write_text

if TYPE_CHECKING:
    from kgretrieval.evaluate.classify_report import ClassifyReport


@click.command(
    epilog="\b\nExamples:\n  kg evaluate classify ~/data/bbc_news --model linear\n"
    "  kg evaluate classify reviews.csv --text review --label stars --model linear,lstm,auto --plot labels.svg\n"
    "  kg evaluate classify ~/data/20newsgroups --strip --model section.safetensors --json"
)
@click.argument("path")
@click.option(
    "--model", "models", metavar="M,M", default="linear", show_default=True, help="Kinds of model, auto, or files."
)
@click.option("--split", metavar="NAME", help="The part that is measured; by default test.")
@click.option("--text", multiple=True, metavar="FIELD", help="The field of the text; repeat to join several.")
@click.option("--label", metavar="FIELD", help="The field of the label.")
@click.option("--strip", is_flag=True, help="Of newsgroup posts: without headers, signatures and quotations.")
@click.option("--seconds", type=click.FloatRange(0), default=0.0, metavar="S", help="About how long each may train.")
@click.option("--seed", type=int, default=0, metavar="N", help="Of training and of the draws.")
@click.option("--balanced", is_flag=True, help="Rare labels count as much as frequent ones.")
@click.option("--small", is_flag=True, help="Measure each model with 8-bit weights too.")
@click.option("--plot", metavar="FILE", help="Draw the confusion matrix and the calibration, as .svg or .html.")
@json_option
def classify(
    path: str,
    models: str,
    split: str | None,
    text: tuple[str, ...],
    label: str | None,
    strip: bool,
    seconds: float,
    seed: int,
    balanced: bool,
    small: bool,
    plot: str | None,
    as_json: bool,
) -> None:
    """Measure how well models sort texts or pictures, trained on one part of the data.

    PATH is a file (CSV, JSON lines) or folder of labelled texts, or a folder of pictures with categories. What has
    a part "train" is measured on "test", what has none by cross-validation. Several models are measured on the same
    items and compared with the first. All figures come with 95 % intervals; docs/labels.md explains them.
    """
    from kgretrieval.classify.base import Settings
    from kgretrieval.cli.progress import Watch
    from kgretrieval.evaluate.classify import evaluate_classify
    from kgretrieval.evaluate.plot import require_ending
    from kgretrieval.evaluate.trec import require_folder

    if plot:
        require_ending(plot)
        require_folder(plot)
    chosen = tuple(name.strip() for name in models.split(",") if name.strip())
    settings = Settings(seed=seed, seconds=seconds, balanced=balanced)
    with Watch() as watch:
        report = evaluate_classify(
            path,
            models=chosen,
            split=split,
            text=text,
            label=label,
            strip=strip,
            settings=settings,
            small=small,
            progress=watch,
        )
    _print(report, as_json=as_json)
    if plot:
        from kgretrieval.evaluate.classify_plot import classify_page, classify_plot

        write_text(plot, classify_page(report) if plot.lower().endswith(".html") else classify_plot(report))
        say(f"Wrote {plot}")


def _print(report: ClassifyReport, *, as_json: bool) -> None:
    if as_json:
        show(report.to_dict(), as_json=True)
        return
    from kgretrieval.evaluate.classify_table import classify_lines
    from kgretrieval.present.lines import console_for, written

    sys.stdout.write(written(classify_lines(report), console_for(sys.stdout)))
