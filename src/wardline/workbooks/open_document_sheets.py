"""The sheets of an OpenDocument workbook: what each cell holds, and what its style shows of that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wardline.time_limits import first_day_counted, in_milliseconds
from wardline.workbooks.cells_of_sheets import (
    LAST_COLUMN,
    NOT_CALCULATED,
    Row,
    SheetCells,
    WorkbookSheet,
    cells_of,
    check_repeated,
)
from wardline.workbooks.digits_in_styles import StylesOfDigits
from wardline.workbooks.number_formats import (
    DAYS_OF_A_DATE,
    Shows,
    length_as_text,
    local_as_text,
    moment_as_text,
    number_as_text,
)
from wardline.workbooks.workbook_parts import CannotBeRead, Merged, parts_of, read_part, walk_part

__all__ = ["open_document_sheets"]

CONTENT = "content.xml"
LENGTH = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d{1,9}))?S)?")
CELL = ("table:table-cell", "table:covered-table-cell")
OF_A_CLOCK = ("number:hours", "number:minutes", "number:seconds", "number:am-pm")


@dataclass
class _Facts:
    """What the sheets of a workbook share."""

    path: Path
    sheets: list[tuple[str, str]] = field(default_factory=list)  # name and style
    hidden_styles: set[str] = field(default_factory=set)
    shows_clock: set[str] = field(default_factory=set)  # styles of dates that show a time of day
    data_style_of: dict[str, str] = field(default_factory=dict)
    digits: StylesOfDigits = field(default_factory=StylesOfDigits)
    first_day: datetime = field(default_factory=lambda: first_day_counted(from_1904=False))

    def as_shown(self, number: str, style: str) -> str:
        """A number with what a style puts before, behind and among its digits."""
        return self.digits.as_shown(number, self.data_style_of.get(style, ""))

    def shows(self, style: str) -> Shows:
        """What a cell of a style shows of a date."""
        return Shows.MOMENT if self.data_style_of.get(style, "") in self.shows_clock else Shows.DAY


def open_document_sheets(path: Path) -> list[WorkbookSheet]:
    """The sheets of a workbook in their order. Raises CannotBeRead."""
    facts = _Facts(path)
    for part in ("styles.xml", CONTENT):
        if part == CONTENT or part in parts_of(path):
            _learn(facts, part)
    return [
        WorkbookSheet(name, style in facts.hidden_styles, _SheetReading(facts, at))
        for at, (name, style) in enumerate(facts.sheets)
    ]


def _learn(facts: _Facts, part: str) -> None:
    style = data_style = ""
    depth = 0

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal style, data_style, depth
        facts.digits.start(tag, given)
        if tag == "table:table":
            if depth == 0:
                facts.sheets.append((given.get("table:name", ""), given.get("table:style-name", "")))
            depth += 1
        elif tag == "style:style":
            style = given.get("style:name", "")
            if "style:data-style-name" in given:
                facts.data_style_of[style] = given["style:data-style-name"]
            elif parent := facts.data_style_of.get(given.get("style:parent-style-name", "")):
                facts.data_style_of[style] = parent
        elif tag == "style:table-properties" and given.get("table:display") == "false":
            facts.hidden_styles.add(style)
        elif tag in ("number:date-style", "number:time-style"):
            data_style = given.get("style:name", "")
        elif tag in OF_A_CLOCK:
            facts.shows_clock.add(data_style)
        elif tag == "table:null-date" and "table:date-value" in given:
            facts.first_day = datetime.fromisoformat(given["table:date-value"][:10])

    def end(tag: str) -> None:
        nonlocal depth
        facts.digits.end(tag)
        if tag == "table:table":
            depth -= 1

    walk_part(facts.path, part, start, end, facts.digits.text)


class _SheetReading:
    """Reads one sheet each time that it is called."""

    def __init__(self, facts: _Facts, at: int) -> None:
        self.facts = facts
        self.at = at

    def __call__(self, most_rows: int | None) -> SheetCells:
        merged: list[Merged] = []
        return cells_of(self._rows(merged), merged, most_rows)

    def _rows(self, merged: list[Merged]) -> Iterator[Row]:
        cells = _Cells(self.facts, self.at, merged)
        for _ in read_part(self.facts.path, CONTENT, cells.start, cells.end, cells.text):
            # A row that is said to be repeated is written as often only here, where it is used.
            for first, times, row in cells.done:
                yield from ((number, row) for number in range(first, first + (times if row else 0)))
            cells.done.clear()
            if cells.is_over:
                return


class _Cells:
    """The cells of one sheet as its elements come; `done` holds rows with how often each is repeated."""

    def __init__(self, facts: _Facts, at: int, merged: list[Merged]) -> None:
        self.facts = facts
        self.at = at
        self.merged = merged
        self.done: list[tuple[int, int, dict[int, str]]] = []
        self.sheet = -1
        self.depth = self.aside = 0
        self.is_over = False
        self.number = self.column = 1
        self.rows_repeated = 1
        self.repeated = 0  # cells that only repeat what another holds
        self.row: dict[int, str] = {}
        self.cell: dict[str, str] = {}
        self.paragraphs: list[list[str]] = []
        self.in_paragraph = self.is_covered = False
        self.styles_of_columns: list[tuple[int, str]] = []  # the last column that has each
        self.style_of_row = ""

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table:table":
            self.sheet += self.depth == 0
            self.depth += 1
        if self.sheet != self.at or self.is_over:
            return
        if _is_aside(tag):
            self.aside += 1
        elif self.aside:
            return  # A drawing may hold a table, whose rows and cells are not those of the sheet.
        elif tag == "table:table-column":
            last = self.styles_of_columns[-1][0] if self.styles_of_columns else 0
            columns = last + _times(given, "table:number-columns-repeated")
            self.styles_of_columns.append((columns, given.get("table:default-cell-style-name", "")))
        elif tag == "table:table-row":
            self.rows_repeated = _times(given, "table:number-rows-repeated")
            self.style_of_row = given.get("table:default-cell-style-name", "")
            self.row, self.column = {}, 1
        elif tag in CELL:
            self.cell, self.paragraphs = given, []
            self.is_covered = tag != CELL[0]
        elif tag in ("text:p", "text:h"):
            self.paragraphs.append([])
            self.in_paragraph = True
        elif self.in_paragraph and tag == "text:s":
            self.paragraphs[-1].append(" " * min(_times(given, "text:c"), LAST_COLUMN))
        elif self.in_paragraph and tag in ("text:tab", "text:line-break"):
            self.paragraphs[-1].append("\t" if tag == "text:tab" else "\n")

    def end(self, tag: str) -> None:
        if self.sheet == self.at and not self.is_over:
            if _is_aside(tag):
                self.aside -= 1
            elif self.aside:
                pass
            elif tag in ("text:p", "text:h"):
                self.in_paragraph = False
            elif tag in CELL:
                self._end_cell()
            elif tag == "table:table-row":
                self._count_repeated(len(self.row) * (self.rows_repeated - 1))
                self.done.append((self.number, self.rows_repeated, self.row))
                self.number += self.rows_repeated
        if tag == "table:table":
            self.depth -= 1
            self.is_over = self.is_over or (self.depth == 0 and self.sheet == self.at)

    def text(self, piece: str) -> None:
        if self.in_paragraph and not self.aside and self.sheet == self.at:
            self.paragraphs[-1].append(piece)

    def _end_cell(self) -> None:
        times = _times(self.cell, "table:number-columns-repeated")
        shown = "\n".join("".join(pieces) for pieces in self.paragraphs)
        text = "" if self.is_covered else self._as_seen(shown)
        if text.strip():
            if self.column + times - 1 > LAST_COLUMN:
                raise CannotBeRead("A cell of this workbook is said to be repeated beyond the last column of a sheet.")
            self._count_repeated(times - 1)
            self.row.update(dict.fromkeys(range(self.column, self.column + times), text))
        down = _times(self.cell, "table:number-rows-spanned")
        across = _times(self.cell, "table:number-columns-spanned")
        if down > 1 or across > 1:
            self.merged.append((self.number, self.number + down - 1, self.column, self.column + across - 1))
        self.column += times

    def _count_repeated(self, cells: int) -> None:
        self.repeated += cells
        check_repeated(self.repeated)

    def _as_seen(self, shown: str) -> str:
        kind = self.cell.get("office:value-type", "")
        has_formula = "table:formula" in self.cell
        if self.cell.get("calcext:value-type") == "error" or (
            has_formula and (shown.startswith("#") or re.fullmatch(r"Err:\d+", shown))
        ):
            return shown if shown.startswith("#") else "#VALUE!"
        try:
            match kind:
                case "boolean":
                    return "TRUE" if self.cell.get("office:boolean-value") == "true" else "FALSE"
                case "date":
                    return self._of_date(self.cell.get("office:date-value", ""))
                case "time":
                    return self._of_time(self.cell.get("office:time-value", ""))
                case "float" | "percentage" | "currency":
                    number = number_as_text(self.cell.get("office:value", ""))
                    return self.facts.as_shown(number, self._style())
        except (ValueError, OverflowError):
            return shown
        if has_formula and not kind and not shown:
            return NOT_CALCULATED
        return shown or self.cell.get("office:string-value", "")

    def _of_date(self, value: str) -> str:
        moment = datetime.fromisoformat(value.removesuffix("Z"))
        style = self._style()
        shows = self.facts.shows(style)
        if "T" in value and shows is Shows.DAY and not self.facts.data_style_of.get(style):
            shows = Shows.MOMENT
        return local_as_text(moment, shows)

    def _of_time(self, value: str) -> str:
        found = LENGTH.fullmatch(value)
        if found is None:
            raise ValueError(value)
        days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:5])
        nanoseconds = int((found[6] or "0").ljust(9, "0"))
        milliseconds = in_milliseconds(
            days=days, hours=hours, minutes=minutes, seconds=seconds, nanoseconds=nanoseconds
        )
        if milliseconds >= in_milliseconds(days=DAYS_OF_A_DATE):
            return moment_as_text(milliseconds, self.facts.first_day, Shows.MOMENT)
        return length_as_text(-milliseconds if found[1] else milliseconds)

    def _style(self) -> str:
        of_column = (style for last, style in self.styles_of_columns if self.column <= last)
        return self.cell.get("table:style-name") or self.style_of_row or next(of_column, "")


def _is_aside(tag: str) -> bool:
    """Whether an element is a note or a drawing: in a cell or over the sheet, but no part of what a cell shows."""
    return tag in ("office:annotation", "table:shapes") or tag.startswith("draw:")


def _times(given: dict[str, str], key: str) -> int:
    said = given.get(key, "1")
    return int(said) if said.isdigit() and len(said) < 10 else 1
