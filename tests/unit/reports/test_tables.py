from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl

from tests.unit.reports.made_up import (
    ALL,
    AS_AT,
    ATTEND,
    HANDOVER,
    INTERVIEW,
    NOT_CLOSED,
    REASON,
    START,
    drawn_report,
    finding,
    report,
)
from wardline.events import CASES, REJECTS
from wardline.obligations import BasisKind, Standing
from wardline.reports import (
    RECORD_FAULTS,
    Answer,
    CanTell,
    Confirmed,
    NotJudged,
    ReadingCount,
    ReconcileRow,
    SystemRecords,
)
from wardline.reports import record_tables as records
from wardline.reports.case_tables import cases_to_open_first, rows_behind
from wardline.reports.duties import duties_by_owner
from wardline.reports.occasions import occasions
from wardline.reports.questions import questions
from wardline.reports.sources import basis_table, limits_by_basis
from wardline.reports.tables import reading_table
from wardline.time_limits import read_length


def duties(*findings, **settings):
    made = report(findings, **settings)
    return duties_by_owner(made, occasions(made))


def as_rows(table):
    headings = [column.heading for column in table.columns]
    return [dict(zip(headings, row, strict=True)) for row in table.rows]


# OBLIGATION BY OBLIGATION


def test_outcomes_are_counted_by_limit_in_the_words_of_the_glossary():
    found = duties(
        finding(wait=5),
        finding(wait=50, outcome="late"),
        finding(wait=50, limit="60 minutes"),
        finding(outcome="missed", limit="60 minutes"),
        finding(outcome="exempt"),
        finding(outcome="cannot_tell", reason="limit_unknown", limit=None),
    )
    high, medium, unknown, everything = as_rows(found[0].duties[0].table)
    assert high == {
        "Time limit": "Grade high: within 15 minutes",
        "Occasions": "3",
        "Recorded in time": "1",
        "Recorded late": "1",
        "No record found": "0",
        "Not yet due": "0",
        "Not owed": "1",
        "Cannot tell": "0",
        "Half waited under": "5 min",
        "One in ten over": "longest 50 min",
    }
    assert (medium["Occasions"], medium["No record found"], medium["One in ten over"]) == (
        "2",
        "1",
        "over 1 in 10 waiting",
    )
    assert (unknown["Occasions"], unknown["Cannot tell"]) == ("1", "1")
    assert (everything["Occasions"], everything["Recorded in time"]) == ("6", "2")


def test_each_owner_has_a_part_of_its_own_and_the_forces_comes_first():
    found = duties(finding(wait=5), finding(INTERVIEW, limit="72 hours", outcome="missed"))
    assert [part.heading for part in found] == ["Owed by the force", "Owed by the council"]
    assert found[1].note == "None of these figures is part of the force's."
    assert [duty.title for duty in found[1].duties] == [INTERVIEW.obligation.title]


def test_an_assumed_limit_shows_waits_and_no_outcome():
    rows = [finding(HANDOVER, wait=60, limit="24 hours"), finding(HANDOVER, limit="24 hours", outcome="missed")]
    duty = next(duty for part in duties(*rows) for duty in part.duties if duty.title == HANDOVER.obligation.title)
    assert [column.heading for column in duty.table.columns] == [
        "Assumed limit",
        "Occasions timed",
        "Half waited under",
        "One in ten over",
        "No response on record",
    ]
    assert "It is assumed, and nobody at the force has confirmed it, so only the waits are shown." in " ".join(
        duty.notes
    )


def test_an_assumed_duty_without_a_limit_shows_nothing_but_how_many_there_are():
    item = replace(REASON, standing=Standing.ASSUMED)
    (part,) = duties(finding(item, limit=None), finding(item, limit=None, outcome="missed"), obligations=(item,))
    (duty,) = part.duties
    assert duty.table is None
    assert duty.without_table == "The records at hand hold 2 occasions of it; they are shown once it is confirmed."


def test_a_confirmed_limit_says_who_confirmed_it_and_a_looser_one_says_why():
    item = replace(HANDOVER, standing=Standing.BINDING, shipped_limit=read_length("12 hours"))
    (part,) = duties(
        obligations=(item,),
        confirmed={item.full_name: Confirmed("the head of custody", "2025-03-01")},
        limit_reasons={item.full_name: "shifts last 12 hours."},
    )
    notes = " ".join(part.duties[0].notes)
    assert "Confirmed for this force by the head of custody, 2025-03-01." in notes
    assert "The limit is the force's own; the standard's is 12 hours. Its reason: shifts last 12 hours." in notes


def test_a_limit_looser_than_a_statute_is_said_to_be_so_and_a_tighter_one_is_not():
    basis = replace(HANDOVER.obligation.basis, kind=BasisKind.STATUTE)
    by_law = replace(HANDOVER, obligation=replace(HANDOVER.obligation, basis=basis), standing=Standing.BINDING)
    for shipped, is_looser in (("5 minutes", True), ("12 weeks", False)):
        (part,) = duties(obligations=(replace(by_law, shipped_limit=read_length(shipped)),))
        said = "It gives more time than the statute does, which no force can change." in part.duties[0].notes
        assert said == is_looser


