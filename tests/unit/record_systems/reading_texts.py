"""Mappings and exports written inside a test, read into tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from wardline.record_systems import FileCount, Reading, Source, parse_mapping, read_record_systems

AS_AT = datetime(2025, 4, 1, tzinfo=UTC)

CASES = """
record system: compact
tables:
  - files: "episodes*.csv"
    each row is: a case
    case type: missing episode
    case id: No
    opened at: Reported
"""
WITH_PERSON = CASES + "    person: Child\n    attributes: {grade: Risk}\n"
HEADER = "No,Reported,Child,Risk,Sent\n"  # of a file of such cases
CASES_AND_LOG = (
    CASES
    + """
  - files: log.csv
    each row is: an event
    case id: No
    event: {column: Action, values: {R: risk_reviewed}}
    at: Time
"""
)
# Cases that are opened by the rows of a log; which event a row is, and when, is for the test to add.
CASES_OF_A_LOG = """
record system: compact
tables:
  - files: "episodes*.csv"
    each row is: an event
    makes cases: missing episode
    case id: No
"""


@dataclass
class Read:
    """What a reading gave."""

    reading: Reading
    folder: Path

    def table(self, name: str) -> pl.DataFrame:
        """One of the tables written."""
        return pl.read_parquet(self.folder / f"{name}.parquet")

    def rows(self, name: str, *columns: str) -> list[tuple[object, ...]]:
        """Some columns of a table, row by row."""
        return self.table(name).select(columns).rows()

    def rejects(self) -> list[tuple[object, ...]]:
        """The rejects as (file, row, column, reason)."""
        return self.rows("rejects", "source_file", "source_row", "column", "reason")

    def count(self, file: str) -> FileCount:
        """What became of a file's rows."""
        [count] = [count for count in self.reading.files if count.file == file]
        return count

    def remarks(self) -> list[str]:
        """The remarks in words."""
        return [str(remark) for remark in self.reading.remarks]


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def read(tmp_path: Path, mapping: str, files: dict[str, str | bytes], *, as_at: datetime = AS_AT) -> Read:
    """Read some files with one mapping."""
    return read_all(tmp_path, {mapping: files}, as_at=as_at)


def read_all(tmp_path: Path, sources: dict[str, dict[str, str | bytes]], *, as_at: datetime = AS_AT) -> Read:
    """Read some files with several mappings."""
    given = [
        Source(parse_mapping(mapping), write(tmp_path / f"exports-{position}", files))
        for position, (mapping, files) in enumerate(sources.items())
    ]
    into = tmp_path / "tables"
    return Read(read_record_systems(given, as_at=as_at, into=into), into)


def at(text: str) -> datetime:
    """An instant, from a text in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
