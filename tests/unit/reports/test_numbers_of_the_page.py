"""Every number that a page shows was counted: it is the value of a figure, and none is reckoned on the way to the
page.
"""

import html
import re

import pytest

from tests.unit.reports.made_up import with_figures
from tests.unit.reports.measured import measured_report
from wardline.measures import Count, Counted, every_count
from wardline.reports import report_page

# Of the dates and versions of the made-up report; what stands in cells of code are case ids, pseudonyms and checksums.
YEARS = {"2005", "2017", "2023", "2024", "2025"}  # 2005: of a publication
LEAST = 100  # smaller numbers are days, hours and limits too


@pytest.fixture(scope="module")
def made():
    return measured_report(2000)


def numbers_shown(page):
    """The whole numbers of at least LEAST in the text of a page; no percentages, no lengths of time."""
    # Averages and limits of a chart are estimates, and the marks of its scale are neither.
    page = re.sub(r"<svg.*?</svg>|<details.*?</details>|data:text/csv[^\"]*", " ", page, flags=re.DOTALL)
    body = re.sub(r"<style>.*?</style>|<(t[hd])[^>]*class=\"[^\"]*code[^\"]*\">.*?</\1>", " ", page, flags=re.DOTALL)
    body = re.sub(r"<text class=\"scale\".*?</text>", " ", body)  # round numbers below a picture
    text = html.unescape(re.sub(r"<[^>]+>", " ", body))
    found = re.findall(r"(?<![\w.:/-])(\d{1,3}(?:,\d{3})+|\d+)(?![\w.:%/-]| d\b)", text)
    return {number for number in found if int(number.replace(",", "")) >= LEAST} - YEARS


def values_of(report):
    return {f"{count.value:,}" for count in every_count(report.figures)}


def test_every_number_of_a_page_is_the_value_of_a_figure(made):
    shown = numbers_shown(report_page(made))
    assert len(shown) > 50
    assert shown - values_of(made) == set()


def test_a_number_that_was_not_counted_would_be_seen(made):
    page = report_page(made).replace("</main>", "<p>Of these, 7,654,321 were late.</p></main>")
    assert numbers_shown(page) - values_of(made) == {"7,654,321"}


def test_another_value_of_a_figure_is_another_number_on_the_page(made):
    other = with_figures(made, cannot_be_told=Count(Counted.OCCASION, 7_654_321))
    assert "Occasions for which we cannot tell: 7,654,321" in report_page(other)
    assert numbers_shown(report_page(other)) - values_of(made) == {"7,654,321"}
