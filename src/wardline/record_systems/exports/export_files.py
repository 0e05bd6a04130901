"""Export files: which there are, and their rows as text, in batches, so that no file need fit in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from wardline.english import in_code, or_list
from wardline.errors import ExportError, Place, Problem, ProblemKind
from wardline.invisible_signs import COMPOSED, MAY_BE_COMPOSED, ODD_SPACES, WITHOUT_WIDTH, as_named
from wardline.table_files.headers import near_column, unnamed

__all__ = ["ROWS_AT_ONCE", "Export", "RawBatch", "SheetRead", "export_problem", "named_header"]

ROWS_AT_ONCE = 1 << 17


@dataclass(frozen=True)
class RawBatch:
    """Some rows of a file: a column `row` (as a person counts), then a text column for each of the header's, as it is
    seen: without signs that have no width, and with a letter and its accent in one sign.

    `uneven` are the numbers of rows between these that have more or fewer cells than the header and could not be read.
    `done` is the share of the file read so far. `short` are the numbers of rows that lacked cells at their end. `long`
    is how many had empty ones behind the header's last, by how many (0: they have text there). `swallowing` have a cell
    that seems to contain further rows, and `split` one that seems to be the rest of a text. `swallowed` are the numbers
    of rows in which quotation marks have swallowed cells, and `doubted` is how many others they may have. `rounded` is
    how many numbers of each column, by its position, are too long for how the file holds them.
    """

    rows: pl.DataFrame
    uneven: tuple[int, ...] = ()
    done: float = 1.0
    short: tuple[int, ...] = ()
    long: Counter[int] = field(default_factory=Counter)
    swallowing: int = 0
    split: int = 0
    swallowed: tuple[int, ...] = ()
    doubted: int = 0
    rounded: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", _as_seen(self.rows))


@dataclass(frozen=True)
class SheetRead:
    """Which sheet of a workbook is read, whether it is hidden, and all that hold something with whether each is."""

    name: str
    is_hidden: bool
    of: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Export:
    """An export file, or the result of a query, that was found readable.

    `header` holds its column names, each on one line. Columns in `typed` hold dates or times as such, which are given
    as 2025-04-01 02:00:00; `may_be_typed` says that single cells of any column may be. `refused` has the columns that
    cannot be read as text, with what they hold, in words.
    `header_below_lines` is the header's row where a cell above it goes over several lines and so counts as one row.
    `merged` says of columns how many cells hold what a cell says that is merged over several rows.
    `sha256` is of a query's result, which no file holds, and `emptied` are its columns with cells that held no text,
    each with how many.
    """

    name: str  # as people see it: relative to the source's folder
    path: Path
    header: tuple[str, ...]
    read: Callable[[], Iterator[RawBatch]] = field(repr=False, compare=False)
    typed: frozenset[str] = frozenset()
    may_be_typed: bool = False
    refused: Mapping[str, str] = field(default_factory=dict, compare=False)
    was_read_as_fallback: bool = False
    header_below_lines: int | None = None
    sha256: str | None = None
    is_without_order: bool = False
    emptied: Mapping[str, int] = field(default_factory=dict, compare=False)
    sheet: SheetRead | None = None
    merged: tuple[tuple[str, int], ...] = ()


def _as_seen(rows: pl.DataFrame) -> pl.DataFrame:
    texts = [name for name, dtype in rows.schema.items() if dtype == pl.String]
    # As many bytes as signs: all of it is ASCII, as most columns are.
    is_plain = rows.select(pl.col(texts).str.len_bytes().sum() == pl.col(texts).str.len_chars().sum())
    others = [name for name, plain in zip(texts, is_plain.row(0), strict=True) if not plain] if texts else []
    if not others:
        return rows
    rows = rows.with_columns(pl.col(others).str.replace_all(WITHOUT_WIDTH, "").str.replace_all(ODD_SPACES, " "))
    may_be = rows.select(pl.col(others).str.contains(MAY_BE_COMPOSED).any())  # seldom; to compose takes much longer
    composed = [name for name, is_so in zip(others, may_be.row(0), strict=True) if is_so]
    return rows.with_columns(pl.col(composed).str.normalize(COMPOSED))


def named_header(cells: Sequence[str | None]) -> tuple[str, ...]:
    """Column names from the cells of a header, each on one line; one without a name is named after its position."""
    return tuple(as_named(cell or "") or unnamed(position) for position, cell in enumerate(cells, start=1))


def export_problem(kind: ProblemKind, file: str, what: str, remedy: str) -> ExportError:
    """An export that cannot be read, as an error."""
    return ExportError(Problem(kind, what, remedy, Place(file)))


def column_problems(export: Export, needed: Sequence[str], shown_as: str) -> list[Problem]:
    """A problem for each column that the mapping needs and the file lacks or has twice."""
    if len(export.header) == 1 < len(needed) and export.header[0] not in needed:
        return [
            Problem(
                ProblemKind.MISSING_COLUMN,
                f"This file seems to have one column only, and the mapping needs {len(needed)}.{_which_row(export)}",
                "Say with `separator` in the mapping what separates its cells, or with `header row` which row has the "
                "names of the columns.",
                Place(shown_as),
            )
        ]
    problems = []
    for column in needed:
        count = export.header.count(column)
        # In a workbook, columns of one name are told apart by the heading above them.
        longer = [name for name in export.header if name.endswith(f" {column}")] if export.sheet is not None else []
        if count == 0 and len(longer) > 1:
            problems.append(
                Problem(
                    ProblemKind.MISSING_COLUMN,
                    f"There are {len(longer)} columns called `{column}`, so it is not clear which one is meant.",
                    f"Write it with the heading above it: {or_list(in_code(longer))}.",
                    Place(shown_as),
                )
            )
        elif count == 0:
            problems.append(_no_column(column, export, needed, shown_as))
        elif count > 1:
            problems.append(
                Problem(
                    ProblemKind.MISSING_COLUMN,
                    f"There are {count} columns called `{column}`, so it is not clear which one is meant.",
                    "Give the columns of the export names of their own.",
                    Place(shown_as),
                )
            )
        elif column in export.refused:
            problems.append(
                Problem(
                    ProblemKind.MISSING_COLUMN,
                    f"Column `{column}` holds {export.refused[column]}, and cannot be read as text.",
                    "Ask for an export in which it is text, or a time, or a number.",
                    Place(shown_as),
                )
            )
    return problems


def _no_column(column: str, export: Export, needed: Sequence[str], shown_as: str) -> Problem:
    what = f"There is no column `{column}`.{near_column(column, export.header, needed)}{_which_row(export)}"
    remedy = "Correct the mapping's spelling, or ask for an export with this column."
    if export.header_below_lines is not None:
        remedy = (
            "Say with `header row` which row has the names of the columns, as a spreadsheet program shows it, or "
            "correct the mapping's spelling."
        )
    if export.was_read_as_fallback and not column.isascii():
        what += (
            " This file is not written in UTF-8 and was read as Windows-1252, so some letters may be read as others."
        )
        remedy = "Ask for the export in UTF-8, name its `encoding` in the mapping, or correct the mapping's spelling."
    return Problem(ProblemKind.MISSING_COLUMN, what, remedy, Place(shown_as))


def _which_row(export: Export) -> str:
    """Which row was taken for the header, where somebody may have counted rows otherwise."""
    if export.header_below_lines is None:
        return ""
    row = export.header_below_lines
    return f" Row {row} was taken for the header; a cell above it goes over several lines, which count as one row."
