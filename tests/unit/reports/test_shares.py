import pytest

from wardline.measures import Count, Counted, Share
from wardline.reports.figures_in_words import as_figure, as_percent, in_words


def share(part, whole):
    return Share(Count(Counted.OCCASION, part), Count(Counted.OCCASION, whole))


# Worked by hand from the formula of Wilson (1927), and as R's binom.confint(method="wilson") gives them.
@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1201, 3150, 0.3645, 0.3984)],
)
def test_the_interval_is_wilsons(part, whole, low, high):
    assert share(part, whole).interval() == pytest.approx((low, high), abs=0.00006)


def test_under_ten_occasions_no_percentage_is_given():
    assert in_words(share(4, 9)) == "4 of 9"
    assert as_figure(share(4, 9)) == "4 of 9"
    assert in_words(share(4, 10)) == "4 of 10 (40%)"
    assert in_words(share(1201, 3150)) == "1,201 of 3,150 (38%)"


def test_a_share_that_is_neither_none_nor_all_never_says_so():
    assert as_percent(share(1, 1000)) == "under 1%"
    assert as_percent(share(999, 1000)) == "over 99%"
    assert as_percent(share(0, 1000)) == "0%"
    assert as_percent(share(1000, 1000)) == "100%"


def test_a_share_of_nothing_is_a_dash():
    assert as_figure(share(0, 0)) == "–"
    assert share(0, 0).interval() == (0.0, 1.0)
