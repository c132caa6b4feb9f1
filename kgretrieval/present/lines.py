"""Lines of text for a terminal or a pipe: styled where that can be seen, plain and unwrapped elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console
from rich.text import Text

from kgretrieval.present.links import href
from kgretrieval.present.words import clean

#: Draws the picture at a path, as lines for the terminal; ``""`` where it cannot be shown.
Painter = Callable[[str], str]

MARK = "bold black on bright_yellow"
HEADING = "bold underline"
TITLE = "bold"
QUIET = "dim"
STRONG = "bold cyan"
DOUBT = "bold red"
#: Columns below which a text is not squeezed.
_NARROW = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its indentation in columns; `drawing` is put out as it is, in place of the text.

    `hang` columns more are left free where a terminal breaks the line.
    """

    text: Text
    indent: int = 0
    drawing: str = ""
    hang: int = 0


def line(*parts: str | Text | tuple[str, str], indent: int = 0, hang: int = 0) -> Line:
    """Return a line of parts, each a text, a styled text or a (text, style) pair."""
    return Line(Text.assemble(*parts), indent, hang=hang)


def gap() -> Line:
    """Return an empty line."""
    return Line(Text())


def drawing(escape: str) -> list[Line]:
    """Return the drawn picture as a line, or nothing if there is none."""
    return [Line(Text(), 4, escape)] if escape else []


def linked(text: str, target: str) -> Text:
    """Return `text` as a hyperlink, if `target` is a web address or a path."""
    address = href(target)
    return Text(clean(text), style=f"link {address}" if address else "")


def console_for(stream: TextIO) -> Console:
    """Return a console that suits the stream: colours and links only on a terminal that has them."""
    plain = not stream.isatty() or os.environ.get("TERM") == "dumb"
    if plain:
        return Console(file=stream, force_terminal=False, color_system=None, highlight=False)
    return Console(file=stream, highlight=False)


def written(lines: Iterable[Line], console: Console) -> str:
    """Return the lines as the console would print them.

    On a terminal, lines are wrapped to its width with their indentation; elsewhere one line stays one line.
    """
    with console.capture() as capture:
        for one in lines:
            _print(one, console)
    return capture.get()


def _print(one: Line, console: Console) -> None:
    margin = " " * one.indent
    if one.drawing:
        console.out("\n".join(margin + row for row in one.drawing.split("\n")), highlight=False)
        return
    if not console.is_terminal:
        console.out(margin + one.text.plain if one.text.plain else "", highlight=False)
        return
    room = console.width - one.indent
    hang = one.hang if room - one.hang >= _NARROW else 0
    for part in one.text.wrap(console, max(_NARROW, room - hang)) or [Text()]:
        part.rstrip()
        console.print(Text(margin) + part if part.plain else part, soft_wrap=True)
        margin = " " * (one.indent + hang)
