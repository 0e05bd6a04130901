"""Two people at once on the same thing: the second is told, and both texts are kept."""

from __future__ import annotations

from collections.abc import Mapping

from wardline_workspace.pages.refused import Refused

__all__ = ["ChangedMeanwhile", "changed_meanwhile"]


class ChangedMeanwhile(Refused):
    """Somebody else changed the thing while this form was open. `theirs` is what stands there now, by field."""

    def __init__(self, theirs: Mapping[str, object]) -> None:
        super().__init__(
            "Somebody else changed this while you had it open. What they wrote and what you wrote are both below. "
            "Change your text if you need to, and send it again."
        )
        self.theirs = dict(theirs)


def changed_meanwhile(now: int, when_opened: int, *, theirs: Mapping[str, object]) -> None:
    """Raise ChangedMeanwhile unless the thing still has the version that it had when the form was opened."""
    if now != when_opened:
        raise ChangedMeanwhile(theirs)
