"""Every command explains itself, and the page in docs/ is what it says."""

import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from kgretrieval.cli.app import COMMANDS, kg
from kgretrieval.cli.docs import reference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"


def command(path: str) -> click.Command:
    found: click.Command | None = kg
    for name in path.split():
        found = found.get_command(click.Context(found), name)
        assert found is not None
    return found


def inner(path: str) -> list[str]:
    """The paths of the commands of a group; a command itself."""
    found = command(path)
    return [f"{path} {name}" for name in found.commands] if isinstance(found, click.Group) else [path]


LEAVES = [path for name in COMMANDS for path in inner(name)]


def test_the_page_is_what_the_commands_say():
    assert PAGE.read_text(encoding="utf-8") == reference(), "python -m kgretrieval.cli.docs > docs/cli.md"


@pytest.mark.parametrize("name", sorted({*COMMANDS, *LEAVES}))
def test_every_command_has_help_and_an_example(name):
    found = command(name)
    assert found.help
    assert "Example" in (found.epilog or "")
    assert f"kg {name}" in (found.epilog or "")
    assert [p.name for p in found.params if isinstance(p, click.Option) and not p.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_command_says(name):
    assert command(name).help.partition("\n")[0] == COMMANDS[name][1]


@pytest.mark.parametrize("name", sorted(set(LEAVES) - {"demo"}))
def test_every_command_writes_json(name):
    assert "--json" in [option for p in command(name).params for option in p.opts]


def loaded_by(*arguments: str) -> set[str]:
    code = "import sys, kgretrieval.cli.app as a\ntry: a.main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_help_imports_no_command_and_nothing_heavy():
    loaded = loaded_by("--help")
    assert {m for m in loaded if m.startswith("kgretrieval.")} <= {
        "kgretrieval.cli",
        "kgretrieval.cli.app",
        "kgretrieval.errors",
    }
    assert not loaded & {"numpy", "rich", "sqlite3", "PIL", "torch", "networkx"}


def test_help_is_there_at_once():
    def seconds() -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "kgretrieval.cli", "--help"], capture_output=True, check=True)
        return time.perf_counter() - started

    # The best of a few: a busy machine must not fail the test.
    assert min(seconds() for _ in range(5)) < 0.25
