"""Groups of splits; and what must hold of any table of measures: sums, names of groups, the order of rows."""

from dataclasses import replace
from datetime import date
from random import Random

import polars as pl
import pytest

from tests.unit.measures.over_time.measured import a_measure, at, cases_of, counted, events_of, log_of, tables_of, told
from tests.unit.reports.made_up import ATTEND, finding
from wardline.events import PEOPLE
from wardline.measures.charts import ChartKind
from wardline.measures.declared.measure import CasesCounted, ChildrenCounted, ShareMet, ShareNotTold, ShareWithin, Wait
from wardline.measures.over_time.count_measures import count_measures
from wardline.measures.over_time.measures_table import MEASURES
from wardline.time_limits import PeriodLength

EPISODE = "missing episode"
SPLITS = ("district", "grade", "shift")
MET = a_measure(ShareMet(ATTEND.full_name), splits=SPLITS)
EVERY = [
    MET,
    a_measure(ShareNotTold(ATTEND.full_name), name="test/not-told", splits=SPLITS),
    a_measure(Wait(ATTEND.full_name, 50), name="test/half", chart=ChartKind.XMR, splits=SPLITS),
    a_measure(Wait(ATTEND.full_name, 90), name="test/most", chart=ChartKind.XMR, splits=SPLITS),
    a_measure(CasesCounted(EPISODE), name="test/cases", chart=ChartKind.XMR, splits=SPLITS),
    a_measure(ChildrenCounted(EPISODE, 2), name="test/children", chart=ChartKind.XMR, splits=("district",)),
    a_measure(
        ShareWithin(EPISODE, ("reported",), ("child_found",), "8 hours"),
        name="test/found",
        splits=("district", "shift"),
    ),
]


def one(case, *, when="04-10 12:00", **further):
    typed = {"written_after": 0} if "wait" in further else {}
    return finding(case=f"compact:{case}", child=f"p-{case}", at=at(when), **typed | further)


def of_groups(findings, cases, *, split, events=None, item=ATTEND):
    tables = tables_of(log_of(cases_of(*cases), events), findings, [item])
    return told(counted(MET, tables, by="period", split=split), "numerator", "denominator")


def opened(many, **attributes):
    return [{"id": n, "opened": at("04-01 08:00")} | {k: v[n] for k, v in attributes.items()} for n in range(many)]


def test_groups_are_in_the_order_of_their_names_and_what_belongs_to_none_comes_last():
    cases = opened(4, district=["South", None, "North", "North"])
    found = of_groups(
        [one(0, wait=5), one(1, wait=5), one(2, wait=5), one(3, outcome="missed")], cases, split="district"
    )
    assert list(found.items()) == [("North", (1, 2)), ("South", (1, 1)), (None, (1, 1))]


def test_a_split_by_what_the_records_have_no_column_for_is_passed_over():
    tables = tables_of(log_of(cases_of(*opened(1))), [one(0, wait=5)], [ATTEND])
    assert count_measures([MET], tables)["split"].unique().to_list() in ([None, "shift"], ["shift", None])
    assert count_measures([MET], tables, splits=["home"])["split"].unique().to_list() == [None]


@pytest.mark.parametrize(
    ("when", "shift"),
    [
        ("04-10 05:59", "night"),  # 06:59 by the local clock
        ("04-10 06:00", "early"),
        ("04-10 13:59", "early"),
        ("04-10 14:00", "late"),
        ("04-10 21:59", "late"),
        ("04-10 22:00", "night"),
        ("04-10 23:30", "night"),
    ],
)
def test_a_shift_goes_by_the_local_hour_of_the_trigger(when, shift):
    assert of_groups([one(0, when=when, wait=5)], opened(1), split="shift") == {shift: (1, 1)}


def born(*rows):
    return pl.DataFrame(
        [{"person_id": f"p-{n}", "date_of_birth": day, "source": "compact"} for n, day in rows],
        schema_overrides=dict(PEOPLE),
    )


def of_ages(people, *, cases=None):
    cases = opened(1, district=["North"]) if cases is None else cases
    tables = tables_of(log_of(cases_of(*cases), people=people), [one(0, when="05-01 12:00", wait=5)], [ATTEND])
    by_age = replace(MET, splits=("age",))
    return told(counted(by_age, tables, by="period", split="age"), "numerator", "denominator")


