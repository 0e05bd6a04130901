"""Which files of a folder a pattern means.

`*` stands for any characters, `?` for one, and `**` for any number of folders; every other sign, also a bracket, is
itself. The letter case of names makes no difference.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NoReturn, TypeAlias

from wardline.errors import did_you_mean
from wardline.invisible_signs import as_seen, as_shown

__all__ = ["Folder", "files_in", "find_files", "fits", "is_hidden", "is_left_behind", "leads_outside", "near_names"]

Folder: TypeAlias = Path | Sequence[Path]
"""Where exports lie: a folder, or the files themselves."""

# What office programs put beside a workbook that is open (`~$x.xlsx`, `.~lock.x.ods#`), macOS beside every file of
# another disk (`._x.csv`), editors and file servers beside what is in use.
LEFT_BEHIND = ("~$", ".~", "._", ".#", ".nfs", ".fuse_hidden", ".smbdelete")
LEFT_BY_WINDOWS = ("thumbs.db", "ehthumbs.db", "desktop.ini")
NAMES_SHOWN = 3


def fits(name: str, pattern: str) -> bool:
    """Whether a name, with the folders above it, fits a pattern."""
    return _as_regex(_folded(pattern)).fullmatch(_folded(name)) is not None


def find_files(folder: Folder, pattern: str) -> list[tuple[str, Path]]:
    """The files that fit a pattern, by name, each with the name that people see: `e-9.csv` stands before `e-10.csv`.

    A name that is there letter for letter means that file alone. Raises OSError where a folder cannot be looked at.
    """
    if isinstance(folder, Path):
        depth = None if "**" in pattern else len(pattern.split("/"))
        there = files_in(folder, depth=depth, onerror=_raise, with_hidden=bool(_of_hidden(pattern)))
        parts = [(name, path, path.relative_to(folder).parts) for name, path in there]
        named = [(name, path) for name, path, of in parts if _is_meant(of, pattern) and _fits_somehow(of, pattern)]
    else:
        named = [(as_shown(path.name), path) for path in folder if _fits_at_its_end(path, pattern)]
    exact = [(name, path) for name, path in named if name == as_shown(pattern)]
    return sorted(exact or named, key=_by_name)


def files_in(
    folder: Path,
    *,
    depth: int | None = None,
    onerror: Callable[[OSError], object] | None = None,
    with_hidden: bool = False,
) -> Iterator[tuple[str, Path]]:
    """The files in a folder and in those below it, to some depth, each with its name from that folder, as it is shown.

    A link to a folder elsewhere is not followed, and given as if it were a file. What is hidden is passed over.
    """
    for at, below, names in os.walk(folder, onerror=onerror, followlinks=True):
        here = Path(at)
        parts = here.relative_to(folder).parts
        below[:] = [each for each in below if with_hidden or not is_hidden(each)]
        names = [each for each in names if with_hidden or not is_hidden(each)]
        elsewhere = [each for each in below if leads_outside(folder, here / each)]
        for each in (*names, *elsewhere):
            if each in elsewhere or (here / each).is_file():
                yield as_shown("/".join((*parts, each))), here / each
        goes_on = depth is None or len(parts) + 1 < depth
        below[:] = sorted(
            # A link to a folder above it would never end.
            each
            for each in below
            if goes_on and each not in elsewhere and leads_outside(here / each, here)
        )


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is not shown to people, so that nobody means it for an export."""
    return name.startswith(".") or is_left_behind(name)


def is_left_behind(name: str) -> bool:
    """Whether it is known of a hidden file that a program left it behind, so that it holds no rows of an export."""
    return name.startswith(LEFT_BEHIND) or name.casefold() in LEFT_BY_WINDOWS


def leads_outside(folder: Path, path: Path) -> bool:
    """Whether what a path leads to lies outside a folder, as it does where one of its names is a link."""
    inside, real = os.path.realpath(folder), os.path.realpath(path)
    return os.path.commonpath([inside, real]) != inside


def near_names(folder: Folder, pattern: str) -> str:
    """What to say of the files that are there where none fits: those in other folders, or the nearest name."""
    if isinstance(folder, Path):
        names = sorted(name for name, _ in files_in(folder))
    else:
        names = sorted(as_shown(path.name) for path in folder)
    last = pattern.rpartition("/")[2]
    deeper = [name for name in names if fits(name.rpartition("/")[2], last)]
    if deeper:
        shown = ", ".join(f"`{name}`" for name in deeper[:NAMES_SHOWN])
        return f" There is {shown}{', and more' if len(deeper) > NAMES_SHOWN else ''}."
    if isinstance(folder, Path):
        hidden = (path.relative_to(folder).parts for _, path in files_in(folder, with_hidden=True))
        if any(not _is_meant(parts, pattern) and _fits_somehow(parts, pattern) for parts in hidden):
            return " What fits it is hidden, as what programs leave behind is, and is passed over."
    return did_you_mean(pattern, names)


def _raise(error: OSError) -> NoReturn:
    raise error


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
    return unicodedata.normalize("NFC", as_seen(name)).casefold()


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
