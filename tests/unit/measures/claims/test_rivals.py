"""Each rival explanation speaks against a claim where it explains the change, and only there."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from tests.unit.measures.claims.claimed import ATTEND, FIRST, FROM, STANDARD, about, answer, cases, claim, rows, share
from wardline.measures.charts import Rebase
from wardline.measures.claims import (
    VALUES_OVER_TIME,
    ClaimAnswer,
    InShort,
    Rival,
    RivalAnswer,
    Says,
    Way,
    Why,
    values_over_time,
)
from wardline.measures.claims.before_and_after import before_and_after, figures_of_group
from wardline.measures.claims.mix_rivals import without_groups
from wardline.measures.declared.measure import Measure, ShareFilledIn, ShareOfEvents, ShareWithin, WrittenLate
from wardline.measures.over_time.measures_table import Entries, NoValue
from wardline.time_limits import Calendar, PeriodLength, periods_from

SHARE = share(splits=("district", "grade"))
IMPROVED = about(0.6, 0.75, months=6)
CASE_TYPE = "missing episode"
LATE = share("written-up-late", WrittenLate(CASE_TYPE, ("officer_arrived",)))
FILLED = share("ethnicity-recorded", ShareFilledIn(CASE_TYPE, person="ethnicity"))
LOW = share("graded-low", ShareOfEvents(CASE_TYPE, ("risk_graded",), "grade", ("low",)))
CANCELLED = share("reports-cancelled", ShareWithin(CASE_TYPE, ("reported",), ("report_cancelled",), "24 hours"))


def looked_at(*tables: pl.DataFrame, others: tuple[Measure, ...] = (), figures=IMPROVED, **told) -> ClaimAnswer:
    return answer(claim(SHARE), pl.concat([rows(SHARE, figures), *tables]), [SHARE, *others], **told)


def of(rival: Rival, found: ClaimAnswer) -> list[RivalAnswer]:
    return [one for one in found.rivals if one.rival is rival]


def says(rival: Rival, found: ClaimAnswer) -> list[Says]:
    return [one.says for one in of(rival, found)]


def groups(figures: dict[str, list], split: str = "grade", measure: Measure = SHARE) -> pl.DataFrame:
    return pl.concat([rows(measure, of_group, split=split, group=name) for name, of_group in figures.items()])


def flat(share_of_each: float, before: int, after: int) -> list[tuple[int, int]]:
    """A share that never changes, of so many a month before and since; it moves a little from month to month."""
    wave = (0.0, 0.02, -0.02, 0.01, -0.01, 0.0)
    many = [before] * 24 + [after] * 6
    return [(round((share_of_each + wave[at % 6]) * of_month), of_month) for at, of_month in enumerate(many)]


def together(*figures: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(sum(n for n, _ in month), sum(whole for _, whole in month)) for month in zip(*figures, strict=True)]


# ENTRIES WRITTEN AT THE TIME, AND WHAT IS WRITTEN UP LATE


def test_entries_written_at_the_time_that_show_no_change_speak_against_it():
    found = looked_at(rows(SHARE, about(0.55, 0.56, months=6), entries=Entries.AT_THE_TIME))
    assert says(Rival.WRITTEN_AT_THE_TIME, found) == [Says.AGAINST]
    assert found.in_short is InShort.RECORDING_CHANGED


def test_entries_written_at_the_time_that_show_the_same_do_not():
    found = looked_at(rows(SHARE, about(0.55, 0.69, months=6), entries=Entries.AT_THE_TIME))
    assert says(Rival.WRITTEN_AT_THE_TIME, found) == [Says.NOT]
    assert found.in_short is InShort.SHOWN


def test_without_entries_at_the_time_nothing_is_said_of_them():
    assert says(Rival.WRITTEN_AT_THE_TIME, looked_at()) == [Says.CANNOT_TELL]


@pytest.mark.parametrize(
    ("late", "at_the_time", "told"),
    [
        ((0.05, 0.25), (0.55, 0.56), Says.AGAINST),
        ((0.05, 0.25), (0.55, 0.69), Says.NOT),
        ((0.05, 0.06), (0.55, 0.56), Says.NOT),
        ((0.25, 0.05), (0.55, 0.56), Says.NOT),
    ],
)
def test_more_that_is_written_late_counts_only_where_what_was_written_at_the_time_shows_nothing(
    late, at_the_time, told
):
    tables = (
        rows(LATE, about(*late, months=6)),
        rows(SHARE, about(*at_the_time, months=6), entries=Entries.AT_THE_TIME),
    )
    assert says(Rival.WRITTEN_LATE, looked_at(*tables, others=(LATE,))) == [told]


# WHAT CANNOT BE TOLD, AND WHAT IS FILLED IN


def not_told(many: list[int], figures=IMPROVED) -> list[dict[str, float]]:
    return [
        {"numerator": n, "denominator": whole, "value": n / whole, "not_told": untold}
        for (n, whole), untold in zip(figures, many, strict=True)
    ]


def test_a_change_that_is_gone_where_what_cannot_be_told_counts_as_missed_is_one_of_recording():
    moved = about(0.62, 0.72, months=6)
    lost = [20 + at % 3 for at in range(24)] + [56 + at % 3 for at in range(6)]
    found = answer(claim(SHARE), rows(SHARE, not_told(lost, moved)), [SHARE])
    assert says(Rival.NOT_TOLD, found) == [Says.AGAINST]
    assert found.in_short is InShort.RECORDING_CHANGED


def test_as_much_that_cannot_be_told_as_before_explains_nothing():
    lost = [20 + at % 3 for at in range(30)]
    assert says(Rival.NOT_TOLD, answer(claim(SHARE), rows(SHARE, not_told(lost)), [SHARE])) == [Says.NOT]


def test_where_everything_can_be_told_it_explains_nothing():
    assert says(Rival.NOT_TOLD, looked_at()) == [Says.NOT]


@pytest.mark.parametrize(("filled", "told"), [((0.5, 0.9), Says.CANNOT_TELL), ((0.5, 0.51), Says.NOT)])
def test_a_form_that_changed_at_the_same_time_is_left_to_ask_about(filled, told):
    found = looked_at(rows(FILLED, about(*filled, months=6)), others=(FILLED,))
    assert says(Rival.FILLED_IN, found) == [told]
    assert found.in_short is InShort.SHOWN


# A STOCK VALUE


def values(reasons: dict[str, tuple[int, int]], *, since: date = FROM) -> pl.DataFrame:
    """So many records a month with each reason, before and since."""
    days = list(periods_from(FIRST, date(2025, 6, 1), PeriodLength.MONTH))
    parts = [
        {
            "event": "officer_arrived",
            "attribute": "reason",
            "value": reason,
            "by": "month",
            "first_day": day,
            "count": many[day >= since],
            "of": sum(of_reason[day >= since] for of_reason in reasons.values()),
        }
        for reason, many in reasons.items()
        for day in days
        if many[day >= since]
    ]
    return pl.DataFrame(parts, schema=VALUES_OVER_TIME)


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        ({"asked": (50, 20), "on creation": (0, 60)}, Says.AGAINST),
        ({"asked": (50, 50), "on creation": (0, 20)}, Says.NOT),
        ({"asked": (50, 20), "on creation": (20, 60)}, Says.NOT),
    ],
)
def test_a_stock_value_in_most_records_since_then_speaks_against_it(reasons, told):
    found = looked_at(values=values(reasons), responses={ATTEND: ("officer_arrived",)})
    assert says(Rival.NEW_VALUE, found) == [told]
    if told is Says.AGAINST:
        assert of(Rival.NEW_VALUE, found)[0].attribute == ("officer_arrived", "reason", "on creation")
        assert found.in_short is InShort.RECORDING_CHANGED


def test_a_stock_value_that_came_a_little_before_is_seen_too():
    reasons = {"asked": (50, 20), "on creation": (0, 60)}
    found = looked_at(values=values(reasons, since=date(2024, 12, 1)), responses={ATTEND: ("officer_arrived",)})
    assert says(Rival.NEW_VALUE, found) == [Says.AGAINST]


def test_without_values_at_hand_nothing_is_said_of_them():
    assert says(Rival.NEW_VALUE, looked_at()) == [Says.CANNOT_TELL]


def test_values_are_counted_by_period_with_those_that_are_not_filled_in():
    events = pl.LazyFrame(
        {
            "event": ["decided"] * 4 + ["other"],
            "happened_at": [datetime(2025, 1, 31, 23, 30, tzinfo=UTC)] * 3
            + [datetime(2025, 7, 31, 23, 30, tzinfo=UTC)] * 2,
            "reason": ["a", "a", None, "b", "b"],
        }
    )
    calendar = Calendar("Europe/London", "England")
    found = values_over_time(events, ["decided"], ["reason"], calendar=calendar, by=[PeriodLength.MONTH])
    assert found.select("value", "first_day", "count", "of").rows() == [
        (None, date(2025, 1, 1), 1, 3),
        ("a", date(2025, 1, 1), 2, 3),
        ("b", date(2025, 8, 1), 1, 1),
    ]


# VERSIONS, REBASES AND GAPS


@pytest.mark.parametrize(
    ("days", "told"), [((date(2025, 1, 1),), Says.AGAINST), ((date(2024, 3, 1),), Says.CANNOT_TELL), ((), Says.NOT)]
)
def test_another_version_of_the_standard_from_about_that_day_on_speaks_against_it(days, told):
    found = looked_at(versions={STANDARD: days})
    assert says(Rival.VERSION, found) == [told]
    assert found.in_short is (InShort.RECORDING_CHANGED if told is Says.AGAINST else InShort.SHOWN)


def test_a_rebase_in_the_time_that_is_compared_is_told():
    rebase = Rebase(date(2025, 3, 1), "a new form", "R. Lee", date(2025, 3, 5))
    found = looked_at(rebases={SHARE.name: (rebase,)})
    assert [one.rebase for one in of(Rival.REBASE, found)] == [rebase]
    assert says(Rival.REBASE, found) == [Says.CANNOT_TELL]


@pytest.mark.parametrize(("at", "told"), [(3, Says.NOT), (23, Says.CANNOT_TELL)])
def test_a_gap_next_to_that_day_is_told(at, told):
    figures: list = list(IMPROVED)
    figures[at] = NoValue.GAP
    assert says(Rival.GAP, looked_at(figures=figures)) == [told]


# THE MIX


def test_a_change_that_is_gone_with_the_mix_of_before_is_one_of_the_mix():
    of_grade = {"low": flat(0.9, 60, 140), "high": flat(0.4, 140, 60)}
    found = looked_at(groups(of_grade), figures=together(*of_grade.values()))
    assert found.change is not None and found.change.size == pytest.approx(0.2, abs=0.01)
    by_grade = next(one for one in of(Rival.MIX, found) if one.split == "grade")
    assert by_grade.says is Says.AGAINST
    assert by_grade.change is not None and by_grade.change.size == pytest.approx(0, abs=0.01)
    assert found.in_short is InShort.MIX_CHANGED


def test_a_change_that_is_there_in_every_group_is_not_one_of_the_mix():
    of_grade = {"low": about(0.8, 0.95, months=6, of=100), "high": about(0.4, 0.55, months=6, of=100)}
    found = looked_at(groups(of_grade), figures=together(*of_grade.values()))
    assert [one.says for one in of(Rival.MIX, found) if one.split == "grade"] == [Says.NOT]
    assert found.in_short is InShort.SHOWN


def test_direct_standardisation_is_the_sum_of_the_groups_weighted_by_before():
    of_grade = {"low": about(0.8, 0.9, months=6, of=100), "high": flat(0.4, 300, 100)}
    found = looked_at(groups(of_grade), figures=together(*of_grade.values()))
    change = next(one.change for one in of(Rival.MIX, found) if one.split == "grade")
    low = [sum(n for n, _ in part) / sum(m for _, m in part) for part in (of_grade["low"][:24], of_grade["low"][24:])]
    high = [sum(n for n, _ in p) / sum(m for _, m in p) for p in (of_grade["high"][:24], of_grade["high"][24:])]
    assert change is not None
    assert change.size == pytest.approx(0.25 * (low[1] - low[0]) + 0.75 * (high[1] - high[0]))


def with_repeats(figures: list[tuple[int, int]], group: str, wider: float) -> pl.DataFrame:
    """A group's figures, and the row of the whole period: its children count for as much less there."""
    table = rows(SHARE, figures, split="grade", group=group)
    many = sum(whole for _, whole in figures)
    whole = table.head(1).with_columns(
        by=pl.lit("period"), last_day=pl.lit(date(2025, 6, 30)), denominator=float(many), effective=many / wider
    )
    return pl.concat([whole, table])


