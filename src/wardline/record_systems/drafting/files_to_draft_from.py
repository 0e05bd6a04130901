"""Which files a draft is made from: those that somebody names, and of a folder those that exports can be."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from wardline.english import some_of
from wardline.errors import ExportError, Place, Problem, ProblemKind, Problems
from wardline.invisible_signs import as_shown
from wardline.record_systems.exports.export_files import export_problem
from wardline.record_systems.exports.files_not_read import TABLE_ENDINGS, is_of_a_finished_dive, not_read_in
from wardline.record_systems.exports.opening import problem_in_folder
from wardline.table_files.files_in_folders import files_in, is_folder
from wardline.table_files.hindrances import GONE, hindrance_at, what_stopped

__all__ = ["listed_files", "not_looked_at"]

NAMES_SHOWN = 20


def listed_files(paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """Each export with its name from the folder that they share; of a folder, the files that exports can be.

    What is hidden, or of a finished dive, is passed over, as a dive does. Raises ExportError, also of a link out of it.
    """
    problems = Problems(ExportError)
    found: list[Path] = []
    for path in paths:
        # os.path, because Path raises where a folder above it may not be opened.
        found += (problems.collect(partial(_exports_in, path)) or []) if os.path.isdir(path) else [path]
    problems.tell()
    if not found:
        raise export_problem(
            ProblemKind.MISSING_FILE,
            ", ".join(map(str, paths)),
            " ".join(["There is no export in this folder.", *not_looked_at(paths, ())]),
            "Name the files, or a folder with CSV, XLSX or Parquet files in it.",
        )
    problems += (problem for path in found if (problem := _not_there(path)) is not None)
    problems.tell()
    folders = [path.absolute().parent for path in found]
    shared = Path(os.path.commonpath(folders))
    return [(as_shown(path.absolute().relative_to(shared).as_posix()), path) for path in dict.fromkeys(found)]


def not_looked_at(paths: Sequence[Path], named: Sequence[tuple[str, Path]]) -> list[str]:
    """A sentence for each of some folders with what lies there beside the exports that are drafted from."""
    seen = {os.path.realpath(path) for _, path in named}
    said = []
    for folder in (path for path in paths if os.path.isdir(path)):
        names = [name if why is None else f"{name} ({why.what})" for name, why in not_read_in(folder, seen)]
        if names:
            said.append(f"These were not looked at: {some_of(names, NAMES_SHOWN)}.")
    return said


def _listed_in(folder: Path) -> list[tuple[str, Path]]:
    """What lies in a folder and is called as an export is."""
    return [
        (name, path)
        for name, path in sorted(files_in(folder))
        if path.suffix.casefold() in TABLE_ENDINGS and not is_folder(name) and not is_of_a_finished_dive(folder, path)
    ]


def _exports_in(folder: Path) -> list[Path]:
    where = Place(str(folder))
    try:
        listed = _listed_in(folder)
    except OSError as error:
        hindrance = what_stopped(folder, error)
        raise export_problem(
            ProblemKind.UNREADABLE_FILE, where.file, f"This is {hindrance.what}.", hindrance.remedy
        ) from None
    problems = Problems(ExportError)
    problems += filter(None, (problem_in_folder(folder, name, path, where) for name, path in listed))
    problems.tell()
    return [path for _, path in listed]


def _not_there(path: Path) -> Problem | None:
    """That a file that somebody named cannot be read, where that is so."""
    hindrance = hindrance_at(path)
    if hindrance is None:
        return None
    if hindrance == GONE:
        return Problem(ProblemKind.MISSING_FILE, f"There is no file `{path}`.", "Correct the path.")
    return Problem(ProblemKind.UNREADABLE_FILE, f"`{path}` is {hindrance.what}.", hindrance.remedy)
