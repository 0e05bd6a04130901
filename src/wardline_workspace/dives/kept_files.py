"""What takes long to count, kept in a file so that a page of it is there at once.

The file is signed with the deployment's secret, and one that was not written here is never opened; one that another
version of Wardline wrote is counted again.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import tempfile
from functools import cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

import wardline

__all__ = ["code_version", "keep", "kept"]

FOLDER = "figures"
SIGNATURE = 32  # bytes
_Kept = TypeVar("_Kept")


def keep(name: str, what: object) -> None:
    """Keep something under a name; it replaces what was kept under it before."""
    _write(_file(name), pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL))


def kept(name: str, of: type[_Kept]) -> _Kept | None:
    """What was kept; None where nothing was, where another version wrote it, or where it was not written here."""
    try:
        written = _file(name).read_bytes()
    except FileNotFoundError:
        return None
    signature, content = written[:SIGNATURE], written[SIGNATURE:]
    if not hmac.compare_digest(signature, _signature(name, content)):
        return None
    found = pickle.loads(content)  # signed with a secret that only this deployment has
    assert isinstance(found, of), "what was signed under this name is of this class"
    return found


def _file(name: str) -> Path:
    return Path(settings.DEPLOYMENT.folder) / FOLDER / f"{name}.{_version()[:16]}"


@cache
def code_version(room: Path) -> str:
    """The hash of the library's code and of a room's: what was counted by other code is counted again."""
    code = hashlib.sha256()
    for root in (Path(wardline.__file__).parent, room):
        for file in sorted(root.rglob("*.py")):
            code.update(file.read_bytes())
    return code.hexdigest()


def _version() -> str:
    return code_version(Path(__file__).parent)


def _signature(name: str, content: bytes) -> bytes:
    """Of the name too: a file put in the place of another is not taken for it."""
    signed = f"{_version()}\n{name}\n".encode() + content
    return hmac.new(settings.SECRET_KEY.encode(), signed, hashlib.sha256).digest()


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all; readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for older in file.parent.glob(f"{file.stem}.*"):
        if older != file and not older.name.endswith(".part"):
            older.unlink(missing_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f"{file.name}-", suffix=".part", dir=file.parent)
    with os.fdopen(handle, "wb") as written:
        written.write(_signature(file.stem, content) + content)
    os.replace(beside, file)
