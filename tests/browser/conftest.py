"""A Chromium to look at pages with: the machine's own where there is one, else the one that `make` fetched."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.chromium import chromium


@pytest.fixture(scope="session")
def browser() -> Browser:
    return chromium()
