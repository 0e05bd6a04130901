"""The key of a force's dives, and the pseudonyms made with it.

The key is made once and kept beside `force.yaml`; it never goes into a dive folder, which holds its fingerprint
only. Dives made with one key give the same person the same pseudonym, so that they can be set side by side.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from wardline.dive.described.dive_documents import DiveDocuments
from wardline.dive.kept.manifest import read_manifest
from wardline.errors import DocumentError, OutputError, Place, Problem, ProblemKind
from wardline.whole_files import write_new_file

__all__ = ["Key", "check_previous", "find_or_draw_key", "keep_key", "key_people", "read_key"]

KEY_BYTES = 32
# 128 bits: two people of one force sharing a pseudonym by chance is out of the question, and a person can copy it.
PSEUDONYM_CHARACTERS = 32
FINGERPRINT_CHARACTERS = 16
KEYED_COLUMNS = {"person_id": "person", "postcode": "postcode"}
KEYED_TABLES = ("cases", "people")


@dataclass(frozen=True)
class Key:
    """A secret of 32 bytes. `was_made` says that it did not exist before this dive."""

    secret: bytes = field(repr=False)
    was_made: bool = False
    others_may_read: bool = False

    @property
    def fingerprint(self) -> str:
        """What tells keys apart without telling the key."""
        return hmac.new(self.secret, b"fingerprint", hashlib.sha256).hexdigest()[:FINGERPRINT_CHARACTERS]

    def pseudonym(self, kind: str, value: str) -> str:
        """The keyed HMAC-SHA-256 of a value; the same value of another kind (person, postcode) gets another."""
        # A kind never holds a NUL, so no two pairs are written alike.
        return hmac.digest(self.secret, f"{kind}\0{value}".encode(), "sha256").hex()[:PSEUDONYM_CHARACTERS]


def find_or_draw_key(path: Path) -> Key:
    """The key in this file; where there is none, a new one, which `keep_key` writes once there is a use for it.

    Raises DocumentError where the file holds no key, OutputError where none could be written.
    """
    try:
        return read_key(path)
    except FileNotFoundError:
        pass
    if not path.parent.is_dir():
        raise _not_written(path, "there is no such folder")
    if not os.access(path.parent, os.W_OK):
        raise _not_written(path, "you may not write there")
    return Key(secrets.token_bytes(KEY_BYTES), was_made=True)


def keep_key(key: Key, path: Path) -> None:
    """Write a new key, for its owner only; one that was found is left as it is.

    A dive that stops before it has a child's pseudonym to write leaves no key behind, so that the first dive that
    ends well is the one that tells of it. Raises OutputError where it cannot be written.
    """
    if not key.was_made:
        return
    if not path.parent.is_dir():
        raise _not_written(path, "there is no such folder")
    write_new_file(
        path,
        f"{key.secret.hex()}\n",
        owner_only=True,
        already_there=(
            "Another dive made a key here while this one was reading.",
            "Run this dive again; it then uses that key.",
        ),
    )


def read_key(path: Path) -> Key:
    """The key in this file.

    Raises FileNotFoundError where there is no file and DocumentError where it holds no key.
    """
    try:
        text = path.read_bytes().decode("ascii").strip()
        secret = bytes.fromhex(text)
    except FileNotFoundError:
        raise
    except ValueError:
        secret = b""
    except OSError as error:
        raise DocumentError(
            Problem(
                ProblemKind.UNREADABLE_FILE,
                f"The key cannot be read: {error.strerror}.",
                "Check that it is a file and that you may read it.",
                Place(str(path)),
            )
        ) from None
    if len(secret) != KEY_BYTES:
        raise DocumentError(
            Problem(
                ProblemKind.WRONG_VALUE,
                "This file does not contain a Wardline key.",
                "Put the key back from your backup. Without it, earlier dives cannot be compared with "
                "new ones; if there are none, move this file away and a new key will be made.",
                Place(str(path)),
            )
        )
    return Key(secret, others_may_read=os.name == "posix" and bool(path.stat().st_mode & 0o077))


def check_previous(documents: DiveDocuments, key: Key) -> None:
    """Raise DocumentError unless the previous dive was made with the same key, so that child ids stay the same."""
    dive = documents.dive
    if dive.previous is None:
        return
    manifest = read_manifest(dive.previous)
    if manifest.key_fingerprint != key.fingerprint:
        raise DocumentError(
            dive.document.problem(
                ProblemKind.WRONG_VALUE,
                ("previous",),
                "That dive was made with another key, so its child ids cannot be kept: the same child would have two.",
                f"Name the key of that dive with `key:` (its fingerprint is {manifest.key_fingerprint}, "
                "that of this one "
                f"{key.fingerprint}), or leave `previous` out.",
            )
        )


def key_people(name: str, key: Key) -> Callable[[pl.DataFrame], pl.DataFrame] | None:
    """How the rows of this table of an event log are keyed; None where it holds nothing to key."""
    if name not in KEYED_TABLES:
        return None

    def keyed(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.with_columns(
            _keyed(rows[column], kind, key) for column, kind in KEYED_COLUMNS.items() if column in rows.columns
        )

    return keyed


def _keyed(values: pl.Series, kind: str, key: Key) -> pl.Series:
    different = values.drop_nulls().unique().to_list()
    pseudonyms = [key.pseudonym(kind, _as_compared(kind, value)) for value in different]
    return values.replace_strict(different, pseudonyms, default=None, return_dtype=pl.String)


def _as_compared(kind: str, value: str) -> str:
    """One postcode is written with and without a space; a person id is exactly what it is."""
    return "".join(value.split()).upper() if kind == "postcode" else value


def _not_written(path: Path, reason: str | None) -> OutputError:
    return OutputError(
        Problem(
            ProblemKind.CANNOT_WRITE,
            f"No key can be written there: {reason or 'the system would not'}.",
            "Make the folder of `force.yaml` writable, or name a file with `key:` in the dive file.",
            Place(str(path)),
        )
    )
