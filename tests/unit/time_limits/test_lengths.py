import pytest

from wardline.time_limits import (
    CountingTheFirst,
    Length,
    NotALength,
    SameDay,
    TimeIn,
    ToBeSet,
    Unit,
    is_a_day_or_longer,
    is_in_days_or_longer,
    read_length,
)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("15 minutes", Length(15, Unit.MINUTES)),
        ("1 minute", Length(1, Unit.MINUTES)),
        ("72 hours", Length(72, Unit.HOURS)),
        ("3 days", Length(3, Unit.DAYS)),
        ("1 working day", Length(1, Unit.WORKING_DAYS)),
        ("2 working days", Length(2, Unit.WORKING_DAYS)),
        ("12 weeks", Length(12, Unit.WEEKS)),
        ("6 months", Length(6, Unit.MONTHS)),
        ("same day", SameDay()),
        ("56 days counting the first", CountingTheFirst(56)),
        ("1 day counting the first", CountingTheFirst(1)),
    ],
)
def test_a_length_is_read_and_written_back(text, limit):
    assert read_length(text) == limit
    assert str(limit) == text


def test_spaces_and_capitals_do_not_matter():
    assert read_length("  2  Working   Days ") == Length(2, Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    "text", ["3", "hours", "3 fortnights", "3.5 hours", "-1 days", "3hours", "", "0 days counting the first"]
)
def test_what_is_no_length_is_told_with_what_to_write(text):
    with pytest.raises(NotALength, match="is not a length of time") as told:
        read_length(text)
    assert "working days" in told.value.remedy and "hours`" in told.value.remedy


def test_the_remedy_keeps_the_number_that_was_written():
    assert "`15 hours`" in NotALength("15").remedy


@pytest.mark.parametrize(
    ("text", "keeps_to_days"),
    [
        ("90 minutes", False),
        ("72 hours", False),
        ("3 days", True),
        ("2 working days", True),
        ("1 week", True),
        ("6 months", True),
        ("same day", True),
        ("56 days counting the first", True),
    ],
)
def test_limits_in_days_or_longer_keep_to_local_days(text, keeps_to_days):
    assert is_in_days_or_longer(read_length(text)) is keeps_to_days


def test_other_limits_have_words_too():
    assert str(TimeIn("review_due")) == "the time in review_due"
    assert str(ToBeSet()) == "to be set"


@pytest.mark.parametrize(
    ("text", "is_long_enough"),
    [
        ("23 hours", False),
        ("24 hours", True),
        ("1439 minutes", False),
        ("1440 minutes", True),
        ("72 hours", True),
        ("1 day", True),
        ("2 working days", True),
        ("same day", True),
        ("1 day counting the first", True),
    ],
)
def test_twenty_four_hours_in_whatever_unit_are_a_day_or_longer(text, is_long_enough):
    assert is_a_day_or_longer(read_length(text)) is is_long_enough
