"""Rows of the exports: in = kept + left out by the mapping's filter + rejected, file by file and system by system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardline.measures.figures import Count, Counted

__all__ = ["ReadingCount", "RowsRead", "rows_read"]


@dataclass(frozen=True)
class ReadingCount:
    """Rows of one export file: in = kept + left out by the mapping's filter + rejected. `file` is a name, no path."""

    source: str
    file: str
    rows_in: int
    kept: int
    left_out: int
    rejected: int


@dataclass(frozen=True)
class RowsRead:
    """The rows of the files of one system (None: of all)."""

    source: str | None
    files: Count
    rows_in: Count
    kept: Count
    left_out: Count
    rejected: Count


def rows_read(reading: Sequence[ReadingCount]) -> tuple[RowsRead, ...]:
    """System by system in the order of reading, and all together where there are several systems."""
    systems: dict[str | None, list[ReadingCount]] = {}
    for one in reading:
        systems.setdefault(one.source, []).append(one)
    if len(systems) > 1:
        systems[None] = list(reading)
    return tuple(_sums(source, mine) for source, mine in systems.items())


def _sums(source: str | None, mine: Sequence[ReadingCount]) -> RowsRead:
    def together(name: str) -> Count:
        return Count(Counted.EXPORT_ROW, sum(getattr(one, name) for one in mine))

    return RowsRead(
        source,
        Count(Counted.FILE, len({one.file for one in mine})),
        *(together(name) for name in ("rows_in", "kept", "left_out", "rejected")),
    )
