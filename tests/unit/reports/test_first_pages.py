"""The first four pages: the list for today, the five areas, one case told, and whether we can tell, in words."""

import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import polars as pl
import pytest

from tests.unit.reports.drawn import drawn_report
from tests.unit.reports.made_up import (
    ALL,
    ATTEND,
    INTERVIEW,
    NOT_CLOSED,
    START,
    finding,
    pattern,
    report,
    respond,
    with_figures,
)
from tests.unit.reports.measured import measured_report
from wardline.events import CASES, EVENTS
from wardline.measures import Count, Counted, NeverJudged, RejectKind, WhyNeverJudged
from wardline.obligations import Standing, Topic
from wardline.reports.areas_in_words import areas_table
from wardline.reports.can_tell_in_short import can_tell_in_short
from wardline.reports.case_in_words import cases_in_words
from wardline.reports.sources import sources_in_short, what_is_not_shown
from wardline.reports.standards_at_a_glance import asked_at_a_glance
from wardline.reports.step_picture import LEFT, RIGHT
from wardline.reports.today_in_words import list_for_today

HOUR = timedelta(hours=1)
UNREADABLE = RejectKind("compact", "row", None, "The case id is empty.", Count(Counted.REJECT, 3))


def said(text):
    return text if isinstance(text, str) else "".join(one.words for one in text)


def found(item, many, **further):
    return [finding(item, f"compact:{at}", **further) for at in range(many)]


# THE LIST FOR TODAY


def open_cases(*ids):
    rows = [{name: None for name in CASES} | {"case_id": one, "source": "compact"} for one in ids]
    return pl.DataFrame(rows, schema=CASES)


def today(*findings, **settings):
    cases = open_cases(*dict.fromkeys(one["case_id"] for one in findings))
    return list_for_today(report(findings, cases=cases, **settings))


def test_the_number_for_today_is_that_of_the_children():
    shown = today(
        finding(case="compact:1", outcome="missed"),
        finding(case="compact:2", outcome="missed"),
        finding(case="compact:3", outcome="missed", child="compact:p2"),
    )
    assert (shown.number, shown.what) == ("2", "children to check today")
    assert shown.sentences[0].startswith("In 3 cases. Somebody must look today")


def test_a_case_that_names_no_child_is_said_beside_the_number():
    shown = today(finding(case="compact:1", outcome="missed"), finding(case="compact:2", outcome="missed", child=None))
    assert (shown.number, shown.what) == ("1", "child to check today")
    assert "Among them, 1 case names no child and is not in the number." in shown.sentences[0]


def test_where_no_case_names_a_child_the_cases_are_the_number():
    shown = today(finding(case="compact:1", outcome="missed", child=None))
    assert (shown.number, shown.what) == ("1", "case to check today; it names no child")


@pytest.mark.parametrize(
    ("findings", "not_read", "sentence"),
    [
        ([finding(wait=5)], (), "No open case is past a deadline without a record of what was owed."),
        ([finding(wait=5)], (UNREADABLE,), "we cannot be sure that there is none: not everything could be read."),
        ([], (), "We cannot say whether any child must be checked today: nothing was found to be owed."),
    ],
)
def test_none_is_said_only_where_it_can_be(findings, not_read, sentence):
    shown = today(*findings, not_read=not_read)
    assert shown.number == ""
    assert shown.sentences[0].endswith(sentence)


NOT_JUDGED = NeverJudged("missing episode", WhyNeverJudged.BEGINS_LATER, Count(Counted.CASE, 1))


@pytest.mark.parametrize(
    "in_doubt", [{"doubts": ("compact: Files that no table reads: feb.dat.",)}, {"never_judged": (NOT_JUDGED,)}]
)
def test_none_is_not_said_where_anything_may_hide_a_child(in_doubt):
    shown = today(finding(wait=5), **in_doubt)
    assert shown.sentences[0] == "No child is on the list to check today, but we cannot be sure that there is none."
    listed = today(finding(outcome="missed"), **in_doubt)
    assert shown.sentences[1:] == listed.sentences[1:] != ()


def test_none_is_not_said_beside_what_no_system_can_record():
    made = report([finding(wait=5)])
    silent = replace(made.figures.to_check, not_recorded_here=Count(Counted.CASE, 2))
    shown = list_for_today(with_figures(made, to_check=silent))
    assert shown.sentences[0] == "No child is on the list to check today, but we cannot be sure that there is none."


def test_it_is_said_that_children_may_be_missing_from_the_list():
    shown = today(finding(outcome="missed"), not_read=(UNREADABLE,))
    assert shown.number == "1"
    assert "Children may be missing from it, because not everything could be read." in shown.sentences


def test_what_no_system_can_record_is_said_however_many_are_listed():
    made = report([finding(wait=5)])
    silent = replace(made.figures.to_check, not_recorded_here=Count(Counted.CASE, 2))
    shown = list_for_today(with_figures(made, to_check=silent))
    assert shown.sentences[-1] == (
        "2 open cases are past a deadline for something that no record system read here can record: these records "
        "cannot tell."
    )


