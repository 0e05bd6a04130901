"""A made-up log of any size: missing episodes and online investigations, in the order in which two systems write them.

Compact exports a row for each case, from which its events come one after the other; the control room exports its own
events in order of time. So the log as a whole is sorted neither by case nor by time, as a real one is not.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl

from wardline.events import INSTANT

__all__ = ["EVENTS_PER_CASE", "write_large_log"]

EVENTS_PER_CASE = 20
SHARE_ONLINE = 0.25
CASES_PER_CHILD = 2.5
FIRST_REPORT = 1_672_531_200_000_000  # 1 January 2023, in microseconds
TWO_YEARS = 2 * 365 * 86_400_000_000
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
GRADES = ("high", "medium", "low")
CONTROL_ROOM = ("officer_deployed", "officer_arrived", "family_contact")


def write_large_log(folder: Path, events: int, seed: int = 1) -> None:
    """Write the tables of a log of about so many events into a folder, each as Parquet."""
    rng = np.random.default_rng(seed)
    count = events // EVENTS_PER_CASE
    is_online = rng.random(count) < SHARE_ONLINE
    # To the second, as record systems keep time.
    opened = np.sort(FIRST_REPORT + rng.integers(0, TWO_YEARS // SECOND, count) * SECOND)
    blocks = [*_missing(rng, np.flatnonzero(~is_online), opened), *_online(rng, np.flatnonzero(is_online), opened)]
    happened = pl.concat([_block(*block) for block in blocks])
    # Noise that no obligation asks about brings the log to its size.
    missing = events - happened.height
    if missing > 0:
        case = rng.integers(0, count, missing)
        at = opened[case] + _minutes(rng, missing, 10 * 24 * 60)
        happened = pl.concat([happened, _block("note_added", case, at, None)])
    closed = happened.filter(pl.col("event") == "closed").group_by("case").agg(pl.col("at").max().alias("closed_at"))
    by_case = happened.filter(~pl.col("event").is_in(CONTROL_ROOM)).sort("case", "at", maintain_order=True)
    by_time = happened.filter(pl.col("event").is_in(CONTROL_ROOM)).sort("at", maintain_order=True)
    folder.mkdir(parents=True, exist_ok=True)
    _events(rng, by_case, by_time).write_parquet(folder / "events.parquet")
    _cases(rng, count, is_online, opened, closed).write_parquet(folder / "cases.parquet")
    _others(rng, folder, count, sorted({name for name, *_ in blocks} - set(CONTROL_ROOM)))


def _missing(rng: np.random.Generator, case: np.ndarray, opened: np.ndarray) -> list[tuple]:
    count, start = len(case), opened[case]
    found = start + _minutes(rng, count, 600)
    closed = found + _minutes(rng, count, 3 * 24 * 60)
    grade = rng.choice(np.array([0, 1, 2, 3]), count, p=[0.2, 0.5, 0.27, 0.03])
    graded_at = start + _minutes(rng, count, 20)
    blocks: list[tuple] = [
        ("reported", case, start, None),
        ("risk_graded", case, graded_at, grade),
        _some(rng, 0.15, "risk_graded", case, graded_at + _minutes(rng, count, 200), np.maximum(grade, 1) - 1),
        _some(rng, 0.93, "officer_deployed", case, start + _minutes(rng, count, 60), None),
        _some(rng, 0.85, "officer_arrived", case, start + _minutes(rng, count, 90), None),
        _some(rng, 0.80, "inspector_review", case, graded_at + _minutes(rng, count, 120), None),
        _some(rng, 0.96, "child_found", case, found, None),
        _some(rng, 0.05, "report_cancelled", case, start + _minutes(rng, count, 60), None),
        _some(rng, 0.75, "child_seen", case, found + _minutes(rng, count, 300), None),
        _some(rng, 0.80, "return_interview_offered", case, found + _minutes(rng, count, 30 * 60), None),
        _some(rng, 0.60, "return_interview", case, found + _minutes(rng, count, 60 * 60), None),
        _some(rng, 0.25, "strategy_discussion", case, start + _minutes(rng, count, 40 * 60), None),
        _some(rng, 0.90, "closed", case, closed, None),
        _some(rng, 0.60, "case_reviewed", case, closed + _minutes(rng, count, 50 * 24 * 60), None),
        _some(rng, 0.02, "closed_by_phone", case, found, None),
    ]
    for turn in range(1, 5):
        blocks.append(_some(rng, 0.8, "risk_reviewed", case, start + turn * 4 * HOUR + _minutes(rng, count, 60), None))
        blocks.append(_some(rng, 0.7, "family_contact", case, start + turn * 3 * HOUR + _minutes(rng, count, 60), None))
    return blocks


def _online(rng: np.random.Generator, case: np.ndarray, opened: np.ndarray) -> list[tuple]:
    count, start = len(case), opened[case]
    closed = start + _minutes(rng, count, 60 * 24 * 60)
    return [
        ("referred", case, start, None),
        _some(rng, 0.90, "child_contacted", case, start + _minutes(rng, count, 12 * 60), None),
        _some(rng, 0.70, "device_seized", case, start + _minutes(rng, count, 5 * 24 * 60), None),
        _some(rng, 0.60, "device_examined", case, start + _minutes(rng, count, 40 * 24 * 60), None),
        _some(rng, 0.50, "suspect_sought", case, start + _minutes(rng, count, 10 * 24 * 60), None),
        _some(rng, 0.80, "closed", case, closed, None),
        *(
            _some(rng, 0.8, "child_updated", case, start + turn * 20 * DAY + _minutes(rng, count, 5 * 24 * 60), None)
            for turn in range(1, 7)
        ),
    ]


def _minutes(rng: np.random.Generator, count: int, typical: float) -> np.ndarray:
    """Lengths of time with a long tail, in microseconds, to the minute."""
    return rng.exponential(typical, count).astype(np.int64) * MINUTE


def _some(
    rng: np.random.Generator, share: float, name: str, case: np.ndarray, at: np.ndarray, grade: np.ndarray | None
) -> tuple:
    kept = rng.random(len(case)) < share
    return name, case[kept], at[kept], None if grade is None else grade[kept]


def _block(name: str, case: np.ndarray, at: np.ndarray, grade: np.ndarray | None) -> pl.DataFrame:
    graded = (
        pl.Series(grade, dtype=pl.Int64).replace_strict(dict(enumerate(GRADES)), default=None, return_dtype=pl.String)
        if grade is not None
        else pl.lit(None, pl.String)
    )
    return pl.DataFrame({"case": case, "at": at}).with_columns(
        event=pl.lit(name), at=pl.col("at").cast(INSTANT), grade=graded
    )


def _case_id(column: str = "case") -> pl.Expr:
    return pl.lit("compact:") + pl.col(column).cast(pl.String).str.zfill(8)


def _events(rng: np.random.Generator, by_case: pl.DataFrame, by_time: pl.DataFrame) -> pl.DataFrame:
    happened = pl.concat(
        [by_case.with_columns(source=pl.lit("compact")), by_time.with_columns(source=pl.lit("control-room"))]
    )
    typed = pl.Series(_minutes(rng, happened.height, 10)).cast(pl.Duration("us"))
    return happened.select(
        event_id=pl.int_range(pl.len(), dtype=pl.Int64),
        case_id=_case_id(),
        event="event",
        happened_at="at",
        happened_by=pl.lit(None, INSTANT),
        recorded_at=pl.col("at") + typed,
        source="source",
        source_file=pl.lit("export.csv"),
        source_row=pl.int_range(2, pl.len() + 2, dtype=pl.Int64),
        grade="grade",
    )


def _cases(
    rng: np.random.Generator, count: int, is_online: np.ndarray, opened: np.ndarray, closed: pl.DataFrame
) -> pl.DataFrame:
    children = rng.integers(0, int(count / CASES_PER_CHILD) + 1, count)
    cases = pl.DataFrame(
        {
            "case": np.arange(count),
            "child": children,
            "is_online": is_online,
            "opened": opened,
            "care": rng.random(count),
            "nobody": rng.random(count) < 0.04,
        }
    )
    return cases.join(closed, on="case", how="left", maintain_order="left").select(
        case_id=_case_id(),
        case_type=pl.when("is_online").then(pl.lit("online exploitation")).otherwise(pl.lit("missing episode")),
        opened_at=pl.col("opened").cast(INSTANT),
        closed_at="closed_at",
        person_id=pl.when(~pl.col("nobody")).then(pl.lit("compact:p") + pl.col("child").cast(pl.String)),
        source=pl.lit("compact"),
        source_file=pl.lit("cases.csv"),
        source_row=pl.int_range(2, pl.len() + 2, dtype=pl.Int64),
        from_care=pl.when(pl.col("care") < 0.3).then(pl.lit("yes")).when(pl.col("care") < 0.9).then(pl.lit("no")),
        review_due=(pl.col("opened") + 28 * DAY).cast(INSTANT),
    )


def _others(rng: np.random.Generator, folder: Path, count: int, own: list[str]) -> None:
    """Abilities, coverage with a gap, which system holds which case, and person records."""
    types = ("missing episode", "online exploitation")
    abilities = [("compact", kind, event, None) for kind in types for event in own]
    abilities += [("control-room", kind, event, None) for kind in types for event in CONTROL_ROOM]
    abilities += [("compact", kind, None, "from_care") for kind in types]
    abilities += [("compact", kind, "risk_graded", "grade") for kind in types]
    abilities += [("compact", None, None, "ethnicity")]
    pl.DataFrame(abilities, schema=["source", "case_type", "event", "field"], orient="row").write_parquet(
        folder / "abilities.parquet"
    )
    taken = FIRST_REPORT + TWO_YEARS + 200 * DAY
    gap = FIRST_REPORT + 300 * DAY
    pl.DataFrame(
        {
            "source": ["compact", "control-room"],
            "kept_by": ["force", "force"],
            "taken_at": [taken, taken],
            "gap_from": [None, gap],
            "gap_to": [None, gap + 20 * DAY - 1],
        }
    ).with_columns(pl.col("taken_at", "gap_from", "gap_to").cast(INSTANT)).write_parquet(folder / "coverage.parquet")
    cases = pl.DataFrame({"case": np.arange(count), "joined": rng.random(count) < 0.9})
    pl.concat(
        [
            cases.select(case_id=_case_id(), source=pl.lit("compact")),
            cases.filter("joined").select(case_id=_case_id(), source=pl.lit("control-room")),
        ]
    ).write_parquet(folder / "case_sources.parquet")
    people = pl.DataFrame({"child": np.arange(int(count / CASES_PER_CHILD) + 1)})
    known = rng.choice(np.array(["A1", "W1", "Unknown", None], dtype=object), people.height)
    people.select(
        person_id=pl.lit("compact:p") + pl.col("child").cast(pl.String),
        source=pl.lit("compact"),
        ethnicity=pl.Series(known.tolist(), dtype=pl.String),
    ).write_parquet(folder / "people.parquet")


if __name__ == "__main__":
    write_large_log(Path(sys.argv[1]), int(sys.argv[2]))
