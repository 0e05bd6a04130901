"""Cases that two files, sheets or tables give with another person, type or time of opening: they may be two cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl

from wardline.events import INSTANT
from wardline.record_systems.mapping.cells import TimeCell
from wardline.record_systems.mapping.kinds_of_table import CaseTable
from wardline.record_systems.rows.ids_of_rows import ID_SEPARATOR, all_stand_for_none, said_plainly
from wardline.record_systems.rows.rejects import RejectReason, RemarkKind
from wardline.record_systems.rows.staged_files import StagedFile, raw
from wardline.record_systems.rows.values import Rows
from wardline.table_files.days_in_names import bears_a_later_day, day_in_name
from wardline.time_limits import minute_numbers

__all__ = ["count_given_otherwise"]

REPLACED = [RejectReason.LATER_CASE.code, RejectReason.WHOLE_ROW.code]


def count_given_otherwise(files: Sequence[StagedFile]) -> None:
    """Count the rows of one record system's cases that are rejected for one of another file that tells of another case.

    Of exports that follow each other the later one brings a case up to date: what then stays is its child and when it
    opened. A person who is known only later is no other one. Which file is the later one is decided by name: where the
    days in the names say otherwise, that is counted too.
    """
    if not any(file.reasons.is_in(REPLACED).any() for file in files):
        return
    replaced = [_facts(file, number, lambda reason: reason.is_in(REPLACED)) for number, file in enumerate(files)]
    days = [day_in_name(file.export.name) for file in files]
    ids = pl.concat([one["id"] for one in replaced]).unique()
    kept = pl.concat(_facts(file, number, lambda reason: reason.is_null(), of=ids) for number, file in enumerate(files))
    for number, (file, rows) in enumerate(zip(files, replaced, strict=True)):
        both = rows.join(kept, on="id", suffix=" kept").filter(pl.col("file") != pl.col("file kept"))
        if count := both.select(_tell_of_two().fill_null(value=False).sum()).item():
            file.tally[RemarkKind.GIVEN_OTHERWISE, None] += count
        older = [other for other, day in enumerate(days) if bears_a_later_day(days[number], day)]
        if count := both.filter(pl.col("file kept").is_in(older)).height:
            file.tally[RemarkKind.GIVEN_BY_OLDER, None] += count


def _tell_of_two() -> pl.Expr:
    """Whether two rows of one id name two persons or types, or two openings that cannot be in one minute."""
    two_persons, two_types = (pl.col(name) != pl.col(f"{name} kept") for name in ("person", "type"))
    two_openings = (pl.col("earliest") > pl.col("latest kept")) | (pl.col("earliest kept") > pl.col("latest"))
    return pl.any_horizontal(one.fill_null(value=False) for one in (two_persons, two_types, two_openings))


def _facts(
    file: StagedFile, number: int, wanted: Callable[[pl.Expr], pl.Expr], of: pl.Series | None = None
) -> pl.DataFrame:
    """By what a case is known, of the rows whose reason is wanted; times in minutes."""
    table = file.table
    assert isinstance(table, CaseTable)
    untold = replace(file, tally=Counter())  # what is read here is counted when it is read for good
    found = []
    for frame in file.batches():
        chosen = frame.filter(wanted(pl.col("reason")))
        rows = Rows(chosen if of is None else chosen.filter(pl.col("id").is_in(of.implode())), untold)
        earliest, latest = _opening(rows, table)
        found.append(
            rows.frame.select(
                "id",
                _person(table).alias("person"),
                pl.lit(table.case_type).alias("type"),
                pl.lit(number).alias("file"),
                earliest=minute_numbers(earliest),
                latest=minute_numbers(latest),
            )
        )
    nothing = {"id": pl.String(), "person": pl.String(), "type": pl.String(), "file": pl.Int32()}
    return pl.concat(
        [pl.DataFrame(schema={**nothing, "earliest": pl.Int64(), "latest": pl.Int64()}), *found], how="vertical_relaxed"
    )


def _opening(rows: Rows, table: CaseTable) -> tuple[pl.Series, pl.Series]:
    """Between which instants each case opened; by its first event where the mapping gives no time of opening."""
    cells: list[TimeCell] = [table.opened_at] if table.opened_at is not None else []
    cells = cells or [event.at for event in table.events if event.at is not None]
    times = [rows.times(cell) for cell in cells]
    nothing = pl.repeat(None, len(rows), dtype=INSTANT, eager=True)
    both = [[nothing, *(one.earliest for one in times)], [nothing, *(one.latest for one in times)]]
    earliest, latest = (pl.select(pl.min_horizontal(pl.lit(one) for one in of)).to_series() for of in both)
    return earliest, latest


def _person(table: CaseTable) -> pl.Expr:
    """The person's number; empty where it stands for nobody."""
    parts = [pl.col(raw(column)) for column in table.person]
    if not parts:
        return pl.lit(None, dtype=pl.String)
    plain = pl.concat_str([said_plainly(part) for part in parts], separator=ID_SEPARATOR)
    return pl.when(~all_stand_for_none(parts)).then(plain)