# THE FIVE AREAS


def lines(findings=(), obligations=ALL):
    table = areas_table(report(findings, obligations))
    return {row[0]: (said(row[1]), row[2]) for row in table.rows}


def test_each_area_has_a_line_in_the_words_of_its_kind():
    shown = lines(found(ATTEND, 20, wait=5) + found(NOT_CLOSED, 12, at=None, limit=None))
    assert list(shown) == [
        "Initial response",
        "Risk assessment and referral",
        "Investigation",
        "Partnership working",
        "Leadership",
    ]
    assert shown["Initial response"][0] == (
        "Police reach or start looking for the child in time for the risk: recorded in time in 20 of 20 reports (100%)."
    )
    assert shown["Investigation"][0] == (
        "A case is not closed while the child is missing: not recorded as happening in 12 of 12 cases (100%)."
    )
    assert shown["Leadership"] == ("Cannot be judged from records.", "no chart")


def test_partnership_working_is_shown_in_part_whatever_its_figure():
    strategy = respond("strategy", "Police meet the council", topic=Topic.PARTNERSHIP_WORKING)
    for findings in ([], found(strategy, 20, wait=5)):
        assert lines(findings, (strategy,))["Partnership working"][0].endswith(
            "In part only: what partners did is mostly not in these records."
        )


def test_no_share_stands_where_it_would_not_be_fair():
    shown = lines(found(ATTEND, 20, outcome="cannot_tell", reason="not_joined"))
    assert shown["Initial response"][0].endswith("no share, because we cannot tell for 20 of 20 reports.")
    assert lines(found(ATTEND, 4, wait=5))["Initial response"][0].endswith(
        "4 reports that we can judge, too few to say."
    )


def test_a_protective_step_without_a_fair_figure_is_not_passed_over_in_silence():
    search = respond("search", "The home is searched", topic=Topic.INITIAL_RESPONSE)
    shown = lines(found(ATTEND, 4, wait=5) + found(search, 20, wait=5), (ATTEND, search))
    assert shown["Initial response"][0] == (
        "The home is searched: recorded in time in 20 of 20 reports (100%). For the one "
        "protective step here a figure would not be fair."
    )


def test_the_small_chart_of_the_step_stands_beside_its_area_with_its_finding_in_words():
    made = measured_report(400)
    _, words, chart = areas_table(made).rows[0]
    assert said(words).endswith("More often since August 2024 (improvement), from 52% to 63%.")
    assert "<svg" in chart and "Police sent in time: more often since August 2024" in chart
    assert areas_table(made).rows[4][2] == areas_table(drawn_report(400)).rows[0][2] == "no chart"


def test_a_dive_without_measures_says_so_on_its_first_page():
    sentence = "Whether it is getting better: this dive keeps no measures over time."
    assert [one.startswith(sentence) for one in what_is_not_shown(drawn_report(60))].count(True) == 1
    assert not any(one.startswith(sentence) for one in what_is_not_shown(measured_report(60)))


# ONE CASE, TOLD


def told(findings, obligations=ALL, **further):
    (one,) = cases_in_words(report(findings, obligations, **further))
    return one


def eleven_late():
    return [finding(ATTEND, f"compact:{at}", outcome="late", wait=15 + 60 * at) for at in range(1, 12)]


def test_what_should_have_happened_stands_beside_what_did_by_elapsed_time():
    one = told(eleven_late())
    assert [row[:4] for row in one.table.rows] == [
        (ATTEND.obligation.title, "report + 15 min", "report + 6 h 15", "Recorded late by 6 h")
    ]
    assert one.chosen == (f"Of 11 cases in which “{ATTEND.obligation.title}” was recorded late, the one in the middle.")


def test_a_step_that_another_owes_says_who_and_one_without_a_record_says_so():
    one = told([*eleven_late(), finding(INTERVIEW, "compact:6", at=START + HOUR, limit="24 hours", outcome="missed")])
    assert one.table.rows[1][:4] == (
        "The child is offered a return interview (the council)",
        "report + 1 d 1 h",
        "–",
        "No record found",
    )


def test_the_number_of_steps_is_bounded_and_the_one_it_was_taken_for_stays():
    others = [replace(INTERVIEW, obligation=replace(INTERVIEW.obligation, id=f"other-{at}")) for at in range(12)]
    findings = [finding(one, "compact:6", limit="15 minutes", wait=1) for one in others]
    one = told(eleven_late() + findings, (*others, ATTEND))
    assert len(one.table.rows) == 7
    assert ATTEND.obligation.title in [row[0] for row in one.table.rows]
    assert one.chosen.endswith("More was owed in it.")


def test_a_time_before_the_start_and_a_day_without_a_time_are_said_as_such():
    earlier = finding(INTERVIEW, "compact:6", at=START - 5 * HOUR, limit="24 hours", wait=60, response_event=9)
    assert told([*eleven_late(), earlier]).table.rows[1][2] == "4 h before the report"
    rows = [
        {
            "event_id": 9,
            "case_id": "compact:6",
            "event": "interview_offered",
            "happened_at": START,
            "happened_by": START + 23 * HOUR,
            "source": "compact",
        }
    ]
    events = pl.DataFrame([{name: row.get(name) for name in EVENTS} for row in rows], schema=dict(EVENTS))
    assert told([*eleven_late(), earlier], events=events).table.rows[1][2] == "1 day before the report"


