"""`dive.yaml`: question, period, sources and standards of one deep dive (docs/reference/dive-folder.md)."""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from wardline.documents import AtLeastOne, Day, Document, Keys, Text, YesOrNo, read_document, unfit, validate
from wardline.errors import DocumentError, Problem, ProblemKind, Problems

__all__ = ["Dive", "DiveSource", "read_dive"]

KEY_FILE = "wardline.key"
MISSING = ProblemKind.MISSING_FILE
MAY_YOU_OPEN = "Check that you may open it, and the folders above it."


@dataclass(frozen=True)
class DiveSource:
    """A mapping file and the folder that holds the exports which it describes; none where all its tables are
    queries.
    """

    mapping: Path
    files: Path | None


@dataclass(frozen=True)
class Dive:
    """What a dive file says, its paths already relative to where it lies.

    `as_at` is as written; it is a local time, so it becomes an instant once the force's time zone is known.
    `period` is local days, both ends included; None judges everything. `standards` are library names or paths.
    `is_made_up` says that the records are of nobody, so that no page made from them is taken for a real one.
    """

    file: Path
    title: str
    question: str
    as_at: str
    period: tuple[date, date] | None
    force: Path
    sources: tuple[DiveSource, ...]
    standards: tuple[str, ...]
    previous: Path | None
    key: Path
    is_made_up: bool
    document: Document = field(repr=False, compare=False)

    @property
    def folder(self) -> Path:
        """The folder to which the paths of the dive file are relative."""
        return self.file.parent


def read_dive(path: Path) -> Dive:
    """Read a dive file and look whether the files that it names are there.

    Raises DocumentError with all problems at once, each with its line and column.
    """
    document = read_document(path)
    keys = validate(document, _DiveKeys)
    folder = path.parent
    force = folder / keys.force
    dive = Dive(
        file=path,
        title=keys.dive,
        question=keys.question,
        as_at=keys.as_at,
        period=None if keys.period is None else (keys.period.start, keys.period.end),
        force=force,
        sources=tuple(
            DiveSource(folder / source.mapping, None if source.files is None else folder / source.files)
            for source in keys.sources
        ),
        standards=tuple(keys.standards),
        previous=None if keys.previous is None else folder / keys.previous,
        key=force.parent / KEY_FILE if keys.key is None else folder / keys.key,
        is_made_up=keys.made_up,
        document=document,
    )
    Problems(DocumentError, _absent_files(dive)).tell()
    return dive


def _as_at(value: Any) -> str:
    """Its shape only: whether there is such a day is seen when it is read in the force's time zone."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?", value.strip()):
        raise unfit(
            ProblemKind.UNREADABLE_TIME_SETTING,
            "This is neither a date nor a date and time.",
            "Write it as 2025-04-01 (the start of that day) or 2025-04-01 02:00, in the force's local time.",
        )
    return value.strip()


class _PeriodKeys(Keys):
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> _PeriodKeys:
        if self.end < self.start:
            raise unfit(
                ProblemKind.UNREADABLE_TIME_SETTING,
                "This period ends before it begins.",
                "Write the earlier day after `from` and the later one after `to`; both are included.",
            )
        return self


class _SourceKeys(Keys):
    mapping: Text
    files: Text | None = None


class _DiveKeys(Keys):
    dive: Text
    question: Text
    as_at: Annotated[str, BeforeValidator(_as_at)] = Field(alias="as at")
    period: _PeriodKeys | None = None
    force: Text
    sources: Annotated[list[_SourceKeys], AtLeastOne]
    standards: Annotated[list[Text], AtLeastOne]
    previous: Text | None = None
    key: Text | None = None
    made_up: YesOrNo = Field(False, alias="made up")


def _absent_files(dive: Dive) -> list[Problem]:
    """A problem for each named file or folder that is not there, at the line that names it."""
    named: list[tuple[tuple[str | int, ...], Path, str, str]]
    named = [(("force",), dive.force, "file", "Name the force's settings file, relative to this dive file.")]
    for index, source in enumerate(dive.sources):
        keys = ("sources", index)
        named.append(
            ((*keys, "mapping"), source.mapping, "mapping file", "Name the mapping, relative to this dive file.")
        )
        if source.files is not None:
            remedy = "Name the folder in which the exports lie, relative to this dive file."
            named.append(((*keys, "files"), source.files, "folder", remedy))
    document = dive.document
    problems = []
    for where, path, kind, remedy in named:
        absent = _absent(path, kind)
        if absent is not None:
            problem, what = absent
            problems.append(document.problem(problem, where, what, remedy if problem is MISSING else MAY_YOU_OPEN))
    if dive.previous is not None and not os.path.isfile(dive.previous / "manifest.json"):
        problems.append(
            document.problem(
                ProblemKind.NOT_A_DIVE,
                ("previous",),
                "This is not the folder of a finished dive.",
                "Name the folder that an earlier `wardline dive … --out` wrote, or leave `previous` out.",
            )
        )
    return problems


def _absent(path: Path, kind: str) -> tuple[ProblemKind, str] | None:
    """Why there is no file or folder at a path, if there is none; None where there is one."""
    try:
        found = path.stat()
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
            is_link = os.path.islink(path)
            return MISSING, "This is a link that leads nowhere." if is_link else f"There is no such {kind}."
        # A folder above it may be closed to us.
        return ProblemKind.UNREADABLE_FILE, f"This {kind} cannot be looked at: {error.strerror}."
    if kind == "folder":
        return None if stat.S_ISDIR(found.st_mode) else (MISSING, "This is a file, not a folder.")
    return (MISSING, "This is a folder, not a file.") if stat.S_ISDIR(found.st_mode) else None
