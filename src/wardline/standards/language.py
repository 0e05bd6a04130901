"""The shapes of the language: which keys a standard, an obligation, a pattern and a time limit may have.

A shape says what may be written, and nothing of what it means; `reading.py` makes obligations of it. Where a thing may
be written in several forms (a name, a mapping, a list), the shorter forms are first made into the longest, so that a
problem is told at the place where it stands and not once for every form.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from wardline.documents import Day, Id, Keys, Name, TextAsWritten, YesOrNo, one_of, unfit
from wardline.errors import ProblemKind
from wardline.obligations import BasisKind, Owner, Topic
from wardline.standards.pieces import (
    LimitShape,
    LimitTableKeys,
    PatternKeys,
    Patterns,
    TimeInKeys,
    TrailingLength,
    TriggerKeys,
    TriggerShape,
    Values,
)

__all__ = [
    "KINDS",
    "SHARED_KEYS",
    "BasisKeys",
    "ExampleKeys",
    "LimitTableKeys",
    "MostDangerousFirstKeys",
    "NeverKeys",
    "ObligationKeys",
    "PatternKeys",
    "PrecedeKeys",
    "RecordFieldKeys",
    "RecordKeys",
    "RepeatKeys",
    "RespondKeys",
    "StandardKeys",
    "TimeInKeys",
    "TriggerKeys",
]


class BasisKeys(Keys):
    """The sentence of law, guidance or local policy that an obligation rests on."""

    kind: Annotated[BasisKind, one_of(BasisKind)]
    title: TextAsWritten
    publisher: TextAsWritten | None = None
    published: TextAsWritten | None = None
    url: TextAsWritten | None = None
    note: TextAsWritten | None = None


class ReviewedKeys(Keys):
    """Who (by role) has read the obligation and found it right, and when."""

    by: TextAsWritten
    on: Day


def _expected(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class ExampleKeys(Keys):
    """A worked example: what happened, from when we look, and what is found."""

    name: TextAsWritten
    events: str = ""
    as_at: TextAsWritten = Field(alias="as at")
    expect: Annotated[tuple[TextAsWritten, ...], BeforeValidator(_expected)]
    case: dict[str, TextAsWritten] = Field({})


def _only_for(value: Any) -> Any:
    if value is None or value == {}:
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "No attribute is named here.",
            "Write it as `for: {from_care: yes}`, or leave the line out.",
        )
    return value


class ObligationKeys(Keys):
    """The keys that every kind of obligation may have."""

    id: Id
    title: TextAsWritten
    topic: Annotated[Topic, one_of(Topic)]
    owed_by: Annotated[Owner, one_of(Owner)] = Field(alias="owed by")
    basis: BasisKeys
    only_for: Annotated[dict[str, Values], BeforeValidator(_only_for)] = Field({}, alias="for")
    unless: Patterns = ()
    first_only: YesOrNo = Field(False, alias="first only")
    per: Annotated[str | None, BeforeValidator(lambda value: _only_word(value, "child", "per"))] = None
    since: Annotated[str | None, BeforeValidator(lambda value: _only_word(value, "opening", "since"))] = None
    severity: TextAsWritten | None = None
    needs: TextAsWritten | None = None
    gaming: TextAsWritten | None = None
    good_reasons: TextAsWritten | None = Field(None, alias="good reasons")
    reviewed: ReviewedKeys | None = None
    safeguarding: YesOrNo = False
    examples: tuple[ExampleKeys, ...] = ()


def _only_word(value: Any, word: str, key: str) -> Any:
    if value != word:
        raise unfit(
            ProblemKind.UNKNOWN_NAME,
            f"Only `{word}` can be written here.",
            f"Write `{key}: {word}`, or leave the line out.",
        )
    return value


class RespondKeys(ObligationKeys):
    """After the trigger, the response within the limit, unless an exemption."""

    when: TriggerShape
    then: Patterns
    within: LimitShape
    owed_after: TrailingLength | None = Field(None, alias="owed after")
    counted_from: Patterns = Field((), alias="counted from")


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

    case: TextAsWritten | None = None
    event: TextAsWritten | None = None
    field: TextAsWritten | None = None
    person: TextAsWritten | None = None

    @model_validator(mode="before")
    @classmethod
    def _whose(cls, data: Any) -> Any:
        if (
            isinstance(data, dict)
            and set(data) <= {"case", "event", "field", "person"}
            and set(data) not in ({"case"}, {"person"}, {"event", "field"})
        ):
            raise unfit(
                ProblemKind.MISSING_KEY,
                "This does not say which field must be filled in.",
                "Write a field of the case alone, or `{event: E, field: …}`, or `{person: …}`.",
            )
        return data


class RecordKeys(ObligationKeys):
    """A field is filled in by the time the event happens."""

    record: Annotated[
        RecordFieldKeys, BeforeValidator(lambda value: {"case": value} if isinstance(value, str) else value)
    ]
    by: TriggerShape


KINDS: dict[str, type[ObligationKeys]] = {
    "when": RespondKeys,
    "before": PrecedeKeys,
    "never": NeverKeys,
    "from": RepeatKeys,
    "record": RecordKeys,
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
            raise unfit(
                ProblemKind.NEVER_MET,
                "This standard is never in force: `to` lies before `from`.",
                "Write the earlier day after `from` and the later one after `to`; both are included.",
            )
        return self


class MostDangerousFirstKeys(Keys):
    """By which value of an attribute (of the case; with `of`, of that event) a case is the more dangerous."""

    by: TextAsWritten
    of: TextAsWritten | None = None
    values: Values


class StandardKeys(Keys):
    """A published set of obligations. Each obligation is held against its own kind's shape afterwards."""

    standard: Name
    title: TextAsWritten
    version: TextAsWritten
    in_force: InForceKeys = Field(alias="in force")
    case_type: TextAsWritten = Field(alias="case type")
    at_risk_until: Patterns = Field((), alias="at risk until")
    most_dangerous_first: MostDangerousFirstKeys | None = Field(None, alias="most dangerous first")
    obligations: Annotated[list[dict[str, Any]], Field(min_length=1)]
    not_judged: tuple[TextAsWritten, ...] = Field((), alias="not judged from records")
