"""The second page and the section with every measure: what stands there, in which order, and what is said of it."""

import csv
import re
from dataclasses import replace
from io import StringIO
from urllib.parse import unquote

import pytest

from tests.unit.reports.drawn import drawn_report
from tests.unit.reports.made_up import as_rows, with_figures
from tests.unit.reports.measured import (
    AGAIN,
    FOUND,
    HALF,
    LATE,
    REPORTS,
    SENT,
    claimed_report,
    measured_report,
    over_time,
)
from wardline.measures import MeasuresOverTime
from wardline.measures.charts import false_signals_expected
from wardline.measures.claims import InShort, Way
from wardline.measures.over_time.measures_table import NoValue
from wardline.reports import report_page
from wardline.reports.chart_scale import FigureUnit
from wardline.reports.chart_tables_in_words import chart_csv_link, figures_table
from wardline.reports.getting_better import _summary, better
from wardline.reports.headline import headlines
from wardline.reports.measures_in_figures import NO_FIGURE


@pytest.fixture(scope="module")
def shown():
    return better(measured_report(400))


def of(shown, measure):
    every = [one for part in shown["parts_of_measures"] for one in part.measures]
    (one,) = [one for one in every if one.title == measure.title]
    return one


def test_the_second_page_has_three_charts_those_with_a_signal_first(shown):
    assert [one.title for one in shown["better"]["charts"]] == [SENT.title, LATE.title, FOUND.title]
    assert [one.meaning for one in shown["better"]["charts"]] == ["improvement", "concern", ""]


def test_of_one_obligation_there_is_one_chart_on_the_second_page(shown):
    """Its share and its waits mostly tell the same."""
    assert SENT.obligation == HALF.obligation
    titles = [
        one.title
        for one in better(with_figures(drawn_report(400), over_time=over_time(measures=(SENT, HALF))))["better"][
            "charts"
        ]
    ]
    assert titles == [SENT.title]


def test_its_first_sentence_says_how_many_measures_show_what(shown):
    assert shown["better"]["summary"] == (
        "Of 7 measures, 1 shows an improvement: “Police sent in time”; 1 shows a concern: “Entries written up late”; "
        "4 show no sign of a change at the latest figure; 1 has too few figures to tell."
    )


@pytest.mark.parametrize(
    ("short", "group", "said"),
    [
        (InShort.RECORDING_CHANGED, None, "an improvement: “Police sent in time”, explained by a change of recording;"),
        (InShort.MIX_CHANGED, None, "an improvement: “Police sent in time”, explained by other cases;"),
        (InShort.SHOWN, None, "an improvement: “Police sent in time”;"),
        (InShort.RECORDING_CHANGED, ("district", "North"), "an improvement: “Police sent in time”;"),
    ],
)
def test_what_a_claim_found_of_an_improvement_is_said_where_it_is_counted(short, group, said):
    report = claimed_report(400)
    answer = report.figures.claims[0]
    answer = replace(answer, claim=replace(answer.claim, group=group), in_short=short)
    assert said in _summary(report.figures.over_time, [answer])


def test_how_many_charts_there_are_and_how_many_chance_would_mark_is_said(shown):
    said = r"This dive draws 8 charts\. By chance alone about \d of them would show a signal; 3 do\."
    assert re.match(said, shown["better"]["note"])


def test_every_measure_is_there_what_changed_for_children_first(shown):
    parts = [(part.heading, [one.title for one in part.measures]) for part in shown["parts_of_measures"]]
    assert parts == [
        ("What changed for children", ["Children found within 8 hours"]),
        ("What was done", ["Police sent in time", "How long half waited for police"]),
        ("What is recorded", ["Reason for the risk level recorded", "Entries written up late", "Ethnicity recorded"]),
        ("Demand", ["Reports of missing children"]),
    ]
    assert f"“{AGAIN.title}”: it is given once" in shown["measures_not_given"]


def test_beside_a_chart_stand_its_signal_the_shares_before_and_since_its_target_and_what_cannot_be_told(shown):
    words = " ".join(of(shown, SENT).words)
    assert "8 months in a row, from August 2024 to March 2025, lie above the average: an improvement." in words
    assert re.search(r"Before August 2024 it was [\d,]+ of [\d,]+ \(52%\), from then on \d+ of \d+ \(63%\)\.", words)
    assert "The target is 80%. As things are it will hardly ever be met." in words
    assert "We cannot tell for 182 more. If none of these had been met, or all, it would be 53% to 58%." in words