def test_children_who_come_again_widen_the_standardised_interval_by_their_own_groups_part():
    low, high = about(0.8, 0.9, months=6, of=100), flat(0.4, 300, 100)

    def variance(of_low: float, of_high: float) -> float:
        tables = with_repeats(low, "low", of_low), with_repeats(high, "high", of_high)
        found = looked_at(*tables, figures=together(low, high))
        change = next(one.change for one in of(Rival.MIX, found) if one.split == "grade")
        assert change is not None
        return change.error**2

    alone = variance(1, 1)
    only_low, only_high, both = variance(3, 1), variance(1, 3), variance(3, 3)
    assert both == pytest.approx(3 * alone)
    assert alone < min(only_low, only_high) and max(only_low, only_high) < both
    assert only_low + only_high == pytest.approx(both + alone)  # each has its own part, and no other


def test_without_the_groups_that_stepped_the_rest_keep_their_own_repeats():
    table = pl.concat([with_repeats(flat(0.5, 300, 300), "a", 1), with_repeats(flat(0.5, 100, 100), "b", 3)])
    each = {
        group: before_and_after(figures_of_group(table, group), PeriodLength.MONTH, FROM) for group in ("a", "b")
    } | {"c": before_and_after(rows(SHARE, flat(0.5, 10, 90)), PeriodLength.MONTH, FROM)}
    rest = without_groups(each, ["c"])
    assert rest is not None and rest.repeats == pytest.approx(0.75 * 1 + 0.25 * 3)


