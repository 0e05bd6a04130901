"""The sheets of an XLSX workbook: what each cell holds, and what its number format shows of that."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from wardline.time_limits import first_day_counted, in_milliseconds
from wardline.workbooks.cells_of_sheets import NOT_CALCULATED, Row, SheetCells, WorkbookSheet, cells_of
from wardline.workbooks.number_formats import Shows, local_as_text, moment_as_text, number_as_text
from wardline.workbooks.office_open_facts import CellText, OfficeOpenFacts, unescaped
from wardline.workbooks.plain_rows import PlainRows
from wardline.workbooks.workbook_parts import CannotBeRead, Merged, number_of_column, read_part, walk_part

__all__ = ["office_open_sheets"]

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
CLOCK_ALONE = re.compile(r"T?\d\d:\d\d(:\d\d(\.\d+)?)?")
CELLS_REMEMBERED = 1 << 12  # many a time and many a number stands in several cells of a row and of its neighbours
PLAIN_TEXT = ("inlineStr", "str")
# A date that is written as a text needs no style to be one.
ISO_SHOWN = {Shows.NUMBER: Shows.DAY}


def office_open_sheets(path: Path) -> list[WorkbookSheet]:
    """The sheets of a workbook in their order. Raises CannotBeRead."""
    main = _targets(path, "", "_rels/.rels").get("officeDocument", ["xl/workbook.xml"])[0]
    folder, file = posixpath.split(main)
    links = posixpath.join(folder, "_rels", f"{file}.rels")
    targets, by_id = _targets(path, folder, links), _targets(path, folder, links, by_id=True)
    named: list[tuple[str, bool, str]] = []
    facts = OfficeOpenFacts(path, targets)

    def start(tag: str, given: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "workbookPr" and given.get("date1904") in ("1", "true"):
            facts.first_day = first_day_counted(from_1904=True)
        elif tag == "sheet":
            identity = next((value for key, value in given.items() if key.endswith(":id")), "")
            named.append((given.get("name", ""), given.get("state", "visible") != "visible", identity))

    walk_part(path, main, start)
    worksheets = set(targets.get("worksheet", []))
    found = []
    for name, is_hidden, identity in named:
        part = by_id.get(identity, [""])[0]
        if part in worksheets:
            found.append(WorkbookSheet(name, is_hidden, _SheetReading(facts, part)))
    return found


def _targets(path: Path, folder: str, part: str, *, by_id: bool = False) -> dict[str, list[str]]:
    """The parts that a part speaks of, by their kind or by the id that it uses."""
    found: dict[str, list[str]] = {}

    def start(tag: str, given: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship" and given.get("TargetMode") != "External":
            key = given.get("Id", "") if by_id else given.get("Type", "").rpartition("/")[2]
            target = given.get("Target", "")
            whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.setdefault(key, []).append(whole)

    walk_part(path, part, start)
    return found


class _LocalNames(dict[str, str]):
    """The names of elements without the short name of their namespace."""

    def __missing__(self, name: str) -> str:
        return self.setdefault(name, name.rpartition(":")[2])


class _SheetReading:
    """Reads one sheet each time that it is called."""

    def __init__(self, facts: OfficeOpenFacts, part: str) -> None:
        self.facts = facts
        self.part = part

    def __call__(self, most_rows: int | None) -> SheetCells:
        merged: list[Merged] = []
        return cells_of(self._rows(merged), merged, most_rows)

    def _rows(self, merged: list[Merged]) -> Iterator[Row]:
        done: list[Row] = []
        text = CellText()
        row: dict[int, str] = {}
        number = 0
        has_formula = False
        cell: dict[str, str] = {}
        names = _LocalNames()

        # Most of the time that a sheet takes is spent in these two, so the elements that there are most of come first.
        def start(tag: str, given: dict[str, str]) -> None:
            nonlocal row, number, has_formula, cell
            tag = names[tag]
            if tag == "c":
                if "r" not in given:
                    given["place"] = str(_column(cell) + 1)
                cell, has_formula = given, False
                text.pieces = []
            elif tag == "v":
                text.is_open = True
            elif tag == "t":
                text.is_open = not text.is_aside
            elif tag == "row":
                number = int(given["r"]) if given.get("r", "").isdigit() else number + 1
                row, cell = {}, {}
            elif tag == "f":
                has_formula = True
            elif tag == "mergeCell" and (found := _merged(given.get("ref", ""))):
                merged.append(found)
            elif tag == "rPh":
                text.enter(tag)

        def end(tag: str) -> None:
            tag = names[tag]
            if tag == "c":
                if text.pieces or has_formula:
                    row[_column(cell)] = self._as_seen(cell, text.whole(), has_formula)
            elif tag in ("v", "t"):
                text.is_open = False
            elif tag == "row":
                done.append((number, row))
            elif tag == "rPh":
                text.leave(tag)

        plain = PlainRows()
        seen = lru_cache(CELLS_REMEMBERED)(self._as_plain)

        def take(piece: bytes, is_last: bool) -> bytes:
            nonlocal number
            rows, rest = plain.take(piece, is_last=is_last)
            for number, cells in rows:
                texts = {
                    number_of_column(at): said if kind in PLAIN_TEXT and "_x" not in said else seen(style, kind, said)
                    for at, style, kind, said in cells
                }
                done.append((number, texts))
            return rest

        for _ in read_part(self.facts.path, self.part, start, end, text.add, take):
            yield from done
            done.clear()

    def _as_plain(self, style: str, kind: str, text: str) -> str:
        text = unescaped(text)
        if kind in PLAIN_TEXT:
            return text
        said = {"t": kind, "s": style}
        return self._as_seen({name: one for name, one in said.items() if one}, text, has_formula=False)

    def _as_seen(self, cell: dict[str, str], text: str, has_formula: bool) -> str:
        kind = cell.get("t", "n")
        if kind == "s":
            return self._shared(text)
        try:
            if kind == "n":
                if number := text.strip():
                    return self._of_number(cell, number)
                return NOT_CALCULATED if has_formula else ""
            if kind == "b":
                return "FALSE" if text.strip() in ("0", "false") else "TRUE"
            if kind == "d":
                return self._of_iso(cell, text)
        except (ValueError, OverflowError):
            return text  # what it holds is neither a number nor a date, and is rejected where one is needed
        return text

    def _shared(self, number: str) -> str:
        try:
            return self.facts.texts()[int(number)]
        except (ValueError, IndexError):
            raise CannotBeRead("This workbook is damaged: a cell refers to a text that is not there.") from None

    def _of_number(self, cell: dict[str, str], text: str) -> str:
        style = cell.get("s", "0")
        shows = self.facts.shown().get(style, Shows.NUMBER)
        if shows is not Shows.NUMBER:
            return moment_as_text(in_milliseconds(days=float(text)), self.facts.first_day, shows)
        return self.facts.as_shown(number_as_text(text), style)

    def _of_iso(self, cell: dict[str, str], text: str) -> str:
        if CLOCK_ALONE.fullmatch(text.strip()):
            return text.strip().removeprefix("T")
        shows = self.facts.shown().get(cell.get("s", "0"), Shows.NUMBER)
        return local_as_text(datetime.fromisoformat(text.strip().removesuffix("Z")), ISO_SHOWN.get(shows, shows))


def _column(cell: dict[str, str]) -> int:
    """The number of a cell's column: as it says, or by its place; 0 before the first."""
    if (reference := cell.get("r")) is not None:
        return number_of_column(reference.rstrip("0123456789"))
    return int(cell.get("place", "0"))


def _merged(reference: str) -> Merged | None:
    first, _, last = reference.partition(":")
    begins, ends = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
    if begins is None or ends is None:
        return None
    return int(begins[2]), int(ends[2]), number_of_column(begins[1]), number_of_column(ends[1])
