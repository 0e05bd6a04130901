"""`force.yaml`: what is a force's own, above all its limits and what somebody there has confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from wardline.documents import (
    Day,
    Document,
    Keys,
    TextAsWritten,
    WholeNumber,
    parse_document,
    read_document,
    unfit,
    validate,
)
from wardline.english import in_code, or_list
from wardline.errors import ProblemKind, did_you_mean
from wardline.obligations import TimeLimit
from wardline.standards.nodes import limit_from
from wardline.standards.pieces import LimitShape
from wardline.time_limits import (
    NATIONS,
    Calendar,
    NotAnElapsedTime,
    UnknownNation,
    UnknownZone,
    nation_called,
    read_elapsed,
)

__all__ = ["Confirmation", "Force", "LocalLimit", "OversightQuestion", "force_in", "read_force", "read_limit"]

NO_NATION = "none"
WRITTEN_UP_LATER_AFTER = "2 hours"  # docs/reference/dive-folder.md


@dataclass(frozen=True)
class LocalLimit:
    """The force's own limit for an obligation, with its reason where it is looser than the shipped one."""

    limit: TimeLimit
    reason: str | None = None


@dataclass(frozen=True)
class Confirmation:
    """Who at the force, by name or role, confirmed an assumed obligation, and on which day."""

    by: str
    on: date


@dataclass(frozen=True)
class OversightQuestion:
    """Who at the oversight body, by name or role, asks about an obligation that the force has not confirmed, and since
    which day; with a limit of its own where it has given one.
    """

    by: str
    on: date
    within: TimeLimit | None = None


@dataclass(frozen=True, kw_only=True)
class Force:
    """A force's own settings. Obligations are named in full (`england/missing-children/attend`).

    `nation` None: no nation whose bank holidays are known. `reconcile` holds the counts that the force itself
    publishes, by case type and month (`2024-04`); `investigators` how many there were in each month.
    """

    name: str
    nation: str | None
    zone: str
    population: int | None = None
    oversight_body: str | None = None
    limits: Mapping[str, LocalLimit] = field(default_factory=dict)
    confirmed: Mapping[str, Confirmation] = field(default_factory=dict)
    asked: Mapping[str, OversightQuestion] = field(default_factory=dict)
    written_up_later_after: timedelta
    reconcile: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    investigators: Mapping[str, int] = field(default_factory=dict)
    document: Document = field(repr=False, compare=False)

    @property
    def calendar(self) -> Calendar:
        """The force's local time and bank holidays."""
        return Calendar(self.zone, self.nation)


def read_force(path: Path, *, shown_as: str | None = None) -> Force:
    """The settings in a `force.yaml`. Raises DocumentError with every problem of it."""
    return force_in(read_document(path, shown_as))


def force_in(document: Document) -> Force:
    """The settings that a document holds. Raises DocumentError with every problem of it."""
    keys = validate(document, ForceKeys)
    return Force(
        name=keys.force,
        nation=None if keys.nation == NO_NATION else keys.nation,
        zone=keys.zone,
        population=keys.population,
        oversight_body=keys.oversight_body,
        limits=dict(_limits(keys.limits)),
        confirmed={name: Confirmation(one.by, one.on) for name, one in keys.confirmed.items()},
        asked={
            name: OversightQuestion(one.by, one.on, None if one.within is None else limit_from(one.within))
            for name, one in keys.asked.items()
        },
        written_up_later_after=keys.written_up_later_after,
        reconcile=keys.reconcile,
        investigators=keys.investigators,
        document=document,
    )


def read_limit(text: str) -> TimeLimit:
    """A time limit as it stands after an obligation's name in `force.yaml`. Raises DocumentError."""
    keys = validate(parse_document(f"limit: {text}", "the limit"), ReasonedLimitKeys)
    return limit_from(keys.limit)


def _limits(limits: dict[str, Any]) -> Iterator[tuple[str, LocalLimit]]:
    for name, shape in limits.items():
        if isinstance(shape, ReasonedLimitKeys):
            yield name, LocalLimit(limit_from(shape.limit), shape.reason)
        else:
            yield name, LocalLimit(limit_from(shape))


# THE SHAPE


