"""What an action raises when it cannot be done now: a sentence that a page shows as it is."""

from __future__ import annotations

__all__ = ["Refused"]


class Refused(Exception):
    """Something cannot be done now. `field` is the form field that it concerns, where it is one."""

    def __init__(self, reason: str, *, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
