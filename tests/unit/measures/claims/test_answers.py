"""The answer to a claim: one of six, each with what it rests on, and bad input answered in words and not refused."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.unit.measures.claims.claimed import (
    FROM,
    STANDARD,
    about,
    answer,
    cases,
    claim,
    per_cent,
    points,
    rows,
    seconds,
    share,
    wait,
)
from wardline.measures.charts import Rebase
from wardline.measures.claims import Declared, InShort, Way, Why
from wardline.measures.declared.measure import Needs
from wardline.measures.over_time.measures_table import NoValue
from wardline.time_limits import PeriodLength

SHARE = share()
AS_IN_WAITS = (0, 60, -60, 30, -30, 0)


def of_shares(before: float, after: float, *, months: int = 6, of: int = 200) -> pl.DataFrame:
    return rows(SHARE, about(before, after, months=months, of=of))


def answered(table: pl.DataFrame, size=None, way: Way = Way.BETTER, *, known_before: date | None = None, **told):
    found = answer(claim(SHARE, way, size, **told), table, [SHARE], known_before=known_before)
    return found.in_short, found.why, found.ask_again


def test_an_improvement_of_the_claimed_size_is_shown():
    assert answered(of_shares(0.6, 0.7), points(10)) == (InShort.SHOWN, None, None)


def test_an_improvement_that_may_be_as_large_as_claimed_is_shown():
    found = answer(claim(SHARE, size=points(11)), of_shares(0.6, 0.7), [SHARE])
    assert found.in_short is InShort.SHOWN
    assert found.change is not None and found.change.size < 0.11 < found.change.high


def test_a_smaller_improvement_than_claimed_is_not_what_was_claimed():
    assert answered(of_shares(0.6, 0.7), points(25)) == (InShort.NOT_SHOWN, Why.SMALLER, None)


def test_a_worsening_does_not_show_an_improvement():
    assert answered(of_shares(0.6, 0.5), points(5)) == (InShort.NOT_SHOWN, Why.OTHER_WAY, None)


def test_a_worsening_shows_a_claim_that_it_got_worse():
    assert answered(of_shares(0.6, 0.5), points(5), Way.WORSE)[0] is InShort.SHOWN


def test_no_change_where_the_claimed_one_would_have_been_told_is_not_shown():
    assert answered(of_shares(0.6, 0.6), points(10)) == (InShort.NOT_SHOWN, Why.NO_CHANGE, None)


def test_no_change_of_any_size_is_not_shown_once_the_day_has_come():
    assert answered(of_shares(0.6, 0.6)) == (InShort.NOT_SHOWN, Why.NO_CHANGE_OF_ANY_SIZE, None)


def test_it_is_too_early_while_the_claimed_change_could_not_be_told():
    in_short, why, ask_again = answered(of_shares(0.6, 0.6, months=2, of=100), points(5), by=date(2025, 1, 31))
    assert (in_short, why) == (InShort.TOO_EARLY, Why.NOT_ENOUGH_YET)
    assert ask_again is not None and ask_again > date(2025, 3, 1)
    assert ask_again.day == 1


def test_on_the_day_on_which_to_ask_again_the_change_can_be_told():
    said = claim(SHARE, size=points(5), by=date(2025, 1, 31))
    early = answer(said, of_shares(0.6, 0.6, months=1, of=100), [SHARE])
    assert early.in_short is InShort.TOO_EARLY
    assert early.ask_again is not None and early.power is not None and early.power.needed is not None
    later = answer(said, of_shares(0.6, 0.6, months=early.power.needed, of=100), [SHARE])
    assert later.in_short is InShort.NOT_SHOWN
    assert later.power is not None and later.power.is_enough
    assert early.ask_again == date(2025, 1 + early.power.needed, 1)


def test_it_is_too_early_before_the_day_by_which_it_is_to_show():
    found = answered(of_shares(0.6, 0.6), points(10), by=date(2025, 12, 31))
    assert found == (InShort.TOO_EARLY, Why.STILL_TIME, date(2026, 1, 1))


def test_what_shows_before_that_day_is_shown():
    assert answered(of_shares(0.6, 0.7), points(10), by=date(2025, 12, 31))[0] is InShort.SHOWN


def test_it_is_too_early_before_the_first_month_is_over():
    table = of_shares(0.6, 0.6, months=0)
    found = answered(table, points(5), known_before=date(2025, 1, 10))
    assert found == (InShort.TOO_EARLY, Why.NOT_YET_BEGUN, date(2025, 2, 1))


def test_a_last_month_that_is_not_over_is_not_compared():
    table = rows(SHARE, [*about(0.6, 0.7, months=6), NoValue.NOT_OVER])
    found = answer(claim(SHARE, size=points(10)), table, [SHARE], known_before=date(2025, 7, 10))
    assert found.in_short is InShort.SHOWN
    assert found.compared is not None and len(found.compared.after) == 6


def test_where_figures_are_known_only_later_it_is_asked_later_too():
    table = rows(SHARE, [*about(0.6, 0.6, months=0), *[NoValue.NOT_OVER] * 3])
    found = answered(table, points(5), known_before=date(2025, 4, 10))
    assert found == (InShort.TOO_EARLY, Why.NOT_YET_BEGUN, date(2025, 5, 1))


def test_a_month_in_which_the_first_day_lies_is_on_neither_side():
    found = answer(claim(SHARE, first_day=date(2024, 12, 16)), of_shares(0.6, 0.7), [SHARE])
    assert found.compared is not None
    assert found.compared.astride == date(2024, 12, 1)
    assert (len(found.compared.before), len(found.compared.after)) == (23, 6)


def test_a_change_that_could_never_be_told_is_answered_with_that():
    assert answered(of_shares(0.6, 0.6, of=50), points(1)) == (InShort.CANNOT_TELL, Why.NEVER_ENOUGH, None)


def test_where_no_change_however_large_could_be_told_it_is_said():
    table = rows(SHARE, [(2, 3), (3, 4), (4, 4), (1, 3), (3, 3), (2, 2), (3, 3)], first=date(2024, 7, 1))
    assert answered(table) == (InShort.CANNOT_TELL, Why.TOO_FEW_TO_TELL, None)


def test_a_share_near_its_end_cannot_rise_by_much():
    assert answered(of_shares(0.95, 0.95), points(10)) == (InShort.CANNOT_TELL, Why.NO_ROOM, None)


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        ([(60, 100), (70, 100)], Why.TOO_FEW_BEFORE),
        ([(0, 100)] * 30, Why.ALL_NOUGHT),
        ([(100, 100)] * 30, Why.ALL_ALIKE),
        ([NoValue.NO_OCCASIONS] * 30, Why.NO_OCCASIONS),
        ([*about(0.6, 0.7, months=0), *[NoValue.NO_OCCASIONS] * 6], Why.NO_OCCASIONS),
        ([*about(0.6, 0.7, months=0), *[NoValue.NOT_TOLD] * 6], Why.NOT_TOLD),
        ([*about(0.6, 0.7, months=2), *[NoValue.NOT_TOLD] * 4], Why.NOT_TOLD),
        ([*about(0.6, 0.7, months=2), *[NoValue.GAP] * 4], Why.GAP),
        ([*[NoValue.NOT_GIVEN] * 30], Why.NOT_GIVEN),
    ],
    ids=lambda one: getattr(one, "name", "figures"),
)
def test_what_the_figures_do_not_allow_is_answered_with_the_reason(figures, why):
    first = date(2024, 12, 1) if len(figures) == 2 else date(2023, 1, 1)
    assert answered(rows(SHARE, figures, first=first), points(5)) == (InShort.CANNOT_TELL, why, None)


def test_months_in_which_too_few_had_a_response_are_not_passed_over():
    waits = wait()
    figures = [(3600 + AS_IN_WAITS[at % 6], 80) for at in range(24)] + [(2400, 80), (2460, 80), NoValue.NOT_REACHED]
    found = answer(claim(waits), rows(waits, figures), [waits])
    assert (found.in_short, found.why) == (InShort.CANNOT_TELL, Why.NOT_REACHED)


def test_a_shorter_wait_is_shown():
    waits = wait()
    figures = [((3600 if at < 24 else 2700) + AS_IN_WAITS[at % 6], 80) for at in range(30)]
    for size in (None, seconds(600), per_cent(20)):
        assert answer(claim(waits, size=size), rows(waits, figures), [waits]).in_short is InShort.SHOWN


def test_fewer_reports_are_shown_whatever_the_lengths_of_the_months():
    reports = cases()
    figures = [(10 if at < 24 else 7) * 30 + AS_IN_WAITS[at % 6] / 3 for at in range(30)]
    found = answer(claim(reports, Way.SMALLER, per_cent(25)), rows(reports, figures), [reports])
    assert found.in_short is InShort.SHOWN
    assert found.change is not None and found.change.size == pytest.approx(0.7, abs=0.03)


def test_a_measure_that_is_not_there_or_cannot_be_given_yet_is_answered_with_that():
    table = of_shares(0.6, 0.7)
    other = share("other")
    assert answer(claim(other), table, [SHARE]).why is Why.NOT_COUNTED
    assert answer(claim(other), table, [SHARE, other]).why is Why.NOT_COUNTED
    needing = share("needing", needs=Needs.NOTES_READ)
    assert answer(claim(needing), table, [needing]).why is Why.NEEDS_MORE
    assert answer(claim(SHARE, group=("district", "Nowhere")), table, [SHARE]).why is Why.NO_SUCH_GROUP


def test_a_claim_about_a_group_is_tested_on_that_group():
    table = pl.concat(
        [of_shares(0.6, 0.6), rows(SHARE, about(0.6, 0.75, months=6, of=80), split="district", group="Eastmoor")]
    )
    found = answer(claim(SHARE, size=points(10), group=("district", "Eastmoor")), table, [SHARE])
    assert found.in_short is InShort.SHOWN


@pytest.mark.parametrize(
    ("on", "known", "afterwards"),
    [(date(2024, 12, 20), 0, False), (date(2025, 2, 1), 1, False), (date(2025, 4, 2), 3, False), (FROM, 0, False)]
    + [(date(2025, 7, 1), 6, True)],
)
def test_it_is_counted_how_much_could_be_known_when_a_claim_was_declared(on, known, afterwards):
    found = answer(claim(SHARE, declared=Declared("R. Lee", on)), of_shares(0.6, 0.7), [SHARE])
    assert (found.known_when_declared, found.was_declared_afterwards) == (known, afterwards)
    assert found.in_short is InShort.SHOWN


def test_the_time_before_begins_with_the_last_rebase():
    rebase = Rebase(date(2024, 1, 1), "a new form", "R. Lee", date(2024, 1, 5))
    found = answer(claim(SHARE), of_shares(0.6, 0.7), [SHARE], rebases={SHARE.name: (rebase,)})
    assert found.compared is not None and found.compared.before[0].first_day == date(2024, 1, 1)


def test_weeks_are_compared_where_there_are_too_few_months():
    table = pl.concat(
        [
            rows(SHARE, about(0.6, 0.7, months=3, before=4), first=date(2024, 9, 1)),
            rows(SHARE, about(0.6, 0.7, months=12, before=17, of=60), first=date(2024, 9, 2), by=PeriodLength.WEEK),
        ]
    )
    found = answer(claim(SHARE, size=points(10)), table, [SHARE])
    assert found.compared is not None and found.compared.by is PeriodLength.WEEK
    assert found.in_short is InShort.SHOWN


def test_the_chart_has_its_limits_from_the_time_before_and_its_signals_since():
    found = answer(claim(SHARE), of_shares(0.6, 0.8), [SHARE]).chart
    assert found is not None and found.chart is not None
    (segment,) = found.chart.segments
    assert len(segment.segment.drawn_from) == 24
    assert segment.name_of_limits == "limits"
    assert next(day for _, is_high, day in found.signals if is_high) == date(2025, 1, 1)
    assert len(found.points_after) == 6


def test_limits_from_few_figures_are_trial_limits():
    table = rows(SHARE, about(0.6, 0.8, months=3, before=8), first=date(2024, 5, 1))
    found = answer(claim(SHARE), table, [SHARE]).chart
    assert found is not None and found.chart is not None and found.chart.last_segment is not None
    assert found.chart.last_segment.name_of_limits == "trial limits"


def test_the_same_claim_has_the_same_answer_whatever_else_is_in_the_table():
    other = share("other")
    table = pl.concat([rows(other, about(0.2, 0.9, months=6)), of_shares(0.6, 0.7)])
    alone = answer(claim(SHARE, size=points(10)), of_shares(0.6, 0.7), [SHARE])
    assert answer(claim(SHARE, size=points(10)), table, [SHARE]) == alone
    assert SHARE.name == f"{STANDARD}/reached-in-time"


def test_children_who_come_again_in_other_months_are_seen_by_the_row_of_the_whole_period():
    monthly = [(n, of, 160.0) for n, of in about(0.6, 0.7, months=6)]
    figures = [{"numerator": n, "denominator": of, "value": n / of, "effective": e} for n, of, e in monthly]
    table = rows(SHARE, figures)
    whole = table.head(1).with_columns(
        by=pl.lit("period"), last_day=pl.lit(date(2025, 6, 30)), denominator=6000.0, effective=2400.0
    )
    alone = answer(claim(SHARE), table, [SHARE])
    found = answer(claim(SHARE), pl.concat([whole, table]), [SHARE])
    assert alone.compared is not None and alone.compared.repeats == 1
    # Together they count for 2,400 of 6,000, month by month for 160 of 200.
    assert found.compared is not None and found.compared.repeats == pytest.approx(2.0)
    assert found.change is not None and alone.change is not None
    assert found.change.error == pytest.approx(alone.change.error * 2**0.5)


def test_periods_of_another_length_are_told_in_place_of_the_chart():
    odd = of_shares(0.6, 0.7).with_columns(
        first_day=pl.when(pl.col("first_day") == date(2025, 4, 1)).then(date(2025, 4, 8)).otherwise("first_day")
    )
    found = answer(claim(SHARE), odd, [SHARE])
    assert found.chart is not None and found.chart.chart is None
    assert found.chart.refusal is not None and found.chart.refusal.startswith("Not every period is a month")
