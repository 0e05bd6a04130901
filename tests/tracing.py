"""What the tracer of coverage needs of us: not to trace what is not worth it, and to be patient where threads begin.

Tracing makes all of Python several times as slow.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

ATTEMPTS = 1000


def trace_threads_patiently() -> None:
    """Let a thread that begins to be traced wait while another does.

    Python 3.11 refuses the second with a RuntimeError, and the thread then ends before it has done anything.
    """
    threading._sys = _PatientSys()  # type: ignore[attr-defined]


class _PatientSys:
    """The module `sys` as threads see it."""

    def __getattr__(self, name: str) -> object:
        return getattr(sys, name)

    def settrace(self, function: object) -> None:
        for attempt in range(ATTEMPTS):
            try:
                sys.settrace(function)  # type: ignore[arg-type]
                return
            except RuntimeError:
                if attempt == ATTEMPTS - 1:
                    raise
                time.sleep(0.001)


@contextmanager
def untraced() -> Iterator[None]:
    """Run something without tracing it. What was traced before goes on being traced afterwards, by the same tracer."""
    tracer = sys.gettrace()
    # Another tracer, a debugger's, is left alone; coverage's is stopped and started in the same frame.
    if tracer is None or not type(tracer).__module__.startswith("coverage"):
        yield
        return
    tracer.stop()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        tracer.start()  # type: ignore[attr-defined]
