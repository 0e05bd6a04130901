"""Check obligations over an event log, batch by batch, in the order of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import assert_never, cast

import polars as pl

from wardline.engines.columnar.abilities import read_systems
from wardline.engines.columnar.batch import POSITION, Batch
from wardline.engines.columnar.before_event import check_never, check_precede
from wardline.engines.columnar.reading import existing_cases, known_events, make_batch, named_by
from wardline.engines.columnar.record import check_record
from wardline.engines.columnar.repeat import check_repeat
from wardline.engines.columnar.respond import check_respond
from wardline.engines.columnar.shaping import Asked, shape
from wardline.events import EventLog
from wardline.findings import FINDINGS
from wardline.obligations import Never, Precede, Record, Repeat, ResolvedObligation, Respond

__all__ = ["check", "write_findings"]

Progress = Callable[[str, int, int], None]


def check(
    obligations: Sequence[ResolvedObligation], event_log: EventLog, *, as_at: datetime,
    period: tuple[date, date] | None = None,
) -> pl.DataFrame:
    """The findings of the obligations over the log, as known at the instant `as_at`, in order of findings.

    `period` (local dates, both included) narrows the occasions; None takes all that the standards are in force for.
    """
    found = [frame for frame in _findings(obligations, event_log, as_at, period) if frame.height]
    return pl.concat(found) if found else FINDINGS.to_frame()


def write_findings(
    obligations: Sequence[ResolvedObligation], event_log: EventLog, path: Path, *, as_at: datetime,
    period: tuple[date, date] | None = None, cases_per_batch: int | None = None, progress: Progress | None = None,
) -> None:
    """Write the findings that `check` gives to one Parquet file."""
    check(obligations, event_log, as_at=as_at, period=period).write_parquet(path)


def _findings(
    obligations: Sequence[ResolvedObligation], log: EventLog, as_at: datetime, period: tuple[date, date] | None,
) -> Iterator[pl.DataFrame]:
    named = named_by(obligations)
    systems = read_systems(log)
    cases = existing_cases(log, named, as_at)
    numbers = cases.lazy().select("case_id", case=pl.int_range(pl.len(), dtype=POSITION))
    events = known_events(log, named, as_at).join(numbers, on="case_id", maintain_order="left").drop("case_id").collect()
    batches: dict[bool, Batch] = {}
    for resolved in obligations:
        per_child = resolved.obligation.per_child
        if per_child not in batches:
            batches[per_child] = make_batch(cases, events, log, named, per_child=per_child)
        yield check_one(Asked(resolved, as_at, period, systems), batches[per_child])


def check_one(asked: Asked, batch: Batch) -> pl.DataFrame:
    """The findings of one obligation over one batch."""
    obligation = asked.obligation
    match obligation:
        case Respond():
            frames = check_respond(asked, batch, obligation)
        case Precede():
            frames = check_precede(asked, batch, obligation)
        case Never():
            frames = check_never(asked, batch, obligation)
        case Repeat():
            frames = check_repeat(asked, batch, obligation)
        case Record():
            frames = check_record(asked, batch, obligation)
        case _:
            assert_never(cast("object", obligation))  # type: ignore[arg-type]
    return shape(asked, batch, frames)
