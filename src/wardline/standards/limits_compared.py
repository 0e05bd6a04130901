"""A force's time limit held beside the shipped one: which gives more time, as far as it can be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from wardline.obligations import LimitTable, TimeLimit, limit_in_words
from wardline.time_limits import SingleLimit, TimeIn, ToBeSet, is_certainly_longer

__all__ = ["Compared", "PartCompared", "compare_limits", "how_compared", "looser_in_words"]

OneLimit: TypeAlias = SingleLimit | ToBeSet | None
"""What a limit says for one value of its attribute; None where it says nothing, so that the limit is unknown."""


class Compared(Enum):
    """How a force's limit stands to the shipped one; the value is the word that people read."""

    SAME = "the same"
    TIGHTER = "tighter"
    LOOSER = "looser"
    SET = "set where the standard gives none"
    UNSAID = "cannot be compared"


@dataclass(frozen=True)
class PartCompared:
    """The limits for one value of a table's attribute; `value` None: for any value that is not listed, or no table."""

    value: str | None
    shipped: OneLimit
    local: OneLimit
    how: Compared


def compare_limits(shipped: TimeLimit, local: TimeLimit) -> tuple[PartCompared, ...]:
    """Value by value. None at all where the two go by different things, so that nothing can be compared."""
    if isinstance(shipped, TimeIn) or isinstance(local, TimeIn):
        return ()
    tables = [limit for limit in (shipped, local) if isinstance(limit, LimitTable)]
    if len({(table.by, table.of) for table in tables}) > 1:
        return ()
    values = list(dict.fromkeys(value for table in tables for value, _ in table.limits))
    return tuple(_part(shipped, local, value) for value in ([*values, None] if tables else [None]))


def how_compared(shipped: TimeLimit, local: TimeLimit) -> Compared:
    """The two limits as wholes: looser where any part is."""
    if shipped == local:
        return Compared.SAME
    found = {part.how for part in compare_limits(shipped, local)}
    order = (Compared.LOOSER, Compared.UNSAID, Compared.TIGHTER, Compared.SET, Compared.SAME)
    return next((how for how in order if how in found), Compared.UNSAID)


def looser_in_words(shipped: TimeLimit, local: TimeLimit) -> Iterator[str]:
    """Where the local limit gives certainly more time: `high: 20 minutes, shipped 15 minutes`."""
    for part in compare_limits(shipped, local):
        if part.how is Compared.LOOSER and part.shipped is not None:
            shown = "to be set" if part.local is None else limit_in_words(part.local)
            yield f"{f'{part.value}: ' if part.value else ''}{shown}, shipped {limit_in_words(part.shipped)}"


def _part(shipped: TimeLimit, local: TimeLimit, value: str | None) -> PartCompared:
    was, now = _limit_for(shipped, value), _limit_for(local, value)
    return PartCompared(value, was, now, _how(was, now))


def _how(was: OneLimit, now: OneLimit) -> Compared:
    if now is None or isinstance(now, ToBeSet):
        return Compared.SAME if was is None or isinstance(was, ToBeSet) else Compared.LOOSER
    if was is None or isinstance(was, ToBeSet):
        return Compared.SET
    if was == now:
        return Compared.SAME
    if is_certainly_longer(now, was):
        return Compared.LOOSER
    return Compared.TIGHTER if is_certainly_longer(was, now) else Compared.UNSAID


def _limit_for(limit: TimeLimit, value: str | None) -> OneLimit:
    """What a limit says for a value of its attribute (None: an empty or unlisted one)."""
    assert not isinstance(limit, TimeIn), "a time in the records has no length"
    if not isinstance(limit, LimitTable):
        return limit
    return limit.unknown if value is None else dict(limit.limits).get(value, limit.unknown)
