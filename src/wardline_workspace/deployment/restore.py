"""Restoring a backup into an empty folder: whole and verified, or nothing of it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline_workspace.deployment.encrypted_file import BEGINS_WITH, DecryptingReader, Spoilt

__all__ = ["restore"]

FORMAT, MANIFEST, ROWS, SETTINGS, FILES = 1, "manifest.json", "rows.jsonl", "workspace.yaml", "files/"
PIECE = 1 << 20


def restore(backup: Path, to: Path, *, passphrase: str | None, database: str | None, by: str) -> Path:
    """Restore the backup into a folder that is empty or not there; gives the restored `workspace.yaml`.

    Everything is made in a hidden folder beside, verified there, and given its name at the end. Raises OutputError.
    """
    to = to.absolute()
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise _refused(to, "The folder is not empty, and nothing is restored over what is there.")
    to.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".restoring-", dir=to.parent))
    try:
        manifest = _unpacked(backup, making, passphrase)
        _settle(making, database)
        _load(making, manifest, to, backup, by)
        if to.exists():
            to.rmdir()
        os.rename(making, to)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return to / SETTINGS


def _refused(where: Path, what: str, remedy: str = "Nothing was restored.") -> OutputError:
    return OutputError(Problem(ProblemKind.UNREADABLE_FILE, what, remedy, Place(str(where))))


def _unpacked(backup: Path, into: Path, passphrase: str | None) -> dict[str, Any]:
    """Unpack into the folder, and give the manifest once every file is as it says."""
    hashes: dict[str, str] = {}
    try:
        with backup.open("rb") as file, tarfile.open(fileobj=_plain(file, backup, passphrase), mode="r|") as archive:
            for entry in archive:
                hashes[entry.name] = _unpack(archive, entry, into, backup)
            while archive.fileobj.read(PIECE):
                pass  # the last piece says that nothing was cut off
    except Spoilt:
        raise _refused(backup, "The passphrase is another, or the backup is not as it was written.") from None
    except (tarfile.TarError, EOFError):
        raise _refused(backup, "This is no backup, or a part of it is missing.") from None
    except OSError as error:
        raise _refused(backup, f"It cannot be read or unpacked: {error.strerror}.") from None
    return _checked_manifest(into, hashes, backup)


def _plain(file: BinaryIO, backup: Path, passphrase: str | None) -> Any:
    is_encrypted = file.read(len(BEGINS_WITH)) == BEGINS_WITH
    file.seek(0)
    if is_encrypted and passphrase is None:
        raise _refused(backup, "The backup is encrypted.", "Give the file of its passphrase: --passphrase-file.")
    return DecryptingReader(file, passphrase or "") if is_encrypted else file


def _unpack(archive: tarfile.TarFile, entry: tarfile.TarInfo, into: Path, backup: Path) -> str:
    """Write one file, and give its hash. Nothing but plain files within the folder is taken from an archive."""
    parts = entry.name.split("/")
    is_within = not entry.name.startswith("/") and not {"", ".", ".."} & set(parts) and "\\" not in entry.name
    is_known = entry.name in (MANIFEST, ROWS, SETTINGS) or entry.name.startswith(FILES)
    if not (entry.isreg() and not entry.issparse() and is_within and is_known):
        raise _refused(backup, "The backup holds something that is no plain file within it. It was not made by us.")
    path = into / entry.name.removeprefix(FILES)
    if path.exists():
        raise _refused(backup, "The backup holds two files of one name. It was not made by us.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, source = hashlib.sha256(), archive.extractfile(entry)
    assert source is not None
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        while piece := source.read(PIECE):
            digest.update(piece)
            written.write(piece)
    return digest.hexdigest()


def _checked_manifest(folder: Path, hashes: dict[str, str], backup: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        said, number = dict(manifest["files"]), int(manifest["format"])
    except (OSError, ValueError, KeyError, TypeError):
        raise _refused(backup, "The backup has no manifest that can be read: a part of it is missing.") from None
    if number != FORMAT:
        raise _refused(backup, "Another version of Wardline made this backup.", "Restore it with that version.")
    hashes.pop(MANIFEST, None)
    if different := sorted(name for name in said.keys() | hashes.keys() if said.get(name) != hashes.get(name)):
        raise _refused(backup, f"A file is not as it was backed up: {different[0]}.")
    (folder / MANIFEST).unlink()
    return manifest


def _settle(folder: Path, database: str | None) -> None:
    """Let the restored settings name the folder that they are in, and the database that was asked for."""
    file = folder / SETTINGS
    text = re.sub(r"(?m)^folder:.*$", "folder: .", file.read_text(encoding="utf-8"))
    if database is not None:
        text = re.sub(r"(?m)^database:.*\n?", "", text).rstrip("\n") + f"\ndatabase: {database}\n"
    file.write_text(text, encoding="utf-8")


def _load(folder: Path, manifest: dict[str, Any], to: Path, backup: Path, by: str) -> None:
    """Fill the database, and see that the trail is whole and ends where it ended."""
    from wardline_workspace.deployment import running

    running.set_up(folder / SETTINGS)
    running.migrate()
    from django.db import connection

    from wardline_workspace.deployment.rows import holds_rows, migrations_applied, read_rows
    from wardline_workspace.trail.actions import find_break, head_in_words, record
    from wardline_workspace.trail.kinds import Did

    if migrations_applied() != manifest["migrations"]:
        remedy = f"Install wardline {manifest['wardline']}, restore it with that, and then bring that up to date."
        raise _refused(backup, "Another version of Wardline made this backup.", remedy)
    if holds_rows():
        raise _refused(to, "The database is not empty.", "Name an empty one: --database. Nothing was restored.")
    with (folder / ROWS).open("rb") as lines:
        read_rows(lines, moved=(Path(manifest["folder"]), to))
    (folder / ROWS).unlink()
    broken = find_break()
    if broken is not None or head_in_words() != manifest["trail"]:
        raise _refused(backup, "The trail in the backup is not whole.")
    record(Did.RESTORED, by=by)
    connection.close()