def test_no_signal_is_no_proof_that_nothing_changed(shown):
    assert "That does not prove that nothing changed" in of(shown, FOUND).words[0]


def test_below_a_chart_stand_the_whole_period_both_ways_of_counting_and_how_it_could_look_better(shown):
    further = " ".join(of(shown, SENT).further)
    assert re.search(r"Over the whole period: [\d,]+ of [\d,]+ \(56%\) \(95% interval 54% to 58%\)\.", further)
    assert re.search(r"Counting only what was written at the time: [\d,]+ of [\d,]+ \(53%\)\.", further)
    assert "Trial limits drawn from 12 months, April 2023 to March 2024. Not screened." in further
    assert further.endswith("How it could look better without being better: a grade that is lowered gives more time.")


def test_a_gap_is_said_in_words_too(shown):
    assert "No figure for January 2024 to February 2024: nothing was recorded" in " ".join(of(shown, FOUND).further)


def test_the_chart_of_what_was_written_at_the_time_stands_where_it_is_another(shown):
    assert of(shown, SENT).at_the_time is not None and of(shown, FOUND).at_the_time is None


def test_the_same_in_figures_has_the_figures_before_and_since_where_there_is_a_signal(shown):
    rows = {one["Measure"]: one for one in as_rows(shown["better"]["table"])}
    first = rows[SENT.title]
    assert [first[name] for name in ("From", "Before", "Since", "Cannot tell")] == ["1 Aug 2024", "52%", "63%", "182"]
    assert [rows[FOUND.title][name] for name in ("From", "Before", "Since")] == ["–", "–", "–"]


def test_the_same_in_figures_compares_a_claim_from_the_day_that_is_claimed():
    first, *_ = as_rows(better(claimed_report(400))["better"]["table"])
    assert (first["Measure"], first["From"]) == (SENT.title, "1 Sep 2024")
    before, since = (float(first[name].removesuffix("%")) for name in ("Before", "Since"))
    assert before < since


def test_the_answers_to_all_claims_are_counted_in_the_first_sentence():
    assert better(claimed_report(400))["better"]["summary"].startswith("Of 2 claims, 1 is shown by the records; 1 ")


def test_a_claim_that_things_got_worse_is_counted_apart():
    few = claimed_report(400)
    answers = [replace(one, claim=replace(one.claim, way=Way.WORSE)) for one in few.figures.claims]
    summary = better(with_figures(few, claims=(*few.figures.claims, *answers)))["better"]["summary"]
    assert summary.startswith("Of 4 claims, 1 is shown by the records; 1 of a worsening is shown by the records; 1 ")


def test_all_measures_in_figures_have_both_ends_of_what_cannot_be_told(shown):
    (first,) = [one for one in as_rows(shown["all_in_figures"]) if one["Measure"] == SENT.title]
    assert (first["Average of the chart"], first["Cannot tell"]) == ("53%", "182")
    assert first["If none or all were met"] == "53% to 58%"
    waits = [one for one in as_rows(shown["all_in_figures"]) if one["Measure"] == HALF.title]
    assert re.fullmatch(r"1 h \d\d", waits[0]["Whole period"])


def test_the_figures_of_a_chart_are_a_table_with_a_row_for_each_period():
    (found,) = [one for one in over_time().measures if one.measure is FOUND]
    rows = as_rows(figures_table(found.chart, unit=FigureUnit.SHARE, title=FOUND.title))
    assert len(rows) == 24
    assert rows[9]["Figure"] == "–" and rows[9]["What it is"].startswith("Nothing was recorded")
    assert re.fullmatch(r"\d+ of \d+", rows[0]["Of how many"])
    assert re.fullmatch(r"\d+% to \d+%", rows[0]["Limits"])


def test_the_same_figures_are_a_csv_file_inside_the_page_to_the_last_digit():
    (found,) = [one for one in over_time().measures if one.measure is SENT]
    link = chart_csv_link(found.chart, is_made_up=True)
    assert link.startswith("data:text/csv;charset=utf-8,")
    rows = list(csv.DictReader(StringIO(unquote(link.partition(",")[2]))))
    assert [float(one["value"]) for one in rows] == [one.point.value for one in found.chart.points]
    assert {one["records"] for one in rows} == {"made-up data"}
    assert rows[-1]["meaning"] == "improvement"
    assert "made-up" not in chart_csv_link(found.chart, is_made_up=False)


