"""An authenticator app, written from RFC 6238: the six figures that a telephone would show."""

from __future__ import annotations

import base64
import hmac
import struct
import time

__all__ = ["code_of"]

SECONDS = 30


def code_of(secret: str, *, steps_later: int = 0) -> str:
    """The six figures for a secret, now or some steps of thirty seconds later."""
    counter = int(time.time()) // SECONDS + steps_later  # noqa: TID251 - an authenticator app asks the clock
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", counter), "sha1")
    offset = digest[-1] & 0xF
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
