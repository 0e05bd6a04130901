"""The secret that sessions and links are signed with: made once, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

__all__ = ["secret_of"]

SECRET_FILE = "workspace.secret"
BYTES = 64


def secret_of(folder: Path) -> str:
    """The deployment's secret; made where there is none yet."""
    file = folder / SECRET_FILE
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
    # Two processes may start at once: whoever makes the file first is followed by the other.
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as written:
        secret = secrets.token_urlsafe(BYTES)
        written.write(secret)
    return secret
