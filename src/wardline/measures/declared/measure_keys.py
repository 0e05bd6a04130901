"""The shapes of a file of measures: which keys the file, a measure and each way of counting may have.

A measure has exactly one of the keys of COUNTED_BY; which one is told by `measure_file.py`, in words, so here they may
all be left out.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from wardline.documents import (
    AtLeastOne,
    Id,
    Keys,
    Name,
    OneOrMore,
    Text,
    TextAsWritten,
    WholeNumber,
    as_list,
    one_of,
    unfit,
)
from wardline.english import in_code, or_list
from wardline.errors import ProblemKind, did_you_mean
from wardline.measures.charts import ChartKind, Wanted
from wardline.measures.declared.measure import Needs, PartOfPage
from wardline.time_limits import Length, NotALength, Unit, read_length

__all__ = ["COUNTED_BY", "MeasureExampleKeys", "MeasureKeys", "MeasureSetKeys"]

COUNTED_BY = {
    "share met": "share_met",
    "share that cannot be told": "share_not_told",
    "wait": "wait",
    "cases": "cases",
    "children": "children",
    "share within": "share_within",
    "share again": "share_again",
    "share of events": "share_of_events",
    "share lowered": "share_lowered",
    "filled in": "filled_in",
    "written up late": "written_late",
    "notes with": "notes_with",
}
"""Each key that says what is counted, with the field of the shape that has what it says."""

BETTER = {"larger": Wanted.LARGER, "smaller": Wanted.SMALLER, "neither": Wanted.NEITHER}
NEEDED = {"linked children": Needs.LINKED_CHILDREN, "notes read": Needs.NOTES_READ}
OF_EVENTS = (ChartKind.T, ChartKind.G)  # of rare events, and not of periods
CHARTS = {kind.value.replace("′", "'"): kind for kind in ChartKind if kind not in OF_EVENTS}
RATES = ("investigator", "1,000 people")
PERCENTS = ("50", "90")
ALL = "all"  # `cases: all`


def _word(known: dict[str, Any]) -> BeforeValidator:
    """One word of a closed list, with the nearest one where it is another."""

    def read(value: Any) -> Any:
        word = value.strip().replace("′", "'") if isinstance(value, str) else ""
        if word in known:
            return known[word]
        shown = f"`{value}` is not known here." if isinstance(value, str) else "One word is expected here."
        raise unfit(ProblemKind.UNKNOWN_NAME, shown + did_you_mean(word, known), f"Write {or_list(in_code(known))}.")

    return BeforeValidator(read)


def _length(value: Any) -> str:
    """A length of time that can be counted from any event, as it is written in the model: `8 hours`."""
    try:
        length = read_length(value) if isinstance(value, str) else None
    except NotALength as error:
        raise unfit(ProblemKind.LENGTH_OF_TIME, str(error), error.remedy) from None
    if not isinstance(length, Length) or length.unit is Unit.WORKING_DAYS:
        raise unfit(
            ProblemKind.LENGTH_OF_TIME,
            "A measure needs a length of time that is the same on every day.",
            "Write a whole number of minutes, hours, days, weeks or months, for example `8 hours`.",
        )
    if length.amount == 0:
        raise unfit(ProblemKind.NEVER_MET, "Nothing can follow within no time.", "Write a longer time.")
    return str(length)


def _in_order(value: Any) -> Any:
    values = as_list(value)
    if len(values) < 2 or any(values.count(one) > 1 for one in values):
        raise unfit(
            ProblemKind.NEVER_MET,
            "Nothing could ever be lower here.",
            "Write each value once, the highest first: `[high, medium, low]`.",
        )
    return values


Events = Annotated[tuple[TextAsWritten, ...], OneOrMore]
Within = Annotated[str, BeforeValidator(_length)]


class WaitKeys(Keys):
    """How long so many per cent waited."""

    obligation: Name
    percent: Annotated[int, _word({text: int(text) for text in PERCENTS})]


class CasesKeys(Keys):
    """Which cases are counted, and for each one of what."""

    where: dict[TextAsWritten, Events] = Field({})
    per: Annotated[str | None, _word({rate: rate for rate in RATES})] = None


class ChildrenKeys(Keys):
    """The children with at least so many cases."""

    at_least: WholeNumber = Field(alias="at least")


class ShareWithinKeys(Keys):
    """One event after another, within a length of time."""

    start: Events = Field(alias="from")
    then: Events
    within: Within


class ShareAgainKeys(Keys):
    """Another case of the same child, within a length of time of the end of this one."""

    after: Events
    again: Events
    within: Within


class ShareOfEventsKeys(Keys):
    """The events whose attribute has one of these values."""

    event: Events
    attribute: TextAsWritten
    values: Events


class ShareLoweredKeys(Keys):
    """The cases in which a later event has a lower value than an earlier one; the highest value stands first."""

    event: Events
    attribute: TextAsWritten
    highest_first: Annotated[tuple[TextAsWritten, ...], BeforeValidator(_in_order)] = Field(alias="highest first")


class FilledInKeys(Keys):
    """An attribute of the case, or of the child's person record."""

    case: TextAsWritten | None = None
    person: TextAsWritten | None = None

    @model_validator(mode="before")
    @classmethod
    def _whose(cls, data: Any) -> Any:
        said = [value for value in data.values() if value is not None] if isinstance(data, dict) else []
        if isinstance(data, dict) and set(data) <= {"case", "person"} and (len(data) != 1 or not said):
            raise unfit(
                ProblemKind.MISSING_KEY,
                "This does not say whose attribute must be filled in.",
                "Write `{case: from_care}` for one of the case, or `{person: ethnicity}` for one of the person record.",
            )
        return data


