"""Check obligations over an event log, batch by batch, in the order of findings."""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from wardline.engines.columnar.abilities import Systems, read_systems
from wardline.engines.columnar.batch import Batch
from wardline.engines.columnar.batches import Batches, read_batches
from wardline.engines.columnar.before_event import check_never, check_precede
from wardline.engines.columnar.record import check_record
from wardline.engines.columnar.repeat import check_repeat
from wardline.engines.columnar.respond import check_respond
from wardline.engines.columnar.shaping import Asked, shape
from wardline.events import EventLog
from wardline.findings import FINDINGS
from wardline.obligations import Never, Precede, Record, Repeat, ResolvedObligation, Respond

__all__ = ["FINDINGS_PER_ROW_GROUP", "check", "findings_in_pieces", "write_findings"]

Progress = Callable[[str, int, int], None]

# The bytes of a file depend on this and on the findings, on nothing else.
FINDINGS_PER_ROW_GROUP = 2**18
AT_ONCE = 2  # obligations; more would hold more findings in memory than it would save time


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
    with tempfile.TemporaryDirectory(prefix=".findings-", dir=beside) as scratch:
        yield question.findings(Path(scratch))


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
    with tempfile.TemporaryDirectory(prefix=".findings-", dir=path.parent) as scratch:
        frames = question.findings(Path(scratch))

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
        kept: dict[bool, _Pieces] = {}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            made: dict[bool, Future[Batch]] = {}
            for batches in self._batches(scratch):
                if batches.is_in_memory:
                    made[batches.per_child] = pool.submit(batches.batch, 0)
                else:
                    assert scratch is not None
                    kept[batches.per_child] = self._keep(batches, scratch)
                del batches  # the events as read are not needed beside those sorted
            whole = {per_child: batch.result() for per_child, batch in made.items()}
            del made
        checked = self._in_turn(
            (self._asked(one), whole[one.obligation.per_child])
            for one in self.obligations
            if one.obligation.per_child in whole
        )
        for number, resolved in enumerate(self.obligations):
            per_child = resolved.obligation.per_child
            if per_child in whole:
                yield next(checked)
            else:
                yield from kept[per_child].of(number)
            self._tell("obligations checked", number + 1)

    def _in_turn(self, tasks: Iterable[tuple[Asked, Batch]]) -> Iterator[pl.DataFrame]:
        """The findings of each task in turn, with as many worked on beside each other as there are threads."""
        waiting: deque[Future[pl.DataFrame]] = deque()
        with ThreadPoolExecutor(min(pl.thread_pool_size(), AT_ONCE)) as pool:
            for asked, batch in tasks:
                waiting.append(pool.submit(check_one, asked, batch))
                if len(waiting) > AT_ONCE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _batches(self, scratch: Path | None) -> Iterator[Batches]:
        """The batches by case and by child, as far as the obligations need them."""
        by_child = [one for one in self.obligations if one.obligation.per_child]
        by_case = [one for one in self.obligations if not one.obligation.per_child]
        if not by_case:
            yield read_batches(
                by_child,
                self.log,
                as_at=self.as_at,
                per_child=True,
                cases_per_batch=self.cases_per_batch,
                scratch=scratch,
            )
            return
        batches = read_batches(
            self.obligations,
            self.log,
            as_at=self.as_at,
            per_child=False,
            cases_per_batch=self.cases_per_batch,
            scratch=scratch,
        )
        if by_child and batches.is_in_memory:
            yield batches.for_children(by_child)
        elif by_child:
            yield read_batches(
                by_child,
                self.log,
                as_at=self.as_at,
                per_child=True,
                cases_per_batch=self.cases_per_batch,
                scratch=scratch,
            )
        yield batches

    def _keep(self, batches: Batches, scratch: Path) -> _Pieces:
        """Check every obligation batch by batch, and keep the pieces on disk until their turn in the order comes."""
        pieces = _Pieces(scratch / ("pieces-of-children" if batches.per_child else "pieces-of-cases"), batches)
        for part, batch in enumerate(batches):
            ours = [
                (number, one)
                for number, one in enumerate(self.obligations)
                if one.obligation.per_child == batches.per_child
            ]
            checked = self._in_turn((self._asked(resolved), batch) for _, resolved in ours)
            for (number, _), found in zip(ours, checked, strict=True):
                pieces.keep(number, part, found)
        return pieces

    def _asked(self, resolved: ResolvedObligation) -> Asked:
        return Asked(resolved, self.as_at, self.period, self.systems)

    def _tell(self, what: str, done: int) -> None:
        if self.progress is not None:
            self.progress(what, done, len(self.obligations))


class _Pieces:
    """Findings of batches on disk, to be given back in the order of cases.

    Batches of cases come in that order. Batches of children do not: each of their frames is cut at the cases at
    which the batches of cases would end, so that one cut at a time is read and sorted.
    """

    def __init__(self, folder: Path, batches: Batches) -> None:
        self.folder = folder
        folder.mkdir()
        self.is_in_order = not batches.per_child
        ids = batches.cases.get_column("case_id")
        size = max(1, -(-len(ids) // batches.parts))
        self.ends = [] if self.is_in_order else ids.gather_every(size, offset=size).to_list()

    def keep(self, obligation: int, part: int, found: pl.DataFrame) -> None:
        """Keep the findings of an obligation over a part."""
        if self.is_in_order:
            found.write_ipc(self._file(obligation, part, 0))
            return
        cut = pl.Series(self.ends, dtype=pl.String).search_sorted(found.get_column("case_id"), side="right")
        for number in cut.unique():
            found.filter(cut == number).write_ipc(self._file(obligation, number, part))

    def of(self, obligation: int) -> Iterator[pl.DataFrame]:
        """The findings of an obligation, in order, piece by piece; what was read is deleted."""
        files = sorted(self.folder.glob(f"{obligation:06}-*.arrow"))
        cuts: dict[str, list[Path]] = {}
        for file in files:
            cuts.setdefault(file.name.split("-")[1], []).append(file)
        for ones in cuts.values():
            found = pl.concat([pl.read_ipc(one) for one in ones])
            yield found if self.is_in_order else found.sort("case_id", "triggered_at", "ordinal", nulls_last=True)
            for one in ones:
                os.unlink(one)

    def _file(self, obligation: int, cut: int, part: int) -> Path:
        return self.folder / f"{obligation:06}-{cut:06}-{part:06}.arrow"


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
