"""Big exports, cheaply made, to see that reading them keeps within bounds of memory (for `make bench`)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl

__all__ = ["BIG_MAPPING", "write_big_exports"]

EVENTS_IN_A_CASE = 20
ROWS_AT_ONCE = 500_000
TEXT = "%d/%m/%Y %H:%M"

BIG_MAPPING = """
record system: compact
tables:
  - files: episodes.csv
    each row is: a case
    case type: missing episode
    case id: EpisodeNo
    opened at: ReportedTime
    time format: "%d/%m/%Y %H:%M"
  - files: log.csv
    each row is: an event
    case id: EpisodeNo
    event: {column: Action, values: {Risk reviewed: risk_reviewed, Inspector review: inspector_review}}
    at: ActionTime
    recorded at: TypedTime
    attributes: {grade: {column: Risk, values: {H: high, M: medium, L: low}}}
    time format: "%d/%m/%Y %H:%M"
"""


def write_big_exports(folder: Path, event_count: int) -> None:
    """Write `episodes.csv` and `log.csv` with so many events, twenty to a case, a third of them not listed."""
    case_count = max(1, event_count // EVENTS_IN_A_CASE)
    _write(
        folder / "episodes.csv",
        case_count,
        [(pl.col("n").cast(pl.String) + "E").alias("EpisodeNo"), _time(0).alias("ReportedTime")],
    )
    _write(
        folder / "log.csv",
        event_count,
        [
            ((pl.col("n") * 7919 % case_count).cast(pl.String) + "E").alias("EpisodeNo"),
            (pl.col("n") % 3)
            .replace_strict([0, 1, 2], ["Risk reviewed", "Inspector review", "Telephone call"])
            .alias("Action"),
            _time(0).alias("ActionTime"),
            _time(3600).alias("TypedTime"),
            (pl.col("n") % 4).replace_strict([0, 1, 2, 3], ["H", "M", "L", ""]).alias("Risk"),
            pl.col("n").alias("Serial"),
        ],
    )


def _time(seconds_later: int) -> pl.Expr:
    seconds = pl.col("n") % 30_000_000 + seconds_later
    return (pl.lit(datetime(2024, 1, 1)) + pl.duration(seconds=seconds)).dt.strftime(TEXT)


def _write(path: Path, row_count: int, columns: list[pl.Expr]) -> None:
    with path.open("wb") as file:
        for first in range(0, row_count, ROWS_AT_ONCE):
            numbers = pl.DataFrame({"n": pl.int_range(first, min(first + ROWS_AT_ONCE, row_count), eager=True)})
            file.write(numbers.select(columns).write_csv(include_header=first == 0).encode())
