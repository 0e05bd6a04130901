"""The dive folder: whole or not there at all.

Everything is written into an unfinished sibling folder that only its owner may read, and renamed into place at the
end. The manifest is written last; a folder without one is no dive, whatever stopped its making.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from wardline.dive.counted.list_for_today import CHILDREN_TO_CHECK
from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline.work_folders import MARK, Claim, claim, remove_work

__all__ = [
    "CHILDREN_TO_CHECK",
    "FINDINGS_OUTSIDE_PERIOD_TABLE",
    "FINDINGS_TABLE",
    "MANIFEST",
    "RECORD_FAULTS_TABLE",
    "REPORT",
    "SPREADSHEET",
    "check_can_write",
    "check_can_write_dive",
    "check_lies_apart",
    "files_of",
    "is_dive_folder",
    "kept_list",
    "told_if_it_cannot_be_written",
    "unfinished_folder",
    "which_list",
]

MANIFEST = "manifest.json"
FINDINGS_TABLE = "findings.parquet"
FINDINGS_OUTSIDE_PERIOD_TABLE = "findings_outside_period.parquet"
RECORD_FAULTS_TABLE = "record_faults.parquet"
REPORT = "report.html"
SPREADSHEET = "tables.ods"
ATTEMPTS = 5
AGAIN = {"dive": "run the dive again"}


def is_dive_folder(folder: Path) -> bool:
    """Whether this folder holds a finished dive."""
    # os.path, because Path raises where the name is too long.
    return os.path.isfile(folder / MANIFEST)


def files_of(folder: Path) -> list[str]:
    """The names of all files in a folder and below it, in alphabetical order; but for the mark of work under way."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != MARK)
    return sorted(path.relative_to(folder).as_posix() for path in found)


def kept_list(out: Path) -> Path:
    """Where the list of children to check today is kept if a dive stops after that list was written."""
    return out.parent / f"{out.name}-{CHILDREN_TO_CHECK}"


def which_list(out: Path) -> tuple[int, int] | None:
    """Something that tells one kept list from another that a later run kept in its place; None where there is none."""
    try:
        found = kept_list(out).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def check_can_write_dive(out: Path) -> None:
    """Raise OutputError unless `out` is an empty folder or nothing yet. A dive is never written over."""
    check_can_write(out, "dive")


def check_can_write(out: Path, what: str) -> None:
    """Raise OutputError unless `out` is an empty folder or nothing yet; `what` is what would be written there."""
    where = Place(str(out))
    try:
        if out.is_symlink():
            raise OutputError(
                Problem(
                    ProblemKind.CANNOT_WRITE,
                    f"This is a link to another place, which a {what} cannot take the place of.",
                    "Name the folder itself, or one that does not exist yet.",
                    where,
                )
            )
        if (file := _file_on_the_way(out)) is not None:
            raise OutputError(
                Problem(
                    ProblemKind.CANNOT_WRITE,
                    f"The {what} cannot be written: `{file.name}` is a file, so there is no folder below it.",
                    "Name a folder that does not exist yet, in a folder that does.",
                    where,
                )
            )
        if not out.exists():
            return
        if not out.is_dir():
            raise OutputError(
                Problem(
                    ProblemKind.CANNOT_WRITE,
                    f"This is a file, so a {what} cannot be written there.",
                    "Name a folder that does not exist yet.",
                    where,
                )
            )
        if is_dive_folder(out):
            raise OutputError(
                Problem(
                    ProblemKind.FOLDER_NOT_EMPTY,
                    "This folder already holds a dive, and a dive is never changed.",
                    "Name another folder after --out, or move this one away.",
                    where,
                )
            )
        if any(out.iterdir()):
            raise OutputError(
                Problem(
                    ProblemKind.FOLDER_NOT_EMPTY,
                    "This folder is not empty.",
                    f"Name a folder that does not exist yet, so that nothing of yours is mixed with the {what}.",
                    where,
                )
            )
    except OSError as error:
        raise _cannot_write(out, _why_not_written(error) or "", what) from None


@contextmanager
def told_if_it_cannot_be_written(out: Path, what: str) -> Iterator[None]:
    """Tell an OSError inside the block as an OutputError: that `what` cannot be written to `out`, and why."""
    try:
        yield
    except OSError as error:
        raise _cannot_write(out, _why_not_written(error) or "", what) from None


