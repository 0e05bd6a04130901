"""The tables of the page about obligations, children, the rows behind a question, and sources."""

from dataclasses import replace
from datetime import timedelta

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
    as_rows,
    finding,
    report,
)
from wardline.events import CASES
from wardline.obligations import BasisKind, Standing
from wardline.reports import Confirmed
from wardline.reports.by_obligation import obligations_by_standard
from wardline.reports.children_to_open import children_to_open_first
from wardline.reports.page_tables import Phrase
from wardline.reports.questions import questions_in_words
from wardline.reports.sources import basis_table, limits_by_basis
from wardline.time_limits import read_length


def parts_of(*findings, **settings):
    return obligations_by_standard(report(findings, **settings))


# OBLIGATION BY OBLIGATION


def test_outcomes_are_counted_by_limit_in_the_words_of_the_glossary():
    found = parts_of(
        finding(wait=5),
        finding(wait=50, outcome="late"),
        finding(wait=50, limit="60 minutes"),
        finding(outcome="missed", limit="60 minutes"),
        finding(outcome="exempt"),
        finding(outcome="cannot_tell", reason="limit_unknown", limit=None),
    )
    high, medium, unknown, everything = as_rows(found[0].obligations[0].table)
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
        "under 9 in 10 responded",
    )
    assert (unknown["Occasions"], unknown["Cannot tell"]) == ("1", "1")
    assert (everything["Occasions"], everything["Recorded in time"]) == ("6", "2")


def test_what_the_force_owes_comes_first_and_the_councils_says_that_it_is_none_of_the_forces_figures():
    (part,) = parts_of(
        finding(INTERVIEW, limit="72 hours", outcome="missed"),
        finding(wait=5),
        finding(REASON, limit=None),
        obligations=(INTERVIEW, ATTEND, REASON),
    )
    assert [one.title for one in part.obligations] == [one.obligation.title for one in (ATTEND, REASON, INTERVIEW)]
    assert "Owed by the council: none of these figures is part of the force's." in part.obligations[2].notes
    assert [len(one.notes) for one in part.obligations] == [1, 1, 2]


def test_obligations_without_an_occasion_that_can_be_judged_share_a_sentence():
    unknown = finding(NOT_CLOSED, limit=None, outcome="cannot_tell", reason="not_recorded_here")
    (part,) = parts_of(finding(wait=5), unknown)
    assert [one.title for one in part.obligations] == [ATTEND.obligation.title]
    assert part.not_judged == (
        "There is no occasion that we can judge for “The reason for the risk level is recorded”, “A case is not "
        "closed while the child is "
        "missing” (cannot tell 1) and “The child is offered a return interview”."
    )
    linked = [row["Obligation"][0].href is not None for row in as_rows(part.overview)]
    assert linked == [True, False, False, False]


def test_a_standard_opens_with_a_row_for_each_obligation_that_may_stand_in_a_headline():
    found = [
        finding(case=f"compact:{at}", wait=5 if at < 9 else 50, outcome="met" if at < 9 else "late") for at in range(12)
    ]
    (part,) = parts_of(*found, finding(NOT_CLOSED, at=None, limit=None, outcome="missed"))
    rows = as_rows(part.overview)
    assert ["".join(one.words for one in row["Obligation"]) for row in rows] == [
        ATTEND.obligation.title,
        REASON.obligation.title,
        NOT_CLOSED.obligation.title,
        f"{INTERVIEW.obligation.title} (owed by the council)",
    ]
    assert rows[0] | {"Obligation": ""} == {
        "Obligation": "",
        "We can judge": "12",
        "In time, or as owed": "75%",
        "Late": "3",
        "No record, or not as owed": "0",
        "Cannot tell": "0",
    }
    assert part.summary == (
        "It has 5 obligations, and 4 of them can be headlines. Of 13 occasions that we can judge, 4 were not "
        "recorded in time, or not as owed."
    )


def test_assumed_limits_share_one_table_of_waits_and_no_outcome():
    rows = [finding(HANDOVER, wait=60, limit="24 hours"), finding(HANDOVER, limit="24 hours", outcome="missed")]
    (part,) = parts_of(*rows)
    assert HANDOVER.obligation.title not in [one.title for one in part.obligations]
    assert as_rows(part.assumed) == [
        {
            "Obligation": HANDOVER.obligation.title,
            "Assumed limit": "24 hours",
            "Occasions timed": "2",
            "Half waited under": "1 h",
            "One in ten over": "under 9 in 10 responded",
            "Still waiting": "0",
            "Closed without a response": "1",
        }
    ]
    assert part.assumed_note == ""


def test_an_assumed_obligation_without_a_limit_is_named_and_counted_nowhere():
    item = replace(REASON, standing=Standing.ASSUMED)
    (part,) = parts_of(finding(item, limit=None), finding(item, limit=None, outcome="missed"), obligations=(item,))
    assert (part.obligations, part.overview, part.assumed) == ((), None, None)
    assert part.assumed_note == (
        "1 more assumed obligation has no time limit, and is not counted until somebody confirms it: "
        "“The reason for the risk level is recorded”."
    )
    assert part.summary.startswith("It has 1 obligation, and none can be a headline")


