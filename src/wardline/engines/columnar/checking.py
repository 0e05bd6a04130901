"""Check obligations over an event log, batch by batch, in the order of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from wardline.engines.columnar.abilities import Systems, read_systems
from wardline.engines.columnar.batch import Batch
from wardline.engines.columnar.batches import Batches, read_batches
from wardline.engines.columnar.before_event import check_precede
from wardline.engines.columnar.never import check_never
from wardline.engines.columnar.record import check_record
from wardline.engines.columnar.repeat import check_repeat
from wardline.engines.columnar.respond import check_respond
from wardline.engines.columnar.shaping import Asked, shape
from wardline.engines.columnar.stored_batches import Cuts, StoredBatch, stored
from wardline.engines.columnar.what_is_read import named_by
from wardline.events import EventLog
from wardline.findings import FINDINGS
from wardline.obligations import Never, Precede, Record, Repeat, ResolvedObligation, Respond
from wardline.threads import AT_ONCE, in_turn
from wardline.work_folders import work_folder

__all__ = ["FINDINGS_PER_ROW_GROUP", "check", "findings_in_pieces", "write_findings"]

Progress = Callable[[str, int, int], None]

# The bytes of a file depend on this and on the findings, on nothing else.
FINDINGS_PER_ROW_GROUP = 2**18


def check(
    obligations: Sequence[ResolvedObligation],
    event_log: EventLog,
    *,
    as_at: datetime,
    period: tuple[date, date] | None = None,
) -> pl.DataFrame:
    """The findings of the obligations over the log, as known at the instant `as_at`, in order of findings.

    `period` (local dates, both included) narrows the occasions; None takes all that the standards are in force for.
    """
    question = _Question(tuple(obligations), event_log, as_at, period)
    found = [frame for frame in question.findings() if frame.height]
    return pl.concat(found) if found else FINDINGS.to_frame()


@contextmanager
def findings_in_pieces(
    obligations: Sequence[ResolvedObligation],
    event_log: EventLog,
    beside: Path,
    *,
    as_at: datetime,
    period: tuple[date, date] | None = None,
    cases_per_batch: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Iterator[pl.DataFrame]]:
    """The findings that `check` gives, in order, one frame after the other; for whoever writes them down himself.

    A log that does not fit in memory is taken in batches of whole cases (or children) of about `cases_per_batch`,
    with temporary files in the folder `beside`, gone when the block ends. `progress` is told how many obligations are
    done.
    """
    question = _Question(tuple(obligations), event_log, as_at, period, cases_per_batch, progress)
    with work_folder(beside=beside, prefix=".findings-") as scratch:
        yield question.findings(scratch)


def write_findings(
    obligations: Sequence[ResolvedObligation],
    event_log: EventLog,
    path: Path,
    *,
    as_at: datetime,
    period: tuple[date, date] | None = None,
    cases_per_batch: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the findings that `check` gives to one Parquet file.

    A log that does not fit in memory is taken in batches of whole cases (or children) of about `cases_per_batch`,
    with temporary files beside `path`. The bytes written are the same for any size of batch and number of threads.
    `progress` is told how many obligations are done.
    """
    question = _Question(tuple(obligations), event_log, as_at, period, cases_per_batch, progress)
    with work_folder(beside=path.parent, prefix=".findings-") as scratch:
        frames = question.findings(scratch)

        raised: list[BaseException] = []

        def pieces(
            columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, size: int | None
        ) -> Iterator[pl.DataFrame]:
            assert columns is None and predicate is None and rows is None, "everything is written"
            yield FINDINGS.to_frame()
            try:
                yield from frames
            except BaseException as error:
                raised.append(error)
                raise

        # Under its own name only once it is whole.
        unfinished = Path(scratch) / "unfinished.parquet"
        try:
            register_io_source(pieces, schema=FINDINGS, is_pure=False).sink_parquet(
                unfinished, row_group_size=FINDINGS_PER_ROW_GROUP, maintain_order=True
            )
        except pl.exceptions.PolarsError:
            # Polars wraps what its source raises in an error of its own; the caller is told the first one.
            if raised:
                raise raised[0] from None
            raise
        unfinished.replace(path)


class _Question:
    """What is to be found out, over which log."""

    def __init__(
        self,
        obligations: tuple[ResolvedObligation, ...],
        log: EventLog,
        as_at: datetime,
        period: tuple[date, date] | None,
        cases_per_batch: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.obligations, self.log, self.as_at, self.period = obligations, log, as_at, period
        self.cases_per_batch, self.progress = cases_per_batch, progress
        self.systems: Systems = read_systems(log)

    def findings(self, scratch: Path | None = None) -> Iterator[pl.DataFrame]:
        """The findings in order. `scratch` is a folder for what does not fit in memory; None: all at once."""
        parts: dict[bool, list[StoredBatch]] = {}
        cuts: dict[bool, Cuts] = {}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            made: dict[bool, Future[Batch]] = {}
            for batches in self._batches(scratch):
                if batches.is_in_memory:
                    made[batches.per_child] = pool.submit(batches.batch, 0)
                else:
                    assert scratch is not None
                    name = "children" if batches.per_child else "cases"
                    parts[batches.per_child] = stored(batches, scratch / f"{name}-sorted")
                    if batches.per_child:
                        cuts[True] = Cuts(scratch / "cuts", batches)
                del batches  # the events as read are not needed beside those sorted
            whole = {per_child: [batch.result()] for per_child, batch in made.items()}
            del made
        checked = in_turn(
            _check_one,
            (
                (self._asked(one), batch)
                for one in self.obligations
                for batch in (whole if one.obligation.per_child in whole else parts)[one.obligation.per_child]
            ),
        )
        for number, one in enumerate(self.obligations):
            per_child = one.obligation.per_child
            found = islice(checked, 1 if per_child in whole else len(parts[per_child]))
            yield from found if per_child not in cuts else cuts[per_child].in_order(found)
            self._tell("obligations checked", number + 1)

    def _batches(self, scratch: Path | None) -> Iterator[Batches]:
        """The batches by child and by case, as far as the obligations need them; the log is read once."""
        by_child = [one for one in self.obligations if one.obligation.per_child]
        batches = read_batches(
            self.obligations,
            self.log,
            as_at=self.as_at,
            per_child=len(by_child) == len(self.obligations),
            cases_per_batch=self.cases_per_batch,
            scratch=scratch,
        )
        if by_child and not batches.per_child:
            yield batches.for_children(by_child)
        yield batches

    def _asked(self, resolved: ResolvedObligation) -> Asked:
        return Asked(resolved, self.as_at, self.period, self.systems)

    def _tell(self, what: str, done: int) -> None:
        if self.progress is not None:
            self.progress(what, done, len(self.obligations))


def _check_one(task: tuple[Asked, Batch | StoredBatch]) -> pl.DataFrame:
    asked, batch = task
    if isinstance(batch, StoredBatch):
        batch = batch.read(named_by([asked.resolved]).event_attributes)
    return check_one(asked, batch)


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
            assert False, f"no engine for {type(obligation).__name__}"
    return shape(asked, batch, frames)
