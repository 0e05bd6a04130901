"""Coverage is not measured here: tracing the reference engine over drawn worlds takes many times as long as running it,
and what these tests reach is reached by the specification too."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("no_cover")
