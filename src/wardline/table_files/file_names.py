"""Which files of a folder a pattern means.

`*` stands for any characters, `?` for one, and `**` for any number of folders; every other sign, also a bracket, is
itself. The letter case of names makes no difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from wardline.errors import did_you_mean
from wardline.invisible_signs import as_seen, as_shown
from wardline.table_files.files_in_folders import files_in, is_folder, is_hidden
from wardline.table_files.hindrances import CLOSED_FOLDER, hindrance_at

__all__ = ["Folder", "find_files", "fits", "near_names"]

Folder: TypeAlias = Path | Sequence[Path]
"""Where exports lie: a folder, or the files themselves."""

NAMES_SHOWN = 3
HIDDEN = " What fits it is hidden, as what programs leave behind is, and is passed over."


def fits(name: str, pattern: str) -> bool:
    """Whether a name, with the folders above it, fits a pattern."""
    return _as_regex(_folded(pattern)).fullmatch(_folded(name)) is not None


def find_files(folder: Folder, pattern: str) -> list[tuple[str, Path]]:
    """The files that fit a pattern, by name, each with the name that people see: `e-9.csv` stands before `e-10.csv`.

    A name that is there letter for letter means that file alone. Among them is what cannot be read, such as a link that
    leads nowhere, and each folder that may not be opened and may hold files that fit: its name ends in `/`. Raises
    OSError where the folder itself cannot be looked at.
    """
    if isinstance(folder, Path):
        depth = None if "**" in pattern else len(pattern.split("/"))
        there = files_in(folder, depth=depth, with_hidden=bool(_of_hidden(pattern)))
        named = [(name, path) for name, path in there if _is_wanted(name, path, folder, pattern)]
    else:
        named = [(as_shown(path.name), path) for path in folder if _fits_at_its_end(path, pattern)]
    exact = [(name, path) for name, path in named if name == as_shown(pattern)]
    return sorted(exact or named, key=_by_name)


def near_names(folder: Folder, pattern: str) -> str:
    """What to say of the files that are there where none fits: those in other folders, or the nearest name; and of the
    folders in which one may be that nobody sees.
    """
    if not isinstance(folder, Path):
        return _nearest(sorted(as_shown(path.name) for path in folder), pattern)
    there = sorted(files_in(folder))
    names = [name for name, _ in there if not is_folder(name)]
    near = _nearest(names, pattern) if _deeper(names, pattern) or not _is_hidden_what_fits(folder, pattern) else HIDDEN
    return near + "".join(_said_of_folders(there, pattern)[:NAMES_SHOWN])


def _nearest(names: Sequence[str], pattern: str) -> str:
    if deeper := _deeper(names, pattern):
        shown = ", ".join(f"`{name}`" for name in deeper[:NAMES_SHOWN])
        return f" There is {shown}{', and more' if len(deeper) > NAMES_SHOWN else ''}."
    return did_you_mean(pattern, names)


def _deeper(names: Sequence[str], pattern: str) -> list[str]:
    """The names that would fit a pattern if it did not matter in which folder a file lies."""
    last = pattern.rpartition("/")[2]
    return [name for name in names if fits(name.rpartition("/")[2], last)]


def _is_hidden_what_fits(folder: Path, pattern: str) -> bool:
    hidden = (
        path.relative_to(folder).parts for name, path in files_in(folder, with_hidden=True) if not is_folder(name)
    )
    return any(not _is_meant(parts, pattern) and _fits_somehow(parts, pattern) for parts in hidden)


def _said_of_folders(there: Sequence[tuple[str, Path]], pattern: str) -> list[str]:
    """A sentence for each folder that may not be opened, or that is empty and has a name that fits."""
    found = [(name, hindrance_at(path)) for name, path in there if is_folder(name)]
    return [
        f" `{name}` is {hindrance.what}."
        for name, hindrance in found
        if hindrance is not None and (hindrance == CLOSED_FOLDER or fits(name.removesuffix("/"), pattern))
    ]


def _is_wanted(name: str, path: Path, folder: Path, pattern: str) -> bool:
    """Whether a file in a folder fits a pattern, or a folder that may not be opened may hold one that does."""
    parts = path.relative_to(folder).parts
    if not _is_meant(parts, pattern):
        return False
    return _may_hold(parts, pattern) and _is_closed(path) if is_folder(name) else _fits_somehow(parts, pattern)


def _may_hold(parts: Sequence[str], pattern: str) -> bool:
    """Whether a file that fits a pattern may lie in the folder of these names, or below it."""
    *folders, last = pattern.split("/")
    for part, wanted in zip(parts, folders, strict=False):
        if wanted == "**":
            return True
        if not _fits_somehow([part], wanted):
            return False
    return len(parts) <= len(folders) or last == "**"


def _is_closed(folder: Path) -> bool:
    try:
        os.scandir(folder).close()
    except OSError:
        return True
    return False


def _of_hidden(pattern: str) -> list[str]:
    """The parts of a pattern that say that it means hidden files, or files in hidden folders."""
    return [part for part in pattern.split("/") if part.startswith(".")]


def _is_meant(parts: Sequence[str], pattern: str) -> bool:
    """Whether the files and folders of these names are not hidden, or a part of the pattern says that they are."""
    return all(any(fits(part, one) for one in _of_hidden(pattern)) for part in parts if is_hidden(part))


def _fits_somehow(parts: Sequence[str], pattern: str) -> bool:
    """Whether a name with the folders above it fits a pattern, as it is or as it is shown."""
    name = "/".join(parts)
    return fits(name, pattern) or fits(as_shown(name), pattern)


def _fits_at_its_end(path: Path, pattern: str) -> bool:
    """Whether a path fits a pattern with as many of the folders above it as the pattern names."""
    parts = path.parts
    if not _is_meant(parts[-1:], pattern):
        return False
    if "**" in pattern:
        return any(_fits_somehow(parts[at:], pattern) for at in range(len(parts)))
    return _fits_somehow(parts[-len(pattern.split("/")) :], pattern)


def _by_name(file: tuple[str, Path]) -> tuple[list[list[tuple[str, int]]], str, Path]:
    """What files are put in order by: numbers in a name count as numbers, and `e.csv` comes before `e (2).csv`."""
    name, path = file
    *folders, last = _folded(name).split("/")
    stem, _, ending = last.rpartition(".")
    return [_in_signs(part) for part in (*folders, stem, ending)], name, path


def _in_signs(text: str) -> list[tuple[str, int]]:
    """The signs of a text, of which a number is one."""
    return [("0", int(one)) if one.isdecimal() else (one, 0) for one in re.findall(r"[0-9]+|[^0-9]", text)]


def _folded(name: str) -> str:
    # Some disks keep a letter and its accent apart.
    return as_seen(name).casefold()


@cache
def _as_regex(pattern: str) -> re.Pattern[str]:
    signs = {"*": "[^/]*", "?": "[^/]"}
    *folders, last = pattern.split("/")
    above = "".join(
        "(?:[^/]+/)*" if each == "**" else "".join(signs.get(sign, re.escape(sign)) for sign in each) + "/"
        for each in folders
    )
    return re.compile(
        above + (".*" if last == "**" else "".join(signs.get(sign, re.escape(sign)) for sign in last)), re.DOTALL
    )
