"""Shares and waits of an obligation by month, against findings worked out by hand; what was written up later; and when
there is no figure."""

from datetime import date, timedelta

import pytest

from tests.unit.measures.over_time.measured import AS_AT, a_measure, at, cases_of, counted, log_of, tables_of, told
from tests.unit.reports.made_up import ATTEND, HANDOVER, NOT_CLOSED, finding
from wardline.measures.charts import ChartKind
from wardline.measures.declared.measure import ShareMet, ShareNotTold, Wait
from wardline.measures.over_time.left_out import WhyLeftOut, measures_left_out

MET = a_measure(ShareMet(ATTEND.full_name))
NOT_TOLD = a_measure(ShareNotTold(ATTEND.full_name))
HALF = a_measure(Wait(ATTEND.full_name, 50), chart=ChartKind.XMR)
FEW_ABLE = (("reported", None), ("officer_deployed", None))


def a_log(many=40, *, closed=True, **told_of):
    cases = [
        {"id": n, "opened": at("04-01 08:00"), "closed": at("04-20 08:00") if closed else None} for n in range(many)
    ]
    return log_of(cases_of(*cases), able=FEW_ABLE, **told_of)


def findings_of(*outcomes, when="04-10 12:00", start=0, **further):
    """A finding for each, of a case and child of its own; a number is a wait in minutes that was in time."""
    return [
        finding(case=f"compact:{start + place}", child=f"p-{start + place}", at=at(when), **_outcome(one) | further)
        for place, one in enumerate(outcomes)
    ]


def _outcome(one):
    if isinstance(one, int):
        return {"wait": one, "written_after": 0}
    return {"outcome": one} | ({"wait": 60, "written_after": 0} if one == "late" else {})


def of_attend(*findings, measure=MET, log=None, **asked):
    given = asked.pop("tables", {})
    return counted(measure, tables_of(log or a_log(), findings, [ATTEND], **given), **asked)


def test_a_share_is_of_those_that_were_judged_with_its_interval_and_its_best_and_worst_case():
    april = findings_of(5, 5, 10, "late", "missed", "exempt", "not_yet_due", "cannot_tell")
    may = findings_of(5, "missed", when="05-02 12:00", start=10)
    rows = of_attend(*april, *may)
    assert told(rows, "numerator", "denominator", "not_told") == {4: (3, 5, 1), 5: (1, 2, 0), 6: (0, 0, 0)}
    assert rows[4]["value"] == 0.6
    assert (rows[4]["if_all_met"], rows[4]["if_none_met"]) == (4 / 6, 3 / 6)
    assert (rows[4]["low"], rows[4]["high"]) == pytest.approx((0.23072, 0.88238), abs=1e-5)
    assert rows[4]["effective"] is None
    assert rows[6]["no_value"] == "no_occasions"
    assert (rows[6]["value"], rows[6]["low"], rows[6]["if_all_met"]) == (None, None, None)


def test_what_would_not_have_shown_or_is_due_only_later_is_in_no_share():
    hidden = findings_of(5, "late", counted=False)
    later = findings_of(5, start=10, deadline=AS_AT + timedelta(microseconds=1))
    at_as_at = findings_of(5, start=20, deadline=AS_AT)
    rows = of_attend(*hidden, *later, *at_as_at, by="period")
    assert told(rows, "numerator", "denominator", "not_told") == {None: (1, 1, 0)}


def test_repeats_of_one_child_widen_the_interval():
    same = [one | {"child_id": "p-0"} for one in findings_of(*[5] * 4, *["missed"] * 4)]
    others = findings_of(*[5] * 4, *["missed"] * 4, start=10)
    alone = of_attend(*others)[4]
    with_repeats = of_attend(*same[:4], *others[:4], *same[4:], *others[4:])[4]
    assert alone["effective"] is None
    assert with_repeats["effective"] < 16


