"""Options that several commands share, and the kinds of values they take."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:Z|[+-]\d\d:\d\d)?)?)?)?")


def iso_date(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return an ISO 8601 date of any precision: 2024, 2024-05, 2024-05-01, with or without a time."""
    found = _DATE.fullmatch(value)
    if value and not (found and _in_calendar(*found.groups())):
        raise click.BadParameter(f"{value!r} is no date; write 2024, 2024-05 or 2024-05-01")
    return value.replace(" ", "T")


def field_names(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Return which of their fields holds which of ours, from OUR=THEIRS."""
    pairs = [value.partition("=") for value in values]
    for value, (ours, _, theirs) in zip(values, pairs, strict=True):
        if not (ours and theirs):
            raise click.BadParameter(f"{value!r} is no pair; write for example title=headline")
    return {ours: theirs for ours, _, theirs in pairs}


def _in_calendar(year: str, month: str | None, day: str | None, clock: str | None) -> bool:
    try:
        date(int(year), int(month or 1), int(day or 1))
        time.fromisoformat(clock or "00:00")
    except ValueError:
        return False
    return True


def index_option(command: Command) -> Command:
    """Add `--index`: which collection is meant."""
    return click.option(
        "--index",
        metavar="DIR",
        envvar="KG_INDEX",
        show_envvar=True,
        help="The collection; by default the only one under indexes/.",
    )(command)


def read_text_option(command: Command) -> Command:
    """Add `--read-text`: read the text in pictures, from now on."""
    return click.option(
        "--read-text/--no-read-text",
        default=None,
        help="Read the text in pictures, now and in later runs, or stop doing so (needs kgretrieval[ocr]).",
    )(command)


def author_option(command: Command) -> Command:
    """Add `--author`: who decides."""
    return click.option(
        "--author",
        metavar="NAME",
        envvar="KG_AUTHOR",
        show_envvar=True,
        default=lambda: os.environ.get("USER") or os.environ.get("USERNAME") or "",
        show_default="who is logged in",
        help="Who decides.",
    )(command)


def json_option(command: Command) -> Command:
    """Add `--json`: one object a line."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")(command)


def extractors_option(text: str) -> Callable[[Command], Command]:
    """Return the option `--extractors a,b`; None where it is not given."""
    return names_option("--extractors", text)


def names_option(name: str, text: str) -> Callable[[Command], Command]:
    """Return an option that takes names with commas between them; None where it is not given."""

    def names(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...] | None:
        return None if value is None else tuple(name.strip() for name in value.split(",") if name.strip())

    return click.option(name, metavar="A,B", callback=names, help=text)


def date_option(name: str, text: str) -> Callable[[Command], Command]:
    """Return an option that takes an ISO date of any precision."""
    return click.option(name, metavar="DATE", default="", callback=iso_date, help=text)


def filter_options(command: Command) -> Command:
    """Add what narrows a search down."""
    options = (
        click.option("--kind", type=click.Choice(["article", "picture"]), help="Only hits of this kind."),
        date_option("--since", "Only from this date on (2024, 2024-05, 2024-05-01)."),
        date_option("--until", "Only up to this date, the day, month or year included."),
        date_option("--as-of", "Hits, names and facts as they could have been known at the end of this day."),
        click.option("--source", default="", help="Only from this source."),
        click.option("--language", default="", help="Only in this language, such as en, de or zh."),
        click.option("--topic", default="", help="Only with this tag, section or topic."),
        click.option("--sentiment", default="", help="Only what sounds positive, negative or neutral, or nothing."),
        click.option(
            "--label", "labels", multiple=True, metavar="NAME=VALUE", help="Only what a model or you sorted so; repeat."
        ),
        click.option(
            "--mentions", multiple=True, metavar="NAME", help="Only what mentions this name or id; repeat for more."
        ),
        click.option("--towards", default="", help="Only what sounds so towards the names in --mentions."),
        click.option("--has-picture", is_flag=True, help="No articles without a picture."),
        click.option(
            "-k", "k", metavar="N", type=click.IntRange(1), default=10, show_default=True, help="Hits at most."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def shown_options(command: Command) -> Command:
    """Add how hits are shown and what comes with them."""
    options = (
        click.option("--no-fold", "fold", is_flag=True, default=True, flag_value=False, help="Show every near copy."),
        click.option("--diverse", is_flag=True, help="One hit a story first."),
        click.option("--facets", is_flag=True, help="Count what was found by source, time, labels, names."),
        click.option("--explain", is_flag=True, help="Say why each hit is one, and what its score is made of."),
    )
    for option in reversed(options):
        command = option(command)
    return command
