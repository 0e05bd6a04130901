"""`charts:` of a dive file: from which figures limits are drawn, and where they are drawn anew (decision 23).

A rebase is never made by the data. It has a reason, and the name of whoever decided it, on which day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator
from ruamel.yaml import YAML

from wardline.documents import Day, Document, Keys, Text, YesOrNo, unfit
from wardline.errors import Problem, ProblemKind
from wardline.measures.charts import Baseline, Rebase

__all__ = ["ChartKeys", "ChartSettings", "MeasureRebase", "charts_asked", "rebased_twice", "write_charts"]

NEVER_FOLDED = 2**20


@dataclass(frozen=True)
class MeasureRebase:
    """A rebase of the charts of one measure, by its full name."""

    measure: str
    rebase: Rebase


@dataclass(frozen=True)
class ChartSettings:
    """How the charts of a dive are drawn; `baseline` None: the first twelve months, or all (decision 23)."""

    baseline: Baseline | None = None
    is_screened: bool = False
    rebases: tuple[MeasureRebase, ...] = ()

    def rebases_of(self, measure: str) -> tuple[Rebase, ...]:
        """Those of one measure, in the order of time."""
        return tuple(sorted((one.rebase for one in self.rebases if one.measure == measure), key=lambda one: one.first))


def charts_asked(keys: ChartKeys | None) -> ChartSettings:
    """What a dive file says of charts; where it says nothing, what holds then."""
    if keys is None:
        return ChartSettings()
    return ChartSettings(
        _baseline(keys.baseline),
        keys.screened,
        tuple(
            MeasureRebase(one.measure, Rebase(one.first, one.reason, one.by, one.on, _baseline(one.baseline)))
            for one in keys.rebases
        ),
    )


def write_charts(charts: ChartSettings) -> str:
    """The YAML of chart settings, as a dive folder keeps it: `charts_asked` gives the same of it again."""
    rebases = [
        {
            "measure": one.measure,
            "from": one.rebase.first.isoformat(),
            "reason": one.rebase.reason,
            "by": one.rebase.by,
            "on": str(one.rebase.on),
            **_said_of(one.rebase.baseline),
        }
        for one in charts.rebases
    ]
    said: dict[str, Any] = {**_said_of(charts.baseline), "screened": "yes" if charts.is_screened else "no"}
    yaml, written = YAML(), StringIO()
    yaml.width = NEVER_FOLDED
    yaml.allow_unicode = True
    yaml.dump(said | ({"rebases": rebases} if rebases else {}), written)
    return written.getvalue()


def rebased_twice(document: Document, charts: ChartSettings) -> list[Problem]:
    """A problem for each rebase on a day on which the same measure has another."""
    places: dict[tuple[str, date], list[int]] = {}
    for place, one in enumerate(charts.rebases):
        places.setdefault((one.measure, one.rebase.first), []).append(place)
    return [
        document.problem(
            ProblemKind.WRONG_VALUE,
            ("charts", "rebases", place),
            "Two rebases of one measure begin on the same day.",
            "Keep one of them, with both reasons.",
        )
        for same in places.values()
        for place in same[1:]
    ]


def _said_of(baseline: Baseline | None) -> Mapping[str, Any]:
    if baseline is None:
        return {}
    return {"baseline": {"from": baseline.first.isoformat(), "to": baseline.last.isoformat()}}


def _baseline(keys: _BaselineKeys | None) -> Baseline | None:
    return None if keys is None else Baseline(keys.start, keys.end)


# THE SHAPE


class _BaselineKeys(Keys):
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> _BaselineKeys:
        if self.end < self.start:
            raise unfit(
                ProblemKind.UNREADABLE_TIME_SETTING,
                "This baseline ends before it begins.",
                "Write its first day after `from` and its last one after `to`; both are included.",
            )
        return self


def _needed(otherwise: str, remedy: str) -> BeforeValidator:
    """A value that may be there and say nothing, or not be there at all: both are told in the same words."""

    def read(value: Any) -> Any:
        if value is None or (isinstance(value, str) and not value.strip()):
            raise unfit(ProblemKind.WRONG_VALUE, otherwise, remedy)
        return value

    return BeforeValidator(read)


_REASON = _needed(
    "This rebase has no reason.",
    "Say what changed in how the work is done or recorded; that the figures moved is no reason.",
)
_AUTHOR = _needed("This rebase has no author.", "Write after `by` who decided that the limits are drawn anew.")
_DATE = _needed("This rebase has no date.", "Write after `on` the day on which it was decided.")


class _RebaseKeys(Keys):
    measure: Text
    first: Day = Field(alias="from")
    reason: Annotated[Text, _REASON] = Field(None, validate_default=True)
    by: Annotated[Text, _AUTHOR] = Field(None, validate_default=True)
    on: Annotated[Day, _DATE] = Field(None, validate_default=True)
    baseline: _BaselineKeys | None = None

    @model_validator(mode="after")
    def _baseline_after_it(self) -> _RebaseKeys:
        if self.baseline is not None and self.baseline.start < self.first:
            raise unfit(
                ProblemKind.UNREADABLE_TIME_SETTING,
                "The baseline of this rebase begins before the rebase.",
                "Limits that are drawn anew come from figures after the change: begin the baseline there.",
            )
        return self


class ChartKeys(Keys):
    """What stands under `charts`."""

    baseline: _BaselineKeys | None = None
    screened: YesOrNo = False
    rebases: list[_RebaseKeys] = Field([])
