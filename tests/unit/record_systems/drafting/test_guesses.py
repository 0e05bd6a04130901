"""What a draft guesses of a column: how its times are read, what its heading says, which event it may be."""

from __future__ import annotations

import polars as pl
import pytest

from wardline.record_systems.drafting.headings import ends_as_id, field_of_person, is_of_somebody, own_name, words_of
from wardline.record_systems.drafting.moments import clock_format_of, time_guess
from wardline.record_systems.drafting.vocabulary import CaseVocabulary, Vocabulary

MISSING = CaseVocabulary(
    {
        "reported": {},
        "risk_graded": {"grade": ("high", "medium", "low")},
        "officer_arrived": {},
        "officer_deployed": {},
        "child_found": {},
        "report_cancelled": {},
        "strategy_discussion": {},
        "council_told": {},
        "social_worker_told": {},
    },
    {"from_care": ("yes",), "district": (), "incident_no": ()},
    ("reported",),
)
WORDS = Vocabulary({"missing episode": MISSING, "referral": CaseVocabulary({"panel_closed": {}})})


@pytest.mark.parametrize(
    ("cells", "formats"),
    [
        (["2025-04-01 02:00", "2025-04-02 13:30"], ()),
        (["2025-04-01T02:00:10", "2025-04-02T13:30:00"], ()),
        (["2025-04-01", "2025-04-13"], ()),
        (["01/04/2025 02:00", "13/04/2025 13:30"], ("%d/%m/%Y %H:%M",)),
        (["04/01/2025 02:00:00", "04/13/2025 13:30:00"], ("%m/%d/%Y %H:%M:%S",)),
        (["01.04.2025", "13.04.2025"], ("%d.%m.%Y",)),
        (["01/04/25 02:00", "13/04/25 13:30"], ("%d/%m/%y %H:%M",)),
        (["03-Jan-2025 08:10", "13-Feb-2025 23:15"], ("%d-%b-%Y %H:%M",)),
        (["03/04/2025 2:30 PM", "13/04/2025 11:05 AM"], ("%d/%m/%Y %I:%M %p",)),
        (["20250401", "20250413"], ("%Y%m%d",)),
        (["01042025", "13042025"], ("%d%m%Y",)),
        (["2025-04-01T02:00Z", "2025-04-13 13:30 BST"], ()),
        (["01/04/2025 02:00 UTC", "13/04/2025 13:30 UTC"], ("%d/%m/%Y %H:%M %z",)),
        (["01/04/2025 02:00 BST", "13/01/2025 13:30 GMT"], ("%d/%m/%Y %H:%M %z",)),
        (["01/04/2025 02:00:10Z", "13/04/2025 13:30:00Z"], ("%d/%m/%Y %H:%M:%S%z",)),
        (["01/04/2025T02:00+01:00", "13/01/2025T13:30-05:00"], ("%d/%m/%YT%H:%M%z",)),
        (["04/01/2025 02:00 +0100", "04/13/2025 13:30 +01"], ("%m/%d/%Y %H:%M %z",)),
        (["1 April 2025 2:30 PM UTC", "13 April 2025 11:05 AM UTC"], ("%d %B %Y %I:%M %p %z",)),
        (["2025/04/01 02:00 GMT", "2025/04/13 13:30 GMT"], ("%Y/%m/%d %H:%M %z",)),
    ],
)
def test_the_manner_in_which_all_cells_read_is_found(cells: list[str], formats: tuple[str, ...]) -> None:
    guess = time_guess(pl.Series(cells))
    assert guess is not None
    assert (guess.formats, guess.read, guess.filled, guess.other) == (formats, 2, 2, None)


def test_it_is_said_how_many_cells_read_and_how_many_decide() -> None:
    cells = pl.Series(["13/04/2025", "01/04/2025", "02/04/2025"] * 6 + ["soon", None])
    guess = time_guess(cells)
    assert guess is not None
    assert guess.in_words() == ("18 of 19 cells read as day/month/year, without a time of day, 6 of them only so")


