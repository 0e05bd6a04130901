"""The bar of an obligation: as long as its parts, read without its colours, and never without its words."""

import re

from tests.unit.reports.made_up import ATTEND, NOT_CLOSED, finding, report
from wardline.reports.outcome_bar import key_of_bars, outcome_bar


def counted(*outcomes, item=ATTEND):
    findings = [finding(item, f"compact:{at}", outcome=one, wait=5) for at, one in enumerate(outcomes)]
    return report(findings).figures.obligations[item.key]


def widths(drawn):
    return [float(one) for one in re.findall(r'<rect [^>]*?width="([\d.]+)"', drawn)]


def test_each_part_is_as_long_as_its_share():
    drawn = outcome_bar(ATTEND, counted(*["met"] * 50, *["late"] * 30, *["missed"] * 20), "bar", is_made_up=True)
    met, late, missed = widths(drawn)
    assert (round(met / 300, 1), round(late / 300, 1), round((missed + 1.5) / 300, 1)) == (0.5, 0.3, 0.2)


def test_one_of_thousands_is_still_seen():
    drawn = outcome_bar(ATTEND, counted(*["met"] * 3000, "late"), "bar", is_made_up=True)
    assert widths(drawn)[1] >= 1.5


def test_it_says_its_figures_in_words_and_that_the_data_are_made_up():
    drawn = outcome_bar(ATTEND, counted("met", "late", "late"), "bar", is_made_up=True)
    assert "1 recorded in time, 2 recorded late, 0 no record found" in drawn
    assert "Made-up data" in drawn
    assert 'aria-labelledby="bar-title bar-text"' in drawn


def test_what_must_not_happen_is_never_late():
    drawn = outcome_bar(NOT_CLOSED, counted("met", "missed", item=NOT_CLOSED), "bar", is_made_up=False)
    assert "recorded late" not in drawn
    assert "Made-up data" not in drawn


def test_there_is_no_bar_where_nothing_can_be_judged():
    assert outcome_bar(ATTEND, counted("cannot_tell"), "bar", is_made_up=True) is None


def test_each_mark_of_the_key_differs_by_more_than_colour():
    marks = [drawn for drawn, _ in key_of_bars()]
    assert len({re.sub(r"#[0-9a-f]{6}", "", one) for one in marks}) == 3
