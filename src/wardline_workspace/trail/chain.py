"""The chain: what an entry's hash is taken over, and whether a run of entries is whole.

The hash is SHA-256 of a JSON text in one form: keys in order, no blanks, times in UTC to the microsecond.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

__all__ = ["FIRST", "Broken", "broken_at", "hash_of"]

FIRST = "0" * 64


class Chained(Protocol):
    """What of an entry goes into its hash."""

    number: int
    at: datetime
    by: str
    did: str
    about_kind: str
    about: str
    detail: dict[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True)
class Broken:
    """Where the trail is not whole, and in which way."""

    number: int
    what: str


def hash_of(entry: Chained) -> str:
    """The hash of an entry, in hexadecimal digits."""
    form = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by,
        "did": entry.did,
        "about_kind": entry.about_kind,
        "about": entry.about,
        "detail": entry.detail,
        "previous": entry.previous,
    }
    text = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def broken_at(entries: Iterable[Chained], *, ends_at: tuple[int, str]) -> Broken | None:
    """The first place where the trail is not whole, or None. `ends_at` is the number and hash of its last entry.

    Without `ends_at` entries cut off at the end would not be missed.
    """
    number, before = 0, FIRST
    for entry in entries:
        number += 1
        if entry.number != number:
            return Broken(number, f"entry {number} is missing")
        if entry.previous != before:
            return Broken(number, f"entry {number} does not follow the one before it")
        if hash_of(entry) != entry.hash:
            return Broken(number, f"entry {number} is not as it was written")
        before = entry.hash
    if (number, before) != ends_at:
        return Broken(number + 1, f"the trail ends with entry {number}, and entry {ends_at[0]} was written")
    return None
