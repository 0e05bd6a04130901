"""The pictures in the docs are of what Wardline shows today."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.architecture.repository import ROOT
from wardline.dive import run_dive

PICTURES = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1000, 1250

# Fonts differ between machines, so a picture taken elsewhere is never the same in every point. It is compared by its
# size, and taken anew only where somebody asks for it (`make pictures`).
TAKE_THEM_ANEW = os.environ.get("WARDLINE_PICTURES") == "take"


@pytest.fixture(scope="module")
def first_dive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first-dive")
    shutil.copytree(ROOT / "examples" / "first-dive", folder / "first-dive")
    run_dive(folder / "first-dive" / "dive.yaml", folder / "out")
    return folder / "out"


def test_the_picture_in_the_readme_is_of_the_first_page_of_the_first_dive(first_dive, browser: Browser, tmp_path):
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1)
    page.goto((first_dive / "report.html").as_uri())
    taken = PICTURES / "report.png" if TAKE_THEM_ANEW else tmp_path / "report.png"
    page.screenshot(path=taken, animations="disabled")
    page.close()
    assert (PICTURES / "report.png").exists(), "take it with `make pictures`"
    assert size_of(PICTURES / "report.png") == size_of(taken) == (WIDTH, HEIGHT)


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG, which stand at the beginning of its first part."""
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
