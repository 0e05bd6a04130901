"""Codes of things for the trail: they find a case's entries again, and do not say which case it is."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

__all__ = ["case_code"]

DIGITS = 16


def case_code(slug: str, case_id: str) -> str:
    """The code of one case of one dive: a keyed HMAC, the same each time it is asked for in this deployment."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"{slug}/{case_id}".encode(), hashlib.sha256).hexdigest()[:DIGITS]