def test_the_headline_says_what_its_chart_shows_and_not_why():
    (first, *_) = headlines(measured_report(400))
    said = "".join(one.words for one in first.sentence)
    assert said.endswith(
        "Over time: more often since August 2024, from 52% to 63%. Chance alone would seldom make that improvement; "
        "why it came, the records do not show."
    )
    assert "Over time" not in "".join(one.words for one in headlines(drawn_report(400))[0].sentence)


def test_a_dive_without_measures_has_neither_the_page_nor_the_section():
    page = report_page(drawn_report(60))
    assert 'id="better"' not in page and 'id="over-time"' not in page
    empty = report_page(with_figures(drawn_report(60), over_time=over_time(measures=())))
    assert 'id="better"' not in empty


def test_the_answers_to_claims_come_first_with_who_said_what_and_from_when():
    shown = better(claimed_report(400))
    first, second = shown["better"]["claims"]
    assert first.said_by == "Said by the deputy chief constable, to the police and crime panel, 14 February 2025:"
    assert (first.words, first.answer) == ("We now get to missing children faster.", "The records show it.")
    assert second.answer.startswith("Too early: ask again on")
    assert "claimed from" in first.wide and "claimed from" in first.narrow
    assert [one.title for one in shown["better"]["charts"]] == [LATE.title]  # three in all, none of them twice
    assert any(one.startswith("What else could explain it") for one in shown["claims"][0].working)
    page = report_page(claimed_report(400))
    assert page.index("What is said to be better") < page.index("at a glance")
    assert len(set(re.findall(r'\bid="([^"]+)"', page))) == len(re.findall(r'\bid="([^"]+)"', page))


def test_measures_none_of_which_is_given_are_told_with_the_reason():
    report = measured_report(400)
    none = replace(report.figures.over_time, measures=())
    page = report_page(with_figures(report, over_time=none))
    assert f"“{AGAIN.title}”: it is given once" in page
    assert '<a href="#over-time">' in page and 'id="over-time"' in page
    assert 'id="over-time"' not in report_page(with_figures(report, over_time=replace(none, not_given=())))


def test_claims_for_which_the_second_page_has_no_room_are_said_to_come_later():
    assert better(claimed_report(400))["better"]["more_claims"] == ""
    few = claimed_report(400)
    four = with_figures(few, over_time=few.figures.over_time, claims=few.figures.claims * 2)
    assert better(four)["better"]["more_claims"] == "1 more claim is answered further on."


def test_the_false_signals_to_be_expected_are_those_of_the_charts_of_claims_too():
    without, claimed = measured_report(400), claimed_report(400)
    charts = [one.chart.chart for one in claimed.figures.claims]
    assert None not in charts
    of_claims, of_measures = false_signals_expected(charts), false_signals_expected(without.figures.over_time.charts)
    together = claimed.figures.false_signals
    assert without.figures.false_signals == of_measures
    assert together.charts == of_measures.charts + of_claims.charts == len(without.figures.over_time.charts) + 2
    assert together.expected == pytest.approx(of_measures.expected + of_claims.expected)
    assert together.with_a_signal == of_measures.with_a_signal + of_claims.with_a_signal
    assert f"This dive draws {together.charts} charts." in better(claimed)["better"]["note"]


def test_pictures_have_ids_of_their_own():
    page = report_page(measured_report(400))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_a_measure_that_is_neither_better_nor_worse_is_no_improvement(shown):
    assert of(shown, REPORTS).meaning == ""
    assert of(shown, REPORTS).in_short == "no sign of a change since July 2024"


def test_every_reason_for_no_figure_has_words():
    assert set(NO_FIGURE) == set(NoValue)


@pytest.mark.parametrize("none", [None, MeasuresOverTime((), ())])
def test_claims_are_answered_where_the_dive_gives_no_measure(none):
    report = claimed_report(400)
    answers = [replace(one, chart=None, in_short=InShort.CANNOT_TELL) for one in report.figures.claims]
    without = with_figures(report, over_time=none, claims=tuple(answers))
    shown = better(without)
    assert shown["better"]["summary"] == "Of 2 claims, 2 cannot be told. This dive gives no measure over time."
    assert [one.answer for one in shown["claims"]] == ["Cannot tell.", "Cannot tell."]
    page = report_page(without)
    assert page.count("We now get to missing children faster.") >= 2