def test_a_few_dates_among_many_times_are_always_seen() -> None:
    times = [
        f"{day:02}/{month:02}/2025 {hour:02}:00" for month in range(1, 13) for day in range(1, 29) for hour in range(24)
    ]
    cells = [*times, "14/05/2025", "03/04/2025"]
    for order in (cells, cells[::-1], cells[5000:] + cells[:5000]):
        guess = time_guess(pl.Series(order))
        assert guess is not None
        assert (guess.formats, guess.read) == (("%d/%m/%Y %H:%M", "%d/%m/%Y"), len(cells))


def test_nothing_is_decided_where_every_cell_reads_both_ways() -> None:
    guess = time_guess(pl.Series(["01/04/2025 10:00", "02/03/2025 11:00"]))
    assert guess is not None
    assert (guess.formats, guess.other) == (("%d/%m/%Y %H:%M",), "%m/%d/%Y %H:%M")
    assert guess.in_words() == "2 of 2 cells read as day/month/year, and as month/day/year as well"


def test_a_second_manner_is_taken_in_where_some_cells_have_it() -> None:
    guess = time_guess(pl.Series(["13/04/2025 10:00"] * 9 + ["14/04/2025"]))
    assert guess is not None
    assert guess.formats == ("%d/%m/%Y %H:%M", "%d/%m/%Y")
    assert (guess.read, guess.filled) == (10, 10)


@pytest.mark.parametrize(
    ("cells", "formats"),
    [
        # Half of the dates a spreadsheet took for its own, and the other half it left as texts.
        (["2025-01-03 18:00:00"] * 9 + ["13/03/2025 18:00"] * 11, ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S")),
        (["2025-01-03 18:00:00"] * 11 + ["13/03/2025 18:00"] * 9, ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M")),
        (["2025-01-03"] * 9 + ["03/13/2025"] * 11, ("%m/%d/%Y", "%Y-%m-%d")),
        (["2025-01-03 18:00"] * 19 + ["13/03/2025 18:00"], ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")),
        (["13/03/2025 18:00 BST"] * 9 + ["13/01/2025 18:00"] * 2, ("%d/%m/%Y %H:%M %z", "%d/%m/%Y %H:%M")),
        (["13/03/2025 18:00"] * 9 + ["3 Mar 2025 18:00"] * 2, ("%d/%m/%Y %H:%M", "%d %b %Y %H:%M")),
    ],
)
def test_a_column_in_several_manners_is_read_by_all_of_them(cells: list[str], formats: tuple[str, ...]) -> None:
    guess = time_guess(pl.Series(cells))
    assert guess is not None
    assert (guess.formats, guess.read, guess.other) == (formats, len(cells), None)


def test_it_is_said_in_which_manners_and_which_cells_decide_on_one() -> None:
    guess = time_guess(pl.Series(["2025-01-03 18:00:00"] * 12 + [f"{day}/03/2025 18:00" for day in range(11, 21)]))
    assert guess is not None
    assert guess.in_words() == (
        "22 of 22 cells read as day/month/year or year/month/day, 8 of them only as day/month/year"
    ) or guess.in_words() == (
        "22 of 22 cells read as year/month/day or day/month/year, 8 of them only as day/month/year"
    )


def test_day_and_month_are_never_in_both_orders_in_one_column() -> None:
    guess = time_guess(pl.Series([f"{day}/03/2025" for day in range(13, 28)] + ["03/28/2025"]))
    assert guess is not None
    assert (guess.formats, guess.read, guess.only_this_way, guess.only_the_other_way) == (("%d/%m/%Y",), 15, 15, 1)


def test_nothing_is_decided_by_cells_in_another_manner() -> None:
    guess = time_guess(pl.Series(["2025-01-13 18:00"] * 5 + ["03/04/2025 18:00"] * 6))
    assert guess is not None
    assert (guess.formats, guess.other) == (("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"), "%m/%d/%Y %H:%M")
    assert guess.formats_otherwise == ("%m/%d/%Y %H:%M", "%Y-%m-%d %H:%M")


@pytest.mark.parametrize("cells", [["Ada", "Bram"], ["1001", "1002"], ["18:05", "19:10"], ["12345678"], [None]])
def test_what_is_no_time_is_not_taken_for_one(cells: list[str | None]) -> None:
    assert time_guess(pl.Series(cells, dtype=pl.String)) is None


@pytest.mark.parametrize(
    ("cells", "clock"),
    [(["18:05", "9:10"], "%H:%M"), (["18:05:10", "09:10:00"], "%H:%M:%S"), (["1805", "0910"], "%H%M"), (["18"], None)],
)
def test_a_time_of_day_alone_is_told(cells: list[str], clock: str | None) -> None:
    assert clock_format_of(pl.Series(cells)) == clock


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("FoundDate", ("found", "date")),
        ("found_date", ("found", "date")),
        ("Found date", ("found", "date")),
        ("PersonURN", ("person", "urn")),
        ("Name1", ("name", "1")),
        ("Tel.", ("tel",)),
    ],
)
def test_a_heading_is_taken_apart_into_words(heading: str, words: tuple[str, ...]) -> None:
    assert words_of(heading) == words


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Forename", "given name"),
        ("Child surname", "family name"),
        ("DOB", "date of birth"),
        ("SubjectDOB", "date of birth"),
        ("BornOn", "date of birth"),
        ("Gender", "sex"),
        ("SelfDefined", "ethnicity"),
        ("Ethnicity16", "ethnicity"),
        ("PostCode", "postcode"),
        ("Mobile", "phone"),
        ("Risk", None),
    ],
)
def test_the_fields_of_a_person_are_known_by_their_headings(heading: str, field: str | None) -> None:
    assert field_of_person(words_of(heading)) == field


