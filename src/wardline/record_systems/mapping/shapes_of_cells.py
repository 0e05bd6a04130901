"""The shape of what stands beside the columns of a row: times, attributes, events, ids."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field, model_validator

from wardline.documents import Keys, Text, YesOrNo, unfit
from wardline.errors import ProblemKind, did_you_mean
from wardline.record_systems.mapping.cells import AttributeType
from wardline.record_systems.mapping.shape_values import (
    Column,
    Columns,
    Formats,
    NoEvent,
    Pattern,
    Values,
    as_column,
    check_attribute_names,
    read_name,
    read_values,
)

__all__ = ["AttributeKeys", "CaseIdKeys", "EventNameKeys", "EventOfRowKeys", "TimeKeys"]


def _check_time(keys: TimeKeys | EventOfRowKeys) -> None:
    """See that the date and the time of day of a time belong together."""
    if keys.date is not None and keys.day_of is not None:
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "The day is given twice.",
            "Keep `date`, the column of this time's own date; or `day of`, the column of a time that came before.",
        )
    if keys.time is not None and keys.date is None and keys.day_of is None:
        raise unfit(
            ProblemKind.MISSING_KEY,
            "`date` is missing here: a time of day alone does not say which day.",
            "Add a line `date: …`; or `day of: …`, with the column of the time whose day it shares.",
        )
    if (keys.day_of is not None and keys.time is None) or (keys.next_day_if_earlier and keys.day_of is None):
        raise unfit(
            ProblemKind.MISSING_KEY,
            "`day of` and `next day if earlier` say on which day a time of day was.",
            "Write `{time: Sent, day of: Reported, next day if earlier: yes}`.",
        )


class TimeKeys(Keys):
    column: Column | None = None
    date: Column | None = None
    time: Column | None = None
    day_of: Column | None = Field(None, alias="day of")
    next_day_if_earlier: YesOrNo = Field(False, alias="next day if earlier")
    format: Formats | None = None
    texts: NoEvent | None = None
    whole_days: YesOrNo | None = Field(None, alias="whole days")

    @model_validator(mode="before")
    @classmethod
    def _one_column(cls, value: Any) -> Any:
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _column_or_date(self) -> TimeKeys:
        is_of_two = self.date is not None or self.time is not None or self.day_of is not None
        if (self.column is None) == (not is_of_two):
            raise unfit(
                ProblemKind.MISSING_KEY,
                "This does not say which column the time is in.",
                "Write a column, or `{column: …, format: …}`, or `{date: …, time: …}`.",
            )
        _check_time(self)
        return self


class AttributeKeys(Keys):
    column: Column
    values: Values | None = None
    type: AttributeType = AttributeType.TEXT
    format: Formats | None = None
    keeps_history: YesOrNo | None = Field(None, alias="keeps history")

    @model_validator(mode="before")
    @classmethod
    def _one_column(cls, value: Any) -> Any:
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fits_its_type(self) -> AttributeKeys:
        if self.values is not None and self.type is not AttributeType.TEXT:
            raise unfit(
                ProblemKind.WRONG_VALUE,
                "`values` give words, so the attribute is text.",
                "Leave out `type`, or leave out `values`.",
            )
        if self.format is not None and self.type is not AttributeType.TIME:
            raise unfit(ProblemKind.WRONG_VALUE, "A `format` is for times only.", "Add `type: time`, or leave it out.")
        return self


class EventOfRowKeys(Keys):
    """Every key beside those named here is an attribute of the event."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=False)
    __pydantic_extra__: dict[str, AttributeKeys]

    at: TimeKeys | None = None
    date: Column | None = None
    time: Column | None = None
    day_of: Column | None = Field(None, alias="day of")
    next_day_if_earlier: YesOrNo = Field(False, alias="next day if earlier")
    texts: NoEvent | None = None
    whole_days: YesOrNo | None = Field(None, alias="whole days")
    recorded_at: TimeKeys | None = Field(None, alias="recorded at")
    happened_if: Pattern | None = Field(None, alias="happened if")
    keeps_history: YesOrNo = Field(True, alias="keeps history")

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
        is_of_two = self.date is not None or self.time is not None or self.day_of is not None
        if self.at is not None and is_of_two:
            raise unfit(
                ProblemKind.WRONG_VALUE, "The time of this event is given twice.", "Keep `at`, or `date` with `time`."
            )
        _check_time(self)
        if self.at is None and not is_of_two and self.happened_if is None:
            raise unfit(
                ProblemKind.MISSING_KEY,
                "Nothing says when this event happened, or whether it did.",
                "Add `at: …`, or `date: …` with `time: …`, or `happened if: …`.",
            )
        if self.at is None and not is_of_two and (self.texts is not None or self.whole_days is not None):
            raise unfit(
                ProblemKind.MISSING_KEY,
                "`texts` and `whole days` say how the cells of a time are read, and this event has none.",
                "Add `at: …`, or leave them out.",
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
    column: Column | None = None
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
