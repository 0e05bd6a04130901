"""How entries come onto a system: typed some minutes after the thing was done, now and then many hours later.

The two clocks are kept apart: an entry says when something happened, and the system notes when it was typed.
"""

from __future__ import annotations

from random import Random

from wardline.simulation.clock import HOUR, MINUTE
from wardline.simulation.draws import draw_minutes
from wardline.simulation.parameters import TYPED_HOURS_LATE_SHARE, TYPED_MINUTES
from wardline.simulation.records import Entry

__all__ = ["EntriesOfCase"]

HOURS_LATE = (2, 20)


class EntriesOfCase:
    """Gathers the entries of one case. What happens or is typed at or after `end` is on no export, and is not kept."""

    def __init__(self, source: Random, end: int) -> None:
        self._source = source
        self._end = end
        self.entries: list[Entry] = []

    def add(
        self,
        event: str,
        at: int,
        *,
        attributes: dict[str, str] | None = None,
        typed_at: int | None = None,
        is_soon: bool = False,
        is_unreadable: bool = False,
        is_date_only: bool = False,
    ) -> Entry | None:
        """An entry, if the export that is taken at the end holds it. `is_soon`: it is always typed within minutes."""
        if typed_at is None:
            typed_at = at + self._delay(is_soon)
        if at >= self._end or typed_at >= self._end:
            return None
        entry = Entry(event, at, typed_at, attributes or {}, False, is_unreadable, is_date_only)
        self.entries.append(entry)
        return entry

    def _delay(self, is_soon: bool) -> int:
        source = self._source
        if not is_soon and source.random() < TYPED_HOURS_LATE_SHARE:
            return int(source.uniform(*HOURS_LATE) * HOUR) // MINUTE * MINUTE
        return draw_minutes(source, TYPED_MINUTES)
