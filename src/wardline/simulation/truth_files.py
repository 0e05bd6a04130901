"""The folder `truth`: what is planted in the exports, as tables that stand apart from them."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from wardline.simulation.children import KnownChild
from wardline.simulation.parameters import MADE_UP
from wardline.simulation.truth import CountedTruly, Failing, Missing, UntoldOccasion, WhatIsSo

__all__ = ["TruthCounts", "TruthFiles"]

COLUMNS = {
    "children": ("child", "system", "person_number", "twin_of", "family", "is_exploited", "is_flagged", "mistakes"),
    "failings": ("failing", "obligation", "case", "at", "outcome", "shown_by", "why"),
    "gaps": ("obligation", "case", "at", "reason"),
    "gaming": ("gaming", "system", "case", "at", "what_is_so"),
    "missing": ("case", "at", "until", "told_at"),
    "measures": ("measure", "month", "district", "met", "of", "by_linking"),
    "investigators": ("month", "investigators"),
    "changes": ("change", "kind", "where", "since", "what_is_so"),
    "sizes": (
        *("since", "measure", "district", "from", "met_before", "of_before", "share_before"),
        *("until", "met_after", "of_after", "share_after"),
    ),
    "counts": ("what", "count"),
}


@dataclass
class TruthCounts:
    """What is only counted: rows by what they are; and of each measure, month and district how many were met, of how
    many, and how many of those met only linking shows.
    """

    of_rows: Counter[str] = field(default_factory=Counter)
    of_measures: dict[tuple[str, str, str], tuple[int, int, int]] = field(default_factory=dict)

    def add(self, other: TruthCounts) -> None:
        """Add what another part of the force counted."""
        self.of_rows += other.of_rows
        for key, many in other.of_measures.items():
            self.add_to_measure(key, many)

    def add_to_measure(self, key: tuple[str, str, str], many: tuple[int, int, int]) -> None:
        """Add to what was counted of a measure in a month and a district."""
        met, of, by_linking = self.of_measures.get(key, (0, 0, 0))
        self.of_measures[key] = (met + many[0], of + many[1], by_linking + many[2])


class TruthFiles:
    """Writes the tables of the truth row by row. The first column of each says that the data are made up.

    With `goes_on`, rows are added to tables that are there.
    """

    def __init__(self, folder: Path, *, goes_on: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=goes_on)
        self.counts = TruthCounts()
        self._files: list[IO[str]] = []
        self._write: dict[str, Any] = {}
        for name, columns in COLUMNS.items():
            file = (folder / f"{name}.csv").open(
                "a" if goes_on else "x", encoding="utf-8", newline="", buffering=1 << 20
            )
            self._files.append(file)
            self._write[name] = csv.writer(file, lineterminator="\n").writerow
            if not goes_on:
                self._write[name](("made_up", *columns))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Finish the files."""
        for file in self._files:
            file.close()

    def tell(self, what: WhatIsSo) -> None:
        """A row of failings, gaps, gaming or missing; what measures count is only counted."""
        counts = self.counts.of_rows
        if isinstance(what, Failing):
            counts[f"failings: {what.failing}, shown by {what.shown_by}"] += 1
            at = _instant(what.at)
            self.row("failings", what.failing, what.obligation, what.case, at, what.outcome, what.shown_by, what.why)
        elif isinstance(what, UntoldOccasion):
            counts[f"gaps: {what.reason}"] += 1
            self.row("gaps", what.obligation, what.case, _instant(what.at), what.reason)
        elif isinstance(what, Missing):
            ends = ("" if at is None else _instant(at) for at in (what.until, what.told_at))
            self.row("missing", what.case, _instant(what.at), *ends)
        elif isinstance(what, CountedTruly):
            key = (what.measure, what.month, what.district)
            self.counts.add_to_measure(key, (what.met, what.of, what.by_linking))
        else:
            counts[f"gaming: {what.gaming}"] += 1
            self.row("gaming", what.gaming, what.system, what.case, _instant(what.at), what.what_is_so)

    def child(self, known: KnownChild, system: str) -> None:
        """The records that a system has of a child, when it first has one."""
        child = known.child
        for record in known.records_in(system):
            self.counts.of_rows[f"person records: {system}"] += 1
            self.row(
                "children",
                child.number,
                system,
                record.number,
                child.twin_of or "",
                child.family,
                _yes(child.is_exploited),
                _yes(child.is_flagged),
                "; ".join(record.mistakes),
            )

    def row(self, table: str, *cells: object) -> None:
        """A row of any of the tables."""
        self._write[table]((MADE_UP, *cells))

    def write_counts(self, counts: TruthCounts) -> None:
        """What was counted, in the order of the alphabet."""
        for key, many in sorted(counts.of_measures.items()):
            self.row("measures", *key, *many)
        for what, count in sorted(counts.of_rows.items()):
            self.row("counts", what, count)


def _instant(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
