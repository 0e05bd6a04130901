"""One Chromium for a process of tests: Playwright cannot be started twice in one."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",  # Chromium refuses one to root, as whom CI often runs; only our own pages are opened
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@cache
def chromium() -> Browser:
    """The machine's own Chromium where there is one, else the one that `make` fetched; closed when the process ends."""
    playwright = sync_playwright().start()
    started = playwright.chromium.launch(executable_path=CHROMIUM if CHROMIUM.exists() else None, args=FLAGS)
    atexit.register(playwright.stop)
    return started
