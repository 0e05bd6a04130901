from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from tests.unit.reports.made_up import (
    ALL,
    ATTEND,
    HANDOVER,
    INTERVIEW,
    NOT_CLOSED,
    REASON,
    STANDARD_KEY,
    START,
    finding,
    report,
    respond,
    tables,
)
from wardline.events import CASES
from wardline.measures import figures_of
from wardline.measures.headlines import speaks_for
from wardline.obligations import EventPattern, Topic
from wardline.reports import StandardInReport
from wardline.reports.headline import headlines


def headline(*findings, **settings):
    made = report(findings, **settings)
    return headlines(made)[0]


def sentence(*findings, **settings):
    return "".join(one.words for one in headline(*findings, **settings).sentence)


def twelve():
    """Twelve reports of five children: 6 in time, 3 late, 1 without a record, 1 not owed, 1 we cannot tell."""
    fates = [("met", 5)] * 5 + [
        ("met", 10),
        ("late", 30),
        ("late", 60),
        ("late", 90),
        ("missed", None),
        ("exempt", None),
        ("cannot_tell", None),
    ]
    return [
        finding(
            case=f"compact:{at}",
            outcome=outcome,
            wait=wait,
            child=f"compact:p{at % 5}",
            reason="record_gap" if outcome == "cannot_tell" else None,
        )
        for at, (outcome, wait) in enumerate(fates)
    ]


def test_the_sentence_of_missing_episodes_counted_by_hand():
    assert (sentence(*twelve())) == (
        "Between 1 April 2024 and 31 March 2025, 5 children were reported missing 12 times in all. Police were "
        "recorded as sent "
        "in time in 6 of the 10 reports we can judge (60%). There is no record in 1, and we cannot tell in 1. "
        "Half waited under 5 minutes, one in ten over 1 hour 30 minutes."
    )


def test_one_report_of_one_child_in_the_singular_and_without_a_percentage():
    assert (sentence(finding(wait=7))) == (
        "Between 1 April 2024 and 31 March 2025, 1 child was reported missing once. Police were recorded "
        "as sent in time "
        "in 1 of the 1 report we can judge. The wait was 7 minutes."
    )


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (("officer_arrived",), "recorded as arriving in time"),
        (("officer_deployed",), "recorded as sent in time"),
        (("officer_deployed", "officer_arrived"), "recorded as sent in time"),
    ],
)
def test_whether_police_were_sent_or_arrived_is_said_as_the_obligation_has_it(response, words):
    patterns = tuple(EventPattern(event) for event in response)
    item = replace(ATTEND, obligation=replace(ATTEND.obligation, response=patterns))
    assert words in sentence(finding(item, wait=7), obligations=(item,))


def test_no_report_at_all_is_said_plainly():
    assert sentence() == (
        "Between 1 April 2024 and 31 March 2025, no child was recorded as reported missing in the records at hand."
    )


def test_reports_that_name_no_child_are_counted_aloud():
    said = sentence(finding(wait=5), finding(case="compact:2", wait=5, child=None))
    assert "1 child was reported missing twice, and 1 of these reports names no child." in said
    said = sentence(finding(wait=5, child=None))
    assert "there was 1 report that a child is missing; the records do not say which child." in said
    said = sentence(*(finding(case=f"compact:{case}", wait=5, child=None) for case in range(139)))
    assert "there were 139 reports that a child is missing; the records do not say which are of the same child." in said


def test_children_who_may_be_in_two_systems_are_counted_as_person_records():
    cases = pl.DataFrame(
        [{"case_id": f"{system}:1", "source": system} for system in ("compact", "niche")], schema=CASES
    )
    reports = [finding(case=f"{system}:1", wait=5, child=f"{system}:p1") for system in ("compact", "niche")]
    said = "2 person records (the same child may have one in each system) were reported missing twice in all."
    assert said in sentence(*reports, cases=cases)
    assert "1 child was reported missing once." in sentence(reports[0], cases=cases)


def test_where_none_can_be_judged_no_share_is_given():
    said = sentence(finding(outcome="cannot_tell", reason="not_joined"))
    assert "In none of them can we judge whether it was in time; we cannot tell in 1." in said
    assert "%" not in said
    assert "None of them can be judged yet." in (sentence(finding(outcome="not_yet_due")))


def test_without_a_period_the_first_and_last_day_are_local_ones():
    late_evening = START + timedelta(hours=23, minutes=30)  # 00:30 on 2 April in London
    said = sentence(finding(wait=5, at=START), finding(case="compact:2", wait=5, at=late_evening), period=None)
    assert said.startswith("Between 1 April 2024 and 2 April 2024, ")
    assert (sentence(finding(wait=5), period=None)).startswith("On 1 April 2024, ")


