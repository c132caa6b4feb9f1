"""The group `kg`: finds commands when they are called, and turns errors into one line and an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from kgretrieval import __version__
from kgretrieval.errors import KgError

#: Exit codes beside those of `KgError`: an error nobody foresaw (EX_SOFTWARE), and an interrupt (128 + SIGINT).
UNEXPECTED, INTERRUPTED = 70, 130

#: Command -> module and the line of help, in the order of `kg --help`. Kept here so that the
#: help of the group imports no command.
COMMANDS: dict[str, tuple[str, str]] = {
    "ingest": ("ingest", "Take articles and pictures into a collection."),
    "annotate": ("annotate", "Run extractors again over what a collection holds."),
    "search": ("search", "Find articles and pictures by words or by a picture."),
    "like": ("like", "Find what is like an article, picture, entity or fact."),
    "picture": ("picture", "Show where else a picture was used, and in what its uses disagree."),
    "entity": ("graph", "Show what is known of a person, organisation, place or other name."),
    "path": ("graph", "Show how two names are connected, with the sentences that say so."),
    "facts": ("facts", "List facts with their sentences, and what disputes them."),
    "timeline": ("timeline", "Show what happened to somebody or something, in order."),
    "stories": ("stories", "List stories: articles about one event."),
    "story": ("stories", "Show a story: its first report, its sources, its articles in order, its pictures."),
    "match": ("match", "Find a pattern in the facts."),
    "show": ("documents", "Show an article, picture, entity, story or fact by its id."),
    "train": ("train", "Train a model that sorts articles or pictures by your own labels."),
    "classify": ("classify", "Sort articles, pictures, files or texts by a trained model or by names of labels."),
    "label": ("label", "Show the examples worth labelling next, take answers, and learn."),
    "check": ("check", "Check a caption against everything that is known before it is printed."),
    "review": ("review", "Show likely merges and splits, with reasons and sentences, and take answers."),
    "decide": ("review", "Overrule the machine: merge, keep apart, split, rename, hide, confirm."),
    "decisions": ("review", "List what was decided, undo it, or let it travel to another collection."),
    "delete": ("documents", "Delete articles and pictures with everything that hangs on them."),
    "compact": ("compact", "Give back the room of what was deleted, and make the indexes anew."),
    "export": ("graph", "Write the graph as GraphML, GEXF, JSON, CSV, Turtle or tables for Neo4j."),
    "stats": ("info", "Show a collection in figures."),
    "evaluate": ("evaluate", "Measure how good the answers are, on data with known ones."),
    "models": ("info", "List the encoders that can be used, or fetch one."),
    "demo": ("demo", "Try everything on the sample news."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kgretrieval.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what goes wrong becomes one line on stderr and an exit code."""
        _replace_unwritable(sys.stdout)
        _replace_unwritable(sys.stderr)
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (KeyboardInterrupt, click.Abort):
            click.echo("Stopped.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # The reader has seen enough; nothing more can be said to it, not even at exit.
            _discard_output()
            ctx.exit(0)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            click.echo(_line(error), err=True)
            ctx.exit(error.exit_code if isinstance(error, KgError) else UNEXPECTED)


def _line(error: Exception) -> str:
    text = " ".join(str(error).split())
    if isinstance(error, KgError):
        return f"kg: {text}"
    return f"kg: unexpected {type(error).__name__}: {text or 'no message'} (kg --debug … shows more)"


def _replace_unwritable(stream: Any) -> None:
    """Let a terminal that cannot write a character show a question mark instead of ending the command."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")


def _discard_output() -> None:
    # Where stdout is no file, nothing is written at exit either.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExample:\n  kg ingest ~/archive --index indexes/news\n  kg search 'rocket launch' --index indexes/news",
)
@click.option("--debug", is_flag=True, help="Show the whole traceback of an error.")
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
def kg(debug: bool) -> None:
    """Search articles and photos together, with a knowledge graph that cites its sentences."""


def main() -> None:
    """Run `kg` with the arguments of the process."""
    kg(prog_name="kg")
