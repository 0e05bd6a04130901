"""The shape of a mapping as people write it: its keys, and what may stand beside each."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from wardline.documents import Keys, unfit
from wardline.errors import ProblemKind, did_you_mean
from wardline.obligations import Owner
from wardline.record_systems.mapping import AttributeType
from wardline.record_systems.shape_values import (
    Columns,
    Day,
    Encoding,
    FilePattern,
    Formats,
    Name,
    Pattern,
    RowNumber,
    Separator,
    SystemName,
    Text,
    Values,
    as_column,
    check_attribute_names,
    one_or_more,
    read_name,
    read_values,
)

__all__ = [
    "DEFAULT_ZONE",
    "TABLE_SHAPES",
    "AttributeKeys",
    "CaseIdKeys",
    "CaseKeys",
    "EventKeys",
    "EventNameKeys",
    "EventOfRowKeys",
    "EventsKeys",
    "FilesKeys",
    "MappingKeys",
    "NoteKeys",
    "PersonKeys",
    "TableKeys",
    "TimeKeys",
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


class MappingKeys(Keys):
    record_system: SystemName = Field(alias="record system")
    title: Text | None = None
    time_zone: Text = Field(DEFAULT_ZONE, alias="time zone")
    taken_at: Text | None = Field(None, alias="taken at")
    kept_by: Owner = Field(Owner.FORCE, alias="kept by")
    gaps: list[GapKeys] = Field(default_factory=list)
    # Each is held against the shape of its own kind, so that a wrong key is told what that kind knows.
    tables: Annotated[list[Any], Field(min_length=1)]


class FilesKeys(Keys):
    files: FilePattern
    sheet: Text | None = None
    header_row: RowNumber | None = Field(None, alias="header row")

    @model_validator(mode="before")
    @classmethod
    def _no_database(cls, value: Any) -> Any:
        if isinstance(value, dict) and {"query", "database"} & set(value):
            raise unfit(
                ProblemKind.WRONG_VALUE,
                "Reading straight from a database comes in a later version.",
                "Export the query's result as CSV, XLSX or Parquet, and name that file here.",
            )
        return {"files": value} if isinstance(value, str) else value


class TimeKeys(Keys):
    column: Text | None = None
    date: Text | None = None
    time: Text | None = None
    format: Formats | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_column(cls, value: Any) -> Any:
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _column_or_date(self) -> TimeKeys:
        if (self.column is None) == (self.date is None) or (self.time is not None and self.date is None):
            raise unfit(
                ProblemKind.MISSING_KEY,
                "This does not say in which column the time stands.",
                "Write a column, or `{column: …, format: …}`, or `{date: …, time: …}`.",
            )
        return self


class AttributeKeys(Keys):
    column: Text
    values: Values | None = None
    type: AttributeType = AttributeType.TEXT
    format: Formats | None = None
    keeps_history: bool | None = Field(None, alias="keeps history")

    @model_validator(mode="before")
    @classmethod
    def _one_column(cls, value: Any) -> Any:
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fits_its_type(self) -> AttributeKeys:
        if self.values is not None and self.type is not AttributeType.TEXT:
            raise unfit(
                ProblemKind.WRONG_VALUE,
                "`values` give words, so the attribute is a text.",
                "Leave out `type`, or leave out `values`.",
            )
        if self.format is not None and self.type is not AttributeType.TIME:
            raise unfit(ProblemKind.WRONG_VALUE, "A `format` is for times only.", "Add `type: time`, or leave it out.")
        return self


def _attributes_of(table: str) -> BeforeValidator:
    def check(value: Any) -> Any:
        if isinstance(value, dict):
            check_attribute_names(value, table)
        return value

    return BeforeValidator(check)


Attributes: TypeAlias = dict[str, AttributeKeys]


class EventOfRowKeys(Keys):
    """Every key beside those named here is an attribute of the event."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=False)
    __pydantic_extra__: dict[str, AttributeKeys]

    at: TimeKeys | None = None
    date: Text | None = None
    time: Text | None = None
    recorded_at: TimeKeys | None = Field(None, alias="recorded at")
    happened_if: Pattern | None = Field(None, alias="happened if")
    keeps_history: bool = Field(True, alias="keeps history")

    @model_validator(mode="before")
    @classmethod
    def _no_mistaken_keys(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"at": value}
        if not isinstance(value, dict):
            return value
        known = {info.alias or name for name, info in cls.model_fields.items()}
        for key in value:
            if key in known:
                continue
            # An attribute may have any name, so only what looks like one of our keys is taken for a slip.
            if " " in key or key.replace("_", " ") in known or key.casefold() in known:
                raise unfit(
                    ProblemKind.UNKNOWN_KEY,
                    f"`{key}` is not a key that is known here.{did_you_mean(key, known)}",
                    f"Known here: {', '.join(sorted(known))}; any other name is an attribute of the event.",
                )
            check_attribute_names([key], "events")
        return value

    @model_validator(mode="after")
    def _happens_somehow(self) -> EventOfRowKeys:
        if self.at is not None and (self.date is not None or self.time is not None):
            raise unfit(
                ProblemKind.WRONG_VALUE, "The time of this event is given twice.", "Keep `at`, or `date` with `time`."
            )
        if self.time is not None and self.date is None:
            raise unfit(
                ProblemKind.MISSING_KEY,
                "`date` is missing here: a time of day alone says no day.",
                "Add a line `date: …`.",
            )
        if self.at is None and self.date is None and self.happened_if is None:
            raise unfit(
                ProblemKind.MISSING_KEY,
                "Nothing says when this event happened, or whether it did.",
                "Add `at: …`, or `date: …` with `time: …`, or `happened if: …`.",
            )
        return self


class CaseIdKeys(Keys):
    column: Columns
    of: Text | None = None
    matching: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _own_columns(cls, value: Any) -> Any:
        return as_column(value)

    @model_validator(mode="after")
    def _of_a_system(self) -> CaseIdKeys:
        if self.matching is not None and self.of is None:
            raise unfit(
                ProblemKind.MISSING_KEY,
                "`of` is missing here: `matching` is about another system's cases.",
                "Add `of: …` with the name of that record system.",
            )
        return self


class EventNameKeys(Keys):
    always: str | None = None
    column: Text | None = None
    values: Values | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_name(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"always": read_name(value)}
        if isinstance(value, dict):
            if ("always" in value) == ("column" in value):
                raise unfit(
                    ProblemKind.MISSING_KEY,
                    "This does not say which event a row is.",
                    "Write a name of ours, or `{column: …, values: {…}}`.",
                )
            for ours in (read_values(value["values"]) if value.get("values") is not None else {}).values():
                if ours is not None:
                    read_name(ours)
        return value


class TableKeys(Keys):
    each_row_is: Text = Field(alias="each row is")
    files: FilesKeys
    only_where: Pattern | None = Field(None, alias="only where")
    leave_out_where: Pattern | None = Field(None, alias="leave out where")
    time_format: Formats | None = Field(None, alias="time format")
    empty: Annotated[list[str], BeforeValidator(one_or_more)] = Field(default_factory=lambda: [""])
    encoding: Encoding | None = None
    separator: Separator | None = None


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
                "These rows belong to another system's cases, so they can make none.",
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
    text: Text
    attributes: Annotated[Attributes, _attributes_of("notes")] = Field(default_factory=dict)


TABLE_SHAPES: dict[str, type[TableKeys]] = {
    "a case": CaseKeys,
    "an event": EventKeys,
    "events of a case": EventsKeys,
    "a person": PersonKeys,
    "a note": NoteKeys,
}
