"""How far the work is: a bar on a terminal, a plain line for each step elsewhere; always on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from wardline.cli.saying import say
from wardline.errors import harmless

__all__ = ["show_progress"]

Told = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much there is (0: not known)."""


@contextmanager
def show_progress() -> Iterator[Told]:
    """A callback to tell progress to, for as long as the block lasts."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _bar(bars)


def _lines() -> Told:
    told: set[str] = set()

    def tell(what: str, done: int, total: int) -> None:
        # After a comma stands how far it is, which would be another line each time.
        step = what.split(",")[0]
        if step not in told:
            told.add(step)
            say(f"{step[:1].upper()}{step[1:]} …", err=True)

    return tell


def _bar(bars: Progress) -> Told:
    task = bars.add_task("", total=None)

    def tell(what: str, done: int, total: int) -> None:
        bars.update(task, description=harmless(f"{what[:1].upper()}{what[1:]}"), completed=done, total=total or None)

    return tell