def test_how_it_ended_is_told_without_a_name_of_an_event():
    at_risk = replace(ATTEND, at_risk_until=(pattern("child_found"),))
    row = {
        "event_id": 9,
        "case_id": "compact:6",
        "event": "child_found",
        "happened_at": START + 9 * HOUR,
        "source": "compact",
    }
    events = pl.DataFrame([{name: row.get(name) for name in EVENTS}], schema=dict(EVENTS))
    assert told(eleven_late(), (at_risk,), events=events).ended == (
        "A record says that the child was no longer missing or at risk: report + 9 h."
    )
    assert told(eleven_late()).ended == ""


def test_nothing_that_is_told_says_which_case_where_or_when():
    made = drawn_report(2000)
    (one,) = cases_in_words(made)
    text = " ".join([one.heading, one.chosen, one.ended, *(" ".join(row) for row in one.table.rows)])
    for telltale in ("compact", "2024", "2025", "North", "South", "Central", "April", ":00"):
        assert telltale not in text.replace("One case: ", "")


def lines_of(findings, **settings):
    """The pictures of the steps, parsed, by the title of their obligation."""
    one = told(findings, **settings)
    return one.table.columns[4].heading, {row[0]: ElementTree.fromstring(str(row[4])) for row in one.table.rows}


def place(svg, kind):
    (found,) = [one for one in svg if one.attrib.get("class") == kind]
    return float(found.attrib["cx"] if kind == "done" else re.match(r"M([\d.]+)", found.attrib["d"])[1])


def test_each_step_has_a_line_of_time_on_the_scale_of_its_case():
    missing = finding(INTERVIEW, "compact:6", at=START + HOUR, limit="24 hours", outcome="missed")
    heading, lines = lines_of([*eleven_late(), missing])
    assert heading == "1 min to 3 days"
    late = lines[ATTEND.obligation.title]
    assert LEFT < place(late, "due") < place(late, "done") < RIGHT
    (bar,) = [one for one in late if one.attrib.get("class") == "late"]
    assert float(bar.attrib["x"]) == place(late, "due")
    assert float(bar.attrib["x"]) + float(bar.attrib["width"]) == pytest.approx(place(late, "done"), abs=0.11)
    without = lines["The child is offered a return interview (the council)"]
    assert place(late, "done") < place(without, "due") < RIGHT
    kinds = [one.attrib.get("class") for one in without]
    assert "none" in kinds and "cross" in kinds and "done" not in kinds


def test_a_line_of_time_says_that_the_data_are_made_up_and_is_not_read_aloud():
    for is_made_up in (True, False):
        _, lines = lines_of(eleven_late(), is_made_up_data=is_made_up)
        (svg,) = lines.values()
        assert svg.attrib["aria-hidden"] == "true"
        assert [one.text for one in svg if one.tag == "desc"] == (
            ["Made-up data. No real child, officer or force."] * is_made_up
        )


# HOW FAR TO RELY ON IT


def test_whether_we_can_tell_is_one_paragraph():
    shown = can_tell_in_short(drawn_report(300))
    assert "\n" not in shown
    assert "Nothing was typed in to “Control room” from 1 August 2024 to 31 August 2024" in shown
    assert "In all we cannot tell for " in shown
    assert can_tell_in_short(report(obligations=(), standards=())) == ""


def test_the_offices_own_questions_have_a_row_each_and_no_share_where_it_would_not_be_fair():
    asked = replace(ATTEND, standing=Standing.ASKED)
    assert asked_at_a_glance(report(found(ATTEND, 12, wait=5), (ATTEND,))) is None
    table = asked_at_a_glance(report(found(asked, 12, wait=5), (asked,)))
    assert table.rows[0][2:] == ("12 of 12 (100%)", "0", "0", "0")
    table = asked_at_a_glance(report(found(asked, 9, wait=5), (asked,)))
    assert table.rows[0][2] == "no share"


def test_of_many_questions_of_the_office_the_first_are_shown_and_the_rest_is_said_to_be_further_on():
    asked = [
        replace(ATTEND, standing=Standing.ASKED, obligation=replace(ATTEND.obligation, id=f"asked-{at}"))
        for at in range(6)
    ]
    table = asked_at_a_glance(report(found(asked[0], 12, wait=5), asked))
    assert len(table.rows) == 4
    assert table.note.startswith("The first 4 of 6 are shown; all of them are further on.")


def test_the_sources_are_said_without_the_name_of_a_file():
    for sentence in sources_in_short(drawn_report(60)):
        assert ".ods" not in sentence and ".yaml" not in sentence
    assert sources_in_short(drawn_report(60))[0] == "2 record systems: Missing-person system and Control room."
