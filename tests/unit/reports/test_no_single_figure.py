"""Where more than a fifth cannot be told no page prints one percentage: it prints that with none, and with all."""

from dataclasses import replace

import pytest

from tests.unit.reports.made_up import AS_AT, ATTEND, HANDOVER, INTERVIEW, REASON, as_rows, finding, report, tables
from wardline.dive.pages.sheets import obligations_sheet
from wardline.measures import Count, Counted, Share, is_told, share_bounds
from wardline.measures.dives_compared.obligations_beside import obligation_beside
from wardline.obligations import Standing
from wardline.reports import report_page
from wardline.reports.by_obligation import obligations_by_standard
from wardline.reports.dives_compared import DiveBeside, DivesCompared
from wardline.reports.dives_compared_in_words import CSV_COLUMNS, dives_compared_in_words, rows_of_dives_compared
from wardline.reports.figures_in_words import NO_SINGLE_FIGURE, told_as_figure, told_in_words
from wardline.reports.headline import headlines
from wardline.reports.standards_at_a_glance import asked_at_a_glance

ALL_TOLD, A_FIFTH, MANY_UNTOLD = (31, 29, 0), (31, 29, 15), (31, 29, 40)  # met, missed, cannot tell


def occasions(met, missed, untold, item=ATTEND):
    outcomes = ["met"] * met + ["missed"] * missed + ["cannot_tell"] * untold
    return [
        finding(
            item,
            case=f"compact:{at}",
            child=f"compact:p{at}",
            outcome=outcome,
            wait=5 if outcome == "met" else None,
            reason="record_gap" if outcome == "cannot_tell" else None,
            standing=item.standing.value,
        )
        for at, outcome in enumerate(outcomes)
    ]


def share(part, whole):
    return Share(Count(Counted.OCCASION, part), Count(Counted.OCCASION, whole))


def many(value):
    return Count(Counted.OCCASION, value)


@pytest.mark.parametrize(("not_told", "told"), [(0, True), (10, True), (11, False)])
def test_a_fifth_of_all_may_be_untold_and_no_more(not_told, told):
    assert is_told(share(20, 40), many(not_told)) is told


def test_the_bounds_count_what_cannot_be_told_as_none_and_as_all():
    none, every = share_bounds(share(30, 60), many(40))
    assert (none.fraction, every.fraction) == (0.3, 0.7)


def test_in_words_there_are_two_percentages_and_no_third():
    assert told_as_figure(share(30, 60), many(40)) == "30% to 70%"
    assert told_as_figure(share(30, 60), many(15)) == "50%"
    assert told_in_words(share(30, 60), many(15)) == "30 of 60 (50%)"
    said = told_in_words(share(30, 60), many(40))
    assert said == "no single figure: 30% to 70%, if none or all of the 40 that we cannot tell had been"
    assert told_in_words(share(4, 9), many(40)) == told_as_figure(share(4, 9), many(40)) == "4 of 9"


def test_the_headline_says_why_and_between_which_two_it_lies():
    one = headlines(report(occasions(*MANY_UNTOLD)))[0]
    said = "".join(phrase.words for phrase in one.sentence)
    assert "31 of the 60 reports we can judge. " in said
    assert (
        "We cannot tell for more than a fifth, so there is no single figure: it would be 31% if none of these had "
        "been, and 71% if all had." in said
    )
    assert (one.facts[0].figure, one.facts[0].words) == (
        "31% to 71%",
        "recorded in time, if none or all of those that we cannot tell had been",
    )
    assert "(52%)" in "".join(phrase.words for phrase in headlines(report(occasions(*A_FIFTH)))[0].sentence)


def test_no_page_prints_the_share_of_what_can_be_judged():
    rows = [*occasions(*MANY_UNTOLD), *occasions(*MANY_UNTOLD, item=INTERVIEW), *occasions(*MANY_UNTOLD, item=REASON)]
    page = report_page(report(rows))
    assert "52%" not in page
    assert "31% to 71%" in page and NO_SINGLE_FIGURE in page
    whole = [part.overview for part in obligations_by_standard(report(rows))]
    assert {row["In time, or as owed"] for table in whole if table for row in as_rows(table)} <= {"31% to 71%", "–"}
    told = report_page(report(occasions(*A_FIFTH)))
    assert "52%" in told and NO_SINGLE_FIGURE not in told


def test_what_the_office_asks_has_two_percentages_too():
    asked = replace(HANDOVER, standing=Standing.ASKED)
    made = report(occasions(*MANY_UNTOLD, item=asked), obligations=(ATTEND, asked))
    assert as_rows(asked_at_a_glance(made))[0]["In time, or as owed"] == "31% to 71%"


def test_groups_are_not_set_beside_each_other():
    at_night = [
        one | {"triggered_at": one["triggered_at"].replace(hour=at % 24)}
        for at, one in enumerate(occasions(*MANY_UNTOLD))
    ]
    assert report(at_night).figures.groups_beside == ()
    enough = [one for one in at_night if one["outcome"] != "cannot_tell"]
    assert report(enough).figures.groups_beside != ()


def test_the_spreadsheet_has_no_share_and_both_bounds():
    sheet = obligations_sheet(report([*occasions(*MANY_UNTOLD), *occasions(*A_FIFTH, item=INTERVIEW)]))
    rows = {row[0]: row[-3:] for row in sheet.rows}
    assert rows[ATTEND.full_name] == ("[x]", 31, 71)
    assert rows[INTERVIEW.full_name] == (52, 41, 61)


def compared(first, second):
    return obligation_beside(
        tables(occasions(*first)), tables(occasions(*second)), ([ATTEND], [ATTEND]), is_tested=True
    )


def test_of_two_dives_neither_share_nor_difference_is_given():
    beside = compared(MANY_UNTOLD, A_FIFTH)
    assert beside.shares is None and beside.chance_of_shares is None
    assert compared(ALL_TOLD, A_FIFTH).shares is not None
    of_dive = DiveBeside("d", "A dive", "Teesmouth", None, AS_AT, "Europe/London", 1, 1, is_made_up=False)
    found = DivesCompared(of_dive, of_dive, (), (beside,), (), 0, None, None, True, None, ())
    said = dives_compared_in_words(found)
    assert "first   no single figure: 31% to 71%, if none or all of the 40 that we cannot tell had been" in said
    assert "second  31 of 60 (52%); interval 39% to 64%; cannot tell in 15 more" in said
    row = dict(zip(CSV_COLUMNS, next(iter(rows_of_dives_compared(found))), strict=True))
    assert (row["first: share"], row["first: share low"], row["first: cannot tell"]) == (None, None, 40)
    ends = "share if none that cannot be told were", "share if all were"
    assert [row[f"first: {end}"] for end in ends] == [0.31, 0.71]
    assert row["second: share"] == pytest.approx(31 / 60)
