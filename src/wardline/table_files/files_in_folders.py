"""What lies in a folder and in the folders below it: every file, and whatever somebody may have meant for one.

Nothing is left out without a word but what is hidden. A link that leads nowhere, a folder that may not be opened and
whatever else cannot be read are given too: an export may be behind each.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wardline.invisible_signs import as_shown

__all__ = ["files_in", "is_folder", "is_hidden", "is_left_behind", "leads_outside", "name_of_folder"]

# What office programs put beside a workbook that is open (`~$x.xlsx`, `.~lock.x.ods#`), macOS beside every file of
# another disk (`._x.csv`), editors and file servers beside what is in use.
LEFT_BEHIND = ("~$", ".~", "._", ".#", ".nfs", ".fuse_hidden", ".smbdelete")
LEFT_BY_WINDOWS = ("thumbs.db", "ehthumbs.db", "desktop.ini")
# Folders at the top of a disk, for its own use; most people may not open them.
LEFT_BY_DISKS = ("lost+found", "system volume information", "$recycle.bin")


@dataclass(frozen=True)
class _Folder:
    path: Path
    parts: tuple[str, ...]
    on_the_way: tuple[str, ...]  # where it, and each folder that was gone through to it, really lies


def files_in(folder: Path, *, depth: int | None = None, with_hidden: bool = False) -> Iterator[tuple[str, Path]]:
    """The files in a folder and in those below it, to some depth, each with its name from that folder, as it is shown.

    A link that leads nowhere, a pipe and the like are given as if they were files, and so is a link to a folder
    elsewhere, which is not followed. Of the folders, those are given that may not be opened and those in which nothing
    is seen; their names end in `/`. What is hidden is passed over. Raises OSError where the folder itself cannot be
    looked at.
    """
    waiting = [_Folder(folder, (), (os.path.realpath(folder),))]
    while waiting:
        here = waiting.pop()
        try:
            files, below = _looked_into(here.path)
        except OSError:
            if not here.parts:
                raise
            yield name_of_folder("/".join(here.parts)), here.path
            continue
        if here.parts and all(is_hidden(each) for each in (*files, *below)):
            yield name_of_folder("/".join(here.parts)), here.path
        elsewhere = [each for each in below if leads_outside(folder, here.path / each)]
        for each in (*files, *elsewhere):
            if with_hidden or not is_hidden(each):
                yield as_shown("/".join((*here.parts, each))), here.path / each
        if depth is None or len(here.parts) + 1 < depth:
            inside = sorted(each for each in below if each not in elsewhere and (with_hidden or not is_hidden(each)))
            waiting += (one for each in reversed(inside) if (one := _below(here, each)) is not None)


def name_of_folder(name: str) -> str:
    """The name of a folder as it is shown among the names of files."""
    return f"{as_shown(name)}/"


def is_folder(name: str) -> bool:
    """Whether a name that is shown is that of a folder."""
    return name.endswith("/")


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is not shown to people, so that nobody means it for an export."""
    return name.startswith(".") or is_left_behind(name)


def is_left_behind(name: str) -> bool:
    """Whether it is known of a hidden file that a program left it behind, so that it holds no rows of an export."""
    return name.startswith(LEFT_BEHIND) or name.casefold() in (*LEFT_BY_WINDOWS, *LEFT_BY_DISKS)


def leads_outside(folder: Path, path: Path) -> bool:
    """Whether what a path leads to lies outside a folder, as it does where one of its names is a link."""
    return not _lies_in(os.path.realpath(path), os.path.realpath(folder))


def _looked_into(folder: Path) -> tuple[list[str], list[str]]:
    """The names of what lies in a folder: of what is no folder, and of the folders."""
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            (folders if _leads_to_a_folder(entry) else files).append(entry.name)
    return files, folders


def _leads_to_a_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle, or to a place that may not be looked at
        return False


def _below(here: _Folder, name: str) -> _Folder | None:
    """A folder in another; None for a link back to one that was gone through, or above it, which would never end."""
    path = here.path / name
    lies = os.path.realpath(path)
    is_link = lies != os.path.join(here.on_the_way[-1], name)
    if is_link and any(_lies_in(each, lies) for each in here.on_the_way):
        return None
    return _Folder(path, (*here.parts, name), (*here.on_the_way, lies))


def _lies_in(path: str, folder: str) -> bool:
    return os.path.commonpath([folder, path]) == folder
