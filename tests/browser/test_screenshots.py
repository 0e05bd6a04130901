"""The pictures in the docs are of what Wardline shows today."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.architecture.repository import ROOT
from wardline.dive import run_dive
from wardline.simulation import simulate

PICTURES = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1000, 1250

# Fonts differ between machines, so a picture taken elsewhere is never the same in every point. It is compared by its
# size, and taken anew only where somebody asks for it (`make pictures`).
TAKE_THEM_ANEW = os.environ.get("WARDLINE_PICTURES") == "take"


# Which example the picture in the README shows: `first-dive`, or `teesmouth`, for which a whole force is simulated
# first.
SHOWN = "teesmouth"


@pytest.fixture(scope="module")
def dive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dive")
    # A force takes half a minute, and the size of a picture is the same whatever it shows.
    example = SHOWN if TAKE_THEM_ANEW else "first-dive"
    shutil.copytree(ROOT / "examples" / example, folder / example)
    dive_file = folder / example / "dive.yaml"
    if example == "teesmouth":
        simulate(folder / "force")
        text = dive_file.read_text(encoding="utf-8")
        dive_file.write_text(text.replace("../../dives/teesmouth/force", "../force"), encoding="utf-8")
    run_dive(dive_file, folder / "out")
    return folder / "out"


def test_the_picture_in_the_readme_is_of_the_first_page_of_a_dive(dive, browser: Browser, tmp_path):
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1)
    page.goto((dive / "report.html").as_uri())
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
