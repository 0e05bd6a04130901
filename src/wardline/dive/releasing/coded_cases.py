"""Cases as the office gets them: a code in place of the number, months for days, elapsed times for times.

Each time is told from the start of its case: `report + 2 h 50`. The start is the opening of the case, or, where only
its day is known, the first event of which more is. A time of which only the day is known, or that ends with a day, is
told in days from the day of the opening; minutes would tell what the clock showed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.releasing.small_groups import FEWEST
from wardline.dive.releasing.what_may_go import (
    AGE_BANDS,
    CASE_ATTRIBUTES,
    EVENT_ATTRIBUTES,
    NOT_RECORDED,
    age_band_column,
    merged_neighbours,
    merged_values,
)
from wardline.events import CASES, EVENTS, attribute_columns, closed_as_at, is_known
from wardline.time_limits import (
    age_column,
    days_since_column,
    is_known_to_the_minute_column,
    local_date_column,
    local_month_column,
    minutes_since_column,
)

__all__ = ["CODED_CASE", "CODED_EVENT", "CasesToCode", "LeftOut", "since_start"]

ON_THE_LIST = {"cases": CASE_ATTRIBUTES, "events": EVENT_ATTRIBUTES}
CODED_CASE = pl.Schema(
    {
        "case_id": pl.String(),  # the code
        "case_type": pl.String(),
        "opened_month": pl.String(),  # `2025-03`, or `2025-02 to 2025-03` where too few were opened in one of them
        "age_band": pl.String(),  # of the child when it was opened
        "start": pl.String(),  # what elapsed times count from: `opened`, `first event`, or empty: only days are told
        "is_open": pl.Boolean(),
        "closed_after": pl.Int64(),  # minutes from the start
        "closed_day": pl.Int32(),  # or local days from the day of the opening
    }
)
CODED_EVENT = pl.Schema(
    {
        "event_id": pl.Int64(),  # the row number here
        "case_id": pl.String(),
        "event": pl.String(),
        "happened_after": pl.Int64(),
        "happened_day": pl.Int32(),
        "recorded_after": pl.Int64(),
        "recorded_day": pl.Int32(),
    }
)


@dataclass(frozen=True)
class LeftOut:
    """What of the coded cases was left out or merged: columns by name, values and rows by number."""

    case_attributes: tuple[str, ...]
    event_attributes: tuple[str, ...]
    values_merged: int
    months_merged: int
    ages_merged: int
    rare_events: int  # rows of the events that few cases have and no standard names


def since_start(name: str, is_to_the_minute: pl.Expr, dive: KeptDive, stem: str) -> list[pl.Expr]:
    """`STEM_after` and `STEM_day` of an instant, in rows that have the `start` and the `first_day` of their case."""
    instant = pl.col(name)
    minutes = minutes_since_column(pl.col("start_at"), instant)
    is_exact = (is_to_the_minute & pl.col("start_at").is_not_null()).fill_null(False)
    days = days_since_column(pl.col("first_day"), instant, dive.calendar)
    return [pl.when(is_exact).then(minutes).alias(f"{stem}_after"), pl.when(~is_exact).then(days).alias(f"{stem}_day")]


@dataclass(frozen=True)
class CasesToCode:
    """Some cases of a dive, each with its code, made into the tables of a release."""

    dive: KeptDive
    codes: Mapping[str, str]
    events_named: frozenset[str]  # by the standards

    @cached_property
    def code_of(self) -> pl.DataFrame:
        """`case_id` and `code`."""
        schema = {"case_id": pl.String(), "code": pl.String()}
        return pl.DataFrame([*self.codes.items()], schema=schema, orient="row")

    def exact(self, name: str, latest: pl.Expr | None = None) -> pl.Expr:
        """Whether the instants of a column are known to the minute."""
        nothing = pl.lit(None, dtype=pl.Datetime("us", "UTC"))
        return is_known_to_the_minute_column(pl.col(name), nothing if latest is None else latest, self.dive.calendar)

    @cached_property
    def known(self) -> pl.DataFrame:
        """The events of these cases that are known as at, with `is_exact`."""
        events = self.dive.events.select(*EVENTS, *self._that_may_go("events"))
        of_these = events.filter(is_known(self.dive.as_at)).join(self.code_of.lazy(), on="case_id", how="inner")
        return of_these.with_columns(is_exact=self.exact("happened_at", pl.col("happened_by"))).collect()

    @cached_property
    def whole(self) -> pl.DataFrame:
        """The cases with their `code`, `start_at`, `first_day`, `start` and `who`, by code."""
        first = self.known.group_by("case_id").agg(
            first_exact=pl.col("happened_at").filter(pl.col("is_exact").fill_null(False)).min(),
            first_known=pl.col("happened_at").min(),
            is_all_exact=pl.col("is_exact").drop_nulls().all(),
        )
        columns = (*CASES, *self._that_may_go("cases"))
        cases = self.dive.cases.select(columns).with_columns(closed_as_at(self.dive.as_at))
        is_exact = self.exact("opened_at").fill_null(False)
        began = pl.coalesce("opened_at", "first_known")
        return (
            cases.unique("case_id", keep="first", maintain_order=True)
            .join(self.code_of.lazy(), on="case_id", how="inner")
            .join(first.lazy(), on="case_id", how="left")
            .with_columns(
                start_at=pl.when(is_exact).then("opened_at").otherwise("first_exact"),
                first_day=local_date_column(began, self.dive.calendar),
                start=pl.when(is_exact)
                .then(pl.lit("opened"))
                .when(pl.col("first_exact").is_not_null())
                .then(pl.lit("first event")),
                month=local_month_column(began, self.dive.calendar),
                who=pl.coalesce("person_id", "case_id"),
                is_all_exact=pl.col("is_all_exact").fill_null(True),
            )
            .sort("code")
            .collect()
        )

    @cached_property
    def clock(self) -> pl.DataFrame:
        """What elapsed times of a case are told from."""
        return self.whole.select("case_id", "start_at", "first_day", "is_all_exact", "who")

    @cached_property
    def _made(self) -> tuple[pl.DataFrame, pl.DataFrame, LeftOut]:
        cases, merged_cases, case_left, months, ages = self._cases()
        events, merged_events, event_left, rare = self._events()
        left = LeftOut(case_left, event_left, merged_cases + merged_events, months, ages, rare)
        return cases, events, left

    @property
    def cases(self) -> pl.DataFrame:
        """The cases, by code."""
        return self._made[0]

    @property
    def events(self) -> pl.DataFrame:
        """Their events, by code and in the order in which they happened."""
        return self._made[1].drop("old_id")

    @property
    def event_ids(self) -> pl.DataFrame:
        """`old_id` and `case_id` (the code) of each event that goes, with its new `event_id`."""
        return self._made[1].select("event_id", "old_id", "case_id")

    @property
    def left_out(self) -> LeftOut:
        """What was left out or merged."""
        return self._made[2]

    def _cases(self) -> tuple[pl.DataFrame, int, tuple[str, ...], int, int]:
        whole, months, ages = self._with_months(self._with_ages(self.whole))
        columns, merged, left = self._merged(whole, "cases", empty_is_one=True)
        coded = whole.select(
            pl.col("code").alias("case_id"),
            "case_type",
            "opened_month",
            "age_band",
            "start",
            pl.col("closed_at").is_null().alias("is_open"),
            *since_start("closed_at", self.exact("closed_at"), self.dive, "closed"),
            *columns,
        )
        return coded, merged, left, months, ages

    def _with_ages(self, whole: pl.DataFrame) -> pl.DataFrame:
        born = (
            self.dive.people.select("person_id", "date_of_birth")
            .drop_nulls()
            .unique("person_id", keep="first", maintain_order=True)
            .collect()
        )
        aged = whole.join(born, on="person_id", how="left", maintain_order="left")
        return aged.with_columns(band=age_band_column(age_column(pl.col("date_of_birth"), pl.col("first_day"))))

    def _with_months(self, whole: pl.DataFrame) -> tuple[pl.DataFrame, int, int]:
        """The months and the ages as they go, and how many of each go together with a neighbour."""
        ages = whole.select("who", group="band").drop_nulls("group")
        bands = merged_neighbours(ages, [str(position) for position in range(len(AGE_BANDS))]) or {}
        of_months = whole.select("who", group="month").drop_nulls("group")
        months = merged_neighbours(of_months, of_months["group"].unique().sort().to_list()) or {}
        in_use = set(ages["group"])
        named = {
            "band": {one: _band_in_words(int(first), int(last)) for one, (first, last) in bands.items()},
            "month": {one: first if first == last else f"{first} to {last}" for one, (first, last) in months.items()},
        }
        replaced = whole.with_columns(
            pl.col(name).replace_strict(named[name], default=None, return_dtype=pl.String).alias(column)
            for name, column in (("band", "age_band"), ("month", "opened_month"))
        )
        joined_months = sum(1 for first, last in months.values() if first != last)
        joined_ages = sum(1 for one, (first, last) in bands.items() if one in in_use and first != last)
        return replaced, joined_months, joined_ages

    def _events(self) -> tuple[pl.DataFrame, int, tuple[str, ...], int]:
        by_name = self.known.join(self.clock, on="case_id").group_by("event").agg(children=pl.col("who").n_unique())
        of_words = pl.col("event").str.contains(r"^[a-z][a-z_ ]*$")
        goes = by_name.filter(
            pl.col("event").is_in(sorted(self.events_named)) | (of_words & (pl.col("children") >= FEWEST))
        )
        rows = (
            self.known.join(goes, on="event", how="semi")
            .join(self.clock, on="case_id", how="left", maintain_order="left")
            .sort("code", "happened_at", "event_id", nulls_last=True)
        )
        columns, merged, left = self._merged(rows, "events", empty_is_one=False)
        coded = rows.select(
            pl.col("event_id").alias("old_id"),
            pl.col("code").alias("case_id"),
            "event",
            *since_start("happened_at", pl.col("is_exact"), self.dive, "happened"),
            *since_start("recorded_at", self.exact("recorded_at"), self.dive, "recorded"),
            *columns,
        ).with_row_index("event_id")
        coded = coded.with_columns(pl.col("event_id").cast(pl.Int64))
        return coded, merged, left, self.known.height - rows.height

    def _that_may_go(self, table: str) -> list[str]:
        """The attributes of a table that are on the short list."""
        schema = (self.dive.cases if table == "cases" else self.dive.events).collect_schema()
        return [name for name in attribute_columns(schema, table) if name in ON_THE_LIST[table]]

    def _merged(
        self, rows: pl.DataFrame, table: str, *, empty_is_one: bool
    ) -> tuple[list[pl.Expr], int, tuple[str, ...]]:
        """The attributes as they go, how many values were merged, and the attributes that are left out."""
        schema = (self.dive.cases if table == "cases" else self.dive.events).collect_schema()
        columns, merged, left = [], 0, []
        for name in attribute_columns(schema, table):
            goes = None
            if name in ON_THE_LIST[table]:
                goes = merged_values(rows.select("who", value=name), empty_is_one=empty_is_one)
            if goes is None:
                left.append(name)
                continue
            merged += sum(1 for value, other in goes.items() if value != other)
            named = {value: None if other == NOT_RECORDED else other for value, other in goes.items()}
            value = pl.col(name).fill_null(NOT_RECORDED) if empty_is_one else pl.col(name)
            columns.append(value.replace_strict(named, default=None, return_dtype=pl.String).alias(name))
        return columns, merged, tuple(left)


def _band_in_words(first: int, last: int) -> str:
    youngest, oldest = AGE_BANDS[first][0], AGE_BANDS[last][1]
    if oldest is None:
        return f"{youngest} and over"
    return f"under {oldest + 1}" if youngest == 0 else f"{youngest} to {oldest}"
