import pytest

from wardline.reports.shares import Share


# Worked by hand from the formula of Wilson (1927), and as R's binom.confint(method="wilson") gives them.
@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1201, 3150, 0.3645, 0.3984)],
)
def test_the_interval_is_wilsons(part, whole, low, high):
    assert Share(part, whole).interval() == pytest.approx((low, high), abs=0.00006)


def test_under_ten_occasions_no_percentage_is_given():
    assert Share(4, 9).in_words() == "4 of 9"
    assert Share(4, 9).as_figure() == "4 of 9"
    assert Share(4, 10).in_words() == "4 of 10 (40%)"
    assert Share(1201, 3150).in_words() == "1,201 of 3,150 (38%)"


def test_a_share_that_is_neither_none_nor_all_never_says_so():
    assert Share(1, 1000).percent() == "under 1%"
    assert Share(999, 1000).percent() == "over 99%"
    assert Share(0, 1000).percent() == "0%"
    assert Share(1000, 1000).percent() == "100%"


def test_a_share_of_nothing_is_a_dash():
    assert Share(0, 0).as_figure() == "–"
    assert Share(0, 0).interval() == (0.0, 1.0)
