"""A small JSON file with a signature: whoever takes it in sees whether it was changed, and which key signed it.

The key is made once in the deployment's folder and never leaves it. The file carries the public half, so it can always
be checked against itself; whether that key is the other place's is for a person to ask by telephone, once.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from wardline_workspace.pages.refused import Refused

__all__ = ["LARGEST", "SignedFile", "fingerprint_in_groups", "own_fingerprint", "read_signed", "write_signed"]

KEY_FILE = "workspace.signing-key"
LARGEST = 200_000  # bytes; such a file holds a few numbers or a page of text
CHANGED = "This file was changed after it was written, or only part of it was copied. Ask for it again by telephone."


@dataclass(frozen=True)
class SignedFile:
    """What a signed file says, which kind of file it is, and the fingerprint of the key that signed it."""

    kind: str
    words: Mapping[str, Any]
    fingerprint: str


def _own_key(folder: Path) -> Ed25519PrivateKey:
    file = folder / KEY_FILE
    if not file.exists():
        # Written beside and then given its name, so that a second process never reads half a key.
        handle, beside = tempfile.mkstemp(prefix=".key-", dir=folder)
        with os.fdopen(handle, "wb") as written:
            written.write(Ed25519PrivateKey.generate().private_bytes_raw())
        with suppress(FileExistsError):
            os.link(beside, file)
        os.unlink(beside)
    return Ed25519PrivateKey.from_private_bytes(file.read_bytes())


def _form(kind: str, words: Mapping[str, Any]) -> bytes:
    return json.dumps({"kind": kind, "says": words}, sort_keys=True, separators=(",", ":")).encode("ascii")


def write_signed(kind: str, words: Mapping[str, Any]) -> bytes:
    """The file, as bytes."""
    key = _own_key(settings.DEPLOYMENT.folder)
    whole = {
        "kind": kind,
        "says": dict(words),
        "key": key.public_key().public_bytes_raw().hex(),
        "signature": key.sign(_form(kind, words)).hex(),
    }
    return json.dumps(whole, indent=1, ensure_ascii=False).encode()


def read_signed(content: bytes, *, kind: str) -> SignedFile:
    """What a file says. Raises Refused, in words for the field `file`, where it is another file or was changed."""
    if len(content) > LARGEST:
        raise Refused("This file is too large to be one. Choose the file that the other workspace made.", field="file")
    try:
        whole = json.loads(content)
        words, key, signature = whole["says"], bytes.fromhex(whole["key"]), bytes.fromhex(whole["signature"])
        is_of_kind = whole["kind"] == kind and isinstance(words, dict)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused("This is not a file that a workspace made. Choose another one.", field="file") from None
    if not is_of_kind:
        raise Refused("This file is of another kind. Choose the one that this page is for.", field="file")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _form(kind, words))
    except (InvalidSignature, ValueError):
        raise Refused(CHANGED, field="file") from None
    return SignedFile(kind, words, hashlib.sha256(key).hexdigest())


def own_fingerprint() -> str:
    """The fingerprint of this deployment's own key, to be read out by telephone."""
    key = _own_key(settings.DEPLOYMENT.folder).public_key().public_bytes_raw()
    return fingerprint_in_groups(hashlib.sha256(key).hexdigest())


def fingerprint_in_groups(fingerprint: str) -> str:
    """Its beginning as people read it to each other: `3f2a 91bc 77d0 e412`."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, 16, 4))
