"""The exports that a draft is made from: files of one layout together, each read with our own readers."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import polars as pl

from wardline.errors import ExportError, Place, Problem, ProblemKind, Problems
from wardline.record_systems.exports.csv_files import SEPARATORS, csv_beginning
from wardline.record_systems.exports.databases import open_query
from wardline.record_systems.exports.export_files import Export
from wardline.record_systems.exports.opening import PARQUET_ENDINGS, not_read_told, open_file
from wardline.record_systems.exports.workbooks import EVERY_SHEET, WORKBOOK_ENDINGS, SheetBeginning, sheet_beginnings
from wardline.record_systems.mapping.cells import Files, Query
from wardline.table_files.file_names import fits
from wardline.table_files.headers import holds_a_record

__all__ = ["ROWS_LOOKED_AT", "Layout", "layout_of_query", "layouts_of"]

ROWS_LOOKED_AT = 200_000  # of one layout; a draft says so where there are more
ROWS_FOR_A_HEADER = 30
OF_QUERY = "query"
ANY_NAME = "*"  # every sheet, where one is called `all`
Cells = Sequence[str | None]


@dataclass(frozen=True)
class Layout:
    """Files that have the same columns, and their rows as text: a column `0`, `1`, … for each of the header's."""

    names: tuple[str, ...]  # relative to the folder of exports
    pattern: str
    files: Files | Query
    header: tuple[str, ...]
    rows: pl.DataFrame = field(repr=False, compare=False)
    is_cut: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What it is called where another table speaks of it."""
        sheet = self.files.sheet if isinstance(self.files, Files) else None
        return self.pattern if sheet is None else f"{self.pattern}, sheet {sheet}"

    @property
    def row_count(self) -> int:
        """How many rows were looked at."""
        return self.rows.height


@dataclass(frozen=True)
class _Looked:
    name: str
    files: Files | Query
    export: Export
    remarks: tuple[str, ...]


def layouts_of(named: Sequence[tuple[str, Path]]) -> list[Layout]:
    """The layouts of some files, in the order of the files. Raises ExportError with the problems of all of them."""
    problems = Problems(ExportError)
    looked: list[_Looked] = []
    for name, path in named:
        looked += problems.collect(partial(_looks_at, name, path)) or []
    problems.tell()
    groups: dict[tuple[object, ...], list[_Looked]] = {}
    for each in looked:
        ending = Path(each.name).suffix.casefold()
        assert isinstance(each.files, Files)
        key = (each.export.header, ending, each.files.sheet, each.files.header_row, each.files.separator)
        groups.setdefault(key, []).append(each)
    names = [name for name, _ in named]
    layouts = [_layout(part) for group in groups.values() for part in _joined(group, names)]
    problems += [_no_header(layout) for layout in layouts if holds_a_record(layout.header, layout.rows)]
    problems.tell()
    return layouts


def _no_header(layout: Layout) -> Problem:
    """That a file begins with a record: it is about somebody, and is not shown."""
    return Problem(
        ProblemKind.MISSING_COLUMN,
        "This file seems to have no row with the names of its columns: its first row looks like the rows below it.",
        "Ask for an export with the names of the columns in its first row, or write them there.",
        Place(layout.label),
    )


def layout_of_query(query: Query, folder: Path, working: Path) -> Layout:
    """The layout of what a database answers, which is kept in the folder `working`; a file of it is looked for from
    `folder`. Raises ExportError.
    """
    export = open_query(query, OF_QUERY, working, Place("--query"), folder=folder, variables=os.environ)
    return _layout((OF_QUERY, [_Looked(OF_QUERY, query, export, ())]))


def _looks_at(name: str, path: Path) -> list[_Looked]:
    with not_read_told(path, name):
        return list(_look_at(name, path))


def _look_at(name: str, path: Path) -> Iterator[_Looked]:
    """A file as it is read, or each sheet of a workbook that holds something."""
    ending = path.suffix.casefold()
    if ending in WORKBOOK_ENDINGS:
        yield from _look_at_sheets(path, name, sheet_beginnings(path, name, ROWS_FOR_A_HEADER))
        return
    if ending in PARQUET_ENDINGS:
        yield _Looked(name, Files(name), _opened(path, name, Files(name)), ())
        return
    beginning = csv_beginning(path, name)
    separator, records = _separated(beginning.lines[beginning.first_row - 1 :], beginning.separator)
    header = _header_row(records)
    files = Files(name, None, header + beginning.first_row - 1 if header > 1 else None)
    export = _opened(path, name, files)
    width = len(records[header - 1]) if header <= len(records) else 0
    if len(export.header) != width and width > 1:
        files = Files(name, None, files.header_row, None, separator)
        export = _opened(path, name, files)
    yield _Looked(name, files, export, tuple(_manner(beginning.encoding, separator, width)))


def _look_at_sheets(path: Path, name: str, sheets: Sequence[SheetBeginning]) -> Iterator[_Looked]:
    """Those that are seen together, where they have one layout; and each of the others, which a table reads by its
    name, as one without a name reads the first that is seen.
    """
    names = [sheet for sheet, _, _ in sheets]
    apart = sheets
    if _are_of_one_layout(sheets):
        files = Files(name, EVERY_SHEET if EVERY_SHEET not in names else ANY_NAME)
        yield from (_Looked(name, files, export, ()) for export in open_file(path, name, name, files, ()))
        apart = [sheet for sheet in sheets if sheet[1]]
    looked_at: set[str] = set()
    for sheet, is_hidden, rows in apart:
        if not any(any(row) for row in rows) or sheet in looked_at:
            continue
        looked_at.add(sheet)  # two whose names look alike are read together
        header = _header_row(rows)
        first_filled = next(at for at, row in enumerate(rows, start=1) if any(row))
        files = Files(name, sheet if len(names) > 1 else None, header if header != first_filled else None)
        remarks = ("the sheet is hidden",) if is_hidden else ()
        yield from (_Looked(name, files, export, remarks) for export in open_file(path, name, name, files, ()))


def _are_of_one_layout(sheets: Sequence[SheetBeginning]) -> bool:
    """Whether there are several sheets that are seen and hold something, all with one header in their first row."""
    seen = [rows for _, is_hidden, rows in sheets if not is_hidden and any(any(row) for row in rows)]
    headers = {next(row for row in rows if any(row)) for rows in seen}
    in_first = all(_header_row(rows) == next(at for at, row in enumerate(rows, 1) if any(row)) for rows in seen)
    return len(seen) > 1 and len(headers) == 1 and in_first


def _opened(path: Path, name: str, files: Files) -> Export:
    [export] = open_file(path, name, name, files, ())
    return export


def _manner(encoding: str, separator: str, width: int) -> Iterator[str]:
    if encoding == "cp1252":
        yield "it is not UTF-8, and is read as Windows-1252"
    elif encoding.startswith("utf-16"):
        yield "it is read as UTF-16"
    if separator != "," and width > 1:
        named = {"\t": "tabs", ";": "semicolons", "|": "strokes"}
        yield f"its cells are separated by {named.get(separator, separator)}"


def _separated(lines: list[str], told: str | None) -> tuple[str, list[list[str]]]:
    """The separator, and the cells of the first lines: the one that the file tells, else that under which most of these
    lines have the same number of cells, above one.
    """
    best: tuple[tuple[int, int], str, list[list[str]]] = ((-1, 0), told or SEPARATORS[0], [])
    for separator in SEPARATORS if told is None else (told,):
        try:
            records = [row for _, row in zip(range(ROWS_FOR_A_HEADER), csv.reader(lines, delimiter=separator))]
        except csv.Error:
            continue
        width, count = Counter(len(row) for row in records).most_common(1)[0]
        worth = (count if width > 1 else 0, width)
        if worth > best[0]:
            best = (worth, separator, records)
    return best[1], best[2]


def _header_row(rows: Sequence[Cells]) -> int:
    """The row, from 1, whose cells are the names of the columns: the first that is as full as the rows below it."""
    counts = [sum(1 for cell in row if (cell or "").strip()) for row in rows]
    if not any(counts):
        return 1
    usual = Counter(count for count in counts if count).most_common(1)[0][0]
    width = max(usual, max(counts[-(len(counts) // 2 + 1) :], default=0))
    for at, (row, count) in enumerate(zip(rows, counts, strict=True), start=1):
        cells = [cell.strip() for cell in row if cell and cell.strip()]
        is_of_names = len(set(cells)) == len(cells) and not any(cell[:1].isdigit() for cell in cells)
        if count >= width * 0.8 and is_of_names:
            return at
    return next(at for at, count in enumerate(counts, start=1) if count)


def _joined(group: list[_Looked], names: Sequence[str]) -> Iterator[tuple[str, list[_Looked]]]:
    """The files of a layout under one pattern that fits them alone; else each by itself."""
    mine = list(dict.fromkeys(each.name for each in group))
    if len(mine) > 1:
        start = os.path.commonprefix(mine).rstrip("0123456789")
        end = os.path.commonprefix([name[: len(start) - 1 if start else None : -1] for name in mine])[::-1]
        end = end.lstrip("0123456789")
        pattern = f"{start}*{end}"
        # Without a word in common, files that come later could be anything.
        tells = "/" not in end and (start or len(end) > len(Path(mine[0]).suffix))
        if tells and [name for name in names if fits(name, pattern)] == mine:
            yield pattern, group
            return
    # Several sheets of one workbook have its name, and are one layout.
    yield from ((name, [each for each in group if each.name == name]) for name in mine)


def _layout(part: tuple[str, list[_Looked]]) -> Layout:
    pattern, group = part
    frames: list[pl.DataFrame] = []
    left = ROWS_LOOKED_AT
    is_cut = False
    for each in group:
        for batch in each.export.read():
            is_cut = is_cut or batch.rows.height > left
            frames.append(batch.rows.drop("row").head(left))
            left -= frames[-1].height
            if left <= 0:
                break
    width = len(group[0].export.header)
    empty = pl.DataFrame(schema={str(position): pl.String() for position in range(width)})
    rows = pl.concat([empty, *frames]).with_columns(pl.all().str.strip_chars().replace("", None))
    remarks = dict.fromkeys(remark for each in group for remark in each.remarks)
    return Layout(
        tuple(dict.fromkeys(each.name for each in group)),
        pattern,
        group[0].files,
        group[0].export.header,
        rows,
        is_cut or left <= 0,
        tuple(remarks),
    )