@pytest.mark.parametrize(("untold", "expected"), [(1, 0.75), (2, "not_told")])
def test_above_a_fifth_that_cannot_be_told_there_is_no_single_figure(untold, expected):
    rows = of_attend(*findings_of(5, 5, 5, "missed", *["cannot_tell"] * untold))
    assert told(rows, "value")[4] == expected
    assert rows[4]["if_all_met"] == (3 + untold) / (4 + untold)
    assert rows[4]["if_none_met"] == 3 / (4 + untold)


def test_a_never_is_shared_out_by_case():
    never = a_measure(ShareMet(NOT_CLOSED.full_name))
    outcomes = {0: ["exempt", "missed", "missed"], 1: ["met"], 2: ["met"]}
    found = [
        finding(NOT_CLOSED, case=f"compact:{case}", at=at("04-02 10:00"), outcome=outcome, limit=None, deadline=None)
        for case, of_case in outcomes.items()
        for outcome in of_case
    ]
    rows = counted(never, tables_of(a_log(), found, [NOT_CLOSED]))
    assert told(rows, "numerator", "denominator")[4] == (2, 3)


def test_what_has_no_time_belongs_to_the_month_in_which_its_case_was_opened():
    untimed = findings_of("cannot_tell", reason="trigger_without_time", triggered_at=None, deadline=None)
    assert of_attend(*untimed)[4]["not_told"] == 1


# WRITTEN AT THE TIME


def test_what_was_written_up_later_counts_as_if_it_had_not_been_written():
    in_time = findings_of(5, 5, 5)
    later = [
        one | {"response_recorded_at": one["responded_at"] + timedelta(minutes=121)} for one in findings_of(5, start=10)
    ]
    at_the_limit = [
        one | {"response_recorded_at": one["responded_at"] + timedelta(minutes=120)} for one in findings_of(5, start=20)
    ]
    everything = [*in_time, *later, *at_the_limit]
    assert told(of_attend(*everything), "numerator", "denominator")[4] == (5, 5)
    assert told(of_attend(*everything, entries="at the time"), "numerator", "denominator")[4] == (4, 5)


def test_where_nobody_can_say_when_it_was_written_it_is_not_told():
    unknown = [one | {"response_recorded_at": None} for one in findings_of(5, start=10)]
    rows = of_attend(*findings_of(5, 5, 5, "missed"), *unknown, entries="at the time")
    assert told(rows, "numerator", "denominator", "not_told")[4] == (3, 4, 1)


def called_off(*, after, responded=None, **further):
    exempted = at("04-10 12:10")
    typed = {} if responded is None else {"response_recorded_at": responded}
    return findings_of(
        "exempt",
        start=10,
        exempted_at=exempted,
        exemption_recorded_at=exempted + timedelta(minutes=after),
        responded_at=responded,
        **typed,
        **further,
    )


@pytest.mark.parametrize(
    ("further", "expected"),
    [
        ({"after": 120}, (3, 3)),  # not owed, as it says
        ({"after": 121}, (3, 4)),  # owed after all, and nothing was recorded
        ({"after": 121, "responded": at("04-10 12:14")}, (4, 4)),
        ({"after": 121, "responded": at("04-10 12:16")}, (3, 4)),  # 15 minutes were allowed
        ({"after": 121, "counted": False}, (3, 3)),
    ],
)
def test_what_made_it_not_owed_and_was_written_up_later_made_it_not_owed_only_later(further, expected):
    rows = of_attend(*findings_of(5, 5, 5), *called_off(**further), entries="at the time")
    assert told(rows, "numerator", "denominator")[4] == expected


# WHAT CANNOT BE TOLD


def test_the_share_that_cannot_be_told_is_of_all_that_were_owed_and_are_due():
    hidden = findings_of(5, counted=False, start=10)
    rows = of_attend(
        *findings_of(5, "late", "exempt", "not_yet_due", "cannot_tell"), *hidden, measure=NOT_TOLD, by="period"
    )
    assert told(rows, "numerator", "denominator", "not_told") == {None: (1, 4, 0)}


# WAITS


