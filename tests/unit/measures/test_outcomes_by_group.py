"""Outcomes by group, and the shares with repeats of one child allowed for: counts, each with exactly its rows."""

import polars as pl
import pytest

from tests.unit.reports.made_up import ATTEND, NOT_CLOSED, finding, tables
from wardline.events import CASES
from wardline.measures import outcomes_by_group, shares_of_obligations
from wardline.measures.outcomes import count_findings

DISTRICTS = {"compact:1": "North", "compact:2": "North", "compact:3": "South", "compact:4": None}


def cases(**attributes):
    rows = [
        {name: None for name in CASES} | {"case_id": case} | {name: of[case] for name, of in attributes.items()}
        for case in DISTRICTS
    ]
    return pl.DataFrame(rows, schema={**CASES, **dict.fromkeys(attributes, pl.String())})


@pytest.fixture
def counted():
    findings = [
        finding(case="compact:1", wait=5),
        finding(case="compact:2", outcome="late", wait=25),
        finding(case="compact:3", outcome="missed"),
        finding(case="compact:4", outcome="cannot_tell", reason="record_gap"),
        finding(NOT_CLOSED, "compact:3", outcome="missed", limit=None),
        finding(NOT_CLOSED, "compact:3", outcome="met", limit=None),
    ]
    return tables(findings, cases=cases(district=DISTRICTS, officer=dict.fromkeys(DISTRICTS, "PC 1234")))


def by_value(counted, item):
    (found,) = outcomes_by_group(counted)[item.key]
    return found.attribute, {one.value: one.outcomes for one in found.groups}


def test_each_group_has_its_own_outcomes_and_cases_without_the_attribute_are_last(counted):
    attribute, groups = by_value(counted, ATTEND)
    assert attribute == "district"
    assert list(groups) == ["North", "South", None]
    assert [(one.met.value, one.late.value, one.missed.value) for one in groups.values()] == [
        (1, 1, 0),
        (0, 0, 1),
        (0, 0, 0),
    ]
    assert groups[None].cannot_tell.value == 1


def test_the_groups_together_are_all_occasions(counted):
    _, groups = by_value(counted, ATTEND)
    assert sum(one.occasions.value for one in groups.values()) == count_findings(counted).of(ATTEND).occasions.value


def test_each_count_has_the_filter_of_its_rows(counted):
    _, groups = by_value(counted, ATTEND)
    for one in groups.values():
        for count in (one.occasions, one.judged, one.met, one.late, one.missed, one.cannot_tell):
            assert counted.count(count.rows) == count.value


def test_an_attribute_that_could_name_somebody_is_no_group(counted):
    assert {one.attribute for groups in outcomes_by_group(counted).values() for one in groups} == {"district"}


def test_an_obligation_in_one_group_only_is_not_split(counted):
    assert NOT_CLOSED.key not in outcomes_by_group(counted)


def test_a_share_tells_less_where_one_child_is_there_more_than_once():
    alone = tables([finding(case=f"compact:{at}", child=f"p{at}", wait=5) for at in range(30)])
    again = tables([finding(case=f"compact:{at}", child=f"p{at % 3}", wait=5) for at in range(30)])
    shares = [
        shares_of_obligations(made, {ATTEND.key: count_findings(made).of(ATTEND)})[ATTEND.key]
        for made in (alone, again)
    ]
    assert [one.fraction for one in shares] == [1.0, 1.0]
    assert shares[0].effective is None
    assert shares[1].interval()[0] < shares[0].interval()[0]


def test_there_is_no_share_where_nothing_can_be_judged():
    made = tables([finding(outcome="cannot_tell", reason="record_gap")])
    assert shares_of_obligations(made, {ATTEND.key: count_findings(made).of(ATTEND)}) == {}
