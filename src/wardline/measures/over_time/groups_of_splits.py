"""By what groups are made: attributes of cases, the age of the child, the grade by which a limit went, and the shift in
which it began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from wardline.events import attribute_columns
from wardline.measures.over_time.counted_states import GROUP
from wardline.measures.over_time.records_counted import RecordsCounted
from wardline.obligations import LimitTable, ResolvedObligation
from wardline.time_limits import age_column, local_hour_column

__all__ = ["AGE", "AGES", "GRADE", "SHIFT", "SHIFTS", "GroupsOfSplits"]

AGE, GRADE, SHIFT = "age", "grade", "shift"
# Each band of ages with the age before which it ends; from there on nobody is a child. Chosen by us.
AGES = (("under 10", 10), ("10 to 12", 13), ("13 to 15", 16), ("16 and 17", 18))
BORN = "date_of_birth"
# Each shift with the local hour in which it begins and the one before which it ends. Chosen by us: forces' own differ
# by an hour or so.
SHIFTS = (("early", 7, 15), ("late", 15, 23), ("night", 23, 7))
NO_GROUP = 0  # the code of what belongs to no group


@dataclass(frozen=True)
class GroupsOfSplits:
    """The groups by which the records can be split. Of each split they have codes, which stay the same throughout."""

    records: RecordsCounted
    _of_cases: dict[str, tuple[pl.Series, tuple[str | None, ...]]] = field(default_factory=dict)

    def at_hand(self, splits: Sequence[str]) -> tuple[str, ...]:
        """Those of the splits by which the records can be split, in order."""
        attributes = attribute_columns(self.records.tables.event_log.cases.collect_schema(), "cases")
        without = {SHIFT: True, GRADE: self._has_grades, AGE: self._has_ages}
        return tuple(one for one in splits if one in attributes or without.get(one, False))

    def labels(self, split: str) -> tuple[str | None, ...]:
        """The groups of a split by their codes; the first is none."""
        if split == SHIFT:
            return (None, *(name for name, _, _ in SHIFTS))
        if self._is_by_birth(split):
            return self._ages[1]
        return (self._last_grades if self._is_by_event(split) else self._attribute(split))[1]

    def beside(
        self, counted: pl.DataFrame, splits: Sequence[str], items: Sequence[ResolvedObligation] = ()
    ) -> pl.DataFrame:
        """Rows with `case`, its number, and `at`, the instant at which each began; and for each split `group.NAME`, the
        code of its group. Of findings (of `items`) they have `key`, `case_id` and `limit` too."""
        for split in splits:
            if split == SHIFT:
                counted = counted.with_columns(self._shift().alias(f"{GROUP}{SHIFT}"))
            elif self._is_by_event(split):
                counted = self._with_grades(counted, items)
            else:
                of_cases = self._ages if self._is_by_birth(split) else self._attribute(split)
                codes = of_cases[0].gather(counted["case"])
                counted = counted.with_columns(codes.alias(f"{GROUP}{split}"))
        return counted.with_columns(pl.col(f"{GROUP}{split}").fill_null(NO_GROUP) for split in splits)

    @property
    def _has_grades(self) -> bool:
        return GRADE in self.records.tables.event_log.events.collect_schema().names()

    def _is_by_event(self, split: str) -> bool:
        """Whether it goes by the grades of events; where they have none, `grade` is an attribute of cases."""
        return split == GRADE and self._has_grades

    @cached_property
    def _has_ages(self) -> bool:
        """Whether any date of birth is at hand."""
        people = self.records.tables.event_log.people
        return bool(people.select(pl.col(BORN).is_not_null().any()).collect(engine="streaming").item())

    def _is_by_birth(self, split: str) -> bool:
        """Whether it goes by dates of birth; where there are none, `age` is an attribute of cases."""
        return split == AGE and self._has_ages

    @cached_property
    def _ages(self) -> tuple[pl.Series, tuple[str | None, ...]]:
        """The codes of the bands of ages, case by case, on the day on which the case was opened. A child of whom
        person records give several dates of birth is in none."""
        people = self.records.tables.event_log.people
        cases = self.records.cases.select("person_id", day=self.records.day_column("at"))
        born = (
            people.select("person_id", BORN)
            .drop_nulls()
            .join(cases.lazy().select("person_id"), on="person_id", how="semi")
            .group_by("person_id")
            .agg(_first=pl.col(BORN).min(), _last=pl.col(BORN).max())
            .filter(pl.col("_first") == pl.col("_last"))
            .collect(engine="streaming")
        )
        age = age_column(pl.col("_first"), pl.col("day"))
        ends = [end for _, end in AGES]
        code = pl.when(age < ends[-1]).then(1 + pl.sum_horizontal(age >= end for end in ends)).cast(pl.UInt32)
        codes = cases.join(born, on="person_id", how="left", maintain_order="left").select(code=code)["code"]
        return codes, (None, *(name for name, _ in AGES))

    def _attribute(self, name: str) -> tuple[pl.Series, tuple[str | None, ...]]:
        """The codes of an attribute, case by case, and its values."""
        if name not in self._of_cases:
            self._of_cases[name] = _coded(self.records.cases.select(pl.col(name).cast(pl.String))[name])
        return self._of_cases[name]

    @property
    def _last_grades(self) -> tuple[pl.Series, tuple[str | None, ...]]:
        """The codes of the last known grades, case by case, and all grades that events have."""
        if GRADE not in self._of_cases:
            graded = self._graded()
            last = graded.group_by("case_id", maintain_order=True).agg(pl.col("_grade").last())
            of_cases = self.records.cases.select("case_id").join(last, on="case_id", how="left", maintain_order="left")
            self._of_cases[GRADE] = _coded(of_cases["_grade"], graded["_grade"])
        return self._of_cases[GRADE]

    def _graded(self) -> pl.DataFrame:
        """The known, timed gradings in the order of time."""
        tables = self.records.tables
        return (
            tables.known_events.filter(pl.col(GRADE).is_not_null(), pl.col("happened_at").is_not_null())
            .select("case_id", "event", "happened_at", "event_id", _grade=pl.col(GRADE).cast(pl.String))
            .collect(engine="streaming")
            .sort("happened_at", "event_id")
        )

    def _shift(self) -> pl.Expr:
        hour = local_hour_column(pl.col("at"), self.records.tables.calendar)
        found = []
        for code, (_, first, end) in enumerate(SHIFTS, 1):
            within = (hour >= first) & (hour < end) if first < end else (hour >= first) | (hour < end)
            found.append(pl.when(within).then(pl.lit(code, pl.UInt32)))
        return pl.coalesce(found)

    def _with_grades(self, counted: pl.DataFrame, items: Sequence[ResolvedObligation]) -> pl.DataFrame:
        """With the grade by which the limit went, where the length that was applied says which; else the last known.

        Where a limit is that for an unknown grade, there is none."""
        last, labels = self._last_grades
        counted = counted.with_columns(last.gather(counted["case"]).alias(f"{GROUP}{GRADE}"))
        limits = {item.key: item.obligation.time_limit for item in items}
        by_grade = {key: one for key, one in limits.items() if isinstance(one, LimitTable) and one.by == GRADE}
        if not (by_event := {key: one for key, one in by_grade.items() if one.of is not None}):
            return counted
        went_by = _went_by(self._graded(), by_event)
        counted = counted.join(went_by, on=["key", "case_id", "limit"], how="left", maintain_order="left")
        unknown = {key: str(one.unknown) for key, one in by_event.items() if one.unknown is not None}
        of_unknown = pl.col("key").replace_strict(unknown, default=None, return_dtype=pl.String)
        is_unknown = (pl.col("limit") == of_unknown).fill_null(False)
        grade = pl.coalesce(_codes("_went_by", labels), pl.when(~is_unknown).then(f"{GROUP}{GRADE}"))
        return counted.with_columns(grade.alias(f"{GROUP}{GRADE}")).drop("_went_by")


def _went_by(graded: pl.DataFrame, limits: Mapping[str, LimitTable]) -> pl.DataFrame:
    """By obligation, case and length: the last grade of the case that gives such a length."""
    each = []
    for key, limit in limits.items():
        lengths = {value: str(length) for value, length in limit.limits}
        length = pl.col("_grade").replace_strict(lengths, default=None, return_dtype=pl.String)
        each.append(graded.filter(pl.col("event") == limit.of).with_columns(key=pl.lit(key), limit=length))
    by = ["key", "case_id", "limit"]
    found = pl.concat(each).drop_nulls("limit")
    return found.group_by(by, maintain_order=True).agg(_went_by=pl.col("_grade").last())


def _coded(labels: pl.Series, of: pl.Series | None = None) -> tuple[pl.Series, tuple[str | None, ...]]:
    """The codes of labels, and all that occur (in `of`, where it is given) by their codes; the first is none."""
    every = (None, *(labels if of is None else of).drop_nulls().unique().sort())
    return labels.to_frame("_label").select(_codes("_label", every)).to_series(), every


def _codes(column: str, labels: Sequence[str | None]) -> pl.Expr:
    codes = {one: code for code, one in enumerate(labels) if one is not None}
    if not codes:
        return pl.lit(None, pl.UInt32)
    return pl.col(column).replace_strict(codes, default=None, return_dtype=pl.UInt32)