def test_a_confirmed_limit_says_who_confirmed_it_and_a_looser_one_says_why():
    item = replace(HANDOVER, standing=Standing.BINDING, shipped_limit=read_length("12 hours"))
    (part,) = parts_of(
        finding(item, wait=5),
        obligations=(item,),
        confirmed={item.full_name: Confirmed("the head of custody", "2025-03-01")},
        limit_reasons={item.full_name: "shifts last 12 hours."},
    )
    notes = " ".join(part.obligations[0].notes)
    assert "Confirmed for this force by the head of custody, 2025-03-01." in notes
    assert "The limit is the force's own; the standard's is 12 hours. Its reason: shifts last 12 hours." in notes


def test_a_limit_looser_than_a_statute_is_said_to_be_so_and_a_tighter_one_is_not():
    basis = replace(HANDOVER.obligation.basis, kind=BasisKind.STATUTE)
    by_law = replace(HANDOVER, obligation=replace(HANDOVER.obligation, basis=basis), standing=Standing.BINDING)
    for shipped, is_looser in (("5 minutes", True), ("12 weeks", False)):
        item = replace(by_law, shipped_limit=read_length(shipped))
        (part,) = parts_of(finding(item, wait=5), obligations=(item,))
        said = "It gives more time than the statute does, which no force can change." in part.obligations[0].notes
        assert said == is_looser


def test_a_never_and_a_record_are_said_in_their_own_words():
    (part,) = parts_of(finding(NOT_CLOSED, at=None, limit=None, outcome="missed"), finding(REASON, limit=None))
    said = {one.title: one.in_a_sentence for one in part.obligations}
    assert said[NOT_CLOSED.obligation.title] == "Of 1 case: recorded as happening 1."
    assert said[REASON.obligation.title] == "Of 1 occasion: filled in 1."


# CHILDREN


def cases_of(**closed):
    rows = [{"case_id": f"compact:{name}", "closed_at": at} for name, at in closed.items()]
    return pl.DataFrame([{column: row.get(column) for column in CASES} for row in rows], schema=CASES)


def to_open(*findings, **settings):
    return children_to_open_first(report(findings, **settings))


def missed(case, child, item=ATTEND, **further):
    return finding(item, case=f"compact:{case}", child=child, outcome="missed", limit=None, **further)


def test_each_child_is_shown_once_in_the_order_of_the_list():
    found = to_open(
        missed("2", "other"),
        missed("4", "open"),
        missed("5", "open", REASON),
        missed("6", "open-other", at=START - timedelta(days=1)),
        finding(case="compact:1", child="late", outcome="late", wait=75),
        cases=cases_of(**{"1": None, "2": AS_AT - timedelta(days=1), "4": None, "5": START, "6": None}),
    )
    assert [tuple(row.values())[:4] for row in as_rows(found.table)] == [
        ("open-other", "compact:6", ATTEND.obligation.title, "open"),
        ("open", "compact:4", ATTEND.obligation.title, "open"),
        ("other", "compact:2", ATTEND.obligation.title, "closed"),
    ]
    assert found.summary.startswith("3 children must be looked at today: the deadline for something")


def test_cases_that_name_no_child_are_shown_each_by_itself():
    found = to_open(
        missed("1", "a"), missed("2", None), missed("3", None), cases=cases_of(**{"1": None, "2": None, "3": None})
    )
    assert [row["Cases"] for row in as_rows(found.table)] == ["compact:1", "compact:2", "compact:3"]
    assert [row["Child"] for row in as_rows(found.table)] == ["a", "–", "–"]
    assert found.summary.startswith("1 child and 2 cases that name no child must be looked at today")


def test_assumed_limits_bring_a_child_to_the_table_as_they_do_to_the_list():
    assert len(to_open(missed("1", "a", HANDOVER), cases=cases_of(**{"1": None})).table.rows) == 1


def test_what_must_not_happen_is_no_step_that_anybody_could_still_take():
    assert to_open(missed("1", "a", NOT_CLOSED), cases=cases_of(**{"1": None})).table is None


def test_what_the_council_owes_says_so():
    table = to_open(missed("1", "a", INTERVIEW), cases=cases_of(**{"1": None})).table
    assert as_rows(table)[0]["Look first at"] == f"{INTERVIEW.obligation.title} (owed by the council)"


def test_a_long_list_says_how_many_there_are_and_where_the_rest_is():
    rows = [missed(at, f"{at:032}") for at in range(100)]
    table = to_open(*rows, cases=cases_of(**{str(at): None for at in range(100)})).table
    assert len(table.rows) == 50 and table.caption == "To check today, each child once: 100"
    assert table.note.startswith("The first 50 of 100 are shown, in the order stated above.")
    assert table.rows[0][0] == "0" * 12  # of a pseudonym, no more than tells children apart


def test_many_cases_of_one_child_are_counted():
    cases = cases_of(**{str(at): None for at in range(5)})
    table = to_open(*[missed(str(at), "a") for at in range(5)], cases=cases).table
    assert as_rows(table)[0]["Cases"] == "compact:0, compact:1, compact:2 and 2 more"


def test_the_rows_behind_a_question_say_what_was_found():
    made = report([finding(outcome="late", wait=38, case="compact:7"), finding(outcome="late", wait=20)])
    (asked,) = questions_in_words(made)
    table = asked.behind
    assert as_rows(table)[0] == {
        "Case": "compact:7",
        "Began": "1 Apr 2024, 01:00",
        "Deadline": "1 Apr 2024, 01:15",
        "Response": "1 Apr 2024, 01:38",
        "What we found": "Recorded late by 23 min",
    }
    assert table.id == "question-1"


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
    assert source == (Phrase("Law <b>, A publisher, 2024-07"),)