def test_headings_of_somebody_are_told_from_those_of_codes() -> None:
    assert is_of_somebody(words_of("OfficerName")) and is_of_somebody(words_of("Updated by"))
    assert not is_of_somebody(words_of("PersonType")) and not is_of_somebody(words_of("AdultChild"))
    assert ends_as_id(words_of("IncidentRef")) and not ends_as_id(words_of("Reported"))


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("ReportedTime", "reported"),
        ("Time of arrival", "officer_arrived"),
        ("AtScene", "officer_arrived"),
        ("Dispatched", "officer_deployed"),
        ("FoundDate", "child_found"),
        ("GradedTime", "risk_graded"),
        ("Cancelled", "report_cancelled"),
        ("Closed", None),
        ("Weather", None),
    ],
)
def test_an_event_is_known_by_its_heading_or_the_words_of_the_trade(text: str, event: str | None) -> None:
    assert WORDS.event(text, "missing episode") == event


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("ARR", "officer_arrived"),
        ("CANC", "report_cancelled"),
        ("STRAT", "strategy_discussion"),
        ("LA", "council_told"),
        ("SW", "social_worker_told"),
        ("XX", None),
        ("File note", None),
    ],
)
def test_an_event_is_known_by_how_its_code_begins(code: str, event: str | None) -> None:
    assert WORDS.event(code, "missing episode", is_code=True) == event


def test_a_word_that_tells_an_event_from_others_must_be_there() -> None:
    assert WORDS.event("Closed", "referral") is None
    assert WORDS.event("Panel closed", "referral") == "panel_closed"


def test_attributes_are_known_too() -> None:
    assert WORDS.attribute("HomeType", "missing episode") == "from_care"
    assert WORDS.attribute("IncidentNumber", "missing episode") == "incident_no"
    assert WORDS.attribute_of_event("Risk", "missing episode") == ("risk_graded", "grade")
    assert WORDS.case_type(["missing", "EpisodeNo"]) == "missing episode"
    assert WORDS.case_type(["calls"]) is None


def test_a_name_of_its_own_is_one_that_standards_can_use() -> None:
    assert own_name(words_of("1st close"), ()) == "column_1st_close"
    assert own_name(("risk",), ("risk",)) == "risk_2"
