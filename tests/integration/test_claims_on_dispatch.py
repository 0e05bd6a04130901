"""The step of October in the real dispatch log is a change of recording, and neither of demand nor of speed."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from tests.unit.measures.claims.claimed import claim, what_else
from wardline.measures.charts import ChartKind, Wanted
from wardline.measures.claims import ClaimAnswer, InShort, Rival, Way, answer_to
from wardline.measures.declared.measure import CasesCounted, Measure, PartOfPage, ShareMet, Wait
from wardline.measures.over_time.measures_table import MEASURES, Entries

CALLS = ROOT.parent / "shared" / "data" / "dispatch" / "calls.csv"
STEP_ON = date(2025, 10, 5)
END = datetime(2025, 12, 28)
IN_TIME = 30 * 60  # seconds
SPLITS = ("reception", "priority", "problem")
ABOUT_CHILDREN = "^(RUNAWAY|MISSING)"

pytestmark = pytest.mark.skipif(
    not CALLS.exists(), reason="the real dispatch log is not part of the project and is not beside it here"
)

TOLD = {"part": PartOfPage.DEMAND, "splits": SPLITS}
COUNTED = Measure(
    "dispatch/pace/calls",
    "Calls",
    counting=CasesCounted("call for service"),
    wanted=Wanted.NEITHER,
    chart=ChartKind.XMR,
    **TOLD,
)
IN_HALF_AN_HOUR = Measure(
    "dispatch/pace/arrive",
    "Reached in time",
    counting=ShareMet("dispatch/pace/arrive"),
    wanted=Wanted.LARGER,
    chart=ChartKind.P_PRIME,
    **TOLD,
)
HALF_WAITED = Measure(
    "dispatch/pace/half-waited",
    "Half waited",
    counting=Wait("dispatch/pace/arrive", 50),
    wanted=Wanted.SMALLER,
    chart=ChartKind.XMR,
    **TOLD,
)


@pytest.fixture(scope="module")
def calls() -> pl.DataFrame:
    read = pl.read_csv(CALLS, infer_schema_length=0, null_values=["NULL", ""])

    def time(column: str) -> pl.Expr:
        return pl.col(column).str.slice(0, 19).str.to_datetime("%Y-%m-%d %H:%M:%S")

    return (
        read.select(
            start=time("Incident_Start_Time"),
            arrival=time("Incident_Arrival_Time"),
            reception=pl.col("Call_Reception"),
            priority=pl.col("Priority_Number"),
            problem=pl.col("Problem"),
        )
        .with_columns(
            first_day=pl.col("start").dt.date().dt.truncate("1w"),
            wait=(pl.col("arrival") - pl.col("start")).dt.total_seconds(),
        )
        .filter(pl.col("first_day").is_between(date(2025, 8, 25), date(2025, 12, 15)))
    )


def rows_of(measure: Measure, calls: pl.DataFrame, split: str | None) -> pl.DataFrame:
    groups = ["first_day"] if split is None else ["first_day", split]
    arrived = pl.col("wait").is_not_null()
    in_time = arrived & (pl.col("wait") <= IN_TIME)
    value, denominator, numerator = {
        COUNTED.name: (pl.len(), pl.lit(None), pl.lit(None)),
        IN_HALF_AN_HOUR.name: (in_time.mean(), pl.len(), in_time.sum()),
        HALF_WAITED.name: (pl.col("wait").median(), arrived.sum(), pl.lit(None)),
    }[measure.name]
    counted = calls.drop_nulls(groups).group_by(groups).agg(value=value, denominator=denominator, numerator=numerator)
    missing = {name: pl.lit(None, kind) for name, kind in MEASURES.items()}
    return counted.select(
        **missing
        | {
            "measure": pl.lit(measure.name),
            "by": pl.lit("week"),
            "first_day": pl.col("first_day"),
            "last_day": pl.col("first_day").dt.offset_by("6d"),
            "split": pl.lit(split, pl.String),
            "group": pl.lit(None, pl.String) if split is None else pl.col(split),
            "entries": pl.lit(Entries.ALL.value),
            "numerator": pl.col("numerator").cast(pl.Float64),
            "denominator": pl.col("denominator").cast(pl.Float64),
            "value": pl.col("value").cast(pl.Float64),
            "no_value": pl.when(pl.col("value").is_null()).then(pl.lit("no_occasions")),
        }
    )


def answered(measure: Measure, calls: pl.DataFrame, way: Way, splits: tuple[str, ...] = SPLITS) -> ClaimAnswer:
    measures = [COUNTED, measure] if measure is not COUNTED else [COUNTED]
    table = pl.concat([rows_of(one, calls, split) for one in measures for split in (None, *splits)])
    said = claim(measure, way, first_day=STEP_ON, by=date(2025, 12, 21))
    return answer_to(said, table, what_else(*measures, known_before=END.date()))


@pytest.mark.parametrize("splits", [SPLITS, ("problem",)], ids=["all splits", "by problem alone"])
def test_that_there_are_more_calls_is_explained_by_what_is_taken_in(calls, splits):
    answer = answered(COUNTED, calls, Way.LARGER, splits)
    assert answer.change is not None and answer.change.size > 1.3
    assert answer.in_short is InShort.RECORDING_CHANGED
    assert [one.rival for one in answer.against] == [Rival.VOLUME]


def test_that_half_of_the_calls_are_reached_sooner_is_explained_by_what_is_taken_in(calls):
    answer = answered(HALF_WAITED, calls, Way.BETTER)
    assert answer.change is not None and answer.change.is_told(is_up=False)
    assert answer.in_short is InShort.RECORDING_CHANGED
    assert Rival.VOLUME in [one.rival for one in answer.against]


def test_that_more_calls_are_reached_in_half_an_hour_is_not_confirmed(calls):
    assert answered(IN_HALF_AN_HOUR, calls, Way.BETTER).in_short is not InShort.SHOWN


def test_what_officers_begin_is_named_and_what_is_about_children_is_not(calls):
    (found,) = answered(COUNTED, calls, Way.LARGER).against
    assert found.split == "problem"
    assert {"TRAFFIC STOP", "PARKING COMPLAINT", "OFF DUTY DETAIL"} <= set(found.groups)
    assert "DISORDERLY CONDUCT" in found.unchanged
    assert not [problem for problem in found.groups if problem.startswith(("RUNAWAY", "MISSING"))]


def test_of_missing_and_runaway_children_there_are_not_more_calls(calls):
    about_children = calls.filter(pl.col("problem").str.contains(ABOUT_CHILDREN))
    answer = answered(COUNTED, about_children, Way.LARGER)
    assert answer.in_short in (InShort.NOT_SHOWN, InShort.TOO_EARLY)
