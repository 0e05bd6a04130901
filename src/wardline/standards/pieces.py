"""The shapes of the pieces of an obligation: patterns of events, what starts an occasion, time limits."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, PlainValidator, Tag, model_validator
from pydantic_core import PydanticCustomError

from wardline.documents import Keys, TextAsWritten, WholeNumber, unfit
from wardline.errors import ProblemKind
from wardline.time_limits import Length, NotALength, SingleLimit, ToBeSet, read_length

__all__ = [
    "LimitShape",
    "LimitTableKeys",
    "PatternKeys",
    "Patterns",
    "TimeInKeys",
    "TrailingLength",
    "TriggerKeys",
    "TriggerShape",
    "Values",
]


def _length(value: Any) -> SingleLimit | ToBeSet:
    if not isinstance(value, str):
        raise unfit(
            ProblemKind.LENGTH_OF_TIME,
            "A length of time is expected here.",
            "Write a whole number and a unit, for example `3 hours`.",
        )
    if " ".join(value.split()).lower() == "to be set":
        return ToBeSet()
    try:
        return read_length(value)
    except NotALength as error:
        raise _no_length(error) from None


def _trailing_length(value: Any) -> Length:
    read = _length(value)
    if not isinstance(read, Length):
        raise unfit(
            ProblemKind.LENGTH_OF_TIME,
            f"`{value}` cannot be counted back from an event.",
            "Write a whole number and a unit, for example `90 days`.",
        )
    return read


def _no_length(error: NotALength) -> PydanticCustomError:
    return unfit(ProblemKind.LENGTH_OF_TIME, str(error), error.remedy)


LengthOrToBeSet = Annotated[SingleLimit | ToBeSet, PlainValidator(_length)]
TrailingLength = Annotated[Length, PlainValidator(_trailing_length)]


def _values(value: Any) -> Any:
    """One value or a list of them, as a list."""
    if value is None or value == []:
        raise unfit(
            ProblemKind.NEVER_MET,
            "No value is named here, so nothing could ever match.",
            "Write one value, or several in [ ].",
        )
    return value if isinstance(value, list) else [value]


Values = Annotated[tuple[TextAsWritten, ...], BeforeValidator(_values)]


class PatternKeys(Keys):
    """An event by its name; every further key is an attribute with the values it may have."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Values] = Field(init=False)

    event: TextAsWritten

    @model_validator(mode="before")
    @classmethod
    def _no_counting(cls, data: Any) -> Any:
        counting = [key for key in ("nth", "in") if isinstance(data, dict) and key in data]
        if counting:
            raise unfit(
                ProblemKind.UNKNOWN_KEY,
                f"`{counting[0]}` cannot be used inside a list of events.",
                "Only what starts an occasion is counted: `when: {event: reported, nth: 3, in: 90 days}`.",
            )
        return data


def _named(value: Any) -> Any:
    return {"event": value} if isinstance(value, str) else value


def _patterns(value: Any) -> Any:
    if value is None or value == []:
        raise unfit(
            ProblemKind.NEVER_MET,
            "No event is named here, so nothing could ever satisfy this.",
            "Name at least one event, or leave the line out where it may be.",
        )
    return value if isinstance(value, list) else [value]


Patterns = Annotated[tuple[Annotated[PatternKeys, BeforeValidator(_named)], ...], BeforeValidator(_patterns)]


class TriggerKeys(Keys):
    """What starts an occasion: any of `event`, or with `nth` and `in` the nth of them in a time."""

    event: Patterns
    nth: WholeNumber | None = None
    within: TrailingLength | None = Field(None, alias="in")

    @model_validator(mode="before")
    @classmethod
    def _nth_and_in(cls, data: Any) -> Any:
        if not isinstance(data, dict) or ("nth" in data) == ("in" in data):
            return data
        present, absent, example = ("nth", "in", "in: 90 days") if "nth" in data else ("in", "nth", "nth: 3")
        raise unfit(
            ProblemKind.MISSING_KEY,
            f"`{present}` is used here without `{absent}`.",
            f"Say both how many there must be and in what time: add `{example}`.",
        )


def _trigger(value: Any) -> Any:
    """Names, lists and a pattern with attributes become the longest form, `{event: [patterns], nth: …, in: …}`."""
    if not isinstance(value, dict):
        return {"event": value}
    counting = {key: value[key] for key in ("nth", "in") if key in value}
    pattern = {key: item for key, item in value.items() if key not in counting}
    if isinstance(pattern.get("event"), list):
        if len(pattern) > 1:
            raise unfit(
                ProblemKind.UNKNOWN_KEY,
                "Attributes cannot be written beside a list of events.",
                "Write them with their event: `event: [{event: reported, grade: high}, called_in]`.",
            )
        return {**pattern, **counting}
    return {"event": [pattern], **counting}


TriggerShape = Annotated[TriggerKeys, BeforeValidator(_trigger)]


class TimeInKeys(Keys):
    """The deadline stands in the records, in this attribute."""

    attribute: TextAsWritten = Field(alias="the time in")


class LimitTableKeys(Keys):
    """A length for each value of an attribute; every key but these three is a value."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, LengthOrToBeSet] = Field(init=False)

    by: TextAsWritten
    of: TextAsWritten | None = None
    unknown: LengthOrToBeSet | None = None

    @model_validator(mode="before")
    @classmethod
    def _says_by_what(cls, data: Any) -> Any:
        if isinstance(data, dict) and "by" not in data:
            raise unfit(
                ProblemKind.MISSING_KEY,
                "This does not say which attribute the limit goes by: `by` is missing.",
                "Add it first, for example `{by: grade, high: 15 minutes, low: 8 hours}`.",
            )
        if isinstance(data, dict) and not set(data) - {"by", "of", "unknown"}:
            raise unfit(
                ProblemKind.NEVER_MET,
                "No value has a length here, so the attribute decides nothing.",
                "Add each value with its length, for example `high: 15 minutes`, or write one length alone.",
            )
        return data


def _form_of_limit(value: Any) -> str:
    # The tags stand in no document, so that they are never taken for a key when a place is looked up.
    if isinstance(value, TimeInKeys | LimitTableKeys):
        return "<time in>" if isinstance(value, TimeInKeys) else "<table>"
    if isinstance(value, dict):
        return "<time in>" if "the time in" in value else "<table>"
    return "<length>"


LimitShape = Annotated[
    Annotated[LengthOrToBeSet, Tag("<length>")]
    | Annotated[TimeInKeys, Tag("<time in>")]
    | Annotated[LimitTableKeys, Tag("<table>")],
    Discriminator(_form_of_limit),
]