def test_half_of_the_children_waited_so_long_with_those_still_waiting_counted():
    waits = findings_of(10, 20, 40, 60)
    rows = of_attend(*waits, measure=HALF)
    assert told(rows, "value", "denominator")[4] == (20 * 60, 4)
    never = findings_of("missed", "missed", "missed", start=10)
    assert told(of_attend(*waits, *never, measure=HALF), "value", "denominator")[4] == (60 * 60, 7)
    assert told(of_attend(*waits, *never, *findings_of("missed", "missed", start=20), measure=HALF), "value") == {
        4: "not_reached",
        5: "no_occasions",
        6: "no_occasions",
    }


def test_an_open_case_is_still_waiting_and_a_closed_one_stays_without_a_response():
    findings = [*findings_of(10, 20), *findings_of("missed", "missed", "missed", start=10)]
    # Both answered waits are over before anybody is cut short, so 2 of 5 is what there is either way.
    for closed in (True, False):
        rows = of_attend(*findings, measure=HALF, log=a_log(closed=closed))
        assert told(rows, "value")[4] == "not_reached"
    called = called_off(after=0) + [one | {"case_id": "compact:11"} for one in called_off(after=0)]
    # Two whose wait ended after 10 minutes without a response: of the three left then, one more has a response.
    rows = of_attend(*findings_of(5, 20), *called, *findings_of("missed", start=20), measure=HALF)
    assert rows[4]["value"] == 20 * 60  # 1/4, and then a half of three quarters: 5/8


def test_a_wait_that_was_answered_in_an_entry_of_later_goes_on():
    later = [
        one | {"response_recorded_at": one["responded_at"] + timedelta(hours=3)} for one in findings_of(10, start=10)
    ]
    rows = of_attend(*findings_of(20, 30), *later, measure=HALF, entries="at the time")
    assert told(rows, "value", "denominator")[4] == (30 * 60, 3)
    assert of_attend(*findings_of(20, 30), *later, measure=HALF)[4]["value"] == 20 * 60


def test_occasions_without_a_known_limit_have_waits_and_other_untold_ones_are_counted_beside():
    unlimited = findings_of(
        "cannot_tell", reason="limit_unknown", limit=None, deadline=None, responded_at=at("04-10 13:00")
    )
    unlimited = [one | {"response_recorded_at": at("04-10 13:00")} for one in unlimited]
    gap = findings_of("cannot_tell", reason="record_gap", start=10)
    rows = of_attend(*unlimited, *findings_of(*[70] * 5, start=20), *gap, measure=HALF)
    assert told(rows, "denominator", "not_told")[4] == (6, 1)


# WHICH ARE GIVEN


def test_an_obligation_that_nobody_confirmed_has_waits_and_no_share():
    share, wait = a_measure(ShareMet(HANDOVER.full_name)), a_measure(Wait(HANDOVER.full_name, 50), name="test/wait")
    tables = tables_of(a_log(), [], [HANDOVER])
    assert [one.why for one in measures_left_out([share, wait], tables)] == [WhyLeftOut.NOT_CONFIRMED]
    assert counted(share, tables) == {}
    assert set(counted(wait, tables)) == {4, 5, 6}


def test_an_obligation_that_the_dive_does_not_have_is_left_out_and_said_so():
    left_out = measures_left_out([MET], tables_of(a_log(), [], [HANDOVER]))
    assert [(one.measure, one.why) for one in left_out] == [(MET, WhyLeftOut.NO_OBLIGATION)]


# PERIODS WITHOUT A FIGURE


def test_a_month_that_touches_a_gap_has_no_figure_but_the_whole_period_has_one_of_what_could_be_told():
    log = a_log(gaps=[(at("04-30 23:00"), at("05-02 22:59"))])  # local 1 and 2 May
    findings = [*findings_of(5, "missed"), *findings_of(5, when="05-20 12:00", start=10)]
    assert told(of_attend(*findings, log=log), "value") == {4: 0.5, 5: "gap", 6: "no_occasions"}
    assert told(of_attend(*findings, log=log, by="period"), "value") == {None: 2 / 3}