def check_lies_apart(out: Path, exports: Iterable[Path]) -> None:
    """Raise OutputError where `out` lies in a folder of exports: what is written there could be read as an export."""
    resolved = out.resolve()
    for folder in exports:
        if folder.resolve() in (resolved, *resolved.parents):
            raise OutputError(
                Problem(
                    ProblemKind.CANNOT_WRITE,
                    "This lies inside a folder of exports, so the next dive could take it for one of them.",
                    f"Name a folder outside `{folder.name}`.",
                    Place(str(out)),
                )
            )


@contextmanager
def unfinished_folder(out: Path) -> Iterator[Path]:
    """A folder to write a dive into, which becomes `out` if the block ends well and is removed if it does not.

    Where it does not, the list of children to check today is kept beside `out` if it was already written: a child
    who needs somebody today must not wait for a full disk to be cleared. Raises OutputError where nothing can be
    written, and where what was written so far could not be removed; an OSError inside the block is told as one.
    """
    check_can_write_dive(out)
    made = _folders_to_make(out.parent)
    unfinished: Path | None = None
    claimed: Claim | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{out.name}.unfinished-", dir=out.parent))
        claimed = claim(unfinished, keep=(CHILDREN_TO_CHECK, kept_list(out)))
        yield unfinished
        claimed.release()
        _put_in_place(unfinished, out)
    except BaseException as error:
        if unfinished is not None and not _cleared_away(unfinished, out):
            # It stays in the register, so that the next command tries again.
            raise OutputError([*getattr(error, "problems", ()), _left_behind(unfinished)]) from None
        if claimed is not None:
            claimed.release()
        _remove_empty(made)
        if (reason := _why_not_written(error)) is not None:
            raise _cannot_write(out, reason) from None
        raise


def _cleared_away(unfinished: Path, out: Path) -> bool:
    """Keep the list and remove everything else, person ids in clear among it. Whether nothing of it is left."""
    for _ in range(ATTEMPTS):
        try:
            _keep_list(unfinished, out)
            if remove_work(unfinished):
                return True
        except (OSError, KeyboardInterrupt):
            # Whoever presses Ctrl-C again wants it to end, and not that children's names stay behind.
            continue
    return False


def _left_behind(unfinished: Path) -> Problem:
    return Problem(
        ProblemKind.CANNOT_WRITE,
        "The dive was not finished, and what was written so far could not be removed.",
        "Remove this folder by hand: names and person numbers may be in it.",
        Place(str(unfinished)),
    )


def _file_on_the_way(out: Path) -> Path | None:
    """The file that stands where a folder above `out` would have to."""
    above = next((parent for parent in out.parents if parent.exists()), None)
    return above if above is not None and not above.is_dir() else None


def _put_in_place(unfinished: Path, out: Path) -> None:
    assert is_dive_folder(unfinished), "a dive without a manifest is not finished"
    check_can_write_dive(out)
    for written in (unfinished, *unfinished.rglob("*")):
        _keep_from_others(written)
    if out.exists():
        out.rmdir()  # It is empty; not every system renames over an empty folder.
    os.rename(unfinished, out)
    kept_list(out).unlink(missing_ok=True)


def _keep_list(unfinished: Path, out: Path) -> None:
    written = unfinished / CHILDREN_TO_CHECK
    if written.exists():
        _keep_from_others(written)
        os.replace(written, kept_list(out))


def _keep_from_others(path: Path) -> None:
    """Only its owner may read it, wherever it is moved or copied with its mode."""
    path.chmod(0o700 if path.is_dir() else 0o600)


def _folders_to_make(folder: Path) -> list[Path]:
    """The folders that do not exist yet, deepest first."""
    return [parent for parent in (folder, *folder.parents) if not parent.exists()]


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def _why_not_written(error: BaseException) -> str | None:
    """What the system said when something could not be written; None where it is another error."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, OSError | pl.exceptions.PolarsError):
        # Polars keeps only the text of what the system said, with its number.
        number = re.search(r"os error (\d+)", str(error))
        return os.strerror(int(number[1])) if number else "the system would not" if isinstance(error, OSError) else None
    return None


def _cannot_write(out: Path, reason: str, what: str = "dive") -> OutputError:
    return OutputError(
        Problem(
            ProblemKind.CANNOT_WRITE,
            f"The {what} cannot be written: {reason}. Nothing half-written was left behind.",
            f"Make room, or name a folder on another disk in which you may write, and {AGAIN.get(what, 'try again')}.",
            Place(str(out)),
        )
    )
