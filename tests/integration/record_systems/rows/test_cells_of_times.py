"""What the cells of a time can say: whole days, words, and times of day that stand apart from their date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import CASES, CASES_OF_A_LOG, Read, at, read
from tests.unit.workbooks.written import cell, row, write_xlsx
from wardline.errors import DocumentError
from wardline.record_systems import RejectReason, parse_mapping

LAST = "23:59:59.999999"
PAIR = CASES + "    events: {found: {date: Found, time: Typed}}\n"
BRITISH = '    time format: "%d/%m/%Y %H:%M"\n'


def found(tmp_path: Path, mapping: str, *rows: str) -> Read:
    return read(tmp_path, mapping, {"episodes.csv": "\n".join(["No,Reported,Found,Typed", *rows]) + "\n"})


def interval(read_: Read) -> list[tuple[object, ...]]:
    return read_.rows("events", "happened_at", "happened_by")


def cells_rejected(read_: Read) -> list[tuple[object, ...]]:
    return [reject[1:] for reject in read_.rejects() if reject[2] in ("Found", "Typed")]


# A DATE AND A TIME OF DAY


def test_a_full_date_beside_an_empty_time_of_day_is_no_event(tmp_path: Path) -> None:
    read_ = found(tmp_path, PAIR + BRITISH, "E1,,03/01/2025 18:00,", "E2,,04/01/2025 18:00,18:20", "E3,,05/01/2025,")
    assert interval(read_) == [(at("2025-01-04 18:20"), None), (at("2025-01-05 00:00"), at(f"2025-01-05 {LAST}"))]
    assert cells_rejected(read_) == []


def test_midnight_beside_an_empty_time_of_day_is_the_whole_day(tmp_path: Path) -> None:
    assert interval(found(tmp_path, PAIR, "E1,,2025-01-03 00:00:00,")) == [
        (at("2025-01-03 00:00"), at(f"2025-01-03 {LAST}"))
    ]


def test_a_full_date_in_the_cell_of_the_time_of_day_gives_its_time_of_day(tmp_path: Path) -> None:
    read_ = found(tmp_path, PAIR, "E1,,2025-01-03,2025-01-01 10:15:30", "E2,,2025-01-03 18:00,1900-01-01 10:15")
    assert interval(read_) == [(at("2025-01-03 10:15:30"), None), (at("2025-01-03 10:15"), None)]


def test_the_cell_that_cannot_be_read_is_the_one_that_is_rejected(tmp_path: Path) -> None:
    read_ = found(tmp_path, PAIR + BRITISH, "E1,,03/01/2025,26:05", "E2,,someday,10:00", "E3,,,10:00")
    assert cells_rejected(read_) == [
        (2, "Typed", "The time cannot be read."),
        (3, "Found", "The time cannot be read."),
        (4, "Typed", "There is a time of day here without a date."),
    ]
    assert interval(read_) == [(None, None)] * 3


def test_cells_of_a_workbook_that_hold_more_than_they_show_are_read_apart(tmp_path: Path) -> None:
    header = row(1, "No", "Reported", "Found", "Typed")
    rows = [
        row(2, "E1", cell("C2", "45719.75", style=1), cell("D2", "0.4236111111", style=3)),
        row(3, "E2", cell("C3", "45719", style=1), cell("D3", "45719.4236111111", style=3)),
        row(4, "E3", cell("C4", "45719.75", style=1)),
        row(5, "E4", cell("C5", "45719", style=1), cell("D5", "#N/A", kind="e")),
        row(6, "E5", cell("C6", "45719", style=1), cell("D6", "1.0868055556", style=4)),
    ]
    book = write_xlsx(tmp_path / "episodes.xlsx", {"One": header + "".join(rows)}).read_bytes()
    read_ = read(tmp_path, PAIR.replace("episodes*.csv", "episodes.xlsx"), {"episodes.xlsx": book})
    assert interval(read_) == [(at("2025-03-03 10:10"), None)] * 2 + [(None, None)] * 2
    assert cells_rejected(read_) == [(5, "Typed", "The time cannot be read."), (6, "Typed", "The time cannot be read.")]


# THE DAY OF ANOTHER TIME

DAY_OF = CASES + "    events: {found: {time: Typed, day of: Found, next day if earlier: yes}}\n"


@pytest.mark.parametrize(
    ("other", "clock", "moment"),
    [
        ("2025-01-03 23:50", "00:10", "2025-01-04 00:10"),
        ("2025-01-03 18:00", "18:20", "2025-01-03 18:20"),
        ("2025-01-03 18:00:40", "18:00", "2025-01-03 18:00"),
        ("2025-12-31 23:59", "23:58", "2026-01-01 23:58"),
        ("2025-03-29 23:50", "02:10", "2025-03-30 01:10"),
    ],
)
def test_a_time_of_day_may_be_of_the_day_of_another_or_of_the_next(
    other: str, clock: str, moment: str, tmp_path: Path
) -> None:
    assert interval(found(tmp_path, DAY_OF, f"E1,,{other},{clock}")) == [(at(moment), None)]


def test_the_day_of_another_time_has_to_be_known(tmp_path: Path) -> None:
    read_ = found(
        tmp_path,
        DAY_OF,
        *("E1,,2025-01-03,10:00", "E2,,,10:00", "E3,,2025-01-03 10:00,later", "E4,,2025-01-03 10:00,", "E5,,n/k,10:00"),
        *("E6,,,n/k", "E7,,2025-01-03,n/k", "E8,,n/k,n/k"),
    )
    assert interval(read_) == [(None, None)] * 7
    assert cells_rejected(read_) == [
        (2, "Typed", RejectReason.CLOCK_OF_TWO_DAYS.value),
        (3, "Typed", RejectReason.CLOCK_WITHOUT_DATE.value),
        (4, "Typed", RejectReason.UNREADABLE_TIME.value),
        (6, "Typed", RejectReason.CLOCK_OF_UNREADABLE_DAY.value),
        *((row, "Typed", RejectReason.UNREADABLE_TIME.value) for row in (7, 8, 9)),
    ]


def test_words_without_a_date_are_no_time_of_day(tmp_path: Path) -> None:
    read_ = found(tmp_path, PAIR, "E1,,,10:00", "E2,,,n/k")
    assert cells_rejected(read_) == [
        (2, "Typed", RejectReason.CLOCK_WITHOUT_DATE.value),
        (3, "Typed", RejectReason.UNREADABLE_TIME.value),
    ]


def test_without_the_next_day_a_day_alone_is_enough(tmp_path: Path) -> None:
    mapping = DAY_OF.replace(", next day if earlier: yes", "")
    read_ = found(tmp_path, mapping, "E1,,2025-01-03,10:00", "E2,,2025-01-03 18:00,10:00")
    assert interval(read_) == [(at("2025-01-03 10:00"), None)] * 2


# WORDS

WORDS = "{at: Found, texts: {STILL MISSING: no event, refused: no event}}"


def test_a_word_may_say_that_there_was_no_event(tmp_path: Path) -> None:
    mapping = (
        CASES + "    closed at: {column: Found, texts: {STILL MISSING: no event}}\n    events: {found: " + WORDS + "}\n"
    )
    read_ = found(tmp_path, mapping, "E1,,STILL MISSING,", "E2,,2025-01-03 10:00,", "E3,,??,")
    assert interval(read_) == [(at("2025-01-03 10:00"), None), (None, None)]
    assert read_.rows("cases", "closed_at") == [(None,), (at("2025-01-03 10:00"),), (None,)]
    assert cells_rejected(read_) == [(4, "Found", "The time cannot be read.")]


def test_such_a_word_is_known_in_whatever_letters_it_is_written(tmp_path: Path) -> None:
    mapping = f"{CASES}    events: {{found: {WORDS}}}\n"
    assert interval(found(tmp_path, mapping, "E1,,Still  missing,", "E2,,REFUSED,", "E3,,missing,")) == [(None, None)]


def test_such_a_word_stands_above_what_else_says_that_it_happened(tmp_path: Path) -> None:
    mapping = (
        CASES + "    events: {found: " + WORDS.replace("at: Found,", "at: Found, happened if: {Typed: Y},") + "}\n"
    )
    assert interval(found(tmp_path, mapping, "E1,,refused,Y", "E2,,,Y")) == [(None, None)]


def test_a_row_that_is_an_event_is_left_out_where_a_word_says_so(tmp_path: Path) -> None:
    mapping = CASES_OF_A_LOG + "    event: found\n    at: {column: Found, texts: {refused: no event}}\n"
    read_ = found(tmp_path, mapping, "E1,,refused,", "E2,,2025-01-03 10:00,")
    assert read_.rows("cases", "case_id") == [("compact:E2",)]
    assert (read_.count("episodes.csv").kept, read_.count("episodes.csv").left_out) == (1, 1)


# WHOLE DAYS

HELD = CASES + "    events: {found: {at: Found}}\n"
DAY = (at("2025-01-03 00:00"), at(f"2025-01-03 {LAST}"))


@pytest.mark.parametrize("clock", ["00:00:00", "00:00", "00:00:00.000", "00:00:00Z"])
def test_a_column_of_midnights_is_one_of_days(clock: str, tmp_path: Path) -> None:
    read_ = found(tmp_path, HELD, f"E1,2025-01-03 10:00,2025-01-03 {clock},")
    assert interval(read_) == [DAY]
    assert any("Every time of day in column Found is midnight" in remark for remark in read_.remarks())


SUMMER_DAY = (at("2025-07-02 23:00"), at("2025-07-03 22:59:59.999999"))
WINTER_DAY = (at("2025-01-06 00:00"), at("2025-01-06 23:59:59.999999"))


@pytest.mark.parametrize(
    ("summer", "winter"),
    [
        ("2025-07-02T23:00:00Z", "2025-01-06T00:00:00Z"),
        ("2025-07-02 23:00 UTC", "2025-01-06 00:00 UTC"),
        ("2025-07-02 23:00:00.000+00:00", "2025-01-06 00:00:00.000+00:00"),
        ("2025-07-03T00:00:00+01:00", "2025-01-06T00:00:00+00:00"),
        ("2025-07-03 00:00 BST", "2025-01-06 00:00 GMT"),
        ("2025-07-03T04:30:00+05:30", "2025-01-06T05:30:00+05:30"),
        ("2025-07-02 19:00-0400", "2025-01-05 19:00-0500"),
    ],
)
def test_midnights_that_are_written_for_another_zone_are_days_too(summer: str, winter: str, tmp_path: Path) -> None:
    read_ = found(tmp_path, HELD, f"E1,,{summer},", f"E2,,{winter},")
    assert interval(read_) == [SUMMER_DAY, WINTER_DAY]
    assert any("Every time of day in column Found is midnight" in remark for remark in read_.remarks())


def test_one_time_of_another_zone_that_is_not_midnight_here_makes_midnights_of_all(tmp_path: Path) -> None:
    rows = [f"E{day},,2025-07-{day:02}T23:00:00Z," for day in range(1, 5)]
    read_ = found(tmp_path, HELD, *rows, "E9,,2025-07-02T22:30:00Z,")
    assert interval(read_) == [
        *((at(f"2025-07-{day:02} 23:00"), None) for day in range(1, 5)),
        (at("2025-07-02 22:30"), None),
    ]
    assert any("exactly 00:00" in remark and ": 4." in remark for remark in read_.remarks())


def test_a_mapping_may_say_that_midnights_written_for_another_zone_are_days(tmp_path: Path) -> None:
    mapping = HELD.replace("at: Found", "at: Found, whole days: yes")
    read_ = found(tmp_path, mapping, "E1,,2025-07-02T23:00:00Z,", "E2,,2025-07-02T22:30:00Z,")
    assert interval(read_) == [SUMMER_DAY, (at("2025-07-02 22:30"), None)]


def test_one_time_of_day_in_any_file_of_the_table_makes_midnights_of_all(tmp_path: Path) -> None:
    start = "No,Reported,Found\n"
    read_ = read(
        tmp_path,
        HELD,
        {
            "episodes-1.csv": f"{start}E1,2025-01-03 10:00,2025-01-03 00:00:00\n",
            "episodes-2.csv": f"{start}E2,2025-01-03 10:00,2025-01-04 10:30:00\n",
        },
    )
    assert interval(read_) == [(at("2025-01-03 00:00"), None), (at("2025-01-04 10:30"), None)]
    [said] = read_.remarks()
    assert said.startswith("compact, episodes-1.csv: Times of day in column Found that are exactly 00:00")


@pytest.mark.parametrize(("said", "is_day"), [("yes", True), ("no", False)])
def test_a_mapping_may_say_whether_midnights_are_days(said: str, is_day: bool, tmp_path: Path) -> None:
    mapping = HELD.replace("at: Found", f"at: Found, whole days: {said}")
    rows = ["E1,,2025-01-03 00:00:00,", *(["E2,,2025-01-03 10:30:00,"] if is_day else [])]
    exact = [(at("2025-01-03 10:30"), None)] if is_day else []
    assert interval(found(tmp_path, mapping, *rows)) == [DAY if is_day else (at("2025-01-03 00:00"), None), *exact]


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("{time: Typed}", "`date` is missing here"),
        ("{date: Found, time: Typed, day of: Reported}", "The day is given twice."),
        ("{day of: Reported}", "say on which day a time of day was"),
        ("{date: Found, time: Typed, next day if earlier: yes}", "say on which day a time of day was"),
        ("{at: Found, texts: {gone: later}}", "Words from the cells of a time"),
        ("{at: Found, texts: gone}", "Words from the cells of a time"),
        ("{happened if: {Typed: Y}, whole days: yes}", "this event has none"),
        ("{at: {column: Found, day of: Reported}}", "which column the time is in"),
    ],
)
def test_what_does_not_belong_together_is_said(event: str, said: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_mapping(CASES + f"    events: {{found: {event}}}\n")
    assert said in str(caught.value)
