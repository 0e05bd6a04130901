"""Held cases: a list, kept by the force, of cases that are in no release whatever is asked.

A case is held while it is in live proceedings, or part of an investigation, an inquest or a practice review. The list
is a CSV file: which case, because of what, who decided it, and on which day.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from wardline.errors import DocumentError, Place, Problem, ProblemKind, Problems

__all__ = ["HELD_COLUMNS", "read_held_cases"]

HELD_COLUMNS = ("case_id", "because", "by", "on")


def read_held_cases(path: Path, case_ids: Collection[str]) -> frozenset[str]:
    """The held cases of a file, each by its full id. `case_ids` are those of the dive.

    A case may be named by its number alone where only one record system has it. Raises DocumentError with every
    problem: a case that the dive does not have too, because a mistyped number would let the case go.
    """
    rows = _rows(path)
    by_number: dict[str, list[str]] = {}
    for case_id in case_ids:
        by_number.setdefault(case_id.partition(":")[2], []).append(case_id)
    known = set(case_ids)
    problems = Problems(DocumentError)
    held: set[str] = set()
    for line, row in rows:
        problems += _unfit(path, line, row)
        named = (row.get("case_id") or "").strip()
        meant = [named] if named in known else by_number.get(named, [])
        if named and len(meant) != 1:
            problems.append(_not_one(path, line, many=len(meant)))
        held.update(meant)
    problems.tell()
    return frozenset(held)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DocumentError(_not_read(path, ProblemKind.MISSING_FILE, "There is no such file.")) from None
    except (OSError, UnicodeDecodeError):
        what = "The list of held cases cannot be read as text in UTF-8."
        raise DocumentError(_not_read(path, ProblemKind.UNREADABLE_FILE, what)) from None
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="beyond", restval="")
    header = tuple(name.strip() for name in reader.fieldnames or ())
    reader.fieldnames = header
    Problems(DocumentError, _missing_columns(path, header)).tell()
    try:
        return [(reader.line_num, row) for row in reader if any(row.values())]
    except csv.Error:
        raise DocumentError(_not_read(path, ProblemKind.UNREADABLE_FILE, "This is no CSV file.")) from None


def _missing_columns(path: Path, header: Sequence[str]) -> Iterator[Problem]:
    missing = [f"`{name}`" for name in HELD_COLUMNS if name not in header]
    if missing:
        yield Problem(
            ProblemKind.MISSING_COLUMN,
            f"The list of held cases has no column {', '.join(missing)}.",
            f"Its first line must be {','.join(HELD_COLUMNS)}.",
            Place(str(path), 1),
        )


def _not_read(path: Path, kind: ProblemKind, what: str) -> Problem:
    return Problem(kind, what, "Name after --held the CSV file in which the held cases are listed.", Place(str(path)))


def _unfit(path: Path, line: int, row: dict[str, str]) -> Iterator[Problem]:
    where = Place(str(path), line)
    if "beyond" in row:
        yield Problem(
            ProblemKind.WRONG_VALUE,
            "This row has more cells than the first line.",
            "Put a text with a comma in it into quotation marks.",
            where,
        )
    for name in HELD_COLUMNS:
        if not row[name].strip():
            yield Problem(
                ProblemKind.WRONG_VALUE,
                f"`{name}` is empty.",
                "Say which case is held, because of what, who decided it, and on which day.",
                where,
            )
    try:
        date.fromisoformat(row["on"].strip() or "2000-01-01")
    except ValueError:
        yield Problem(ProblemKind.WRONG_VALUE, "`on` is not a day.", "Write it as 2025-04-14.", where)


def _not_one(path: Path, line: int, *, many: int) -> Problem:
    what = "Several record systems have a case of this number." if many else "This dive has no case of this number."
    return Problem(
        ProblemKind.UNKNOWN_NAME,
        what,
        "Write it as in the report, the record system first. A mistyped number would let a held case go, so take out "
        "what belongs to another dive.",
        Place(str(path), line),
    )
