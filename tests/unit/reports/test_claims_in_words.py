"""Claims in words: one sentence first, then the working; nothing is said that was not counted."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.unit.measures.claims.claimed import (
    ATTEND,
    STANDARD,
    about,
    answer,
    cases,
    claim,
    per_cent,
    points,
    rows,
    seconds,
    share,
    wait,
)
from tests.unit.measures.claims.test_rivals import values
from wardline.measures.charts import Rebase
from wardline.measures.claims import ClaimAnswer, Declared, InShort, Rival, Way, Why, what_would_count
from wardline.measures.over_time.measures_table import Entries, NoValue
from wardline.reports.claims_in_words import BECAUSE, IN_SHORT, answer_in_a_sentence, claims_in_words, working_in_words
from wardline.reports.rivals_in_words import LOOKED_AT, NOTHING_AT_HAND
from wardline.reports.what_would_count_in_words import what_would_count_in_words

SHARE = share(splits=("district",))


def answered(
    figures: list, size=None, way: Way = Way.BETTER, *, known_before: date | None = None, **told
) -> ClaimAnswer:
    tables = [rows(SHARE, figures)]
    if (others := told.pop("others", None)) is not None:
        tables.append(others)
    said = {key: told.pop(key) for key in ("by", "declared", "group", "first_day") if key in told}
    return answer(claim(SHARE, way, size, **said), pl.concat(tables), [SHARE], known_before=known_before, **told)


def printed(found: ClaimAnswer) -> str:
    return " ".join(claims_in_words([found], title="A dive", is_made_up=False).split())


def test_what_is_shown_is_said_with_its_size_and_interval():
    found = answered(about(0.6, 0.7, months=6), points(10))
    assert answer_in_a_sentence(found) == (
        "The records show it. Reached in time: from 60.0% to 70.0%, 10.0 points higher (95% interval: 8.5 points "
        "higher to 11.5 points higher)."
    )


def test_what_is_not_shown_is_said_with_the_reason():
    assert answer_in_a_sentence(answered(about(0.6, 0.6, months=6), points(10))) == (
        "The records do not show it: the difference is no larger than chance would make. Reached in time: from 60.0% "
        "to 60.0%, 0.0 points higher (95% interval: 1.6 points lower to 1.6 points higher)."
    )
    assert answer_in_a_sentence(answered(about(0.6, 0.5, months=6))).startswith(
        "The records do not show it: it went the other way. Reached in time: from 60.0% to 50.0%, 10.0 points lower"
    )
    assert answer_in_a_sentence(answered(about(0.6, 0.7, months=6), points(25))).startswith(
        "The records do not show it: there is a change, but a smaller one than 25 percentage points."
    )


def test_too_early_says_when_to_ask_again_and_why():
    early = answered(about(0.6, 0.6, months=1, of=100), points(5), by=date(2025, 1, 31))
    assert answer_in_a_sentence(early).startswith("Too early: ask again on 1 ")
    assert "So far a change of 5 percentage points, if it is there, would be told from chance" in printed(early)
    none = answered(about(0.6, 0.6, months=0), points(5), known_before=date(2025, 1, 10))
    assert answer_in_a_sentence(none) == (
        "Too early: ask again on 1 February 2025. No period of the time that the claim is about has a figure yet."
    )
    still = answered(about(0.6, 0.6, months=6), points(10), by=date(2025, 12, 31))
    assert answer_in_a_sentence(still) == (
        "Too early: ask again on 1 January 2026. There is no change to be told from chance so far, and it is to show "
        "by 31 December 2025."
    )


def test_what_explains_it_is_named_in_the_sentence():
    reasons = {"asked": (50, 20), "on creation": (0, 60)}
    found = answered(about(0.6, 0.75, months=6), values=values(reasons), responses={ATTEND: ("officer_arrived",)})
    assert answer_in_a_sentence(found) == (
        "Explained by a change of recording: a value that was hardly there before is in most records."
    )
    assert (
        "- A new stock value in the records: “on creation” was the reason in 0% of the records of officer arrived "
        "before, and is in 75% since. Speaks against the claim."
    ) in printed(found)


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([(0, 100)] * 30, "Cannot tell, because every figure is nought."),
        ([(100, 100)] * 30, "Cannot tell, because all figures are the same, so nothing says how far chance would move"),
        ([(60, 100), (70, 100)], "Cannot tell, because there are too few figures before it to say how far chance"),
        ([NoValue.NO_OCCASIONS] * 30, "Cannot tell, because too many of the periods have no occasion."),
    ],
)
def test_bad_input_is_answered_in_words(figures, told):
    first = {"first_day": date(2023, 2, 1)} if len(figures) == 2 else {}
    found = answered(figures, points(5), **first)
    assert answer_in_a_sentence(found).startswith(told)
    assert printed(found)


def test_every_answer_reason_and_rival_has_its_words():
    assert set(IN_SHORT) == set(InShort)
    said_elsewhere = {
        Why.NO_CHANGE,
        Why.NO_CHANGE_OF_ANY_SIZE,
        Why.SMALLER,
        Why.OTHER_WAY,
        Why.NOT_YET_BEGUN,
        Why.NOT_ENOUGH_YET,
        Why.STILL_TIME,
    }
    assert set(BECAUSE) == set(Why) - said_elsewhere
    assert set(LOOKED_AT) == set(Rival)
    assert set(Rival) - set(NOTHING_AT_HAND) == {Rival.VERSION, Rival.REBASE, Rival.GAP}


def test_who_said_it_and_when_it_was_declared_is_said():
    found = answered(about(0.6, 0.7, months=6), points(10))
    told = list(working_in_words(found))
    assert told[0] == "Said by the chief constable, at the panel, 1 February 2025."
    assert told[1] == (
        "Tested as: Reached in time (england/missing-children/reached-in-time): better by 10 percentage points, from "
        "1 January 2025, to show by 31 March 2025."
    )
    assert told[2] == "Declared by R. Lee on 20 December 2024, before any figure that it is tested on could be known."


def test_a_claim_that_was_declared_when_the_figures_could_be_known_is_told_to_be_so():
    afterwards = answered(about(0.6, 0.7, months=6), declared=Declared("R. Lee", date(2025, 7, 1)))
    assert "when every figure that it is tested on could already be known" in printed(afterwards)
    partly = answered(about(0.6, 0.7, months=6), declared=Declared("R. Lee", date(2025, 3, 5)))
    assert "when the figures of 2 of the 6 months that it is tested on could already be known" in printed(partly)


def test_the_chart_is_said_with_its_limits_and_signals():
    assert (
        "The chart: 6 signals since that day (limits drawn from the 24 figures before): a point outside the limits, "
        "high (6 times, first on 1 January 2025)."
    ) in printed(answered(about(0.6, 0.7, months=6)))
    assert "The chart: no signal since that day (limits drawn from the 24 figures before)." in printed(
        answered(about(0.6, 0.6, months=6))
    )


def test_limits_from_few_figures_are_said_to_be_trial_limits():
    short = answer(claim(SHARE), rows(SHARE, about(0.6, 0.8, months=3, before=8), first=date(2024, 5, 1)), [SHARE])
    assert "trial limits drawn from the 8 figures before" in printed(short)


def test_the_power_is_said_with_what_could_be_told():
    enough = printed(answered(about(0.6, 0.6, months=6), points(10)))
    assert "Could it be told? A change of 10 percentage points, if it is there, would be told nearly always." in enough
    assert "With these figures a change to 62.3% would be told 80 times in a hundred." in enough


def test_each_rival_is_said_with_what_was_looked_at():
    told = printed(
        answered(
            about(0.6, 0.75, months=6),
            others=rows(SHARE, about(0.55, 0.56, months=6), entries=Entries.AT_THE_TIME),
            versions={STANDARD: (date(2024, 3, 1),)},
            rebases={SHARE.name: (Rebase(date(2025, 3, 1), "a new form", "R. Lee", date(2025, 3, 5)),)},
        )
    )
    assert "- Entries written at the time: in these alone it is 1.0 points higher (95% interval: " in told
    assert "- Another version of the standard: one begins on 1 March 2024. Cannot tell." in told
    assert "- A rebase: from 1 March 2025, because a new form (R. Lee, 5 March 2025). Cannot tell." in told
    assert "- Gaps in the records: there is none. Does not explain it." in told
    assert "- Other records taken in: there are as many" in told or "which is no step. Does not explain it." in told
    assert "- The season: at the same time of earlier years it was " in told


def test_a_gap_is_said_with_its_days():
    figures: list = about(0.6, 0.75, months=6)
    figures[23] = NoValue.GAP
    assert (
        "- Gaps in the records: nothing was recorded from 1 December 2024 to 31 December 2024. Cannot tell."
        in printed(answered(figures))
    )


def test_waits_and_counts_are_said_in_their_own_units():
    waits = wait()
    wave = (0, 60, -60, 30, -30, 0)
    figures = [((3600 if at < 24 else 2700) + wave[at % 6], 80) for at in range(30)]
    found = answer(claim(waits, size=seconds(900)), rows(waits, figures), [waits])
    assert "from 60.0 minutes to 45.0 minutes, 15.0 minutes shorter" in answer_in_a_sentence(found)
    reports = cases()
    counted = [(10 if at < 24 else 7) * 30 + wave[at % 6] / 3 for at in range(30)]
    found = answer(claim(reports, Way.SMALLER, per_cent(25)), rows(reports, counted), [reports])
    assert "from 300 a month to 212 a month, 29% fewer (95% interval: " in answer_in_a_sentence(found)


def test_lines_are_short_enough_for_a_terminal():
    told = claims_in_words([answered(about(0.6, 0.75, months=6))] * 2, title="A dive", is_made_up=True)
    assert max(map(len, told.splitlines())) <= 100
    assert told.splitlines()[0] == "Made-up data. No real child, officer or force."
    assert "What the records say to 2 claims: A dive" in told


def test_what_would_count_is_said_before_anything_is_tested():
    told = what_would_count_in_words(what_would_count(claim(SHARE, size=points(5)), {SHARE.name: SHARE}))
    flowing = " ".join(told.split())
    assert "The measure: Reached in time. The share of occasions that" in flowing
    assert "- 100 occasions: with 6 months before, not in 5 years; with 12 months before, 27 months; with 24" in flowing
    assert "- the mix of cases, by district" in flowing
    assert "- lower grades" not in flowing, "no measure of the grades is at hand"


@pytest.mark.parametrize(
    ("measure", "size", "told"),
    [
        (SHARE, None, "How long: no size is claimed"),
        (wait(), seconds(900), "How long: name a dive"),
        (cases(), per_cent(20), "- 100 cases: with 6 months before, "),
    ],
)
def test_how_long_it_takes_is_said_as_far_as_it_can_be(measure, size, told):
    said = what_would_count(claim(measure, Way.LARGER, size), {measure.name: measure})
    assert told in " ".join(what_would_count_in_words(said).split())


def test_with_the_figures_of_a_dive_it_says_on_which_day_to_ask():
    table = rows(SHARE, about(0.6, 0.6, months=0))
    said = what_would_count(claim(SHARE, size=points(5)), {SHARE.name: SHARE}, table)
    assert said.is_of_a_dive and said.told_on is not None
    assert "Ask on 1 April 2025, and not before." in what_would_count_in_words(said)


@pytest.mark.parametrize("measure", [SHARE, wait()])
def test_a_dive_with_too_few_figures_before_is_not_told_to_name_one(measure):
    size = points(5) if measure is SHARE else seconds(900)
    table = rows(SHARE, about(0.6, 0.6, months=0))
    asked = claim(measure, size=size, way=Way.LARGER, first_day=table["first_day"].min())
    said = " ".join(what_would_count_in_words(what_would_count(asked, {measure.name: measure}, table)).split())
    assert "The dive has fewer than 5 figures before" in said
    assert "--dive" not in said
    assert "--dive" in what_would_count_in_words(what_would_count(asked, {measure.name: measure}))
