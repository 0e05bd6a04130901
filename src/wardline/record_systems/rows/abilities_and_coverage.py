"""What each record system is able to record, and from when to when it did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from datetime import datetime

import polars as pl

from wardline.events import ABILITIES, COVERAGE
from wardline.record_systems.mapping.cells import CaseId
from wardline.record_systems.mapping.mapping import Mapping

__all__ = ["abilities", "coverage"]


def abilities(mappings: Sequence[Mapping], names_found: Dictionary[str, Iterable[str]]) -> pl.DataFrame:
    """The table `abilities`. `names_found` are, by system, events that only the data name."""
    by_name = {mapping.system: mapping for mapping in mappings}
    rows: dict[tuple[str, str | None, str | None, str | None], bool] = {}
    for mapping in mappings:
        for table in mapping.tables:
            case_types = _case_types(table.names_its_case, mapping, by_name)
            found = names_found.get(mapping.system, ())
            for case_type, event, field, keeps_history in table.abilities(case_types, found):
                key = (mapping.system, case_type, event, field)
                # Where two tables record it, the one that keeps history counts.
                rows[key] = rows.get(key, False) or keeps_history
    return pl.DataFrame([(*key, keeps_history) for key, keeps_history in rows.items()], schema=ABILITIES, orient="row")


def _case_types(case_id: CaseId | None, mapping: Mapping, by_name: Dictionary[str, Mapping]) -> tuple[str, ...]:
    """The types of the cases that a table's rows can belong to."""
    if case_id is None:
        return ()
    other = mapping if case_id.of is None else by_name.get(case_id.of)
    return () if other is None else other.types_of_cases_named(case_id)


def coverage(mappings: Sequence[Mapping], as_at: datetime | None) -> pl.DataFrame:
    """The table `coverage`: a row for each gap of a system, or one without a gap; taken at as at where not said."""
    rows = []
    for mapping in mappings:
        start = (mapping.system, mapping.title, mapping.kept_by.value, mapping.taken_at or as_at)
        gaps: list[tuple[datetime | None, datetime | None, str | None]] = [
            (mapping.calendar.start_of(gap.first_day), mapping.calendar.end_of(gap.last_day), gap.note)
            for gap in mapping.gaps
        ]
        rows += [(*start, *gap) for gap in gaps or [(None, None, None)]]
    return pl.DataFrame(rows, schema=COVERAGE, orient="row")
