"""How long each kind of thing is kept: `keep for` in `workspace.yaml`. The body settles it; we know no period."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from wardline.documents import Keys, read_text, unfit
from wardline.errors import ProblemKind
from wardline.time_limits import Length, NotALength, is_in_whole_days, read_length

__all__ = ["KeepForKeys", "Kept", "kept_at"]


class Kept(StrEnum):
    """A kind of thing that is kept here and names somebody, or could; the value is its key in `keep for`."""

    DIVES = "dives"
    RELEASES = "releases"
    WAYS_BACK = "ways back"
    WORK = "dives being made"
    CHILDREN = "children to check"
    RISKS = "at risk"


KEPT_AT_OFFICE = (Kept.RELEASES, Kept.RISKS)


def kept_at(place: str) -> tuple[Kept, ...]:
    """Which kinds there are in a force's workspace, or in an office's."""
    return KEPT_AT_OFFICE if place == "office" else tuple(Kept)


def _length(value: Any) -> Length:
    text = read_text(value)
    try:
        length = read_length(text)
    except NotALength:
        length = None
    if not isinstance(length, Length) or not is_in_whole_days(length) or not length.amount:
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "This is not how long something can be kept.",
            "Write a whole number and days, weeks or months, for example `90 days`.",
        )
    return length


_KeptFor = Annotated[Length | None, BeforeValidator(_length)]


class KeepForKeys(Keys):
    """The keys of `keep for`."""

    dives: _KeptFor = None
    releases: _KeptFor = None
    ways_back: _KeptFor = Field(default=None, alias="ways back")
    dives_being_made: _KeptFor = Field(default=None, alias="dives being made")
    children_to_check: _KeptFor = Field(default=None, alias="children to check")
    at_risk: _KeptFor = Field(default=None, alias="at risk")

    def lengths(self) -> Mapping[Kept, Length]:
        """How long each kind is kept, where that is settled."""
        said = {kind: getattr(self, kind.value.replace(" ", "_")) for kind in Kept}
        return {kind: length for kind, length in said.items() if length is not None}
