"""The keys of the other place that somebody here has confirmed by telephone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from wardline_workspace.roles import SeenBy

__all__ = ["KnownKey"]


class KnownKey(models.Model):
    """A key that files from the other place are signed with, and who here compared its fingerprint by telephone."""

    fingerprint = models.CharField(max_length=64, unique=True)
    confirmed_by = models.CharField(max_length=40)
    confirmed_at = models.DateTimeField(auto_now_add=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        "fingerprint": SeenBy.EVERYBODY,
        "confirmed_by": SeenBy.AUDITORS,
        "confirmed_at": SeenBy.EVERYBODY,
    }

    def __str__(self) -> str:
        return self.fingerprint[:16]
