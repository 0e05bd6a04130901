"""The dive folder: whole or not there at all.

Everything is written into an unfinished sibling folder that only its owner may read, and renamed into place at the
end. The manifest is written last; a folder without one is no dive, whatever stopped its making.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wardline.dive.counted.list_for_today import CHILDREN_TO_CHECK
from wardline.dive.kept.where_to_write import cannot_write, check_can_write_dive, is_dive_folder, why_not_written
from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline.work_folders import MARK, HeldFolder, claim, remove_work

__all__ = [
    "CHILDREN_TO_CHECK",
    "EXCEL_SPREADSHEET",
    "FINDINGS_OUTSIDE_PERIOD_TABLE",
    "FINDINGS_TABLE",
    "MEASURES_TABLE",
    "RECORD_FAULTS_TABLE",
    "REPORT",
    "RESTRICTED_TABLE",
    "SPREADSHEET",
    "files_of",
    "kept_list",
    "unfinished_folder",
    "which_list",
]

FINDINGS_TABLE = "findings.parquet"
MEASURES_TABLE = "measures.parquet"
FINDINGS_OUTSIDE_PERIOD_TABLE = "findings_outside_period.parquet"
RECORD_FAULTS_TABLE = "record_faults.parquet"
RESTRICTED_TABLE = "restricted.parquet"  # not there where no mapping restricts anything
REPORT = "report.html"
SPREADSHEET = "tables.ods"
EXCEL_SPREADSHEET = "tables.xlsx"
ATTEMPTS = 5


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
    claimed: HeldFolder | None = None
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
        if (reason := why_not_written(error)) is not None:
            raise cannot_write(out, reason, number=getattr(error, "errno", None)) from None
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
