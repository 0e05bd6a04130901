"""How far the work is: a bar on a terminal, a plain line for each step elsewhere; always on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

__all__ = ["show_progress"]

Told = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much there is (0: not known)."""


@contextmanager
def show_progress() -> Iterator[Told]:
    """A callback to tell progress to, for as long as the block lasts."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _bars(bars)


def _lines() -> Told:
    told: set[str] = set()

    def tell(what: str, done: int, total: int) -> None:
        if what not in told:
            told.add(what)
            print(f"{what} …", file=sys.stderr, flush=True)

    return tell


def _bars(bars: Progress) -> Told:
    tasks: dict[str, TaskID] = {}

    def tell(what: str, done: int, total: int) -> None:
        if what not in tasks:
            tasks[what] = bars.add_task(what, total=total or None)
        bars.update(tasks[what], completed=done, total=total or None)

    return tell