def test_a_never_and_a_record_have_their_own_headings():
    found = duties(finding(NOT_CLOSED, at=None, limit=None, outcome="missed"), finding(REASON, limit=None))
    tables = {duty.title: as_rows(duty.table)[0] for duty in found[0].duties if duty.table}
    assert tables[NOT_CLOSED.obligation.title]["Recorded as happening"] == "1"
    assert tables[REASON.obligation.title]["Filled in"] == "1"


# CASES


def cases_of(**closed):
    rows = [{"case_id": f"compact:{name}", "closed_at": at} for name, at in closed.items()]
    return pl.DataFrame([{column: row.get(column) for column in CASES} for row in rows], schema=CASES)


def to_open(*findings, **settings):
    made = report(findings, **settings)
    return cases_to_open_first(made, occasions(made))


def test_open_cases_past_a_deadline_come_first_longest_past_first():
    found = to_open(
        finding(case="compact:a", outcome="missed", at=AS_AT - timedelta(hours=2)),
        finding(case="compact:b", outcome="missed", at=AS_AT - timedelta(hours=9)),
        finding(case="compact:b", outcome="missed", at=AS_AT - timedelta(hours=3)),
        finding(case="compact:c", outcome="missed", at=AS_AT - timedelta(hours=30)),
        finding(case="compact:d", outcome="late", wait=75),
        finding(case="compact:e", outcome="late", wait=45),
        cases=cases_of(a=None, b=None, c=START, d=START, e=None),
    )
    still_open, closed, late = found.tables
    assert [row["Case"] for row in as_rows(still_open)] == ["compact:b", "compact:a"]
    assert as_rows(still_open)[0]["Past by"] == "8 h 45"
    assert as_rows(still_open)[0]["What was owed"].endswith("(and 1 more)")
    assert [row["Case"] for row in as_rows(closed)] == ["compact:c"]
    assert [(row["Case"], row["Late by"]) for row in as_rows(late)] == [("compact:d", "1 h"), ("compact:e", "30 min")]
    assert found.summary.startswith("2 cases are open and past a deadline. 1 case was closed with no record found")


def test_a_closed_case_is_to_be_opened_only_for_a_step_that_protects_the_child():
    assert to_open(finding(REASON, outcome="missed", limit=None), cases=cases_of(**{"1": START})).tables == ()


def test_assumed_limits_bring_no_case_to_the_list():
    assert to_open(finding(HANDOVER, outcome="missed", limit="24 hours"), cases=cases_of(**{"1": None})).tables == ()


def test_the_councils_cases_say_that_the_council_owes_it():
    (table,) = to_open(finding(INTERVIEW, outcome="missed", limit="72 hours"), cases=cases_of(**{"1": None})).tables
    assert as_rows(table)[0]["By whom"] == "the council"


def test_a_long_list_says_how_many_are_not_shown():
    rows = [finding(case=f"compact:{at}", outcome="late", wait=16 + at) for at in range(100)]
    (table,) = to_open(*rows).tables
    assert len(table.rows) == 40
    assert table.note == "The first 40 of 100 are shown. All are in the dive folder's findings."


def test_the_rows_behind_a_question_say_what_was_found():
    made = report([finding(outcome="late", wait=38, case="compact:7"), finding(outcome="late", wait=20)])
    (asked,) = questions(made, occasions(made), ATTEND)
    table = rows_behind(made, asked, 1)
    assert as_rows(table)[0] == {
        "Case": "compact:7",
        "Began": "1 Apr 2024, 01:00",
        "Deadline": "1 Apr 2024, 01:15",
        "Response": "1 Apr 2024, 01:38",
        "What we found": "Recorded late by 23 min",
    }
    assert table.id == "question-1"


# THE RECORDS


def test_a_difference_over_two_per_cent_is_large_and_two_is_not():
    month = date(2024, 4, 1)
    first, second = records.differences([ReconcileRow("b", month, 98, 100), ReconcileRow("a", month, 979, 1000)])
    assert (first.case_type, first.is_large) == ("a", True)
    assert (second.case_type, second.is_large) == ("b", False)
    assert (
        "For April 2024 the force itself publishes 1,000 as; the records at hand hold 979 (2.1% fewer)."
        in first.sentence()
    )


def test_months_are_in_order_with_their_total():
    table = records.reconcile_table(
        report(
            reconcile=(
                ReconcileRow("missing episode", date(2024, 5, 1), 110, 100),
                ReconcileRow("missing episode", date(2024, 4, 1), 0, 0),
            )
        )
    )
    assert [tuple(row.values())[1:] for row in as_rows(table)] == [
        ("April 2024", "0", "0", "the same"),
        ("May 2024", "110", "100", "10.0% more"),
        ("All these months", "110", "100", "10.0% more"),
    ]