def test_where_the_groups_of_before_are_gone_nothing_is_said_of_the_mix():
    of_grade = {"low": flat(0.9, 60, 60)[:24], "high": flat(0.4, 60, 60)[:24]}
    assert Says.CANNOT_TELL in says(Rival.MIX, looked_at(groups(of_grade)))


def test_of_one_group_the_mix_cannot_be_told():
    table = rows(SHARE, IMPROVED, split="district", group="Eastmoor")
    found = answer(claim(SHARE, group=("district", "Eastmoor")), table, [SHARE])
    assert says(Rival.MIX, found) == [Says.CANNOT_TELL]
    assert says(Rival.VOLUME, found) == [Says.NOT]


# OTHER RECORDS TAKEN IN


def taken_in(new: tuple[float, int, int]) -> ClaimAnswer:
    of_district = {"old": flat(0.6, 200, 200), "new": flat(*new)}
    return looked_at(groups(of_district, "district"), figures=together(*of_district.values()))


def test_an_improvement_that_comes_from_records_taken_in_is_one_of_recording():
    found = taken_in((0.95, 10, 150))
    (volume,) = of(Rival.VOLUME, found)
    assert (volume.says, volume.groups, volume.unchanged) == (Says.AGAINST, ("new",), ("old",))
    assert found.in_short is InShort.RECORDING_CHANGED