@pytest.mark.parametrize(
    ("day", "band"),
    [
        (date(2014, 4, 2), "under 10"),  # ten on the day after the case was opened
        (date(2014, 4, 1), "10 to 12"),
        (date(2011, 4, 2), "10 to 12"),
        (date(2011, 4, 1), "13 to 15"),
        (date(2008, 4, 1), "16 and 17"),
        (date(2006, 4, 2), "16 and 17"),
        (date(2006, 4, 1), None),  # eighteen, and no child
        (date(2024, 4, 2), None),  # after the opening
    ],
)
def test_an_age_is_that_of_the_child_on_the_local_day_on_which_the_case_was_opened(day, band):
    assert of_ages(born((0, day))) == {band: (1, 1)}


def test_a_child_with_several_dates_of_birth_or_none_is_in_no_band():
    same, other = (0, date(2010, 1, 1)), (0, date(2012, 1, 1))
    assert of_ages(born(same, same)) == {"13 to 15": (1, 1)}
    assert of_ages(born(same, other)) == {None: (1, 1)}
    assert of_ages(born((0, None), (1, date(2010, 1, 1)))) == {None: (1, 1)}


def test_without_a_date_of_birth_age_is_an_attribute_of_cases_or_nothing():
    assert of_ages(born((0, None))) == {}
    assert of_ages(born((0, None)), cases=opened(1, age=["13"])) == {"13": (1, 1)}


def graded(*rows):
    return events_of(
        *({"case": 0, "event": "risk_graded", "at": at(f"04-10 {when}"), "grade": grade} for when, grade in rows)
    )


@pytest.mark.parametrize(
    ("limit", "gradings", "expected"),
    [
        ("15 minutes", [("12:05", "high"), ("14:00", "low")], "high"),  # lowered later, but the limit went by this
        ("60 minutes", [("12:05", "medium")], "medium"),
        ("60 minutes", [("14:00", "low")], None),  # the limit for an unknown grade, which is as long as for medium
        (None, [("11:00", "high"), ("14:00", "low")], "low"),  # no limit is known: the last known grade
        ("60 minutes", [], None),
    ],
)
def test_a_grade_is_the_one_by_which_the_limit_went_else_the_last_known(limit, gradings, expected):
    rows = [*gradings, ("11:30", None)]
    found = of_groups([one(0, wait=5, limit=limit)], opened(1), split="grade", events=graded(*rows))
    assert list(found) == [expected]


def test_where_no_event_has_grades_a_grade_is_an_attribute_of_cases():
    assert of_groups([one(0, wait=5)], opened(1, grade=["high"]), split="grade") == {"high": (1, 1)}


# LAWS


