"""What the made-up force's four record systems give out, written case by case as the world makes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from wardline.simulation.clock import Clock
from wardline.simulation.control_room_export import ControlRoomExport
from wardline.simulation.crime_export import CrimeExport
from wardline.simulation.local_times import LocalTimes
from wardline.simulation.missing_export import MissingExport
from wardline.simulation.period_files import CsvFiles, quarter_of, year_of
from wardline.simulation.records import CONTROL_ROOM, CRIME, MISSING, SAFEGUARDING, Episode, Investigation, Referral
from wardline.simulation.safeguarding_export import SafeguardingExport

__all__ = ["Case", "ExportCounts", "write_exports"]

Case = Episode | Investigation | Referral

FIRST_DAY = "2025-03-31"  # what the files are called where there is no case at all


@dataclass(frozen=True)
class ExportCounts:
    """What was written: rows by system and kind of file, and how many of them stand there twice."""

    rows: dict[tuple[str, str], int]
    rows_given_twice: dict[tuple[str, str], int]


def write_exports(cases: Iterable[Case], folder: Path, *, seed: int, clock: Clock, part: int = 0) -> ExportCounts:
    """Write the exports of all four systems below a folder. Cases come in the order in which they were opened.

    A case's rows go into the files of the year (of the safeguarding hub: the quarter) in which it was opened. Only one
    case is held at a time. `part` keeps the numbers of adults apart where a large force is written in parts.
    """
    exports = _Exports(folder, seed, clock, part)
    try:
        for case in cases:
            exports.write(case)
        exports.finish()
    finally:
        exports.close()
    return exports.counts()


class _Exports:
    """The four systems, each with a source of chance of its own for what only it holds."""

    def __init__(self, folder: Path, seed: int, clock: Clock, part: int) -> None:
        def source(system: str) -> Random:
            return Random(f"{seed}/exports/{system}")

        self._days = LocalTimes(clock, "%Y-%m-%d")
        self._last_day = FIRST_DAY
        self._control_room = ControlRoomExport(folder / CONTROL_ROOM, clock, source(CONTROL_ROOM))
        self._missing = MissingExport(folder / MISSING, clock, source(MISSING), part)
        self._crime = CrimeExport(folder / CRIME, clock, source(CRIME), part)
        self._safeguarding = SafeguardingExport(folder / SAFEGUARDING, clock, source(SAFEGUARDING), part)

    def write(self, case: Case) -> None:
        day = self._last_day = self._days.day(case.opened_at)
        year = year_of(day)
        if isinstance(case, Referral):
            self._safeguarding.write(case, quarter_of(day))
            return
        self._control_room.write(case, year)
        if isinstance(case, Episode):
            self._missing.write(case, year)
        else:
            self._crime.write(case, year)

    def finish(self) -> None:
        year = year_of(self._last_day)
        for export in (self._control_room, self._missing, self._crime):
            export.finish(year)
        self._safeguarding.finish(quarter_of(self._last_day))

    def close(self) -> None:
        for export in (self._control_room, self._missing, self._crime, self._safeguarding):
            export.close()

    def counts(self) -> ExportCounts:
        files = list(self._csv_files())
        return ExportCounts(
            rows={key: one.row_count for key, one in files}
            | {(SAFEGUARDING, sheet): count for sheet, count in self._safeguarding.row_counts.items()},
            rows_given_twice={key: one.rows_given_twice for key, one in files},
        )

    def _csv_files(self) -> Iterator[tuple[tuple[str, str], CsvFiles]]:
        for system, export in ((CONTROL_ROOM, self._control_room), (MISSING, self._missing), (CRIME, self._crime)):
            yield from (((system, one.kind), one) for one in export.files)
