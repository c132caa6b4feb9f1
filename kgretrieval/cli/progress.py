"""How far a long job is, on stderr and only where someone watches."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from kgretrieval.types import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Watch:
    """Shows a bar per stage on a terminal, nothing elsewhere; `done` counts what the first stage has brought about.

    Use it in a `with` block and pass it as the job's callback.
    """

    def __init__(self) -> None:
        self.done = 0
        self._first = ""
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Watch:
        if sys.stderr.isatty():
            self._bars = _bars()
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def __call__(self, progress: Progress) -> None:
        """Take note of how far it is."""
        self._first = self._first or progress.stage
        if progress.stage == self._first:
            self.done = progress.done
        if self._bars is None:
            return
        if progress.stage not in self._tasks:
            for before in self._tasks.values():
                self._bars.stop_task(before)
            self._tasks[progress.stage] = self._bars.add_task(progress.stage, total=None)
        self._bars.update(self._tasks[progress.stage], completed=progress.done, total=progress.total or None)


def _bars() -> Bars:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Bars(*columns, console=Console(stderr=True), transient=True)
