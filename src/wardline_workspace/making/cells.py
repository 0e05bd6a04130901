"""The cells of this room's tables, from the library's values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from wardline.record_systems import FileCount
from wardline.record_systems.drafting import FirstRows
from wardline_workspace.making.checked import Effect

__all__ = ["CELLS"]

NOT_THERE = "—"
LONGEST_CELL = 60


def file_rows(tables: Sequence[dict[str, Any]]) -> list[list[str]]:
    """What became of the rows of each file, with its share; a table that reads none is there too."""
    rows = []
    for table in tables:
        files: Sequence[FileCount] = table["files"]
        for one in files:
            parts = [_with_share(part, one.rows_in) for part in (one.kept, one.left_out, one.rejected)]
            rows.append([_link(table, one.file), table["row"], f"{one.rows_in:,}", *parts])
        if not files:
            rows.append([_link(table, table["pattern"]), table["row"], *[NOT_THERE] * 4])
    return rows


def _link(table: dict[str, Any], name: str) -> str:
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(table["address"], name)


def _with_share(part: int, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.1f} %)" if whole and part else f"{part:,}"


def effect_rows(found: Sequence[Effect]) -> list[list[str]]:
    """What became of the rows of each file before a change and after it."""
    return [
        [
            one.file,
            *(_from_to(_count(one.before, part), _count(one.after, part)) for part in ("kept", "left_out", "rejected")),
        ]
        for one in found
    ]


def _count(file: FileCount | None, part: str) -> int | None:
    return None if file is None else int(getattr(file, part))


def _from_to(before: int | None, after: int | None) -> str:
    if before == after:
        return "as before" if before is not None else NOT_THERE
    one, other = (NOT_THERE if count is None else f"{count:,}" for count in (before, after))
    return f"{one} → {other}"


def reject_rows(counts: Sequence[Any]) -> list[list[str]]:
    """Why rows and cells were rejected."""
    return [[one.file, one.column or "the whole row", one.reason, f"{one.count:,}"] for one in counts]


def event_rows(events: Sequence[Any]) -> list[list[str]]:
    """Each event with its first and last time."""
    return [
        [
            one.event,
            f"{one.count:,}",
            *(NOT_THERE if at is None else f"{at:%Y-%m-%d %H:%M}" for at in (one.earliest, one.latest)),
            f"{one.without_time:,}",
            f"{one.inexact:,}",
        ]
        for one in events
    ]


def column_titles(rows: FirstRows, uses: dict[str, str]) -> list[dict[str, Any]]:
    """Each column's heading, and below it what it is read as."""
    return [
        {"title": Markup("{}<span class='use'>{}</span>").format(name, uses.get(name, "not used"))}
        for name in rows.header
    ]


def row_cells(rows: FirstRows) -> list[list[str]]:
    """The first rows, long texts cut."""
    return [[_cut(cell) for cell in row] for row in rows.rows]


def _cut(cell: str | None) -> str:
    text = cell or ""
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def confirmed_rows(confirmed: Sequence[tuple[str, str, str, str]]) -> list[list[str]]:
    """What is confirmed, by whom and when."""
    return [[title, by, on] for _, title, by, on in confirmed]


CELLS = {
    "file_rows": file_rows,
    "effect_rows": effect_rows,
    "reject_rows": reject_rows,
    "event_rows": event_rows,
    "column_titles": column_titles,
    "row_cells": row_cells,
    "confirmed_rows": confirmed_rows,
}
