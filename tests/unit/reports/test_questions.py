from datetime import timedelta

import polars as pl

from tests.unit.reports.made_up import ATTEND, HANDOVER, INTERVIEW, REASON, START, finding, report, tables
from wardline.measures.lowered_grades import late_downgrades
from wardline.reports.questions import questions_in_words

INSTANT = pl.Datetime("us", "UTC")


def asked(findings, **settings):
    return questions_in_words(report(findings, **settings))


def at_hour(hour, many, late, start=0):
    """Reports at an hour of the local day (in April an hour ahead of UTC), of which so many are late."""
    at = START + timedelta(hours=hour - 1)
    return [
        finding(
            child=f"compact:p{start + case}",
            case=f"compact:{start + case}",
            at=at + timedelta(days=case % 28),
            wait=50 if case < late else 5,
            outcome="late" if case < late else "met",
        )
        for case in range(many)
    ]


def with_attribute(name, groups):
    """Findings and cases: for each value so many reports, of which so many are late."""
    findings, cases = [], []
    for value, (many, late) in groups.items():
        for _ in range(many):
            case = f"compact:{len(cases)}"
            slow = late > 0
            late -= slow
            findings.append(
                finding(
                    case=case,
                    child=f"{case}-child",
                    at=START + timedelta(hours=11),
                    wait=50 if slow else 5,
                    outcome="late" if slow else "met",
                )
            )
            cases.append({"case_id": case, name: value, "closed_at": START})
    empty = {"case_type": None, "opened_at": None, "person_id": None, "source": None}
    return findings, pl.DataFrame([case | empty for case in cases], schema_overrides={"closed_at": INSTANT})


def test_lateness_that_gathers_at_night_is_asked_about_counted_by_hand():
    first = asked([*at_hour(23, 20, 16), *at_hour(12, 40, 10, start=100)])[0]
    assert first.seen == (
        "Between 10 pm and 4 am, 16 of 20 reports (80%) were not recorded in time; at other times of day, "
        "10 of 40 (25%). Counting both groups looked at, chance alone is unlikely to explain this."
    )
    assert first.asked == "What is different at those hours?"
    assert len(first.behind.rows) == 16
    assert first.link == "16 reports"


def test_hours_are_those_of_the_local_day():
    # 21:30 in UTC is 22:30 in London in April, so these belong to the night.
    night = [row | {"triggered_at": row["triggered_at"].replace(hour=21, minute=30)} for row in at_hour(23, 20, 16)]
    assert asked([*night, *at_hour(12, 40, 10, start=100)])[0].seen.startswith("Between 10 pm and 4 am, 16 of 20")


def test_groups_that_are_too_small_are_not_compared():
    found = asked([*at_hour(23, 9, 9), *at_hour(12, 40, 0, start=100)])
    assert [one.asked for one in found] == ["What stood in the way?"]


def test_a_difference_within_the_intervals_is_not_asked_about():
    found = asked([*at_hour(23, 20, 11), *at_hour(12, 40, 20, start=100)])
    assert [one.asked for one in found] == ["What stood in the way?"]


def test_lateness_that_gathers_in_a_district_is_asked_about():
    findings, cases = with_attribute("district", {"South": (20, 16), "North": (30, 6), "Central": (10, 4)})
    first = asked(findings, cases=cases)[0]
    assert first.seen == (
        "Where the district is “South”, 16 of 20 reports (80%) were not recorded in time; in other cases, 10 of 40 "
        "(25%). Counting all 3 groups looked at, chance alone is unlikely to explain this."
    )
    assert first.asked == "What explains the difference?"


def test_an_attribute_that_may_name_somebody_is_never_compared():
    findings, cases = with_attribute("sergeant", {"A. Person": (20, 16), "B. Person": (40, 0)})
    assert not any("Person" in one.seen for one in asked(findings, cases=cases))


def test_an_attribute_of_yes_and_no_may_be_compared_whatever_its_name():
    findings, cases = with_attribute("in_a_home", {"yes": (20, 16), "no": (40, 4)})
    assert asked(findings, cases=cases)[0].seen.startswith("In cases marked “in a home”, 16 of 20")


def test_the_dive_may_name_the_attributes_itself():
    findings, cases = with_attribute("district", {"South": (20, 16), "North": (40, 4)})
    assert not any("district" in one.seen for one in asked(findings, cases=cases, compared_by=()))
    findings, cases = with_attribute("shift", {"early": (20, 16), "other": (40, 4)})
    assert asked(findings, cases=cases, compared_by=("shift",))[0].seen.startswith("Where the shift is “early”")


def gradings(*rows):
    return [(case, START + timedelta(minutes=minutes), value) for case, minutes, value in rows]


def lowered(case, minutes, value="low"):
    """A case graded medium at once, and again later."""
    return [(f"compact:{case}", 1, "medium"), (f"compact:{case}", minutes, value)]


