"""What is not worth tracing is run without the tracer of coverage, which makes all of Python several times as slow."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


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