def test_an_improvement_that_is_there_without_them_is_not():
    of_district = {"old": about(0.6, 0.75, months=6), "new": flat(0.7, 10, 150)}
    found = looked_at(groups(of_district, "district"), figures=together(*of_district.values()))
    assert says(Rival.VOLUME, found) == [Says.NOT]
    assert found.in_short is InShort.SHOWN


def test_as_many_records_as_before_explain_nothing():
    assert says(Rival.VOLUME, looked_at()) == [Says.NOT]


def test_more_records_in_every_group_may_be_more_demand():
    more = [(n, m) if at < 24 else (n * 3 // 2, m * 3 // 2) for at, (n, m) in enumerate(IMPROVED)]
    of_district = {"a": more, "b": more}
    found = looked_at(groups(of_district, "district"), figures=together(*of_district.values()))
    assert says(Rival.VOLUME, found) == [Says.CANNOT_TELL]


def test_a_count_that_steps_in_some_kinds_of_records_only_is_one_of_recording():
    reports = cases(splits=("district",))
    wave = (0, 4, -4, 2, -2, 0)
    old = [300.0 + wave[at % 6] for at in range(30)]
    new = [(20.0 if at < 24 else 160.0) + wave[at % 6] / 2 for at in range(30)]
    table = pl.concat(
        [
            rows(reports, [a + b for a, b in zip(old, new, strict=True)]),
            rows(reports, old, split="district", group="old"),
            rows(reports, new, split="district", group="new"),
        ]
    )
    found = answer(claim(reports, Way.LARGER), table, [reports])
    assert found.in_short is InShort.RECORDING_CHANGED
    even = pl.concat(
        [
            rows(reports, [(200 if at < 24 else 280) + wave[at % 6] for at in range(30)]),
            rows(reports, [(100 if at < 24 else 140) + wave[at % 6] for at in range(30)], split="district", group="a"),
            rows(reports, [(100 if at < 24 else 140) + wave[at % 6] for at in range(30)], split="district", group="b"),
        ]
    )
    assert answer(claim(reports, Way.LARGER), even, [reports]).in_short is InShort.SHOWN


def test_a_count_that_rises_slowly_is_not_taken_for_records_taken_in():
    reports = cases(splits=("district",))
    wave = (0, 4, -4, 2, -2, 0)
    old = [300.0 + wave[at % 6] for at in range(36)]
    new = [max(0, at - 23) * 20 + 20.0 + wave[at % 6] / 2 for at in range(36)]
    table = pl.concat(
        [
            rows(reports, [a + b for a, b in zip(old, new, strict=True)]),
            rows(reports, old, split="district", group="old"),
            rows(reports, new, split="district", group="new"),
        ]
    )
    assert says(Rival.VOLUME, answer(claim(reports, Way.LARGER), table, [reports])) == [Says.CANNOT_TELL]


# GRADES AND CANCELLED REPORTS


def test_lower_grades_speak_against_it_where_the_change_is_gone_within_the_grades():
    of_grade = {"low": flat(0.9, 60, 140), "high": flat(0.4, 140, 60)}
    low = rows(LOW, about(0.3, 0.7, months=6))
    found = looked_at(groups(of_grade), low, others=(LOW,), figures=together(*of_grade.values()))
    assert says(Rival.DOWNGRADES, found) == [Says.AGAINST]
    improved = {"low": about(0.8, 0.95, months=6, of=100), "high": about(0.4, 0.55, months=6, of=100)}
    found = looked_at(groups(improved), low, others=(LOW,), figures=together(*improved.values()))
    assert says(Rival.DOWNGRADES, found) == [Says.NOT]
    assert says(Rival.DOWNGRADES, looked_at(low, others=(LOW,))) == [Says.CANNOT_TELL]


@pytest.mark.parametrize(
    ("cancelled", "told"), [((0.05, 0.25), Says.AGAINST), ((0.05, 0.12), Says.NOT), ((0.05, 0.05), Says.NOT)]
)
def test_more_cancelled_reports_speak_against_it_where_they_could_have_made_it(cancelled, told):
    found = looked_at(rows(CANCELLED, about(*cancelled, months=6)), others=(CANCELLED,))
    assert says(Rival.CANCELLED, found) == [told]
    assert found.in_short is (InShort.MIX_CHANGED if told is Says.AGAINST else InShort.SHOWN)


# THE TIME BEFORE


def test_a_start_right_after_an_unusually_bad_stretch_is_seen():
    usual, bad = about(0.6, 0.6, months=0, of=400, before=6), [(220, 400), (218, 400), (222, 400)]
    figures = [*usual, *bad, *usual, *usual, *usual, *usual]
    found = answer(claim(SHARE), rows(SHARE, figures, first=date(2024, 4, 1)), [SHARE])
    assert says(Rival.REGRESSION, found) == [Says.AGAINST]
    assert (found.in_short, found.why) == (InShort.CANNOT_TELL, Why.REGRESSION)


def test_a_steady_time_before_explains_nothing():
    assert says(Rival.REGRESSION, looked_at()) == [Says.NOT]


def test_months_that_were_as_different_a_year_before_are_a_season():
    season = [0.75 if at % 12 < 3 else 0.6 for at in range(27)]
    wave = (0.0, 0.02, -0.02, 0.01, -0.01, 0.0)
    figures = [(round((one + wave[at % 6]) * 400), 400) for at, one in enumerate(season)]
    found = looked_at(figures=figures)
    assert says(Rival.SEASON, found) == [Says.AGAINST]
    assert (found.in_short, found.why) == (InShort.CANNOT_TELL, Why.SEASON)


def test_months_that_were_not_different_a_year_before_are_none():
    assert says(Rival.SEASON, looked_at()) == [Says.NOT]


def test_without_the_year_before_nothing_is_said_of_the_season():
    figures = about(0.6, 0.75, months=3, before=9)
    found = answer(claim(SHARE), rows(SHARE, figures, first=date(2024, 4, 1)), [SHARE])
    assert says(Rival.SEASON, found) == [Says.CANNOT_TELL]
