"""The first rows of exports as they are read, for somebody who looks at a mapping beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wardline.record_systems.drafting.files_to_draft_from import listed_files
from wardline.record_systems.drafting.looking import layouts_of
from wardline.table_files.file_names import fits

__all__ = ["FirstRows", "first_rows"]

ROWS_SHOWN = 5


@dataclass(frozen=True)
class FirstRows:
    """Files of one layout: their columns, how many rows were looked at, and the first of them.

    The rows are of the force's records and name people: they are shown to who reads exports, and kept nowhere.
    `is_cut` where more rows lie in the files than were looked at.
    """

    names: tuple[str, ...]
    sheet: str | None
    header: tuple[str, ...]
    row_count: int
    is_cut: bool
    rows: tuple[tuple[str | None, ...], ...] = field(repr=False)

    def is_read_by(self, pattern: str) -> bool:
        """Whether a mapping's pattern of file names reads one of these files."""
        return any(fits(name, pattern) for name in self.names)


def first_rows(files: Sequence[Path], *, at_most: int = ROWS_SHOWN) -> tuple[FirstRows, ...]:
    """The first rows of exports, or of those in folders. Raises ExportError."""
    return tuple(
        FirstRows(
            names=layout.names,
            sheet=getattr(layout.files, "sheet", None),
            header=layout.header,
            row_count=layout.row_count,
            is_cut=layout.is_cut,
            rows=tuple(layout.rows.head(at_most).rows()),
        )
        for layout in layouts_of(listed_files(files))
    )
