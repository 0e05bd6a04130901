"""The shapes of the language: which keys a standard, an obligation, a pattern and a time limit may have.

A shape says what may be written, and nothing of what it means; `reading.py` makes obligations of it. Where a thing may
be written in several forms (a name, a mapping, a list), the shorter forms are first made into the longest, so that a
problem is told at the place where it stands and not once for every form.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from wardline.documents import Keys, unfit
from wardline.errors import ProblemKind
from wardline.obligations import BasisKind, Owner, Topic
from wardline.standards.words import Day, Id, LengthOrToBeSet, Name, Text, TrailingLength, YesOrNo, one_of

__all__ = [
    "KINDS", "SHARED_KEYS", "BasisKeys", "ExampleKeys", "NeverKeys", "ObligationKeys", "PatternKeys", "PrecedeKeys",
    "RecordFieldKeys", "RecordKeys", "RepeatKeys", "RespondKeys", "StandardKeys", "TableKeys", "TimeInKeys",
    "TriggerKeys",
]


def _values(value: Any) -> Any:
    """One value or a list of them, as a list."""
    if value is None or value == []:
        raise unfit(ProblemKind.NEVER_MET, "No value is named here, so nothing could ever match.",
                    "Write one value, or several in [ ].")
    return value if isinstance(value, list) else [value]


Values = Annotated[tuple[Text, ...], BeforeValidator(_values)]


class PatternKeys(Keys):
    """An event by its name; every further key is an attribute with the values it may have."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Values] = Field(init=False)

    event: Text

    @model_validator(mode="before")
    @classmethod
    def _no_counting(cls, data: Any) -> Any:
        counting = [key for key in ("nth", "in") if isinstance(data, dict) and key in data]
        if counting:
            raise unfit(ProblemKind.UNKNOWN_KEY, f"`{counting[0]}` cannot stand inside a list of events here.",
                        "Only what starts an occasion is counted: `when: {event: reported, nth: 3, in: 90 days}`.")
        return data


def _named(value: Any) -> Any:
    return {"event": value} if isinstance(value, str) else value


def _patterns(value: Any) -> Any:
    if value is None or value == []:
        raise unfit(ProblemKind.NEVER_MET, "No event is named here, so nothing could ever satisfy this.",
                    "Name at least one event, or leave the line out where it may be.")
    return value if isinstance(value, list) else [value]


Patterns = Annotated[tuple[Annotated[PatternKeys, BeforeValidator(_named)], ...], BeforeValidator(_patterns)]


class TriggerKeys(Keys):
    """What starts an occasion: any of `event`, or with `nth` and `in` the nth of them in a time."""

    event: Patterns
    nth: Annotated[int, Field(ge=1)] | None = None
    within: TrailingLength | None = Field(None, alias="in")

    @model_validator(mode="before")
    @classmethod
    def _nth_and_in(cls, data: Any) -> Any:
        if not isinstance(data, dict) or ("nth" in data) == ("in" in data):
            return data
        present, absent, example = ("nth", "in", "in: 90 days") if "nth" in data else ("in", "nth", "nth: 3")
        raise unfit(ProblemKind.MISSING_KEY, f"`{present}` stands here without `{absent}`.",
                    f"Say both how many there must be and in what time: add `{example}`.")


def _trigger(value: Any) -> Any:
    """Names, lists and a pattern with attributes become the longest form, `{event: [patterns], nth: …, in: …}`."""
    if not isinstance(value, dict):
        return {"event": value}
    counting = {key: value[key] for key in ("nth", "in") if key in value}
    pattern = {key: item for key, item in value.items() if key not in counting}
    if isinstance(pattern.get("event"), list):
        if len(pattern) > 1:
            raise unfit(ProblemKind.UNKNOWN_KEY, "Attributes cannot stand beside a list of events.",
                        "Write them with their event: `event: [{event: reported, grade: high}, called_in]`.")
        return {**pattern, **counting}
    return {"event": [pattern], **counting}


TriggerShape = Annotated[TriggerKeys, BeforeValidator(_trigger)]


class TimeInKeys(Keys):
    """The deadline stands in the records, in this attribute."""

    attribute: Text = Field(alias="the time in")


