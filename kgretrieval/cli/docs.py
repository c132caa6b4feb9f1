"""The reference of the command line, written from the commands themselves.

::

    python -m kgretrieval.cli.docs > docs/cli.md
"""

from __future__ import annotations

import click

from kgretrieval.cli.app import kg

#: Columns of the help texts on the page.
WIDTH = 96

_INTRO = """# The command line

`kg` prints results to stdout and everything else to stderr. In a pipe the output is plain text without
colours; with `--json` it is one JSON object a line, with the field names of the Python records.

- Which collection: `--index DIR`, else the environment variable `KG_INDEX`, else the only one under `indexes/`.
- Ids look like `a:3f9c21` (a article, p picture, e entity, f fact); the beginning of one is enough.
- Exit codes: 0 done, 1 an error with a one-line message, 2 a wrong argument, 70 an unexpected error
  (`kg --debug …` shows more), 130 stopped with Ctrl-C.

This page is written by `python -m kgretrieval.cli.docs > docs/cli.md`.
"""


def reference() -> str:
    """Return the page: the help of `kg` and of each command."""
    # The width is fixed, so that the page does not depend on the terminal it is made in.
    top = click.Context(kg, info_name="kg", terminal_width=WIDTH, help_option_names=["-h", "--help"])
    parts = [_INTRO, _section("kg", kg.get_help(top))]
    for name in kg.list_commands(top):
        command = kg.get_command(top, name)
        assert command is not None
        parts += _sections(command, f"kg {name}", top)
    return "\n".join(parts)


def _sections(command: click.Command, path: str, parent: click.Context) -> list[str]:
    """Return the section of a command and, if it is a group, those of its commands."""
    inner = click.Context(command, info_name=path.rpartition(" ")[2], parent=parent, terminal_width=WIDTH)
    parts = [_section(path, command.get_help(inner))]
    if isinstance(command, click.Group):
        parts += [part for name, one in command.commands.items() for part in _sections(one, f"{path} {name}", inner)]
    return parts


def _section(name: str, text: str) -> str:
    return f"## {name}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
