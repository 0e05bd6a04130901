"""Coverage is not measured here: tracing the reference engine over drawn worlds takes many times as long as running it,
and what these tests reach is reached by the specification too.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tracing import untraced


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    # pytest-cov's own mark `no_cover` does nothing in a worker of xdist, where another tracer goes on.
    with untraced():
        return (yield)
