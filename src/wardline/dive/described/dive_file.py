"""`dive.yaml`: question, period, sources and standards of one deep dive (docs/reference/dive-folder.md)."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from wardline.dive.described.charts_asked import ChartKeys, ChartSettings, charts_asked, rebased_twice
from wardline.documents import AtLeastOne, Day, Document, Keys, Text, YesOrNo, read_document, unfit, validate
from wardline.errors import DocumentError, Problem, ProblemKind, Problems
from wardline.table_files.hindrances import EMPTY_FOLDER, FOLDER, GONE, hindrance_at

__all__ = ["Dive", "DiveSource", "read_dive"]

KEY_FILE = "wardline.key"
FOLDERS = (FOLDER, EMPTY_FOLDER)


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
    measures: tuple[str, ...] | None  # sets that ship, or paths; None: those that ship beside the standards
    charts: ChartSettings
    claims: Path | None
    document: Document = field(repr=False, compare=False)

    @property
    def folder(self) -> Path:
        """The folder to which the paths of the dive file are relative."""
        return self.file.parent

    @property
    def measure_files(self) -> tuple[Path, ...]:
        """The files of measures that are the force's own."""
        return tuple(self.folder / name for name in self.measures or () if name.endswith((".yaml", ".yml")))


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
        measures=None if keys.measures is None else tuple(keys.measures),
        charts=charts_asked(keys.charts),
        claims=None if keys.claims is None else folder / keys.claims,
        document=document,
    )
    Problems(DocumentError, [*_absent_files(dive), *rebased_twice(document, dive.charts)]).tell()
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
    measures: Annotated[list[Text], AtLeastOne] | None = None
    charts: ChartKeys | None = None
    claims: Text | None = None


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
    if dive.claims is not None:
        named.append((("claims",), dive.claims, "file", "Name the file of claims, relative to this dive file."))
    document = dive.document
    problems = []
    for where, path, kind, remedy in named:
        hindrance = hindrance_at(path)
        if hindrance == GONE:
            problems.append(document.problem(ProblemKind.MISSING_FILE, where, f"There is no such {kind}.", remedy))
        elif hindrance in FOLDERS if kind == "folder" else hindrance is None:
            continue
        elif hindrance is None or hindrance in FOLDERS:
            what = "This is a file, not a folder." if hindrance is None else "This is a folder, not a file."
            problems.append(document.problem(ProblemKind.MISSING_FILE, where, what, remedy))
        else:
            what = f"This is {hindrance.what}."
            problems.append(document.problem(ProblemKind.UNREADABLE_FILE, where, what, hindrance.remedy))
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
