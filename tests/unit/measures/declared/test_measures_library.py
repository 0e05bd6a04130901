"""The measures that ship: they name what the standards have, and say enough of themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wardline.measures.charts import ChartKind, Shown, Wanted
from wardline.measures.declared import (
    PartOfPage,
    ShareMet,
    Wait,
    look_up_measures,
    measures_for,
    shipped_measures,
    write_measures,
)
from wardline.measures.declared.expected_figures import LEFT_OUT, WHY_NO_FIGURE
from wardline.measures.over_time.measures_table import NoValue
from wardline.standards import look_up_standard, shipped_obligation, shipped_standards

SETS = [look_up_measures(name, relative_to=Path()) for name in shipped_measures()]
EVERY = [(one, measure) for one in SETS for measure in one.measures]
OURS = Path("tests/fixtures/good/measures_of_our_own.yaml")
# What changed for children, and what is needed to judge a claim: other parts count on these.
NAMED_ELSEWHERE = {
    "england/missing-children": {
        *("found-within-8-hours", "found-within-24-hours", "harm-on-return", "support-taken-up"),
        *("missing-again-within-30-days", "missing-again-within-90-days", "reached-in-time"),
        *(
            "written-up-late",
            "reports",
            "reports-cancelled",
            "graded-low",
            "grades-lowered",
            "children-missing-three-times",
        ),
    },
    "england/crime-recording-and-victims": {"child-no-longer-supports", "investigations-per-investigator"},
}


def test_each_set_is_beside_a_standard_and_about_the_same_cases():
    for one in SETS:
        assert one.name in shipped_standards()
        assert one.case_type == look_up_standard(one.name, relative_to=Path()).case_type


@pytest.mark.parametrize("measure", [one for _, one in EVERY if one.obligation], ids=lambda one: one.name)
def test_every_obligation_that_is_counted_is_one_of_its_standard(measure):
    assert shipped_obligation(measure.obligation) is not None
    assert measure.obligation.rpartition("/")[0] == measure.name.rpartition("/")[0]


def test_an_obligation_that_does_not_exist_would_be_seen():
    assert shipped_obligation("england/missing-children/atend") is None
    assert shipped_obligation("our-own/missing/attend") is None


@pytest.mark.parametrize(("of_set", "measure"), EVERY, ids=lambda one: one.name)
def test_every_measure_says_why_it_is_there_what_it_cannot_tell_and_how_it_could_be_gamed(of_set, measure):
    for text in (measure.why, measure.cannot_tell, measure.gaming):
        assert text.endswith(".") and len(text) > 15
    assert measure.examples
    assert measure.name == f"{of_set.name}/{measure.id}"


def test_each_way_of_counting_has_a_measure_that_is_shown_twice():
    """Notes cannot be counted yet, so one example says that."""
    most: dict[str, int] = {}
    for _, measure in EVERY:
        kind = type(measure.counting).__name__
        most[kind] = max(most.get(kind, 0), len(measure.examples))
    assert most.pop("NotesWith") == 1
    assert {kind for kind, examples in most.items() if examples < 2} == set()
    assert len(most) == 11


def test_no_title_is_used_twice():
    """The page of measures has them all, and a link to each."""
    titles = [*(one.title for one in SETS), *(measure.title for _, measure in EVERY)]
    assert len(set(titles)) == len(titles)


def test_the_parts_of_a_page_come_in_their_order():
    order = list(PartOfPage)
    for one in SETS:
        places = [order.index(measure.part) for measure in one.measures]
        assert places == sorted(places), one.name


def test_what_other_parts_name_is_there():
    for name, ids in NAMED_ELSEWHERE.items():
        (one,) = (one for one in SETS if one.name == name)
        assert ids <= {measure.id for measure in one.measures}


def test_a_share_in_time_has_its_two_waits_beside_it():
    of_missing = next(one for one in SETS if one.name == "england/missing-children")
    for obligation in ("attend", "sent", "prevention-interview", "return-interview-done"):
        name = f"{of_missing.name}/{obligation}"
        counted = [measure.counting for measure in of_missing.measures if measure.obligation == name]
        assert ShareMet(name) in counted
        assert {one.percent for one in counted if isinstance(one, Wait)} == {50, 90}


def test_a_share_has_a_p_chart_a_rate_a_u_chart_and_a_wait_an_xmr_chart():
    usual = {Shown.SHARE: ChartKind.P_PRIME, Shown.RATE: ChartKind.U_PRIME, Shown.VALUE: ChartKind.XMR}
    assert {measure.name: measure.chart for _, measure in EVERY} == {
        measure.name: usual[measure.shown] for _, measure in EVERY
    }


def test_every_wait_should_become_shorter_and_every_share_in_time_larger():
    for _, measure in EVERY:
        if isinstance(measure.counting, ShareMet | Wait):
            is_share = isinstance(measure.counting, ShareMet)
            assert measure.wanted is (Wanted.LARGER if is_share else Wanted.SMALLER), measure.name


def test_measures_are_found_by_the_names_of_standards_in_their_order():
    names = [measure.name for measure in measures_for(["england/exploitation", "england/missing-children"])]
    assert names[0].startswith("england/exploitation/") and names[-1].startswith("england/missing-children/")
    assert measures_for(["england/scrutiny", "our-own/handover.yaml"]) == ()


def test_an_earlier_version_of_a_standard_has_the_same_measures_once():
    both = ["england/missing-children", "england/missing-children/2025.2"]
    assert measures_for(both) == measures_for(both[:1]) == measures_for(both[1:])


@pytest.mark.parametrize("of_set", [*SETS, look_up_measures(str(OURS), relative_to=Path())], ids=lambda one: one.name)
def test_what_is_written_reads_back_as_the_same_measures(of_set, tmp_path):
    path = tmp_path / "written.yaml"
    path.write_text(write_measures(of_set), encoding="utf-8")
    assert look_up_measures("written.yaml", relative_to=tmp_path) == of_set


def test_every_reason_without_a_figure_has_words():
    assert set(WHY_NO_FIGURE) == {reason.value for reason in NoValue} | {LEFT_OUT}
    assert len(set(WHY_NO_FIGURE.values())) == len(WHY_NO_FIGURE)


def test_no_target_ships_since_none_was_found_in_guidance():
    assert [measure.name for _, measure in EVERY if measure.target is not None] == []


def test_a_reader_is_not_told_of_names_with_underscores():
    for _, measure in EVERY:
        for text in (measure.title, measure.why, measure.cannot_tell, measure.gaming):
            assert not re.search(r"\w_\w", text), measure.name
