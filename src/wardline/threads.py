"""Work done side by side in threads, its results taken in turn.

Polars and pyarrow let other threads run while they work, so two files read at once keep two cores busy.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event, Lock
from typing import Any, TypeVar

__all__ = ["AT_ONCE", "Together", "ahead", "beside", "in_turn"]

AT_ONCE = 2
"""How many tasks are worked on at once: more would hold more in memory than they would save time."""

Task = TypeVar("Task")
Result = TypeVar("Result")


class Together:
    """How far threads are that work on one thing, told one at a time; and whether they are to stop."""

    def __init__(self, progress: Callable[[str, int, int], None], total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0
        self.stop = Event()
        self._lock = Lock()

    def add(self, amount: int, what: str | None = None) -> None:
        """So much more is done; `what` is told of it. Raises KeyboardInterrupt in a thread that is to stop."""
        with self._lock:
            if self.stop.is_set():
                raise KeyboardInterrupt
            self.done += amount
            if what is not None:
                self.progress(what, self.done, self.total)


@contextmanager
def beside(work: Callable[[], None], stop: Event) -> Iterator[None]:
    """Do `work` in a thread beside the block. An error of it is raised when the block ends well.

    Where the block ends in an error or an interrupt, `stop` is set and the work is waited for.
    """
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work)
        try:
            yield
        except BaseException:
            stop.set()
            raise
        done.result()


def in_turn(
    work: Callable[[Task], Result], tasks: Iterable[Task], *, at_once: int = AT_ONCE, stop: Event | None = None
) -> Iterator[Result]:
    """What `work` gives for each task, in the order of the tasks, with `at_once` of them under way.

    A task is taken only when there is room for it, and at most one finished result waits beside those under way.
    An error of a task is raised when its turn comes. Whoever leaves early, by an error or an interrupt, waits for the
    tasks under way; `stop` is set first, so that long work which looks at it can end soon.
    """
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(at_once) as pool:
        try:
            for task in tasks:
                waiting.append(pool.submit(work, task))
                if len(waiting) > at_once:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BaseException:
            if stop is not None:
                stop.set()
            for future in waiting:
                future.cancel()
            raise


def ahead(items: Iterable[Task]) -> Generator[Task, None, None]:
    """The same items, made in a thread that goes on while they are used, so that none is waited for that is ready.

    An error in making them is raised after the items before it. Whoever leaves early waits for the one under way.
    """
    ready: SimpleQueue[Any] = SimpleQueue()
    stop, nothing_more = Event(), object()

    def make() -> None:
        try:
            for item in items:
                ready.put(item)
                if stop.is_set():
                    return
        finally:
            ready.put(nothing_more)

    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(make)
        try:
            while (item := ready.get()) is not nothing_more:
                yield item
        except BaseException:
            stop.set()
            raise
        made.result()
