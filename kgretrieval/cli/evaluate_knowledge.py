"""`kg evaluate`: the commands that measure what is extracted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

import click

from kgretrieval.cli.options import json_option
from kgretrieval.cli.output import show

#: Each task, what it measures and the form of data it takes; `kgretrieval.evaluate.TASK` has `evaluate_TASK`.
_TASKS = {
    "entities": "names in texts, by exact span and type, on CoNLL columns, GUM, GermEval or CLUENER",
    "relations": "typed relations, on CoNLL04 or KnowledgeNet",
    "openie": "open relations, on CaRB by its official rules",
    "roles": "semantic roles, on PropBank joined to the English Web Treebank",
    "coreference": "pronouns and their names, on GAP or GUM",
    "resolution": "which mentions across documents mean the same, on ECB+",
    "stories": "which articles tell of one event, on ECB+ or stories of Google News",
}


def add_commands(group: click.Group) -> None:
    """Add a command for each task to `kg evaluate`."""
    for task, what in _TASKS.items():
        group.add_command(_command(task, what))


def _command(task: str, what: str) -> click.Command:
    def run(path: str, split: str | None, as_json: bool) -> None:
        from kgretrieval.cli.progress import Watch

        module = import_module(f"kgretrieval.evaluate.{task}")
        evaluate: Callable[..., object] = getattr(module, f"evaluate_{task}")
        with Watch() as watch:
            report = evaluate(path, split=split, progress=watch)
        _print(report, as_json=as_json)

    text = f"Measure {what}.\n\nPATH is the folder of the data set. Precision, recall and F1 come with 95 % intervals."
    options = [
        click.Argument(["path"]),
        click.Option(
            ["--split"], metavar="NAME", help="Which part of the data; by default the one published for tests."
        ),
    ]
    example = f"\b\nExample:\n  kg evaluate {task} ~/data/{_EXAMPLES[task]} --split dev --json"
    return json_option(click.Command(task, callback=run, params=options, help=text, epilog=example))


_EXAMPLES = {
    "entities": "conll2003",
    "relations": "conll04",
    "openie": "carb",
    "roles": "srl_ewt",
    "coreference": "gap",
    "resolution": "ecbplus",
    "stories": "ecbplus",
}


def _print(report: object, *, as_json: bool) -> None:
    from kgretrieval.evaluate.knowledge import KnowledgeReport
    from kgretrieval.evaluate.knowledge_table import knowledge_lines
    from kgretrieval.present.lines import console_for, written

    assert isinstance(report, KnowledgeReport)
    if as_json:
        show(report.to_dict(), as_json=True)
        return
    sys.stdout.write(written(knowledge_lines(report), console_for(sys.stdout)))
