"""The folders of the dives that were added: each is whole, or it is not there.

A copy is made under a name that begins with a dot and renamed at the end. A note beside it says that it is being added
until the database has its row; whoever adds next and finds the note knows that the copy was cut off.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["one_at_a_time", "placed"]

LOCK = ".lock"
COPYING = ".copying-"
NOTE = ".adding-"


@contextmanager
def one_at_a_time(dives: Path) -> Iterator[None]:
    """Hold the folder of all dives, so that two people who add one wait for each other. Gone with the process."""
    dives.mkdir(parents=True, exist_ok=True)
    with (dives / LOCK).open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def placed(
    folder: Path,
    to: Path,
    *,
    is_added: Callable[[Path], bool],
    check: Callable[[Path], object],
    only: Collection[str] | None = None,
) -> Iterator[Path]:
    """Copy a folder to `to` while the block adds it; nothing is left of it where the block raises or is killed.

    `only` names the files that are copied; None: all. `check` raises where the copy is not what it should be;
    `is_added` says whether the database knows a folder.
    """
    _clear_what_was_cut_off(to.parent, is_added)
    note = to.parent / f"{NOTE}{to.name}"
    copying = Path(tempfile.mkdtemp(prefix=COPYING, dir=to.parent))
    try:
        if only is None:
            shutil.copytree(folder, copying / to.name)
        else:
            _copy_only(folder, copying / to.name, only)
        check(copying / to.name)
        note.touch()
        os.rename(copying / to.name, to)
        try:
            yield to
        except BaseException:
            shutil.rmtree(to, ignore_errors=True)
            raise
    finally:
        shutil.rmtree(copying, ignore_errors=True)
        note.unlink(missing_ok=True)


def _copy_only(folder: Path, to: Path, names: Collection[str]) -> None:
    for name in names:
        (to / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copy2(folder / name, to / name)


def _clear_what_was_cut_off(dives: Path, is_added: Callable[[Path], bool]) -> None:
    """Only what a note or a hidden name says is ours to remove: nothing else that lies there."""
    for left in dives.glob(f"{COPYING}*"):
        shutil.rmtree(left, ignore_errors=True)
    for note in dives.glob(f"{NOTE}*"):
        folder = dives / note.name.removeprefix(NOTE)
        if not is_added(folder):
            shutil.rmtree(folder, ignore_errors=True)
        note.unlink(missing_ok=True)
