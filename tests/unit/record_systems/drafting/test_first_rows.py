"""The first rows of exports, as somebody sees them beside a mapping."""

from pathlib import Path

import pytest

from wardline.errors import ExportError
from wardline.record_systems.drafting import first_rows

EXPORTS = Path("examples/first-dive/exports")


def test_files_of_one_layout_are_shown_together_with_their_first_rows():
    [episodes, log, persons] = first_rows([EXPORTS / "missing"], at_most=2)
    assert episodes.names == ("episodes-1.csv", "episodes-2.csv")
    assert (episodes.row_count, episodes.is_cut, len(episodes.rows)) == (46, False, 2)
    assert episodes.header[:2] == ("EpisodeNo", "IncidentRef")
    assert episodes.rows[0][:2] == ("1001", "INC-7007")
    assert (log.names, persons.names) == (("log.csv",), ("persons.csv",))


def test_a_pattern_reads_the_files_that_it_fits():
    [episodes, log, _] = first_rows([EXPORTS / "missing"])
    assert episodes.is_read_by("episodes-*.csv") and episodes.is_read_by("EPISODES-2.csv")
    assert not log.is_read_by("episodes-*.csv")


def test_the_heading_above_a_workbook_is_no_row():
    [interviews] = first_rows([EXPORTS / "council"])
    assert interviews.header[0] == "Police reference"


def test_a_folder_without_exports_is_said(tmp_path):
    with pytest.raises(ExportError, match="There is no export in this folder"):
        first_rows([tmp_path])


def test_no_row_stands_in_what_is_printed():
    assert "1001" not in repr(first_rows([EXPORTS / "missing"]))
