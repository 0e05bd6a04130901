"""The shape of a mapping as people write it: its keys, and what may stand beside each."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from wardline.documents import Day, Keys, Text, WholeNumber, as_list, unfit
from wardline.errors import ProblemKind
from wardline.obligations import Owner
from wardline.record_systems.mapping.addresses import read_address, read_query
from wardline.record_systems.mapping.shape_values import (
    Column,
    Columns,
    Encoding,
    FilePattern,
    Formats,
    Name,
    Pattern,
    Separator,
    SystemName,
    check_attribute_names,
)
from wardline.record_systems.mapping.shapes_of_cells import (
    AttributeKeys,
    CaseIdKeys,
    EventNameKeys,
    EventOfRowKeys,
    TimeKeys,
)

__all__ = [
    "DEFAULT_ZONE",
    "TABLE_SHAPES",
    "CaseKeys",
    "EventKeys",
    "EventsKeys",
    "FilesKeys",
    "MappingKeys",
    "NoteKeys",
    "PersonKeys",
    "TableKeys",
]

DEFAULT_ZONE = "Europe/London"


class GapKeys(Keys):
    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")
    note: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> GapKeys:
        if self.last_day < self.first_day:
            raise unfit(
                ProblemKind.UNREADABLE_TIME_SETTING,
                "This gap ends before it begins.",
                "Write the earlier day after `from` and the later one after `to`; both are included.",
            )
        return self


def _none_yet(tables: Any) -> Any:
    return [] if tables is None else tables


class MappingKeys(Keys):
    record_system: SystemName = Field(alias="record system")
    title: Text | None = None
    time_zone: Text = Field(DEFAULT_ZONE, alias="time zone")
    taken_at: Text | None = Field(None, alias="taken at")
    kept_by: Owner = Field(Owner.FORCE, alias="kept by")
    gaps: list[GapKeys] = Field(default_factory=list)
    # Each is held against the shape of its own kind, so that a wrong key is told what that kind knows. None stands
    # there yet where a draft has left every table to be finished; who reads exports with it tells that.
    tables: Annotated[list[Any], BeforeValidator(_none_yet)]


class FilesKeys(Keys):
    files: FilePattern | None = None
    sheet: Text | None = None
    header_row: WholeNumber | None = Field(None, alias="header row")
    query: Annotated[str, BeforeValidator(read_query)] | None = None
    database: Annotated[str, BeforeValidator(read_address)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_pattern(cls, value: Any) -> Any:
        return {"files": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _files_or_query(self) -> FilesKeys:
        if (self.query is None) != (self.database is None):
            raise unfit(
                ProblemKind.MISSING_KEY,
                "A query and its database belong together, and one of them is missing here.",
                'Write `{query: "SELECT …", database: …}`.',
            )
        if (self.query is None) == (self.files is None):
            raise unfit(
                ProblemKind.MISSING_KEY,
                "This does not say where the rows come from, or says it twice.",
                "Write a file name or pattern, or `{files: …, sheet: …}`, or `{query: …, database: …}`.",
            )
        if self.query is not None and (self.sheet is not None or self.header_row is not None):
            raise unfit(
                ProblemKind.WRONG_VALUE,
                "`sheet` and `header row` are for files.",
                "Leave them out beside a query: its columns are those that it selects.",
            )
        return self


def _attributes_of(table: str) -> BeforeValidator:
    def check(value: Any) -> Any:
        if isinstance(value, dict):
            check_attribute_names(value, table)
        return value

    return BeforeValidator(check)


Attributes: TypeAlias = dict[str, AttributeKeys]


class RestrictedKeys(Keys):
    """Which rows are restricted, and why: their cases are counted, and never shown."""

    where: Pattern
    because: Text


class TableKeys(Keys):
    each_row_is: Text = Field(alias="each row is")
    files: FilesKeys
    only_where: Pattern | None = Field(None, alias="only where")
    leave_out_where: Pattern | None = Field(None, alias="leave out where")
    restricted: RestrictedKeys | None = None
    time_format: Formats | None = Field(None, alias="time format")
    empty: Annotated[list[str], BeforeValidator(as_list)] = Field(default_factory=lambda: [""])
    encoding: Encoding | None = None
    separator: Separator | None = None

    @model_validator(mode="after")
    def _as_files_are_written(self) -> TableKeys:
        if self.files.query is not None and (self.encoding is not None or self.separator is not None):
            raise unfit(
                ProblemKind.WRONG_VALUE, "`encoding` and `separator` are for files.", "Leave them out beside a query."
            )
        return self


class OwnCaseIdKeys(CaseIdKeys):
    @model_validator(mode="after")
    def _of_this_system(self) -> OwnCaseIdKeys:
        if self.of is not None:
            raise unfit(
                ProblemKind.WRONG_VALUE,
                "A row that is a case has its own id, not another system's.",
                "Name this table's own column; or write `each row is: events of a case`.",
            )
        return self


class CaseKeys(TableKeys):
    case_type: Text = Field(alias="case type")
    case_id: OwnCaseIdKeys = Field(alias="case id")
    opened_at: TimeKeys | None = Field(None, alias="opened at")
    closed_at: TimeKeys | None = Field(None, alias="closed at")
    person: Columns | None = None
    attributes: Annotated[Attributes, _attributes_of("cases")] = Field(default_factory=dict)
    events: dict[Name, EventOfRowKeys] = Field(default_factory=dict)


class EventKeys(TableKeys):
    case_id: CaseIdKeys = Field(alias="case id")
    event: EventNameKeys
    at: TimeKeys
    recorded_at: TimeKeys | None = Field(None, alias="recorded at")
    attributes: Annotated[Attributes, _attributes_of("events")] = Field(default_factory=dict)
    makes_cases: Text | None = Field(None, alias="makes cases")

    @model_validator(mode="after")
    def _of_its_own(self) -> EventKeys:
        if self.makes_cases is not None and self.case_id.of is not None:
            raise unfit(
                ProblemKind.WRONG_VALUE,
                "These rows belong to another system's cases, so they cannot make any.",
                "Leave out `makes cases`, or give a `case id` of this system.",
            )
        return self


class EventsKeys(TableKeys):
    case_id: CaseIdKeys = Field(alias="case id")
    events: Annotated[dict[Name, EventOfRowKeys], Field(min_length=1)]


class PersonKeys(TableKeys):
    person_id: Columns = Field(alias="person id")
    given_name: AttributeKeys | None = Field(None, alias="given name")
    family_name: AttributeKeys | None = Field(None, alias="family name")
    date_of_birth: TimeKeys | None = Field(None, alias="date of birth")
    sex: AttributeKeys | None = None
    ethnicity: AttributeKeys | None = None
    postcode: AttributeKeys | None = None
    phone: AttributeKeys | None = None
    attributes: Annotated[Attributes, _attributes_of("people")] = Field(default_factory=dict)


class NoteKeys(TableKeys):
    case_id: CaseIdKeys = Field(alias="case id")
    written_at: TimeKeys | None = Field(None, alias="written at")
    text: Column
    attributes: Annotated[Attributes, _attributes_of("notes")] = Field(default_factory=dict)


TABLE_SHAPES: dict[str, type[TableKeys]] = {
    "a case": CaseKeys,
    "an event": EventKeys,
    "events of a case": EventsKeys,
    "a person": PersonKeys,
    "a note": NoteKeys,
}