def test_grades_lowered_in_the_last_quarter_of_the_limit_or_after_it_are_asked_about():
    reports = [finding(case=f"compact:{at}", limit="60 minutes", outcome="late", wait=90) for at in range(11)]
    rows = [
        *[row for at in range(3) for row in lowered(at, 45)],
        *lowered(3, 60),  # at the deadline
        *lowered(4, 61),  # after it
        *lowered(5, 44),  # before the last quarter
        *lowered(6, 50, "high"),  # a shorter limit
        *lowered(7, 50, "medium"),  # the same limit
        *lowered(8, 50, "unlisted"),
        ("compact:9", 50, "low"),  # no grade before it
        *lowered(10, 95),  # after the response
    ]
    (found, *_) = asked(reports, gradings=gradings(*rows))
    assert found.seen == (
        "For 5 reports the grade was lowered in the last quarter of the time that the higher one allowed, or after it, "
        "with no response on record by then."
    )
    assert [row[0] for row in found.behind.rows] == [f"compact:{at}" for at in range(5)]


def test_lowered_grades_with_nothing_but_cannot_tell_behind_them_are_told_apart():
    reports = [finding(case=f"compact:{at}", limit="60 minutes", outcome="missed") for at in range(5)]
    untold = [
        finding(case=f"compact:{at}", limit="60 minutes", outcome="cannot_tell", reason="record_gap")
        for at in range(5, 12)
    ]
    rows = gradings(*[row for at in range(12) for row in lowered(at, 50)])
    (found, *_) = asked([*reports, *untold], gradings=rows)
    assert found.seen == (
        "For 5 reports the grade was lowered in the last quarter of the time that the higher one allowed, or after it, "
        "with no response on record by then; for 7 more we cannot tell whether there was one."
    )
    assert [row[0] for row in found.behind.rows] == [f"compact:{at}" for at in range(5)]
    only_untold = asked(untold, gradings=rows)
    assert not any("lowered" in one.seen for one in only_untold)


def test_late_downgrades_are_given_each_with_its_grading():
    reports = [finding(case=f"compact:{at}", limit="60 minutes", wait=30) for at in range(4)]
    made = tables(reports, gradings=gradings(*lowered(0, 50), *lowered(1, 61), *lowered(2, 44), *lowered(3, 29)))
    found = late_downgrades(made.gradings, ATTEND, made.findings.collect())
    assert found.select("case_id", "grade", "graded_at", "graded_when", "was_answered").rows() == [
        ("compact:0", "low", START + timedelta(minutes=50), "in the last quarter", True),
        ("compact:1", "low", START + timedelta(minutes=61), "after the limit", True),
    ]
    assert late_downgrades(None, ATTEND, made.findings.collect()).columns == found.columns


def test_four_lowered_grades_are_too_few_to_ask_about():
    reports = [finding(case=f"compact:{at}", limit="60 minutes", wait=55) for at in range(4)]
    assert asked(reports, gradings=gradings(*[row for at in range(4) for row in lowered(at, 50)])) == []


def test_no_record_late_and_cannot_tell_are_asked_about_in_their_order():
    findings = [
        finding(outcome="missed"),
        finding(outcome="late", wait=38),
        finding(wait=5),
        *[finding(outcome="cannot_tell", reason="not_joined") for _ in range(10)],
    ]
    found = asked(findings)
    assert [one.seen for one in found] == [
        "No record was found for 1 report whose deadline has passed.",
        "1 of 3 reports that we can judge was recorded late, by up to 23 minutes.",
        "For 10 reports we cannot tell, because the system that could record it has no row for this case.",
    ]


def test_entries_written_up_later_are_asked_about():
    (found,) = asked([finding(case=f"compact:{at}", wait=5, written_after=180) for at in range(10)])
    assert found.seen == "Of 10 recorded in time, 10 were written up more than 2 hours later."


def test_there_are_never_more_than_three():
    findings = [
        *at_hour(23, 20, 16),
        *at_hour(12, 40, 10, start=100),
        finding(outcome="missed"),
        *[finding(outcome="cannot_tell", reason="not_joined") for _ in range(10)],
        finding(REASON, limit=None, outcome="missed"),
    ]
    assert len(asked(findings)) == 3


def test_the_rules_go_on_to_the_next_obligation_and_name_it():
    found = asked([finding(outcome="missed"), finding(REASON, limit=None, outcome="missed")])
    assert found[1].seen == "“The reason for the risk level is recorded”: this was not filled in on 1 occasion."


def test_nothing_is_asked_of_the_force_about_the_council_or_about_assumed_limits():
    findings = [finding(INTERVIEW, case=f"compact:{at}", limit="72 hours", outcome="missed") for at in range(20)]
    findings += [finding(HANDOVER, case=f"compact:{at}", limit="24 hours", outcome="missed") for at in range(20)]
    assert asked(findings) == []


def test_no_findings_give_rise_to_no_questions():
    assert asked([]) == []
