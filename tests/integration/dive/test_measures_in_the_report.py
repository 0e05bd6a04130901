"""A dive that keeps a table of measures shows them; one that was made before says that it has none."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT
from wardline.dive import KeptDive, open_dive, run_dive
from wardline.dive.kept.folder import MEASURES_TABLE
from wardline.dive.pages.report_contents import report_contents
from wardline.reports import report_page


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dive")
    shutil.copytree(ROOT / "examples" / "first-dive", folder / "first-dive")
    run_dive(folder / "first-dive" / "dive.yaml", folder / "out")
    return folder / "out"


def without_the_table(dive: KeptDive) -> KeptDive:
    """As a dive of an earlier version would be."""
    outputs = [one for one in dive.manifest.outputs if one.name != MEASURES_TABLE]
    return replace(dive, manifest=dive.manifest.model_copy(update={"outputs": outputs}))


def test_a_dive_without_the_table_says_so_and_shows_no_chart(made: Path) -> None:
    older = without_the_table(open_dive(made))
    page = report_page(report_contents(older))
    assert older.measures_over_time is None
    assert "this dive keeps no measures over time" in page
    assert 'id="over-time"' not in page


def test_a_dive_shows_every_measure_that_it_gives_and_says_which_it_does_not(made: Path) -> None:
    shown = open_dive(made).measures_over_time
    assert shown is not None and shown.measures
    page = (made / "report.html").read_text(encoding="utf-8")
    assert all(one.measure.title in page for one in shown.measures)
    assert "Not given in this dive:" in page