def _nation(value: Any) -> Any:
    name = str(value).strip() if value is not None else ""
    if name.casefold() == NO_NATION:
        return NO_NATION
    try:
        return nation_called(name)
    except UnknownNation:
        shown = f"`{value}` is not a nation whose bank holidays are known." if value else "No nation is named here."
        raise unfit(
            ProblemKind.UNKNOWN_NAME,
            shown + did_you_mean(str(value), NATIONS),
            f"Write {or_list(in_code(NATIONS))}; or `{NO_NATION}`, where no limit counts working days.",
        ) from None


def _zone(value: Any) -> Any:
    try:
        Calendar(str(value))
    except UnknownZone:
        raise unfit(
            ProblemKind.UNKNOWN_NAME, f"`{value}` is not a time zone.", "Write its name as in `Europe/London`."
        ) from None
    return value


def _elapsed(value: Any) -> timedelta:
    try:
        return read_elapsed(str(value))
    except NotAnElapsedTime as error:
        raise unfit(ProblemKind.LENGTH_OF_TIME, str(error), error.remedy) from None


def _month(value: Any) -> Any:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", str(value)):
        raise unfit(ProblemKind.UNREADABLE_TIME_SETTING, f"`{value}` is not a month.", "Write it as 2024-04.")
    return value


def _who(value: Any) -> Any:
    return _named(
        value,
        "There is no name here, so nobody has confirmed this.",
        "Write who at the force confirmed it, by name or role; or take the whole line out until somebody has.",
    )


def _who_asks(value: Any) -> Any:
    return _named(
        value,
        "There is no name here, so nobody asks this.",
        "Write who at the oversight body asks it, by name or role; or take the whole line out.",
    )


def _named(value: Any, otherwise: str, remedy: str) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise unfit(ProblemKind.WRONG_VALUE, otherwise, remedy)
    return value


def _nothing_yet(value: Any) -> Any:
    """A key under which only comments stand is as one that is left out."""
    return {} if value is None else value


class ConfirmationKeys(Keys):
    """Who confirmed an obligation, and on which day."""

    by: Annotated[str, BeforeValidator(_who)]
    on: Day


class AskedKeys(Keys):
    """Who at the oversight body asks about an obligation, since which day, and within which limit of its own."""

    by: Annotated[str, BeforeValidator(_who_asks)]
    on: Day
    within: LimitShape | None = None


class ReasonedLimitKeys(Keys):
    """A limit with the reason why it is looser than the shipped one."""

    limit: LimitShape
    reason: TextAsWritten | None = None


def _form_of_local_limit(value: Any) -> str:
    return (
        "<reasoned>"
        if isinstance(value, ReasonedLimitKeys) or (isinstance(value, dict) and {"limit", "reason"} & set(value))
        else "<plain>"
    )


LocalLimitShape = Annotated[
    Annotated[ReasonedLimitKeys, Tag("<reasoned>")] | Annotated[LimitShape, Tag("<plain>")],
    Discriminator(_form_of_local_limit),
]
Month = Annotated[str, BeforeValidator(_month)]


class ForceKeys(Keys):
    """What `force.yaml` may say; only the first three are required."""

    force: TextAsWritten
    nation: Annotated[str, BeforeValidator(_nation)]
    zone: Annotated[str, BeforeValidator(_zone)] = Field(alias="time zone")
    population: WholeNumber | None = None
    oversight_body: TextAsWritten | None = Field(None, alias="oversight body")
    limits: Annotated[dict[str, LocalLimitShape], BeforeValidator(_nothing_yet)] = Field({})
    confirmed: Annotated[dict[str, ConfirmationKeys], BeforeValidator(_nothing_yet)] = Field({})
    asked: Annotated[dict[str, AskedKeys], BeforeValidator(_nothing_yet)] = Field({})
    written_up_later_after: Annotated[timedelta, BeforeValidator(_elapsed)] = Field(
        WRITTEN_UP_LATER_AFTER, alias="written up later after", validate_default=True
    )
    reconcile: Annotated[dict[str, dict[Month, Annotated[int, Field(ge=0)]]], BeforeValidator(_nothing_yet)] = Field({})
    investigators: Annotated[dict[Month, WholeNumber], BeforeValidator(_nothing_yet)] = Field({})
