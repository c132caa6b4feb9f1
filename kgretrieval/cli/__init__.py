"""`kg`: the command line. Each command reads its arguments, calls `Collection` and shows the result."""

from __future__ import annotations

from kgretrieval.cli.app import main

__all__ = ["main"]
