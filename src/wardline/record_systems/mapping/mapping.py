"""What a mapping says, as frozen values: how exports become the event log (docs/reference/mappings.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from wardline.documents import Document, Path_
from wardline.obligations import Owner
from wardline.record_systems.mapping.cells import Attribute, CaseId, Files
from wardline.record_systems.mapping.kinds_of_table import CaseTable, MappedTable
from wardline.time_limits import Calendar

__all__ = ["Gap", "Mapping"]


@dataclass(frozen=True)
class Gap:
    """Local days, both included, in which the system recorded nothing or not all."""

    first_day: date
    last_day: date
    note: str | None = None


@dataclass(frozen=True)
class Mapping:
    """How the exports of one record system are read. A draft of which every table is to be finished has none yet."""

    system: str
    title: str
    calendar: Calendar
    kept_by: Owner
    tables: tuple[MappedTable, ...]
    taken_at: datetime | None = None  # None: as at
    gaps: tuple[Gap, ...] = ()
    document: Document = field(repr=False, compare=False, kw_only=True)

    def case_tables(self) -> tuple[CaseTable, ...]:
        """The tables whose rows are cases."""
        return tuple(table for table in self.tables if isinstance(table, CaseTable))

    def case_types(self) -> tuple[str, ...]:
        """Every type of case that this system opens, in the mapping's order."""
        return tuple(dict.fromkeys(table.opens for table in self.tables if table.opens is not None))

    def reads_files(self) -> bool:
        """Whether any table is read from files; queries need no folder."""
        return any(isinstance(table.files, Files) for table in self.tables)

    def case_ids(self) -> tuple[CaseId, ...]:
        """How each table that speaks of cases names them."""
        return tuple(table.names_its_case for table in self.tables if table.names_its_case is not None)

    def attributes_with_places(self) -> Iterator[tuple[str, Attribute, Path_]]:
        """Every attribute: of which of our tables it is a column, what it is, and where the document says so."""
        for table in self.tables:
            yield from table.attributes_with_places()

    def types_of_cases_named(self, case_id: CaseId) -> tuple[str, ...]:
        """The types of this system's cases that a row may belong to, of this or of another system."""
        if case_id.matching is None:
            return self.case_types()
        having = (
            table.case_type
            for table in self.case_tables()
            if case_id.matching in {attribute.name for attribute in table.attributes}
        )
        return tuple(dict.fromkeys(having))