def test_a_gap_of_a_system_that_could_not_record_it_takes_nothing_away():
    log = log_of(
        cases_of({"id": 0, "opened": at("04-01 08:00")}), able=(), gaps=[(at("05-01 00:00"), at("05-02 00:00"))]
    )
    # It holds the case, and so its gap counts; another's does not.
    assert told(of_attend(*findings_of(5), log=log), "value")[5] == "gap"
    other = log_of(
        cases_of({"id": 0, "opened": at("04-01 08:00"), "source": "other"}),
        able=(),
        gaps=[(at("05-01 00:00"), at("05-02 00:00"))],
    )
    assert told(of_attend(*findings_of(5), log=other), "value")[5] == "no_occasions"


def test_months_after_an_export_was_taken_are_not_known():
    log = a_log(taken_at=at("05-31 23:00"))  # the local start of 1 June
    assert told(of_attend(*findings_of(5), log=log), "value") == {4: 1, 5: "no_occasions", 6: "gap"}


def test_a_last_month_that_is_not_over_has_no_figure():
    rows = of_attend(*findings_of(5), tables={"as_at": at("06-30 22:59")})
    assert told(rows, "value")[6] == "not_over"
    assert told(of_attend(*findings_of(5), tables={"as_at": at("06-30 23:00")}), "value")[6] == "no_occasions"


def test_a_month_of_which_the_dive_is_only_about_a_part_has_no_figure():
    rows = of_attend(*findings_of(5), tables={"period": (date(2024, 4, 2), date(2024, 6, 30))})
    assert told(rows, "value") == {4: "in_part", 5: "no_occasions", 6: "no_occasions"}
    assert (rows[4]["numerator"], rows[4]["first_day"]) == (1, date(2024, 4, 1))


def test_a_month_of_which_a_standard_was_in_force_only_in_part_has_no_figure():
    from dataclasses import replace

    item = replace(ATTEND, in_force_from=date(2024, 4, 2))
    rows = counted(MET, tables_of(a_log(), findings_of(5), [item]))
    assert told(rows, "value")[4] == "in_part"


def test_where_more_than_a_fifth_still_has_time_there_is_no_figure_yet():
    rows = of_attend(*findings_of(5, 5, 5, "not_yet_due"))
    assert told(rows, "value")[4] == "not_over"
    assert told(of_attend(*findings_of(5, 5, 5, 5, "not_yet_due")), "value")[4] == 1


def test_without_a_period_the_dive_is_about_everything_from_the_first_case_to_the_last_whole_day():
    log = log_of(
        cases_of({"id": 0, "opened": at("05-06 08:00")}, {"id": 1, "opened": at("06-06 08:00")}), able=FEW_ABLE
    )
    rows = of_attend(*findings_of(5, when="05-10 12:00"), log=log, tables={"period": None})
    assert told(rows, "value") == {5: "in_part", 6: "no_occasions"}
    whole = of_attend(*findings_of(5, when="05-10 12:00"), log=log, tables={"period": None}, by="period")[None]
    assert (whole["first_day"], whole["last_day"]) == (date(2024, 5, 6), date(2024, 6, 30))


def test_a_mistyped_year_makes_no_rows_for_a_century():
    log = log_of(
        cases_of({"id": 0, "opened": at("05-06 08:00").replace(year=1900)}, {"id": 1, "opened": at("06-06 08:00")}),
        able=FEW_ABLE,
    )
    assert set(of_attend(*findings_of(5), log=log, tables={"period": None})) == {6}


def test_a_dive_without_cases_or_findings_has_rows_without_figures():
    assert told(counted(MET, tables_of(None, [], [ATTEND])), "value") == dict.fromkeys((4, 5, 6), "no_occasions")
    assert counted(MET, tables_of(None, [], [ATTEND], period=None))[6]["no_value"] == "in_part"
