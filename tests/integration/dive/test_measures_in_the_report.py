"""A dive that keeps a table of measures shows them; one that was made before says that it has none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT
from wardline.dive import KeptDive, open_dive, run_dive
from wardline.dive.kept.folder import MEASURES_TABLE
from wardline.dive.pages.report_contents import report_contents
from wardline.measures.over_time.count_measures import count_measures
from wardline.reports import report_page


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dive")
    shutil.copytree(ROOT / "examples" / "first-dive", folder / "first-dive")
    run_dive(folder / "first-dive" / "dive.yaml", folder / "out")
    return folder / "out"


def opened(folder: Path) -> KeptDive:
    dive = open_dive(folder)
    return KeptDive(dive.folder, dive.manifest, dive.settings)


def test_a_dive_without_the_table_says_so_and_shows_no_chart(made: Path, tmp_path: Path) -> None:
    older = shutil.copytree(made, tmp_path / "older")
    dive = opened(older)
    (older / MEASURES_TABLE).unlink(missing_ok=True)
    page = report_page(report_contents(dive))
    assert dive.measures_over_time is None
    assert "this dive keeps no measures over time" in page
    assert 'id="over-time"' not in page


def test_a_dive_with_the_table_shows_every_measure_and_says_which_are_not_given(made: Path, tmp_path: Path) -> None:
    newer = shutil.copytree(made, tmp_path / "newer")
    dive = opened(newer)
    count_measures(dive.settings.measures, dive.tables).write_parquet(newer / MEASURES_TABLE)
    page = report_page(report_contents(dive))
    shown = dive.measures_over_time
    assert shown is not None and shown.measures
    assert all(one.measure.title in page for one in shown.measures)
    assert "Not given in this dive:" in page
    assert page == report_page(report_contents(opened(newer)))
