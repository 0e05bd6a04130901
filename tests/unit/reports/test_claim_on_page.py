"""A claim on the page: how much, whether chance could make it, what explains it, and what to ask next."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.measures.claims.claimed import ATTEND, about, points
from tests.unit.measures.claims.test_rivals import values
from tests.unit.reports.test_claims_in_words import answered
from wardline.measures.charts import Meaning
from wardline.measures.claims import InShort, Way
from wardline.reports.claim_on_page import ASK_NEXT, ASK_OF_WORSE, claim_on_page

FIRST_DAY = "1 January 2025"


def on_page(found):
    return claim_on_page(found, "claim", is_made_up=False)


def explained_by_recording():
    reasons = {"asked": (50, 20), "on creation": (0, 60)}
    return answered(about(0.6, 0.75, months=10), values=values(reasons), responses={ATTEND: ("officer_arrived",)})


def test_what_is_shown_is_said_with_both_figures_and_that_chance_would_hardly_make_it():
    shown = on_page(answered(about(0.6, 0.7, months=6), points(10)))
    assert shown.answer == "The records show it."
    (told,) = shown.further
    assert told == (
        f"60.0% before {FIRST_DAY}, 70.0% since: 10.0 points higher (95% interval 8.5 to 11.5). Chance alone would "
        "hardly make that, and nothing else that was looked at explains it."
    )


def test_an_interval_with_no_change_in_it_names_both_ways():
    shown = on_page(answered(about(0.6, 0.6, months=6), points(10)))
    assert shown.answer == "The records do not show it."
    assert shown.further == (
        "The difference is no larger than chance would make.",
        f"60.0% before {FIRST_DAY}, 60.0% since: 0.0 points higher (95% interval 1.6 lower to 1.6 higher).",
    )


def test_the_day_on_which_to_ask_again_is_part_of_the_answer():
    shown = on_page(answered(about(0.6, 0.6, months=0), points(5), known_before=date(2025, 1, 10)))
    assert shown.answer == "Too early: ask again on 1 February 2025."
    assert shown.further == ("No period of the time that the claim is about has a figure yet.",)


def test_what_recording_explains_is_drawn_as_a_change_and_never_as_an_improvement():
    found = explained_by_recording()
    assert found.in_short is InShort.RECORDING_CHANGED
    drawn = found.chart.chart
    assert Meaning.IMPROVEMENT in {one.meaning for one in drawn.points}
    shown = on_page(found)
    assert "improvement" not in shown.wide + shown.narrow
    assert ">change<" in shown.wide
    assert shown.heading.endswith(", but recording changed")
    assert shown.answer == "Explained by a change of recording."
    assert shown.further[0] == (
        "“on creation” was the reason in 0% of the records of officer arrived before, and is in 75% since."
    )


def test_a_chart_as_neither_has_its_signals_where_they_were():
    drawn = explained_by_recording().chart.chart
    neither = drawn.as_neither()
    assert [one.rules for one in neither.points] == [one.rules for one in drawn.points]
    assert {one.meaning for one in neither.points} == {None, Meaning.CHANGE}
    assert {neither.meaning_of(one) for one in neither.last_segment.patterns} == {Meaning.CHANGE}


def test_a_claim_about_a_group_names_it_in_its_heading():
    shown = on_page(answered(about(0.6, 0.7, months=6), points(10), group=("district", "Eastmoor")))
    assert shown.heading == "Reached in time (district Eastmoor)"
    assert shown.answer == "Cannot tell." and shown.further == ("There is no figure of this group.",)


@pytest.mark.parametrize("short", InShort)
def test_each_answer_has_a_question_to_ask_next(short):
    assert ASK_NEXT[short].endswith("?")


def test_of_a_claim_that_things_got_worse_what_will_be_done_is_asked():
    assert on_page(answered(about(0.6, 0.5, months=6), points(10), Way.WORSE)).ask == ASK_OF_WORSE
    assert on_page(answered(about(0.6, 0.7, months=6), points(10))).ask == ASK_NEXT[InShort.SHOWN]
