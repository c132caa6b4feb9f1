"""Running `kg`: in this process for speed, as a process where that matters."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kgretrieval.cli.app import kg as group


@pytest.fixture
def kg():
    """Run `kg` in this process; the result has exit_code, stdout and stderr."""

    def run(*arguments: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(group, [str(a) for a in arguments], input=stdin, prog_name="kg")

    return run


@pytest.fixture
def own_index(sample_index, tmp_path) -> Path:
    """A copy of the sample collection that a test may change."""
    return Path(shutil.copytree(sample_index, tmp_path / "index"))


@pytest.fixture
def process():
    """Start `kg` as a process of its own."""

    def start(*arguments: object, **how) -> subprocess.Popen:
        command = [sys.executable, "-m", "kgretrieval.cli", *(str(a) for a in arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        # A suite that runs in the background of a shell ignores interrupts, and so would every process it starts.
        heard = {} if os.name == "nt" else {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
        return subprocess.Popen(command, env={**os.environ, "PYTHONUTF8": "1"}, **{**pipes, **heard, **how})

    return start
