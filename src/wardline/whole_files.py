"""Files written whole or not at all, and never over what somebody has written.

A file is written under another name beside its place, brought to the disk and then given its name, so that a full
disk, a power cut or Ctrl-C leaves either all of it or nothing. Several files that belong together, as a letter and
its list, appear together or not at all.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from wardline.errors import OutputError, Place, Problem, ProblemKind

__all__ = ["full_path", "write_new_file", "write_new_files", "write_over"]

ALREADY_THERE = (
    "Something of that name is already there, and it is not overwritten.",
    "Name another file, or move that one away.",
)
# Some file systems (FAT, some shared folders) know no second name for one file.
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def full_path(path: Path) -> Path:
    """The path from the root, without its steps up (`..`), whether or not what they step over is there.

    `new/../march` is `march`, and nobody makes `new` on the way.
    """
    if ".." not in path.parts:
        return path.absolute()
    return path.resolve() if path.name == ".." else path.parent.resolve() / path.name


def write_new_file(
    path: Path, content: str | bytes, *, owner_only: bool = False, already_there: tuple[str, str] = ALREADY_THERE
) -> None:
    """Write a file that is not there yet, and the folders above it.

    A text is written as UTF-8. With `owner_only` nobody else may read the file. Raises OutputError where something
    of that name is there (`already_there` is what is wrong and what to do, for the reader), or where it cannot be
    written; nothing is left behind then, nor after an interrupt.
    """
    write_new_files({path: content}, owner_only=owner_only, already_there=already_there)


def write_new_files(
    contents: Mapping[Path, str | bytes], *, owner_only: bool = False, already_there: tuple[str, str] = ALREADY_THERE
) -> None:
    """The same for files that belong together: all of them are written, or none."""
    contents = {full_path(path) if ".." in path.parts else path: content for path, content in contents.items()}
    placed: list[Path] = []
    with _written_beside(contents, 0o600 if owner_only else 0o666) as written:
        try:
            for path, beside in written.items():
                try:
                    _give_new_name(beside, path)
                except FileExistsError:
                    raise OutputError(Problem(ProblemKind.CANNOT_WRITE, *already_there, Place(str(path)))) from None
                placed.append(path)
        except BaseException:
            for path in placed:
                path.unlink(missing_ok=True)
            raise


def write_over(path: Path, content: str | bytes) -> None:
    """Write a file in the place of the one that is there, if any: at every instant it is the old one or the new one.

    Whoever might read and write the old one may read and write the new one, and a link still leads to it. Raises
    OutputError where it cannot be written; the old one stays then.
    """
    place = path.resolve() if path.is_symlink() else path
    old = stat.S_IMODE(place.stat().st_mode) if place.exists() else None
    with _written_beside({place: content}, 0o666 if old is None else 0o600) as written:
        for beside in written.values():
            if old is not None:
                beside.chmod(old)
            os.replace(beside, place)


@contextmanager
def _written_beside(contents: Mapping[Path, str | bytes], mode: int) -> Iterator[dict[Path, Path]]:
    """Each file's content under another name in its folder; what the system refuses, in the reader's words."""
    written: dict[Path, Path] = {}
    made: list[Path] = []
    is_done = False
    path = Path()
    try:
        for path, content in contents.items():
            made += [parent for parent in path.parents if not parent.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.parent / f".being-written-{secrets.token_hex(8)}"
            written[path] = beside
            _write(beside, content.encode() if isinstance(content, str) else content, mode)
        yield written
        for folder in {path.parent for path in contents}:
            _bring_to_disk(folder)
        is_done = True
    except OSError as error:
        raise _cannot_write(path, error) from None
    finally:
        for beside in written.values():
            _quietly(beside.unlink)
        for folder in [] if is_done else made:
            _quietly(folder.rmdir)


def _write(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _give_new_name(written: Path, path: Path) -> None:
    """Raises FileExistsError where there is something of that name, whoever made it and however lately."""
    try:
        os.link(written, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError from None
        os.rename(written, path)


def _bring_to_disk(folder: Path) -> None:
    """See that the folder's list of names is on the disk too, where the system can be asked for it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _quietly(lambda: os.fsync(descriptor))
    finally:
        os.close(descriptor)


def _quietly(what: Callable[[], None]) -> None:
    try:
        what()
    except OSError:
        pass


def _cannot_write(path: Path, error: OSError) -> OutputError:
    reason = (
        "there is a file where its folder would have to be" if isinstance(error, FileExistsError) else error.strerror
    )
    return OutputError(
        Problem(
            ProblemKind.CANNOT_WRITE,
            f"The file cannot be written: {reason}. Nothing half-written was left behind.",
            "Make room, or name a file in a folder in which you may write.",
            Place(str(path)),
        )
    )
