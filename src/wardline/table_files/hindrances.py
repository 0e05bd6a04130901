"""What stands in the way of reading a file, in words, and what to do about it."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from wardline.table_files.files_in_folders import is_hidden, leads_outside

__all__ = [
    "CLOSED_FOLDER",
    "EMPTY_FOLDER",
    "FOLDER",
    "GONE",
    "Hindrance",
    "hindrance_at",
    "hindrance_in",
    "what_stopped",
]


@dataclass(frozen=True)
class Hindrance:
    """Why what lies somewhere cannot be read as a file: what it is, as the end of "this is …", and what to do."""

    what: str
    remedy: str


_INSTEAD_OF_LINK = "Put the export itself there, in the place of the link."
NOWHERE = Hindrance("a link that leads nowhere", _INSTEAD_OF_LINK)
IN_A_CIRCLE = Hindrance("a link that leads in a circle", _INSTEAD_OF_LINK)
TO_A_CLOSED_PLACE = Hindrance("a link to a place that may not be opened", _INSTEAD_OF_LINK)
OUT_OF_FOLDER = Hindrance(
    "a link that leads out of the folder of this source",
    "Put the export itself into the folder, or name the folder where it lies.",
)
GONE = Hindrance("a file that is not there", "Check its name; if it was deleted or moved away, put it back.")
CLOSED_FILE = Hindrance(
    "a file that may not be opened",
    "Close it if another program has it open; otherwise ask whoever keeps it to let you read it.",
)
CLOSED_FOLDER = Hindrance("a folder that may not be opened", "Ask whoever keeps it to let you look into it.")
EMPTY_FOLDER = Hindrance("an empty folder", "Put the export itself there, which is a file.")
FOLDER = Hindrance("a folder", "Name the files in it.")
NO_FILE = Hindrance("neither a file nor a folder", "Put the export itself there, as a file.")


def hindrance_at(path: Path) -> Hindrance | None:
    """What stands in the way of reading the file at a path; None where nothing does.

    A file is opened, for only that shows whether it may be; a pipe or the like is not, for that could wait for ever.
    """
    try:
        kind = os.stat(path).st_mode
        if stat.S_ISDIR(kind):
            with os.scandir(path) as entries:
                return EMPTY_FOLDER if all(is_hidden(entry.name) for entry in entries) else FOLDER
        if not stat.S_ISREG(kind):
            return NO_FILE
        with open(path, "rb"):
            return None
    except OSError as error:
        return what_stopped(path, error)


def hindrance_in(folder: Path, path: Path) -> Hindrance | None:
    """The same for what lies in the folder of a source, out of which no link may lead."""
    found = hindrance_at(path)
    return OUT_OF_FOLDER if found not in (NOWHERE, IN_A_CIRCLE) and leads_outside(folder, path) else found


def what_stopped(path: Path, error: OSError) -> Hindrance:
    """What stood in the way where the system refused to read what lies at a path."""
    is_link = os.path.islink(path)
    # Of a name that no disk can hold there is no file either.
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return NOWHERE if is_link else GONE
    if error.errno == errno.ELOOP:
        return IN_A_CIRCLE
    if error.errno in (errno.EACCES, errno.EPERM):
        if os.path.isdir(path):
            return CLOSED_FOLDER
        return TO_A_CLOSED_PLACE if is_link and not os.path.exists(path) else CLOSED_FILE
    said = error.strerror or "the system would not"
    return Hindrance(f"a file that cannot be read ({said})", "Check that you may read it, and try again.")
