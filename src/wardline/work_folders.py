"""Folders for work that is under way: nobody else may read them, and none is left behind, however a process ends.

Names and person numbers are readable while exports are read. A folder is removed when its block ends, even after an
error or an interrupt. A process that is killed cannot remove anything; so each folder is entered in
a register of its owner, under a lock that ends with the process, and the next command removes what a dead one left.

The register is a folder in the owner's home (`$XDG_STATE_HOME`, else `~/.local/state`), or, where that cannot be
written, one among the temporary files. An entry names the folder, a token that lies inside it too (nothing
else is ever removed), and a file in it that is kept, if it was written, in another place.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from wardline.errors import OutputError, Problem, ProblemKind

try:
    import fcntl
except ImportError:  # pragma: no cover - where there are no such locks, no register is kept
    fcntl = None  # type: ignore[assignment]

__all__ = ["MARK", "HeldFolder", "claim", "clear_after_the_dead", "remove_work", "work_folder"]

REGISTER = "wardline-work"
ENTRY = ".entry"
MARK = ".being-worked-in"


@dataclass
class HeldFolder:
    """A folder that this process works in. Whoever gives it another name releases it first."""

    folder: Path
    _entry: Path | None = None
    _lock: int | None = field(default=None, repr=False)  # a descriptor, closed with the process

    def release(self) -> None:
        """Take the folder off the register; what is in it stays."""
        (self.folder / MARK).unlink(missing_ok=True)
        if self._entry is not None:
            self._entry.unlink(missing_ok=True)
            self._entry = None
        self._unlock()

    def give_up(self) -> None:
        """Remove the folder, as far as that can be done, and end the claim.

        Where something is left its entry stays in the register, so that the next command tries again.
        """
        if remove_work(self.folder):
            self.release()
        else:
            self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def claim(folder: Path, *, keep: tuple[str, Path] | None = None) -> HeldFolder:
    """Enter a folder that exists in the register, until it is released.

    `keep` is the name of a file in it and where that is to be put, should this process be killed: whoever clears up
    after it must not throw away what somebody needs today. Where no register can be kept there is no entry.
    """
    register = _register()
    if fcntl is None or register is None:
        return HeldFolder(folder)
    token = secrets.token_hex(16)
    written: dict[str, str] = {"folder": str(folder.absolute()), "token": token}
    if keep is not None:
        written |= {"keep": keep[0], "as": str(keep[1].absolute())}
    unfinished = register / f"{token}.new"
    lock = None
    try:
        (folder / MARK).write_text(token, encoding="utf-8")
        lock = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.write(lock, json.dumps(written).encode())
        # Only under this name is it looked at: never before it is locked and whole.
        entry = unfinished.with_suffix(ENTRY)
        os.rename(unfinished, entry)
    except OSError:
        if lock is not None:
            os.close(lock)
        _quietly_remove(unfinished)
        return HeldFolder(folder)
    return HeldFolder(folder, entry, lock)


def remove_work(folder: Path) -> bool:
    """Remove a folder of work with all that is in it, as far as that can be done; whether nothing of it is left.

    The mark goes last: until then whoever clears up after this process knows that the folder may be removed.
    """
    mark = folder / MARK
    try:
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path != mark:
                with contextlib.suppress(OSError):
                    path.unlink()
        if any(path != mark for path in folder.iterdir()):
            return False
        mark.unlink(missing_ok=True)
        folder.rmdir()
    except FileNotFoundError:
        return not folder.exists()
    except OSError:
        return False
    return True


@contextmanager
def work_folder(*, beside: Path | None = None, prefix: str = "wardline-") -> Iterator[Path]:
    """A new folder, in `beside` or among the temporary files, that is removed where the block ends.

    Raises OutputError where there is no folder for temporary files.
    """
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=_temporary_files() if beside is None else beside))
    claimed = claim(folder)
    try:
        yield folder
    finally:
        claimed.give_up()


def clear_after_the_dead() -> list[Path]:
    """Remove every folder of the register whose process is gone. What is still worked in is left alone.

    Returns where the files are that were to be kept, and that nobody has been told of yet.
    """
    kept: list[Path] = []
    register = _register()
    if fcntl is None or register is None:
        return kept
    with contextlib.suppress(OSError):
        entries = [(path, _read(path)) for path in register.glob(f"*{ENTRY}")]
        # A folder inside another first: once the outer one is gone, its parent cannot be seen any more.
        for path, said in sorted(entries, key=lambda entry: _depth(entry[1]), reverse=True):
            with contextlib.suppress(OSError):
                _clear(path, said, kept)
    return kept


@dataclass(frozen=True)
class _Entry:
    folder: Path
    token: str
    keep: tuple[str, Path] | None = None


def _read(path: Path) -> _Entry | None:
    """What an entry says, which never changes once it has its name; None where it cannot be read."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        keep = (said["keep"], Path(said["as"])) if "keep" in said else None
        return _Entry(Path(said["folder"]), said["token"], keep)
    except (OSError, KeyError, TypeError, ValueError):
        return None


def _depth(said: _Entry | None) -> int:
    return 0 if said is None else len(said.folder.parts)


def _clear(path: Path, said: _Entry | None, kept: list[Path]) -> None:
    with path.open("r+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return  # Its process is at work.
        if said is None or _is_cleared(said, kept):
            path.unlink(missing_ok=True)


def _is_cleared(said: _Entry, kept: list[Path]) -> bool:
    """Remove the folder of an entry, but for what is to be kept. Whether the next command need not look again."""
    mark = said.folder / MARK
    try:
        if mark.read_bytes() != said.token.encode():
            return True  # It is somebody else's.
        if said.keep is not None and (said.folder / said.keep[0]).is_file():
            os.replace(said.folder / said.keep[0], said.keep[1])
            kept.append(said.keep[1])
    except OSError:
        # On a disk that is not there now, perhaps, or it cannot be read.
        return said.folder.parent.is_dir() and not mark.is_file()
    return remove_work(said.folder)


def _register() -> Path | None:
    """The folder of the register, for its owner only; None where none can be kept."""
    for find, name in ((_state_folder, REGISTER), (_temporary_files, f"{REGISTER}-{_owner()}")):
        try:
            above = find()
            if above is None:
                continue
            register = above / name
            register.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = register.lstat()
        except (OSError, OutputError):
            continue
        is_ours = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        if register.is_dir() and not register.is_symlink() and is_ours and os.access(register, os.W_OK):
            register.chmod(0o700)
            return register
    return None


def _temporary_files() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        problem = Problem(
            ProblemKind.CANNOT_WRITE,
            "There is no folder for the files that this command works with: no folder for temporary files may be "
            "written in.",
            "Set TMPDIR to a folder in which you may write, and try again.",
        )
        raise OutputError(problem) from None


def _state_folder() -> Path | None:
    given = os.environ.get("XDG_STATE_HOME")
    if given and os.path.isabs(given):
        return Path(given)
    with contextlib.suppress(RuntimeError):
        home = Path.home()
        return home / ".local" / "state" if home.is_dir() else None
    return None


def _owner() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _quietly_remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
