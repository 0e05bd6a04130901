from datetime import date

import pytest

from wardline.time_limits import NATIONS, Calendar, UnknownNation, bank_holidays, first_and_last_year, nation_called
from wardline.time_limits.bank_holidays import DATA_FILE
from wardline.time_limits.make_bank_holidays import bank_holidays_as_text


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_the_data_file_holds_what_the_installed_library_yields():
    kept, made = DATA_FILE.read_text(encoding="utf-8"), bank_holidays_as_text()
    # The first line names the library's version, which may move on while the days stay.
    assert kept.splitlines()[1:] == made.splitlines()[1:]


def test_the_data_file_says_which_version_of_the_library_made_it():
    assert "from holidays 0." in DATA_FILE.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize("nation", NATIONS)
def test_the_years_2010_to_2035_are_known(nation):
    assert first_and_last_year(nation) == (2010, 2035)


# The weekdays off of 2024 and 2025, from the lists that the government publishes (gov.uk/bank-holidays).
PUBLISHED = {
    ("England", 2024): "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    ("Wales", 2024): "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    ("Scotland", 2024): "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
    ("Northern Ireland", 2024): "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
    ("England", 2025): "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    ("Wales", 2025): "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    ("Scotland", 2025): "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
    ("Northern Ireland", 2025): "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
}


@pytest.mark.parametrize(("nation", "year"), PUBLISHED)
def test_the_weekdays_off_are_those_that_the_government_published(nation, year):
    published = {day(f"{year}-{text}") for text in PUBLISHED[nation, year].split()}
    ours = {off for off in bank_holidays(nation) if off.year == year and off.weekday() < 5}
    assert ours == published


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize(
    "text",
    [
        "2011-04-29",  # a royal wedding
        "2012-06-04",
        "2012-06-05",  # diamond jubilee; the spring holiday moved to the day before it
        "2020-05-08",  # the May holiday moved to the anniversary of VE day
        "2022-06-02",
        "2022-06-03",  # platinum jubilee; the spring holiday moved
        "2022-09-19",  # a state funeral
        "2023-05-08",  # coronation
    ],
)
def test_single_holidays_are_known_in_every_nation(nation, text):
    assert day(text) in bank_holidays(nation)


@pytest.mark.parametrize("text", ["2012-05-28", "2020-05-04", "2022-05-30"])
def test_the_mondays_from_which_holidays_moved_are_working_days(text):
    assert all(day(text) not in bank_holidays(nation) for nation in NATIONS)


@pytest.mark.parametrize(
    "text",
    [
        "2011-01-03",  # for Saturday 1 January
        "2016-12-27",  # for Sunday 25 December
        "2020-12-28",  # for Saturday 26 December
        "2021-12-27",
        "2021-12-28",  # for a Saturday and a Sunday
        "2022-01-03",
        "2022-12-27",
        "2023-01-02",
    ],
)
def test_substitute_days_are_known_in_every_nation(text):
    assert all(day(text) in bank_holidays(nation) for nation in NATIONS)


def test_scotland_has_the_second_of_january_and_saint_andrews_day_but_no_easter_monday():
    scotland = bank_holidays("Scotland")
    assert {day("2024-01-02"), day("2022-01-04"), day("2023-01-03"), day("2021-11-30"), day("2019-12-02")} <= scotland
    assert day("2024-04-01") not in scotland
    assert day("2024-08-05") in scotland and day("2024-08-26") not in scotland


@pytest.mark.parametrize("nation", ["England", "Wales", "Northern Ireland"])
def test_the_other_nations_work_on_the_second_of_january_and_saint_andrews_day(nation):
    assert {day("2024-01-02"), day("2022-11-30")}.isdisjoint(bank_holidays(nation))


def test_only_northern_ireland_has_saint_patricks_day_and_the_twelfth_of_july():
    both = {day("2023-03-17"), day("2023-07-12")}
    assert both <= bank_holidays("Northern Ireland")
    assert all(both.isdisjoint(bank_holidays(nation)) for nation in NATIONS if nation != "Northern Ireland")


@pytest.mark.parametrize("ask", [bank_holidays, first_and_last_year])
def test_an_unknown_nation_is_told_with_the_four_that_are_known(ask):
    with pytest.raises(UnknownNation, match='"Great Britain" .*: England, Wales, Scotland, Northern Ireland'):
        ask("Great Britain")


@pytest.mark.parametrize("name", ["england", "ENGLAND", " England ", "England"])
def test_a_nation_is_known_in_whatever_letters_it_is_written(name):
    assert bank_holidays(name) == bank_holidays("England")
    assert Calendar("Europe/London", name) == Calendar("Europe/London", "England")
    assert nation_called("northern  ireland") == "Northern Ireland"
