"""The tables of the page about the records: what they hold, what could be joined, and what was left out or rejected."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl

from tests.unit.reports.drawn import drawn_report
from tests.unit.reports.made_up import (
    ATTEND,
    INTERVIEW,
    NOT_CLOSED,
    REASON,
    START,
    as_rows,
    finding,
    report,
    with_figures,
)
from wardline.events import CASES, RECORD_FAULTS, REJECTS
from wardline.measures import (
    Answer,
    CanTell,
    Count,
    Counted,
    CountedTable,
    InTheWay,
    Join,
    LeftAside,
    Obstacle,
    ReadingCount,
    RowFilter,
    SystemGap,
    SystemRecords,
)
from wardline.measures.can_be_told import count_answers
from wardline.reports import record_tables as records
from wardline.reports import telling
from wardline.reports.page_tables import reading_table


def many(count, of):
    """So many cases of a type, opened in April 2024."""
    rows = [{"case_id": f"{of}:{at}", "case_type": of, "opened_at": START} for at in range(count)]
    return pl.DataFrame([{column: row.get(column) for column in CASES} for row in rows], schema=CASES)


def test_a_difference_over_two_per_cent_is_large_and_two_is_not():
    made = report(
        cases=pl.concat([many(98, "b"), many(979, "a")]), published={"b": {"2024-04": 100}, "a": {"2024-04": 1000}}
    )
    first, second = made.figures.published
    assert (first.case_type, first.is_large) == ("a", True)
    assert (second.case_type, second.is_large) == ("b", False)
    assert (
        "For April 2024 the force itself publishes 1,000 as; the records at hand have 979 (2.1% fewer)."
        in records.difference_in_words(first)
    )


def test_months_are_in_order_with_their_total():
    cases = many(110, "missing episode").with_columns(opened_at=pl.lit(START + timedelta(days=31)))
    made = report(cases=cases, published={"missing episode": {"2024-05": 100, "2024-04": 0}})
    assert [tuple(row.values())[1:] for row in as_rows(records.reconcile_table(made))] == [
        ("April 2024", "0", "0", "the same"),
        ("May 2024", "110", "100", "10.0% more"),
        ("All these months", "110", "100", "10.0% more"),
    ]


def test_whether_we_can_tell_names_the_systems_and_what_stands_in_the_way():
    held = Count(Counted.EVENT, 3740, RowFilter(CountedTable.EVENTS))
    systems = tuple(
        SystemRecords(source, ("officer_deployed",), held, START, START) for source in ("control-room", "compact")
    )
    gap = InTheWay(Obstacle.GAP, Answer.IN_PART, systems=("control-room",), gap=SystemGap(START, START, None))
    told = (CanTell(ATTEND, Answer.IN_PART, (gap,), systems), CanTell(REASON, Answer.NO))
    first, second = as_rows(telling.can_tell_table(with_figures(drawn_report(8), can_tell=told)))
    assert first == {
        "Obligations": ATTEND.obligation.title,
        "Can tell": "In part",
        "Recorded in": "Control room; Missing-person system",
        "What stands in the way": "Control room has a gap from 1 April 2024 to 1 April 2024.",
    }
    assert (second["Can tell"], second["Recorded in"]) == ("No", "no system")


def test_gaps_are_said_in_local_days():
    rows = as_rows(telling.systems_table(drawn_report(8)))
    assert rows[0]["Gaps"] == "none declared"
    assert rows[1]["Gaps"] == "1 August 2024 to 31 August 2024 (upgrade; nothing was typed in)"


def test_obligations_of_which_the_same_is_said_share_a_row():
    why = (InTheWay(Obstacle.LIMIT_TO_BE_SET, Answer.NO),)
    told = tuple(CanTell(one, Answer.NO, why) for one in (ATTEND, REASON, INTERVIEW))
    made = with_figures(report(), can_tell=told, answers=count_answers(told))
    (row,) = as_rows(telling.can_tell_table(made))
    assert row["Obligations"] == "; ".join(one.obligation.title for one in (ATTEND, REASON, INTERVIEW))
    assert telling.can_tell_in_a_sentence(made) == (
        "Of 3 obligations the records can judge 0, a further 0 in part, and 3 not at all."
    )


def test_the_systems_say_from_when_to_when_they_hold_how_much():
    made = drawn_report(8)
    first, *rest = made.figures.systems
    first = replace(
        first,
        events=Count(Counted.EVENT, 3740, RowFilter(CountedTable.EVENTS)),
        first_at=START,
        last_at=datetime(2025, 3, 30, 22, tzinfo=UTC),
    )
    made = with_figures(made, systems=(first, *rest))
    rows = {row["Record system"]: row for row in as_rows(telling.systems_table(made))}
    assert rows["Missing-person system (compact)"]["Entries"] == "3,740"
    assert rows["Missing-person system (compact)"]["From when to when"] == "1 April 2024 to 30 March 2025"
    assert rows["Control room (control-room)"]["Entries"] == "–"


def test_what_could_not_be_joined_is_counted():
    counts = (Count(Counted.CASE, value) for value in (3740, 3330, 410, 613))
    made = with_figures(drawn_report(8), joins=(Join("control-room", "compact", "missing episode", *counts),))
    (row,) = as_rows(telling.joins_table(made))
    assert row == {
        "Record system": "Control room",
        "Its rows are about": "missing episodes of Missing-person system",
        "Cases": "3,740",
        "With a row from it": "3,330",
        "Without any": "410",
        "Rows that match no case": "613",
    }
    assert telling.joins_table(report()) is None


def test_each_reason_stands_once_with_the_obligations_it_holds_for_most():
    made = report(
        [
            finding(outcome="cannot_tell", reason="not_joined"),
            finding(outcome="cannot_tell", reason="not_joined"),
            *[
                finding(item, outcome="cannot_tell", reason="record_gap")
                for item in (INTERVIEW, ATTEND, REASON, NOT_CLOSED)
            ],
            finding(INTERVIEW, outcome="cannot_tell", reason="record_gap"),
            finding(wait=5),
        ]
    )
    joined, gap = [tuple(row.values()) for row in as_rows(telling.cannot_tell_table(made))]
    assert joined == ("The system that could record it has no row for this case", "2", f"{ATTEND.obligation.title} (2)")
    assert gap[:2] == ("The time falls in a gap of the records, or after the export was taken", "5")
    assert gap[2].startswith(f"{INTERVIEW.obligation.title} (2); ") and gap[2].endswith("; and 1 more obligation")
    assert telling.cannot_tell_table(report()) is None


def test_what_was_left_aside_is_counted():
    aside = LeftAside(ATTEND, Count(Counted.EVENT, 3), Count(Counted.CASE, 0))
    made = with_figures(report(), left_aside=(aside,))
    assert [row[1:] for row in records.not_judged_table(made).rows] == [("3", "0")]
    assert records.not_judged_table(report()) is None


def test_rows_read_add_up():
    reading = (ReadingCount("compact", "a.csv", 1100, 1000, 60, 40), ReadingCount("compact", "b.csv", 1, 1, 0, 0))
    assert reading_table(report(reading=reading)).rows == (("compact", "2", "1,101", "1,001", "60", "40"),)
    more = report(reading=(*reading, ReadingCount("council", "c.xlsx", 2, 2, 0, 0)))
    assert reading_table(more).rows[-1] == ("All", "3", "1,103", "1,003", "60", "40")


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
        rejects=pl.DataFrame(rejects, schema=REJECTS),
        record_faults=pl.DataFrame(faults).select(
            pl.col(name) if name in ("source", "fault", "case_id") else pl.lit(None, dtype=kind).alias(name)
            for name, kind in RECORD_FAULTS.items()
        ),
    )
    assert records.rejects_table(made).rows == (
        ("compact", "Cell, emptied", "FoundTime", "This is no time.", "3"),
        ("compact", "Row, not kept", "–", "The same row twice.", "1"),
    )
    assert records.faults_table(made).rows == (("compact", "An end before its start", "3", "2"),)


def test_a_column_that_holds_only_its_last_value_is_named():
    assert (
        telling.last_value_only(drawn_report(8))
        == "Grade (compact) has only the last value that was entered, so cases were judged on that one."
    )
    assert telling.last_value_only(report()) == ""
