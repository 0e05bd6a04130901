"""What a case is called where its own number must not stand: in the trail, and in the address of its page."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

__all__ = ["case_code"]

DIGITS = 16


def case_code(slug: str, case_id: str) -> str:
    """A code of a case of a dive, which nobody can make without the workspace's own key."""
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, f"{slug}/{case_id}".encode(), hashlib.sha256).hex()[:DIGITS]
