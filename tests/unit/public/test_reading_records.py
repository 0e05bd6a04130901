"""`read_records`: exports without a single case are read, and said to be so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import wardline

MAPPING = {
    "record_system": "episodes",
    "tables": [
        {
            "files": "episodes*.csv",
            "each row is": "a case",
            "case type": "missing episode",
            "case id": "Ref",
            "opened at": "Reported",
        }
    ],
}


def read(folder: Path, **files: str) -> wardline.EventLog:
    """What is read of some exports, each given by its text."""
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return wardline.read_records([(wardline.mapping(**MAPPING), folder)], as_at=date(2025, 4, 1))


@pytest.mark.parametrize(
    ("rows", "said"),
    [("", "`episodes` 0, of which 0 were kept"), (",2025-03-01\n,2025-03-02\n", "`episodes` 2, of which 0 were kept")],
)
def test_exports_without_a_case_are_read_and_said_to_have_none(tmp_path, rows, said):
    with pytest.warns(UserWarning, match=r"^read_records\(…\): No case was read") as warned:
        log = read(tmp_path, episodes_1="Ref,Reported\n", episodes_2=f"Ref,Reported\n{rows}")
    assert log.cases.collect().is_empty()
    assert f"Rows: {said}." in str(warned[0].message)


def test_nothing_is_said_where_one_export_of_several_has_a_case(tmp_path):
    log = read(tmp_path, episodes_1="Ref,Reported\n", episodes_2="Ref,Reported\nE1,2025-03-01\n")
    assert log.cases.collect()["case_id"].to_list() == ["episodes:E1"]
