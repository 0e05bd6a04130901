"""Whether a dive, or a made-up force, can be written where somebody wants it, and what to do where it cannot."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl

from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline.whole_files import full_path

__all__ = [
    "MANIFEST",
    "cannot_write",
    "check_can_write",
    "check_can_write_dive",
    "check_lies_apart",
    "is_dive_folder",
    "told_if_it_cannot_be_written",
    "why_not_written",
]

MANIFEST = "manifest.json"
AGAIN = {"dive": "run the dive again"}


def is_dive_folder(folder: Path) -> bool:
    """Whether this folder holds a finished dive."""
    # os.path, because Path raises where the name is too long.
    return os.path.isfile(folder / MANIFEST)


def check_can_write_dive(out: Path) -> None:
    """Raise OutputError unless `out` is an empty folder or nothing yet. A dive is never written over."""
    check_can_write(out, "dive")


def check_can_write(out: Path, what: str) -> None:
    """Raise OutputError unless `out` is an empty folder or nothing yet; `what` is what would be written there."""
    try:
        refused = _of_its_name(out, what) or _of_what_is_above(out, what) or _of_what_is_there(out, what)
    except OSError as error:
        raise cannot_write(out, why_not_written(error) or "", what, number=error.errno) from None
    if refused is not None:
        wrong, remedy, kind = refused
        raise OutputError(Problem(kind, wrong, remedy, Place(str(out))))


@contextmanager
def told_if_it_cannot_be_written(out: Path, what: str) -> Iterator[None]:
    """Tell an OSError inside the block as an OutputError: that `what` cannot be written to `out`, and why."""
    try:
        yield
    except OSError as error:
        raise cannot_write(out, why_not_written(error) or "", what, number=error.errno) from None


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


def why_not_written(error: BaseException) -> str | None:
    """What the system said when something could not be written; None where it is another error."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, OSError | pl.exceptions.PolarsError):
        # Polars keeps only the text of what the system said, with its number.
        number = re.search(r"os error (\d+)", str(error))
        return os.strerror(int(number[1])) if number else "the system would not" if isinstance(error, OSError) else None
    return None


def cannot_write(out: Path, reason: str, what: str = "dive", *, number: int | None = None) -> OutputError:
    """That something cannot be written, for a reason that the system gave, with its `number` where that is known."""
    again = AGAIN.get(what, "try again")
    remedy = f"Make room, or name a folder on another disk in which you may write, and {again}."
    if number == errno.ENAMETOOLONG:
        remedy = f"Name a folder with a shorter name, and {again}."
    return OutputError(
        Problem(
            ProblemKind.CANNOT_WRITE,
            f"The {what} cannot be written: {reason}. Nothing half-written was left behind.",
            remedy,
            Place(str(out)),
        )
    )


Refused = tuple[str, str, ProblemKind]
"""What is wrong with a place, what to do, and the kind of problem that it is."""


def _of_its_name(out: Path, what: str) -> Refused | None:
    try:
        str(out).encode()
    except UnicodeEncodeError:
        return (
            f"A {what} cannot be written there: the path has bytes in it that are no letters of UTF-8.",
            "Name a folder whose name, and the names of the folders above it, are text.",
            ProblemKind.CANNOT_WRITE,
        )
    return None


def _of_what_is_above(out: Path, what: str) -> Refused | None:
    """What is wrong with the folders above it, of which those may be missing that can be made."""
    above = next((parent for parent in out.parents if os.path.lexists(parent)), None)
    if above is not None and not above.is_dir():
        is_link = above.is_symlink() and not above.exists()
        itself = "is a link that leads nowhere" if is_link else "is a file"
        return (
            f"The {what} cannot be written: `{above.name}` {itself}, so there is no folder below it.",
            "Name a folder that does not exist yet, in a folder that does.",
            ProblemKind.CANNOT_WRITE,
        )
    if any(is_dive_folder(parent) for parent in full_path(out).parents):
        return (
            "This lies inside the folder of a dive, and a dive is never changed.",
            "Name a folder outside it.",
            ProblemKind.FOLDER_NOT_EMPTY,
        )
    return None


def _of_what_is_there(out: Path, what: str) -> Refused | None:
    if out.is_symlink():
        return (
            f"This is a link to another place, which a {what} cannot take the place of.",
            "Name the folder itself, or one that does not exist yet.",
            ProblemKind.CANNOT_WRITE,
        )
    if not out.exists():
        return None
    if not out.is_dir():
        return (
            f"This is a file, so a {what} cannot be written there.",
            "Name a folder that does not exist yet.",
            ProblemKind.CANNOT_WRITE,
        )
    if is_dive_folder(out):
        return (
            "This folder already holds a dive, and a dive is never changed.",
            "Name another folder after --out, or move this one away.",
            ProblemKind.FOLDER_NOT_EMPTY,
        )
    if any(out.iterdir()):
        return (
            "This folder is not empty.",
            f"Name a folder that does not exist yet, so that nothing of yours is mixed with the {what}.",
            ProblemKind.FOLDER_NOT_EMPTY,
        )
    if _is_where_we_are(out):
        return (
            f"This is the folder in which you are, and a {what} would take its place.",
            "Name a folder that does not exist yet; if you meant a name that is kept in a variable, that is empty.",
            ProblemKind.CANNOT_WRITE,
        )
    return None


def _is_where_we_are(out: Path) -> bool:
    with suppress(OSError):
        return out.samefile(os.curdir)
    return False