def a_force(seed=1, *, names=("North", "South", "West"), many=300):
    """Findings, cases and events, all drawn; some children more than once."""
    random = Random(seed)
    cases, events, findings = [], [], []
    for n in range(many):
        day = f"{random.choice(['04', '05', '06'])}-{random.randrange(1, 29):02}"
        when = f"{day} {random.randrange(24):02}:{random.randrange(60):02}"
        child = random.choice([None, *(f"p{n}" for n in range(many // 3))])
        district = random.choice([*range(len(names)), None])
        cases.append(
            {"id": n, "opened": at(when), "child": child, "district": None if district is None else names[district]}
            | {"closed": random.choice([None, at("06-30 12:00")])}
        )
        events.append({"case": n, "event": "reported", "at": at(when)})
        events.append({"case": n, "event": "risk_graded", "at": at(when), "grade": random.choice(["high", "medium"])})
        if random.random() < 0.7:
            found = at(when) + random.random() * (at("04-01 12:00") - at("04-01 00:00"))
            events.append({"case": n, "event": "child_found", "at": found, "typed": random.choice([found, None])})
        outcome = random.choice(["met", "met", "late", "missed", "exempt", "cannot_tell"])
        wait = {"met": random.randrange(15), "late": 15 + random.randrange(90)}.get(outcome)
        told_of = {} if wait is None else {"wait": wait, "written_after": random.choice([0, 300])}
        reason = "record_gap" if outcome == "cannot_tell" else None
        findings.append(
            finding(case=f"compact:{n}", child=child, at=at(when), outcome=outcome, reason=reason, **told_of)
        )
    return cases, events, findings


def table_of(cases, events, findings, *, measures=EVERY, **asked):
    log = log_of(cases_of(*cases), events_of(*events), able=[("child_found", None)])
    return count_measures(measures, tables_of(log, findings, [ATTEND]), **asked)


def test_the_table_has_its_columns_and_each_row_once():
    table = table_of(*a_force())
    assert table.schema == MEASURES
    assert table.select("measure", "by", "first_day", "split", "group", "entries").is_duplicated().sum() == 0
    has_value = pl.col("value").is_not_null()
    assert table.filter(has_value == pl.col("no_value").is_not_null()).is_empty()
    assert table.filter(has_value & (pl.col("low") > pl.col("value"))).is_empty()
    assert table.filter(has_value & (pl.col("high") < pl.col("value"))).is_empty()
    inside = pl.col("if_none_met") <= pl.col("value"), pl.col("value") <= pl.col("if_all_met")
    assert table.filter(has_value & pl.col("if_all_met").is_not_null() & ~(inside[0] & inside[1])).is_empty()


def test_rows_are_in_the_stated_order():
    table = table_of(*a_force())
    assert table["measure"].unique(maintain_order=True).to_list() == [measure.name for measure in EVERY]
    mine = table.filter(pl.col("measure") == MET.name)
    assert mine["by"].unique(maintain_order=True).to_list() == ["week", "month", "quarter", "period"]
    months = mine.filter(pl.col("by") == "month")
    assert months["split"].unique(maintain_order=True).to_list() == [None, *SPLITS]
    assert months["entries"].unique(maintain_order=True).to_list() == ["all", "at the time"]


@pytest.mark.parametrize("length", list(PeriodLength))
def test_periods_add_up_to_the_whole(length):
    """Cases and occasions do; children and lengths of waits do not."""
    table = table_of(*a_force()).filter(~pl.col("measure").is_in(["test/children"]))
    by = ["measure", "split", "group", "entries"]
    count = pl.when(pl.col("measure") == "test/cases").then("value").otherwise("denominator")
    sums = {
        name: table.filter(pl.col("by") == name)
        .with_columns(count=count)
        .group_by(by)
        .agg(pl.col("count", "numerator", "not_told").sum())
        .sort(by)
        for name in (length.value, "period")
    }
    if length is PeriodLength.WEEK:
        # The first and the last week are only in part in the period: they have no number of cases.
        sums = {name: one.filter(pl.col("measure") != "test/cases") for name, one in sums.items()}
    assert sums[length.value].equals(sums["period"])


def test_groups_add_up_to_all_together():
    table = table_of(*a_force()).filter(pl.col("measure") != "test/children", pl.col("by") == "month")
    by, what = ["measure", "first_day", "entries"], ["numerator", "denominator", "not_told"]
    whole = table.filter(pl.col("split").is_null()).group_by(by).agg(pl.col(what).sum()).sort(by)
    for split in SPLITS:
        groups = table.filter(pl.col("split") == split).group_by(by).agg(pl.col(what).sum()).sort(by)
        assert groups.equals(whole.join(groups.select(by), on=by, how="semi").sort(by))


def test_other_names_of_districts_change_nothing_but_the_names():
    names, others = ("North", "South", "West"), ("Amber", "Blue", "Cyan")
    table, renamed = (table_of(*a_force(names=one)) for one in (names, others))
    assert renamed.with_columns(pl.col("group").replace(dict(zip(others, names, strict=True)))).equals(table)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_nothing(seed):
    cases, events, findings = a_force()
    # Of events the order is kept among those of one case at one instant: the log's order decides there.
    shuffled = [list(one) for one in (cases, findings)]
    for one in shuffled:
        Random(seed).shuffle(one)
    assert table_of(shuffled[0], events, shuffled[1]).equals(table_of(cases, events, findings))


def test_what_is_counted_together_is_as_if_it_were_counted_alone():
    force = a_force()
    alone = pl.concat([table_of(*force, measures=[measure]) for measure in EVERY])
    assert table_of(*force).equals(alone)


def test_two_versions_of_a_standard_are_one_measure():
    cases, events, findings = a_force()
    newer = replace(ATTEND, version="2025.2")
    split = [one | {"version": newer.version} if n % 2 else one for n, one in enumerate(findings)]
    log = log_of(cases_of(*cases), events_of(*events), able=[("child_found", None)])
    both = count_measures(EVERY, tables_of(log, split, [ATTEND, newer]))
    assert both.equals(table_of(cases, events, findings))


def test_only_the_lengths_that_are_asked_for_are_counted_beside_the_whole_period():
    table = table_of(*a_force(), by=[PeriodLength.MONTH], splits=["district"])
    assert table["by"].unique(maintain_order=True).to_list() == ["month", "period"]
    assert set(table["split"]) == {None, "district"}
