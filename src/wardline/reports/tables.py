"""A table as the page shows it: a caption, columns, rows of text; and the tables that say how many of what."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Column", "Table"]


@dataclass(frozen=True)
class Column:
    """A heading; numbers stand to the right."""

    heading: str
    is_number: bool = False
    is_code: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of words under headings. The first cell of a row is its heading. `note` stands below, `id` can be linked."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Markup, ...], ...]
    note: str = ""
    id: str = ""
    is_narrow: bool = False

    def __post_init__(self) -> None:
        assert all(len(row) == len(self.columns) for row in self.rows), f"a row of {self.caption!r} has another length"