class MeasureExampleKeys(Keys):
    """A worked example: what is recorded, and the figure that is expected."""

    name: TextAsWritten
    findings: str = ""
    cases: str = ""
    as_at: TextAsWritten | None = Field(None, alias="as at")
    investigators: WholeNumber | None = None
    people: WholeNumber | None = None
    expect: Text


class MeasureKeys(Keys):
    """A measure: one way of counting, and what people must know of it."""

    id: Id
    title: TextAsWritten
    part: Annotated[PartOfPage, one_of(PartOfPage)]
    better: Annotated[Wanted, _word(BETTER)]
    share_met: Name | None = Field(None, alias="share met")
    share_not_told: Name | None = Field(None, alias="share that cannot be told")
    wait: WaitKeys | None = None
    cases: Annotated[CasesKeys | None, BeforeValidator(lambda value: {} if value == ALL else value)] = None
    children: ChildrenKeys | None = None
    share_within: ShareWithinKeys | None = Field(None, alias="share within")
    share_again: ShareAgainKeys | None = Field(None, alias="share again")
    share_of_events: ShareOfEventsKeys | None = Field(None, alias="share of events")
    share_lowered: ShareLoweredKeys | None = Field(None, alias="share lowered")
    filled_in: FilledInKeys | None = Field(None, alias="filled in")
    written_late: Events | None = Field(None, alias="written up late")
    notes_with: TextAsWritten | None = Field(None, alias="notes with")
    chart: Annotated[ChartKind | None, _word(CHARTS)] = None
    by: Annotated[tuple[TextAsWritten, ...], BeforeValidator(as_list)] = ()
    target: Text | None = None
    needs: Annotated[Needs | None, _word(NEEDED)] = None
    why: TextAsWritten
    cannot_tell: TextAsWritten | None = Field(None, alias="cannot tell")
    gaming: TextAsWritten
    examples: tuple[MeasureExampleKeys, ...] = ()


class MeasureSetKeys(Keys):
    """The measures of one file. Each measure is held against its shape afterwards."""

    name: Name = Field(alias="measure set")
    title: TextAsWritten
    version: TextAsWritten
    case_type: TextAsWritten = Field(alias="case type")
    measures: Annotated[list[dict[str, Any]], AtLeastOne]
