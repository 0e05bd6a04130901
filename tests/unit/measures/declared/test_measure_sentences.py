"""The sentences of measures, as they were read aloud."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wardline.measures.charts import ChartKind, Wanted
from wardline.measures.declared import (
    CasesCounted,
    ChildrenCounted,
    Measure,
    Needs,
    NotesWith,
    PartOfPage,
    ShareAgain,
    ShareFilledIn,
    ShareLowered,
    ShareMet,
    ShareNotTold,
    ShareOfEvents,
    ShareWithin,
    Wait,
    WrittenLate,
    look_up_measures,
    measure_sentences,
    shipped_measures,
    what_is_counted,
)
from wardline.standards import shipped_obligation

ATTEND = "england/missing-children/attend"
EPISODE = "missing episode"
SAID = [
    (ShareMet(ATTEND), f"The share of occasions that were recorded in time, under the obligation `{ATTEND}`."),
    (
        ShareNotTold(ATTEND),
        f"The share of occasions of which the records cannot tell, under the obligation `{ATTEND}`.",
    ),
    (
        Wait(ATTEND, 50),
        f"How long it took until half of the occasions had a response, under the obligation `{ATTEND}`.",
    ),
    (
        Wait(ATTEND, 90),
        f"How long it took until nine in ten occasions had a response, under the obligation `{ATTEND}`.",
    ),
    (CasesCounted(EPISODE), "How many missing episodes were opened."),
    (
        CasesCounted("investigation", {"offence_group": ("online exploitation", "contact abuse")}, "investigator"),
        (
            "How many investigations whose offence group is online exploitation or contact abuse were opened for each "
            "investigator."
        ),
    ),
    (CasesCounted(EPISODE, {}, "1,000 people"), "How many missing episodes were opened for every 1,000 people."),
    (ChildrenCounted(EPISODE, 3), "How many children had three missing episodes or more in the period."),
    (ChildrenCounted(EPISODE, 1), "How many children had one missing episode or more in the period."),
    (
        ShareWithin(EPISODE, ("reported",), ("child_found", "report_cancelled"), "8 hours"),
        (
            "The share of missing episodes in which ‘reported’ was followed by ‘child found’ or ‘report cancelled’ "
            "within 8 hours."
        ),
    ),
    (
        ShareAgain(EPISODE, ("child_found",), ("reported",), "30 days"),
        (
            "The share of missing episodes after whose end (‘child found’) the same child had another (‘reported’) "
            "within 30 days."
        ),
    ),
    (
        ShareOfEvents(EPISODE, ("child_found",), "harm", ("injured", "exploited")),
        "The share of ‘child found’ events whose harm is injured or exploited, out of those whose harm is filled in.",
    ),
    (
        ShareLowered(EPISODE, ("risk_graded",), "grade", ("high", "medium", "low")),
        (
            "The share of missing episodes with ‘risk graded’ in which a later grade is lower than an earlier one; "
            "from the highest they are high, medium and low."
        ),
    ),
    (
        ShareFilledIn(EPISODE, person="ethnicity"),
        "The share of missing episodes in which ‘ethnicity’ in the child's person record is filled in.",
    ),
    (
        ShareFilledIn(EPISODE, attribute="from_care"),
        "The share of missing episodes in which ‘from care’ of the case is filled in.",
    ),
    (
        WrittenLate(EPISODE, ("reported", "risk_graded")),
        (
            "The share of ‘reported’ or ‘risk graded’ events in missing episodes that were written up later than the "
            "force's settings allow."
        ),
    ),
    (
        NotesWith(EPISODE, "blaming language"),
        "The share of missing episodes with a note that contains blaming language.",
    ),
]


def measure_of(counting, **further) -> Measure:
    plain = {
        "name": "our-own/missing/one",
        "title": "One",
        "part": PartOfPage.DONE,
        "wanted": Wanted.LARGER,
        "chart": ChartKind.XMR,
    }
    return Measure(**{**plain, "counting": counting, **further})


@pytest.mark.parametrize(("counting", "said"), SAID, ids=[type(one).__name__ for one, _ in SAID])
def test_what_is_counted_is_said(counting, said):
    assert what_is_counted(measure_of(counting)) == said


def test_an_obligation_that_is_known_is_called_by_its_title_and_its_own_words():
    attend = measure_of(ShareMet(ATTEND))
    assert "under the obligation “Police arrive to look" in what_is_counted(attend, shipped_obligation(ATTEND))
    fraud = "england/online-exploitation/not-closed-as-fraud"
    said = what_is_counted(measure_of(ShareMet(fraud)), shipped_obligation(fraud))
    assert said.startswith("The share of occasions that were not recorded as happening, under")


def test_the_rest_of_it_is_said_after_that():
    met = measure_of(ShareMet(ATTEND), splits=("district", "from_care"), target=0.9)
    assert measure_sentences(met).split(". ", 1)[1] == (
        "Occasions of which the records cannot tell are left out, and their number is given beside the share. A larger "
        "share is better. It is also split by ‘district’ and ‘from care’. The target is 90 %."
    )
    wait = measure_of(Wait(ATTEND, 90), wanted=Wanted.SMALLER, target=5400.0)
    assert measure_sentences(wait).split(". ", 1)[1] == (
        "An occasion that still waits for its response counts as having waited so long at least. A shorter wait is "
        "better. The target is 1 hour 30 minutes."
    )
    again = measure_of(ShareAgain(EPISODE, ("a",), ("b",), "30 days"), wanted=Wanted.SMALLER)
    assert measure_sentences(again).endswith("A case is counted once its 30 days are over. A smaller share is better.")
    notes = measure_of(NotesWith(EPISODE, "blaming language"), needs=Needs.NOTES_READ, wanted=Wanted.NEITHER)
    assert measure_sentences(notes).endswith("Neither way is better in itself. It is given once notes are read.")


def test_a_number_is_better_where_there_are_fewer_or_more():
    children = measure_of(ChildrenCounted(EPISODE, 3), wanted=Wanted.SMALLER)
    assert measure_sentences(children).endswith("Fewer is better.")
    assert measure_sentences(replace(children, wanted=Wanted.LARGER)).endswith("More is better.")


def test_every_measure_that_ships_is_said_without_an_underscore():
    for name in shipped_measures():
        for measure in look_up_measures(name, relative_to=Path()).measures:
            obligation = None if measure.obligation is None else shipped_obligation(measure.obligation)
            said = measure_sentences(measure, obligation)
            assert "_" not in said and "`" not in said and "  " not in said
            assert said.endswith(".")