def test_another_case_type_takes_the_standards_title():
    calls = StandardInReport("dispatch/calls", "Police calls", "1", "call", date(2025, 8, 24))
    arrive = respond("arrive", "A unit arrives in time", then="unit_arrived", when="call_started")
    arrive = type(arrive)(
        obligation=arrive.obligation,
        standard="dispatch/calls",
        version="1",
        case_type="call",
        in_force_from=date(2025, 8, 24),
    )
    found = [finding(arrive, wait=5), finding(arrive, wait=20, outcome="late", case="cad:2")]
    assert (sentence(*found, obligations=(arrive,), standards=(calls,))) == (
        "Police calls: between 1 April 2024 and 31 March 2025, there were 2 occasions, in 2 cases, for "
        "“A unit arrives in "
        "time”. It was recorded in time in 1 of the 2 occasions we can judge. Half waited under 5 minutes; the longest "
        "wait was 20 minutes."
    )


def test_only_what_the_force_owes_and_what_is_not_assumed_can_speak():
    assert speaks_for(tables(obligations=ALL), STANDARD_KEY) is ATTEND
    assert speaks_for(tables(obligations=(INTERVIEW, HANDOVER, REASON)), STANDARD_KEY) is REASON
    assert speaks_for(tables(obligations=(INTERVIEW, HANDOVER)), STANDARD_KEY) is None


def test_a_time_limit_on_the_initial_response_speaks_before_another():
    review = respond("review", "A supervisor reviews it", topic=Topic.INVESTIGATION)
    assert speaks_for(tables(obligations=(NOT_CLOSED, review, ATTEND)), STANDARD_KEY) is ATTEND
    assert speaks_for(tables(obligations=(NOT_CLOSED, review)), STANDARD_KEY) is review


def test_a_standard_of_assumed_limits_gives_no_figure():
    said = sentence(finding(HANDOVER, wait=5, limit="24 hours"), obligations=(HANDOVER,))
    assert "every limit in it is assumed" in said
    assert not any(character.isdigit() for character in said)


def test_the_councils_occasions_are_not_in_the_forces_figures():
    council = [finding(INTERVIEW, case=f"compact:{at}", outcome="missed", limit="72 hours") for at in range(50)]
    assert sentence(*twelve(), *council) == sentence(*twelve())


def test_the_same_by_entries_written_at_the_time():
    # Of ten judged: six in time, of which three were written within two hours, two later, one nobody can say when.
    met = [
        finding(case=f"compact:{at}", wait=5, written_after=after)
        for at, after in enumerate([0, 119, 120, 121, 600, None])
    ]
    rest = [finding(case=f"compact:{at}", wait=50, outcome="late", written_after=1) for at in range(6, 10)]
    assert headline(*met, *rest).at_the_time == (
        "Counting only entries written up within 2 hours, it is 3 of 10 (30%). For 1 more, recorded in "
        "time, the records "
        "do not say when the entry was written."
    )


def test_where_no_system_says_when_it_was_written_that_is_said():
    assert "the records do not say when the entries were written" in headline(*twelve()).at_the_time


def test_the_force_may_allow_another_time_for_writing_up():
    said = headline(finding(wait=5, written_after=20), written_up_later_after=timedelta(minutes=15)).at_the_time
    assert said == "Counting only entries written up within 15 minutes, it is 0 of 1."


def test_what_stands_in_no_share_is_said_beside_it():
    assert headline(*twelve()).beside == "1 more turned out not to be owed, and is not counted."
    assert headline(finding(wait=5)).beside == ""


def test_the_figures_carry_the_wilson_interval():
    facts = headline(*twelve()).facts
    assert [(fact.figure, fact.words) for fact in facts] == [
        ("60%", "recorded in time (95% interval 23% to 88%, allowing for repeats of one child)"),
        ("5 min", "half waited less"),
        ("1 h 30", "one in ten waited longer"),
        ("8%", "cannot tell, of all 12 occasions"),
    ]


def test_a_record_and_a_never_speak_in_their_own_words():
    filled = [
        finding(REASON, case=f"compact:{at}", limit=None, outcome=outcome)
        for at, outcome in enumerate(["met", "met", "missed"])
    ]
    said = sentence(*filled, obligations=(REASON,))
    assert "It was filled in for 2 of the 3 occasions we can judge. Not filled in for 1." in said
    happened = [finding(NOT_CLOSED, limit=None, at=None, outcome="missed")]
    said = sentence(*happened, obligations=(NOT_CLOSED,))
    assert "It was not recorded as happening in 0 of the 1 case we can judge. Recorded as happening in 1." in said


def test_findings_may_hold_their_texts_as_categories():
    texts = ["standard", "version", "obligation", "outcome", "reason", "limit", "shipped_limit", "standing"]
    made = tables(twelve())
    categorical = replace(made, findings=made.findings.with_columns(pl.col(texts).cast(pl.Categorical())))
    assert figures_of(categorical) == figures_of(made)