def test_whether_we_can_tell_names_the_systems_and_from_when_to_when():
    made = drawn_report(8)
    system = SystemRecords("control-room", ("officer_deployed",), 3740, START, datetime(2025, 3, 30, 22, tzinfo=UTC))
    nothing = SystemRecords("compact", ("officer_deployed",), 0, None, None)
    made = replace(
        made,
        can_tell=(
            CanTell(ATTEND.key, Answer.IN_PART, ("Grades are missing before June.",), (system, nothing)),
            CanTell(REASON.key, Answer.NO),
        ),
    )
    first, second = as_rows(records.can_tell_table(made))
    assert first == {
        "Obligation": ATTEND.obligation.title,
        "Can tell": "In part",
        "Recorded in": "Control room: 3,740 entries, 1 April 2024 to 30 March 2025; "
        "Missing-person system: able to, but holds none",
        "What stands in the way": "Grades are missing before June.",
    }
    assert (second["Can tell"], second["Recorded in"]) == ("No", "no system")


def test_gaps_are_said_in_local_days():
    rows = as_rows(records.gaps_table(drawn_report(8)))
    assert rows[0]["Gaps"] == "none declared"
    assert rows[1]["Gaps"] == "1 August 2024 to 31 August 2024 (upgrade; nothing was typed in)"


def test_reasons_are_counted_by_obligation_in_their_order():
    made = report(
        [
            finding(outcome="cannot_tell", reason="not_joined"),
            finding(outcome="cannot_tell", reason="not_joined"),
            finding(INTERVIEW, outcome="cannot_tell", reason="record_gap"),
            finding(wait=5),
        ]
    )
    assert [tuple(row.values()) for row in as_rows(records.cannot_tell_table(made, occasions(made)))] == [
        (ATTEND.obligation.title, "The system that could record it holds no row for this case", "2"),
        (INTERVIEW.obligation.title, "The time falls in a gap of the records, or after the export was taken", "1"),
    ]
    assert records.cannot_tell_table(report(), occasions(report())) is None


def test_what_was_left_aside_is_counted():
    made = report(not_judged=(NotJudged(ATTEND.key, 3, 0), NotJudged(REASON.key, 0, 0)))
    assert [row[1:] for row in records.not_judged_table(made).rows] == [("3", "0")]
    assert records.not_judged_table(report()) is None


def test_rows_read_add_up():
    made = report(
        reading=(ReadingCount("compact", "a.csv", 1100, 1000, 60, 40), ReadingCount("compact", "b.csv", 1, 1, 0, 0))
    )
    assert reading_table(made).rows[-1] == ("All", "", "1,101", "1,001", "60", "40")


def test_rejects_and_faults_are_counted_by_system():
    rejects = [
        {
            "source": "compact",
            "source_file": "a.csv",
            "source_row": row,
            "column": "FoundTime",
            "what": "cell",
            "reason": "This is no time.",
        }
        for row in range(3)
    ]
    rejects.append(
        {
            "source": "compact",
            "source_file": "a.csv",
            "source_row": 9,
            "column": None,
            "what": "row",
            "reason": "The same row twice.",
        }
    )
    faults = [
        {"source": "compact", "fault": "An end before its start", "case_id": f"compact:{at % 2}"} for at in range(3)
    ]
    made = report(
        rejects=pl.DataFrame(rejects, schema=REJECTS), record_faults=pl.DataFrame(faults, schema=RECORD_FAULTS)
    )
    assert records.rejects_table(made).rows == (
        ("compact", "Cell, emptied", "FoundTime", "This is no time.", "3"),
        ("compact", "Row, not kept", "–", "The same row twice.", "1"),
    )
    assert records.faults_table(made).rows == (("compact", "An end before its start", "3", "2"),)


def test_a_column_that_holds_only_its_last_value_is_named():
    assert (
        records.last_value_only(drawn_report(8))
        == "Grade (compact) holds only the last value that was entered: it was judged on the last value held."
    )
    assert records.last_value_only(report()) == ""


# WHAT IT RESTS ON


def test_limits_stand_by_kind_of_basis_and_assumed_ones_say_so():
    found = {one.kind: (one.obligations, one.limits) for one in limits_by_basis(report(obligations=ALL))}
    assert found["Statute"] == ("1 obligation", "72 hours")
    assert found["The force's own policy"] == ("1 obligation", "15 minutes, 60 minutes and 8 hours")
    assert found["National guidance"] == ("1 obligation", "no time limit")
    assert found["Assumed"] == ("1 obligation (not confirmed: in no headline)", "24 hours")


def test_a_source_is_linked_only_where_its_address_is_one_of_the_web():
    basis = replace(ATTEND.obligation.basis, title="Law <b>", url="javascript:alert(1)")
    item = replace(ATTEND, obligation=replace(ATTEND.obligation, basis=basis))
    source = basis_table(report(obligations=(item,))).rows[0][3]
    assert source == "Law &lt;b&gt;, A publisher, 2024-07"
