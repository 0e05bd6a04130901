"""A backup: everything that a deployment holds, in one file that is written whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone

from wardline import __version__
from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline_workspace.deployment.database import SQLITE_FILE
from wardline_workspace.deployment.encrypted_file import EncryptingWriter
from wardline_workspace.deployment.rows import migrations_applied, write_rows
from wardline_workspace.trail.actions import head_in_words, record
from wardline_workspace.trail.kinds import Did

__all__ = ["FORMAT", "MANIFEST", "NAMES_LAST_BACKUP", "ROWS", "SETTINGS", "back_up"]

FORMAT = 1
MANIFEST, ROWS, SETTINGS, FILES = "manifest.json", "rows.jsonl", "workspace.yaml", "files"
NAMES_LAST_BACKUP = "last-backup.json"


def back_up(to: Path, *, passphrase: str | None, by: str) -> None:
    """Write the backup. Raises OutputError where something of that name is there, or it cannot be written."""
    if to.exists():
        raise _cannot(to, "Something of that name is already there, and it is not overwritten.")
    record(Did.BACKED_UP, by=by, encrypted=passphrase is not None)
    beside = to.parent / f".being-written-{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            if passphrase is None:
                _write(file, except_for=beside)
            else:
                encrypted = EncryptingWriter(file, passphrase)
                _write(encrypted, except_for=beside)  # type: ignore[arg-type]
                encrypted.finish()
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, to)
    except OSError as error:
        raise _cannot(to, f"It cannot be written: {error.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)
    made = {"at": timezone.now().isoformat(), "encrypted": passphrase is not None}
    (settings.DEPLOYMENT.folder / NAMES_LAST_BACKUP).write_text(json.dumps(made), encoding="utf-8")


def _cannot(to: Path, what: str) -> OutputError:
    remedy = "Name another file, or make room, and try again. Nothing half-written was left behind."
    return OutputError(Problem(ProblemKind.CANNOT_WRITE, what, remedy, Place(str(to))))


def _write(file: BinaryIO, *, except_for: Path) -> None:
    deployment = settings.DEPLOYMENT
    hashes: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        _add(archive, SETTINGS, deployment.file, hashes)
        with tempfile.NamedTemporaryFile(dir=deployment.folder, prefix=".rows-") as rows:
            write_rows(rows)  # type: ignore[arg-type]
            rows.flush()
            head = _head_of_rows(Path(rows.name))
            _add(archive, ROWS, Path(rows.name), hashes)
        for path in files_kept(deployment.folder, deployment.file, except_for):
            _add(archive, f"{FILES}/{path.relative_to(deployment.folder).as_posix()}", path, hashes)
        manifest = {
            "format": FORMAT,
            "wardline": __version__,
            "made at": timezone.now().isoformat(),
            "place": str(deployment.place),
            "folder": str(deployment.folder),
            "migrations": migrations_applied(),
            "trail": head,
            "files": hashes,
        }
        content = json.dumps(manifest, indent=1, sort_keys=True).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(content), 0o600
        archive.addfile(entry, io.BytesIO(content))


def _head_of_rows(rows: Path) -> str:
    """The head of the trail as it is among the rows: others may have written since."""
    with rows.open("rb") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            if row["model"] == "trail.head":
                return f"{row['fields']['hash']}@{row['fields']['number']}"
    return head_in_words()


def files_kept(folder: Path, *left_out: Path) -> Iterator[Path]:
    """The files of a deployment beside its database: dives, releases, uploads, the secret."""
    others = {path.resolve() for path in left_out}
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in within.parts)
        is_database = within.parts[0].startswith(SQLITE_FILE)
        is_left_out = is_hidden or is_database or within.as_posix() == NAMES_LAST_BACKUP
        if path.is_file() and not path.is_symlink() and not is_left_out and path.resolve() not in others:
            yield path


def _add(archive: tarfile.TarFile, name: str, path: Path, hashes: dict[str, str]) -> None:
    """Add a file, with the hash of exactly the bytes that were added."""
    with path.open("rb") as file:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
        hashed = _Hashing(file)
        archive.addfile(entry, hashed)
        hashes[name] = hashed.digest.hexdigest()


class _Hashing(io.RawIOBase):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data
