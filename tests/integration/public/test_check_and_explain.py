"""`check` and `explain`: the instant from which we look, what is asked, and a case in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pandas as pd
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import wardline
from tests.unit.public.made_up import FORCE, PACE
from wardline.findings import FINDINGS
from wardline.standards import resolve

# In summer, so that local time and UTC differ.
REPORTED = datetime(2025, 7, 1, 18, 0)


def a_log() -> wardline.EventLog:
    return wardline.event_log(
        cases={"case_id": ["E1", "E2"], "case_type": ["missing episode"] * 2, "opened_at": [REPORTED] * 2},
        events=[
            {"case_id": "E1", "event": "reported", "happened_at": REPORTED},
            {"case_id": "E1", "event": "officer_deployed", "happened_at": REPORTED + timedelta(minutes=100)},
            {"case_id": "E2", "event": "reported", "happened_at": REPORTED},
        ],
        zone="Europe/London",
    )


def check(**other: Any) -> pl.DataFrame:
    return wardline.check(**{"standards": PACE, "log": a_log(), "as_at": date(2025, 8, 1), "force": FORCE, **other})


def test_findings_are_a_polars_table_with_the_columns_of_the_reference():
    findings = check()
    assert findings.cast(dict(FINDINGS)).schema == FINDINGS
    assert dict(findings.select("case_id", "outcome").rows()) == {"E1": "late", "E2": "missed"}


@pytest.mark.parametrize(
    "as_at",
    [
        datetime(2025, 7, 1, 19, 0),
        datetime(2025, 7, 1, 18, 0, tzinfo=UTC),
        datetime(2025, 7, 1, 20, 0, tzinfo=timezone(timedelta(hours=2))),
        "2025-07-01 19:00",
        pd.Timestamp("2025-07-01 19:00"),
        pd.Timestamp("2025-07-01 19:00", tz="Europe/London"),
    ],
    ids=str,
)
def test_one_instant_can_be_given_in_many_ways(as_at):
    # One microsecond before, the hour is not over.
    assert set(check(as_at=as_at)["outcome"]) == {"missed"}
    assert set(check(as_at=datetime(2025, 7, 1, 17, 59, 59, 999_999, tzinfo=UTC))["outcome"]) == {"not_yet_due"}


def test_a_date_is_the_start_of_that_day_in_the_zone_of_the_force():
    assert_frame_equal(check(as_at=date(2025, 7, 2)), check(as_at=datetime(2025, 7, 1, 23, 0, tzinfo=UTC)))


def test_a_period_narrows_the_occasions_to_its_local_days():
    assert check(period=(date(2025, 7, 1), date(2025, 7, 1))).height == 2
    assert check(period={"from": "2025-07-02", "to": "2025-07-31"}).height == 0


def test_several_standards_and_resolved_obligations_can_be_asked():
    other = {**PACE, "standard": "our-own/other"}
    assert check(standards=[PACE, wardline.standard(other)]).height == 4
    resolved = resolve([wardline.standard(PACE)], wardline.force(FORCE))
    assert_frame_equal(check(standards=resolved, force=None), check())


def test_a_limit_of_the_force_decides():
    longer = {**FORCE, "limits": {"our-own/pace/send": {"limit": "2 hours", "reason": "a rural area"}}}
    assert dict(check(force=longer).select("case_id", "outcome").rows())["E1"] == "met"


def test_a_limit_of_an_obligation_that_is_not_there_is_told_at_the_argument():
    with pytest.raises(wardline.WardlineError) as raised:
        check(force={**FORCE, "limits": {"our-own/pace/sent": "2 hours"}})
    assert str(raised.value.problems[0].where) == 'check(…): `force.limits["our-own/pace/sent"]`'


def explain(source: Any, case: str, **other: Any) -> str:
    asked = {"standards": PACE, "log": a_log(), "as_at": date(2025, 8, 1), "force": FORCE}
    return wardline.explain(source, case, **{**asked, **other})


def test_a_case_is_explained_from_findings_whole_or_of_this_case_alone():
    told = explain(check(), "E1")
    assert "Recorded late by 40 minutes" in told
    assert explain(check().filter(pl.col("case_id") == "E1").to_pandas(), "E1") == told
    assert "Nothing that these standards ask for was owed" in explain(check().clear(), "E1")


def test_a_case_that_is_not_there_is_refused_with_near_ones():
    with pytest.raises(wardline.WardlineError) as raised:
        explain(check(), "e1")
    assert str(raised.value.problems[0].where) == "explain(…): `case`"
    assert "Did you mean" in raised.value.problems[0].remedy


def test_findings_of_another_standard_are_refused():
    with pytest.raises(wardline.WardlineError) as raised:
        explain(check(), "E1", standards={**PACE, "standard": "our-own/other"})
    assert "obligations that `standards` does not have" in raised.value.problems[0].what


def test_a_path_in_place_of_a_dive_is_told_how_to_open_it():
    with pytest.raises(wardline.WardlineError) as raised:
        explain("dives/march", "E1")
    assert "wardline.open_dive" in raised.value.problems[0].remedy
