"""`kg review`, `kg decide`, `kg decisions`: a person overrules the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgretrieval.cli.options import author_option, index_option, json_option
from kgretrieval.cli.output import say, show, write_text
from kgretrieval.errors import KgError, UsageError

if TYPE_CHECKING:
    from kgretrieval.collection import Collection
    from kgretrieval.resolution.questions import ReviewItem


@click.command(
    epilog="\b\nExamples:\n  kg review\n  kg review --json --limit 100\n"
    "  kg review accept v:3f9c21\n  kg review reject v:3f9c21"
)
@click.argument("answer", type=click.Choice(["accept", "reject"]), required=False)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--limit", metavar="N", type=click.IntRange(1), default=20, show_default=True, help="Questions at most.")
@author_option
@index_option
@json_option
def review(answer: str | None, ids: tuple[str, ...], limit: int, author: str, index: str | None, as_json: bool) -> None:
    """Show likely merges and splits, with reasons and sentences, and take answers.

    On a terminal each question is asked; elsewhere, or with --json, all are listed. `accept` and
    `reject` answer those with these ids. What was answered is not asked again.
    """
    from kgretrieval.collection import open as open_collection

    with open_collection(index) as collection:
        if answer:
            if not ids:
                raise UsageError(f"{answer} takes the ids of questions; kg review shows them")
            answered = [collection.answer(one, accept=answer == "accept", author=author, settle=False) for one in ids]
            collection.settle()
            show(answered, as_json=as_json)
            return
        items = collection.review(limit=limit)
        if items and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            _ask_all(collection, items, author)
        else:
            _list(items, "Nothing to review.", as_json=as_json)


def _list(things: Sequence[Any], none: str, *, as_json: bool) -> None:
    if things or as_json:
        show(things, as_json=as_json)
    else:
        click.echo(none)


def _ask_all(collection: Collection, items: list[ReviewItem], author: str) -> None:
    """Ask one question after the other; every answer is kept at once, and brought about in the end."""
    answered = 0
    try:
        for place, item in enumerate(items, start=1):
            show([item], as_json=False)
            say(
                f"{place} of {len(items)}: [a]ccept [r]eject [m] one [s] two [n] rename [h] hide [q] quit, Enter: later"
            )
            key = _key()
            if key == "q":
                break
            answered += _taken(collection, item, key, author)
    finally:
        if answered:
            collection.settle()
        say(f"{answered} answered")


def _key() -> str:
    while True:
        key: str = click.prompt("", prompt_suffix="> ", default="", show_default=False, err=True).strip().lower()[:1]
        if key in "armsnhq":
            return key
        say("one of a, r, m, s, n, h, q, or Enter")


def _taken(collection: Collection, item: ReviewItem, key: str, author: str) -> int:
    """Take one answer; one that cannot be is said and asked again another time."""
    if not key:
        return 0
    how: dict[str, Any] = {"author": author, "settle": False}
    one = item.question != "split"
    try:
        if key in "arms":
            accept = {"a": True, "r": False, "m": one, "s": not one}[key]
            collection.answer(item.id, accept=accept, **how)
        elif key == "n":
            which = _which(item)
            collection.decide("rename", which, to=click.prompt("new name", err=True), **how)
        else:
            collection.decide("hide", _which(item), **how)
    except KgError as error:
        say(str(error))
        return 0
    return 1


def _which(item: ReviewItem) -> str:
    choice: int = click.prompt(f"1: {item.one.name}, 2: {item.other.name}", type=click.IntRange(1, 2), err=True)
    return (item.one if choice == 1 else item.other).entity


_DECIDE: dict[str, tuple[str, str, str]] = {
    "merge": ("THING...", "Say that two or more entities are one.", "merge 'United Nations' UN"),
    "apart": ("A B", "Say that two names or entities are never one.", "apart 'Gordon Brown' Brown"),
    "split": (
        "ENTITY DOCUMENT...",
        "Say that an entity is another one in these documents.",
        "split 'John Smith' a:3f9c",
    ),
    "rename": ("ENTITY", "Give an entity another name.", "rename 'Czech Republic' --to Czechia"),
    "type": ("ENTITY", "Say of which type an entity is.", "type Reuters --to organisation"),
    "hide": ("THING", "Hide an entity or a fact wherever something is shown.", "hide f:3f9c21"),
    "confirm": ("THING", "Say that an entity or a fact is right.", "confirm f:3f9c21"),
    "link": ("ENTITY", "Give an entity its id in Wikidata.", "link 'Angela Merkel' --to Q567"),
}
_TO = {
    "split": "The entity that is meant there; by default a new one.",
    "rename": "The new name.",
    "type": "The type: person, organisation, place, event, product or misc.",
    "link": "The id, such as Q567.",
}


@click.group(epilog="\b\nExamples:\n  kg decide merge 'United Nations' UN\n  kg decide hide f:3f9c21")
def decide() -> None:
    """Overrule the machine: merge, keep apart, split, rename, hide, confirm.

    Decisions are kept with author and time, hold when articles come again, and can be undone (kg decisions).
    Things are names or ids of entities, or ids of facts and documents.
    """


def _command(action: str) -> click.Command:
    metavar, text, example = _DECIDE[action]

    def run(things: tuple[str, ...], author: str, index: str | None, as_json: bool, to: str = "") -> None:
        from kgretrieval.collection import open as open_collection

        with open_collection(index) as collection:
            show([collection.decide(action, *things, to=to, author=author)], as_json=as_json)

    params: list[click.Parameter] = [click.Argument(["things"], nargs=-1, required=True, metavar=metavar)]
    if action in _TO:
        required = action != "split"
        params.append(click.Option(["--to"], metavar="WHAT", default="", required=required, help=_TO[action]))
    made = click.Command(action, callback=run, params=params, help=text, epilog=f"\b\nExample:\n  kg decide {example}")
    options: list[Callable[[click.Command], click.Command]] = [author_option, index_option, json_option]
    for option in options:
        made = option(made)
    return made


for _action in _DECIDE:
    decide.add_command(_command(_action))


@click.command(
    epilog="\b\nExamples:\n  kg decisions\n  kg decisions --undo 12\n  kg decisions --export decided.jsonl\n"
    "  kg decisions --import decided.jsonl\n  kg decisions --link ids.csv"
)
@click.option("--undo", "number", metavar="N", type=click.IntRange(1), help="Undo the decision of this number.")
@click.option("--export", "target", metavar="FILE", help="Write all decisions as JSON lines.")
@click.option("--import", "file", metavar="FILE", help="Take over decisions from such a file.")
@click.option(
    "--link", "table", metavar="FILE", help="Take ids of Wikidata from a CSV with the columns name, wikidata."
)
@author_option
@index_option
@json_option
def decisions(
    number: int | None,
    target: str | None,
    file: str | None,
    table: str | None,
    author: str,
    index: str | None,
    as_json: bool,
) -> None:
    """List what was decided, undo it, or let it travel to another collection.

    A decision speaks of names and keys of articles, so a file of them means the same elsewhere.
    """
    from kgretrieval.collection import open as open_collection
    from kgretrieval.present.jsonl import lines

    if sum(one is not None for one in (number, target, file, table)) > 1:
        raise UsageError("--undo, --export, --import and --link do one thing at a time; give one of them")
    with open_collection(index) as collection:
        if number is not None:
            show([collection.undo(number)], as_json=as_json)
        elif target is not None:
            found = collection.export_decisions()
            write_text(target, lines(found))
            say(f"Wrote {len(found)} decisions to {target}")
        elif file is not None or table is not None:
            read = collection.import_decisions if file is not None else collection.link
            taken = read(Path(file or table or ""), **({} if file is not None else {"author": author}))
            say(f"Took over {taken} decisions")
        else:
            _list(collection.decisions(), "Nothing was decided.", as_json=as_json)
