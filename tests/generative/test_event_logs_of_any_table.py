"""Tables with columns of any kind: an event log is made of them and can be checked, or they are refused in our own
words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import polars as pl
import pytest

import wardline
from wardline.events import FIXED_COLUMNS

ROWS = 3
HUGE = 2**60
FORCE = {"force": "Our force", "nation": "England", "time zone": "Europe/London"}
PACE = {
    "standard": "our-own/pace",
    "title": "How soon somebody is sent",
    "version": "1",
    "in force": {"from": "2000-01-01"},
    "case type": "a",
    "obligations": [
        {
            "id": "send",
            "title": "Police are sent within an hour",
            "topic": "initial response",
            "owed by": "force",
            "when": {"event": "a", "grade": ["1", "a"]},
            "then": "b",
            "within": "60 minutes",
            "basis": {"kind": "force policy", "title": "Our response policy"},
        }
    ],
}
# What a column may hold; a third of its values are empty.
CELLS: tuple[tuple[pl.DataType, Callable[[Random], object]], ...] = (
    (pl.String(), lambda draw: draw.choice(["a", "b", "", " ", "E1"])),
    (pl.Int8(), lambda draw: draw.randint(-5, 5)),
    (pl.UInt64(), lambda draw: draw.choice([1, 2**64 - 1])),
    (pl.Float64(), lambda draw: draw.choice([1.0, 2.5, 1e300, float("nan"), float("inf")])),
    (pl.Decimal(20, 3), lambda draw: draw.randint(0, 99)),
    (pl.Boolean(), lambda draw: draw.random() < 0.5),
    (pl.Datetime("us"), lambda draw: datetime(draw.choice([1, 2025, 9999]), 1, 1)),
    (pl.Datetime("us", "UTC"), lambda draw: datetime(draw.choice([1, 2025, 9999]), 12, 31, tzinfo=UTC)),
    (pl.Datetime("ms"), lambda draw: draw.randint(-HUGE, HUGE)),
    (pl.Datetime("ns"), lambda draw: draw.randint(-HUGE, HUGE)),
    (pl.Date(), lambda draw: draw.choice([date.min, date(2025, 3, 30), date.max])),
    (pl.Time(), lambda draw: datetime(2025, 1, 1, draw.randint(0, 23)).time()),
    (pl.Duration("us"), lambda draw: timedelta(hours=draw.randint(0, 9))),
    (pl.List(pl.Int64()), lambda draw: [1, 2]),
    (pl.Struct({"a": pl.Int64()}), lambda draw: {"a": 1}),
    (pl.Binary(), lambda draw: b"x"),
    (pl.Object(), lambda draw: object()),
    (pl.Categorical(), lambda draw: draw.choice(["a", "b"])),
    (pl.Enum(["a", "b"]), lambda draw: draw.choice(["a", "b"])),
    (pl.Null(), lambda draw: None),
)


def any_column(draw: Random) -> pl.Series:
    kind, cell = draw.choice(CELLS)
    values = [None if draw.random() < 1 / 3 else cell(draw) for _ in range(ROWS)]
    if isinstance(kind, pl.Datetime) and any(isinstance(value, int) for value in values):
        return pl.Series(values, dtype=pl.Int64).cast(kind)
    return pl.Series(values, dtype=kind)


def right_column(name: str, kind: pl.DataType) -> pl.Series:
    """A column as it should be."""
    if name in ("case_id", "person_id"):
        return pl.Series([f"E{row}" for row in range(ROWS)])
    if name == "kept_by":
        return pl.Series(["force"] * ROWS)
    values = {
        pl.String(): "a",
        pl.Boolean(): True,
        pl.Date(): date(2010, 1, 1),
        pl.Datetime("us", "UTC"): datetime(2025, 1, 1, tzinfo=UTC),
    }
    return pl.Series(list(range(ROWS))) if kind == pl.Int64() else pl.Series([values[kind]] * ROWS)


def drawn_tables(draw: Random) -> dict[str, pl.DataFrame]:
    """Tables of which one column in sixty is of any kind, and every attribute is."""
    tables = {}
    for name, schema in FIXED_COLUMNS.items():
        if name in ("cases", "events") or draw.random() < 0.3:
            columns = {
                column: any_column(draw) if draw.random() < 1 / 60 else right_column(column, kind)
                for column, kind in schema.items()
                if draw.random() < 0.9
            }
            attributes = ("grade", "event", "case_type", "attribute:x") if name in ("cases", "events", "people") else ()
            columns |= {one: any_column(draw) for one in attributes if one not in schema and draw.random() < 0.3}
            tables[name] = pl.DataFrame(columns)
    return tables


@pytest.mark.parametrize("seed", range(40))
def test_any_table_is_taken_whole_or_refused_in_our_own_words(seed):
    draw = Random(seed)
    tables = drawn_tables(draw)
    try:
        log = wardline.event_log(**tables, zone=draw.choice([None, "Europe/London", "Europe/London"]))
    except wardline.WardlineError as error:
        assert all(str(problem.where).startswith("event_log(…): `") for problem in error.problems)
        return
    assert {name: table.collect().height for name, table in log.tables().items() if name in tables} == {
        name: table.height for name, table in tables.items()
    }
    wardline.check(PACE, log, as_at=date(2025, 4, 1), force=FORCE)


def test_some_of_these_tables_are_taken_and_some_are_refused():
    taken = 0
    for seed in range(40):
        try:
            wardline.event_log(**drawn_tables(Random(seed)), zone="Europe/London")
            taken += 1
        except wardline.WardlineError:
            pass
    assert 3 < taken < 37