class TableKeys(Keys):
    """A length for each value of an attribute; every key but these three is a value."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, LengthOrToBeSet] = Field(init=False)

    by: Text
    of: Text | None = None
    unknown: LengthOrToBeSet | None = None

    @model_validator(mode="before")
    @classmethod
    def _says_by_what(cls, data: Any) -> Any:
        if isinstance(data, dict) and "by" not in data:
            raise unfit(ProblemKind.MISSING_KEY, "It is not said which attribute this limit goes by: `by` is missing.",
                        "Add it first, for example `{by: grade, high: 15 minutes, low: 8 hours}`.")
        if isinstance(data, dict) and not set(data) - {"by", "of", "unknown"}:
            raise unfit(ProblemKind.NEVER_MET, "No value has a length here, so the attribute decides nothing.",
                        "Add each value with its length, for example `high: 15 minutes`, or write one length alone.")
        return data


def _form_of_limit(value: Any) -> str:
    # The tags stand in no document, so that they are never taken for a key when a place is looked up.
    if isinstance(value, TimeInKeys | TableKeys):
        return "<time in>" if isinstance(value, TimeInKeys) else "<table>"
    if isinstance(value, dict):
        return "<time in>" if "the time in" in value else "<table>"
    return "<length>"


LimitShape = Annotated[
    Annotated[LengthOrToBeSet, Tag("<length>")]
    | Annotated[TimeInKeys, Tag("<time in>")]
    | Annotated[TableKeys, Tag("<table>")],
    Discriminator(_form_of_limit),
]


class BasisKeys(Keys):
    """The sentence of law, guidance or local policy that an obligation rests on."""

    kind: Annotated[BasisKind, one_of(BasisKind)]
    title: Text
    publisher: Text | None = None
    published: Text | None = None
    url: Text | None = None
    note: Text | None = None


class ReviewedKeys(Keys):
    """Who (by role) has read the obligation and found it right, and when."""

    by: Text
    on: Day


def _expected(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class ExampleKeys(Keys):
    """A worked example: what happened, from when we look, and what is found."""

    name: Text
    events: str = ""
    as_at: Text = Field(alias="as at")
    expect: Annotated[tuple[Text, ...], BeforeValidator(_expected)]
    case: dict[str, Text] = Field({})


def _only_for(value: Any) -> Any:
    if value is None or value == {}:
        raise unfit(ProblemKind.WRONG_VALUE, "No attribute is named here.",
                    "Write it as `for: {from_care: yes}`, or leave the line out.")
    return value


class ObligationKeys(Keys):
    """The keys that every kind of obligation may have."""

    id: Id
    title: Text
    topic: Annotated[Topic, one_of(Topic)]
    owed_by: Annotated[Owner, one_of(Owner)] = Field(alias="owed by")
    basis: BasisKeys
    only_for: Annotated[dict[str, Values], BeforeValidator(_only_for)] = Field({}, alias="for")
    unless: Patterns = ()
    first_only: YesOrNo = Field(False, alias="first only")
    per: Annotated[str | None, BeforeValidator(lambda value: _only_word(value, "child", "per"))] = None
    since: Annotated[str | None, BeforeValidator(lambda value: _only_word(value, "opening", "since"))] = None
    severity: Text | None = None
    needs: Text | None = None
    gaming: Text | None = None
    good_reasons: Text | None = Field(None, alias="good reasons")
    reviewed: ReviewedKeys | None = None
    safeguarding: YesOrNo = False
    examples: tuple[ExampleKeys, ...] = ()


def _only_word(value: Any, word: str, key: str) -> Any:
    if value != word:
        raise unfit(ProblemKind.UNKNOWN_NAME, f"Only `{word}` can stand here.",
                    f"Write `{key}: {word}`, or leave the line out.")
    return value


class RespondKeys(ObligationKeys):
    """After the trigger, the response within the limit, unless an exemption."""

    when: TriggerShape
    then: Patterns
    within: LimitShape


class PrecedeKeys(ObligationKeys):
    """Before the event there must have been another first."""

    before: TriggerShape
    first: Patterns


class NeverKeys(ObligationKeys):
    """The event must not happen."""

    never: TriggerShape
    settled_by: Patterns | None = Field(None, alias="settled by")


class RepeatKeys(ObligationKeys):
    """While it lasts, the response at least every so often."""

    start: TriggerShape = Field(alias="from")
    then: Patterns
    every: LimitShape
    until: Patterns | None = None


class RecordFieldKeys(Keys):
    """A field of a case, of an event (`event` and `field`) or of the child's person record (`person`)."""

    case: Text | None = None
    event: Text | None = None
    field: Text | None = None
    person: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _whose(cls, data: Any) -> Any:
        if isinstance(data, dict) and set(data) <= {"case", "event", "field", "person"} and set(data) not in (
            {"case"}, {"person"}, {"event", "field"},
        ):
            raise unfit(ProblemKind.MISSING_KEY, "It is not said which field of what is to be filled in.",
                        "Write a field of the case alone, or `{event: E, field: …}`, or `{person: …}`.")
        return data


class RecordKeys(ObligationKeys):
    """A field is filled in by the time the event happens."""

    record: Annotated[RecordFieldKeys, BeforeValidator(lambda value: {"case": value} if isinstance(value, str) else value)]
    by: TriggerShape


KINDS: dict[str, type[ObligationKeys]] = {
    "when": RespondKeys, "before": PrecedeKeys, "never": NeverKeys, "from": RepeatKeys, "record": RecordKeys,
}
"""Each kind by the key that an obligation of it begins with."""

SHARED_KEYS = frozenset(info.alias or name for name, info in ObligationKeys.model_fields.items())


class InForceKeys(Keys):
    """The dates in force; both are included."""

    start: Day = Field(alias="from")
    end: Day | None = Field(None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> InForceKeys:
        if self.end is not None and self.end < self.start:
            raise unfit(ProblemKind.NEVER_MET, "This standard is never in force: `to` lies before `from`.",
                        "Write the earlier day after `from` and the later one after `to`; both are included.")
        return self


class StandardKeys(Keys):
    """A published set of obligations. Each obligation is held against its own kind's shape afterwards."""

    standard: Name
    title: Text
    version: Text
    in_force: InForceKeys = Field(alias="in force")
    case_type: Text = Field(alias="case type")
    obligations: Annotated[list[dict[str, Any]], Field(min_length=1)]
    not_judged: tuple[Text, ...] = Field((), alias="not judged from records")
