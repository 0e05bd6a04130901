from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl
import pytest

from wardline.record_systems.mapping.time_formats import AS_EXPORTED, NotAFormat, TimeFormat, read_texts


def local_of(text: str, time_format: str) -> datetime | None:
    [local] = TimeFormat(time_format).read(pl.Series([text], dtype=pl.String))["local"].to_list()
    return local


@pytest.mark.parametrize(
    ("text", "time_format"),
    [
        ("31/02/2024 10:00", "%d/%m/%Y %H:%M"),
        ("01/13/2024 10:00", "%d/%m/%Y %H:%M"),
        ("1/2/24 9:05", "%d/%m/%Y %H:%M"),
        ("01/02/2024 24:00", "%d/%m/%Y %H:%M"),
        ("01/02/2024 10:60", "%d/%m/%Y %H:%M"),
        ("soon", "%d/%m/%Y"),
        ("01/02/9999", "%d/%m/%Y"),
        ("01/02/0000", "%d/%m/%Y"),
        ("2024-01-01 00:00:60", "%Y-%m-%d %H:%M:%S"),
        ("2024-01-01 00:00:00.1234567", "%Y-%m-%d %H:%M:%S.%f"),
        ("01/02/2024", "%d/%m/%Y %H:%M"),
        ("", "%d/%m/%Y"),
    ],
)
def test_what_does_not_fit_is_not_read(text: str, time_format: str) -> None:
    assert local_of(text, time_format) is None


def test_three_digits_of_a_fraction_are_milliseconds() -> None:
    assert local_of("2024-03-01 09:00:00.123", "%Y-%m-%d %H:%M:%S.%f") == datetime(2024, 3, 1, 9, 0, 0, 123_000)


def test_a_year_of_two_digits_is_of_the_century_that_python_says() -> None:
    assert local_of("01/02/68", "%d/%m/%y") == datetime(2068, 2, 1)
    assert local_of("01/02/69", "%d/%m/%y") == datetime(1969, 2, 1)


def test_without_a_format_dates_and_times_as_exported_are_read() -> None:
    texts = [
        "2024-03-01",
        "2024-03-01 02:00",
        "2024-03-01T02:00:05",
        "2024-03-01 02:00:05.25",
        "2024-03-01 02:00:00.1234567",
        "01/03/2024",
        None,
    ]
    read = read_texts(pl.Series(texts), AS_EXPORTED)
    day = datetime(2024, 3, 1)
    assert read["local"].to_list() == [
        day,
        day.replace(hour=2),
        day.replace(hour=2, second=5),
        day.replace(hour=2, second=5, microsecond=250_000),
        day.replace(hour=2, microsecond=123_456),
        None,
        None,
    ]
    assert read["has_clock"].to_list()[:5] == [False, True, True, True, True]


def test_a_text_with_an_offset_says_which_instant_it_is() -> None:
    texts = pl.Series(["2024-03-01T02:00:00Z", "2024-03-01 02:00:00 +01:00", "2024-03-01 02:00-0530"])
    hour = timedelta(hours=1) // timedelta(microseconds=1)
    assert read_texts(texts, AS_EXPORTED)["offset"].to_list() == [0, hour, -(5 * hour + hour // 2)]


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [
        ("+00", 0),
        ("-05", -300),
        ("+01", 60),
        ("+0530", 330),
        ("+05:30", 330),
        ("Z", 0),
        ("z", 0),
        (" UTC", 0),
        (" GMT", 0),
        (" BST", 60),
        (" bst", 60),
        ("+1", None),
        (" CET", None),
        (" B", None),
        ("+01:", None),
        ("+01:6", None),
    ],
)
def test_a_zone_is_read_in_every_way_in_which_exports_write_it(zone: str, minutes: int | None) -> None:
    texts = pl.Series([f"2025-07-01 17:00:00{zone}"])
    microseconds = None if minutes is None else minutes * 60_000_000
    for formats in (AS_EXPORTED, [TimeFormat("%Y-%m-%d %H:%M:%S%z"), TimeFormat("%Y-%m-%d %H:%M:%S %z")]):
        read = read_texts(texts, formats)
        assert read["offset"].to_list() == [microseconds]
        assert read["local"].to_list() == [None if minutes is None else datetime(2025, 7, 1, 17)]


@pytest.mark.parametrize(
    "text",
    ["%d/%m/%Y at %H:%M", "%d/%m/%YT%H:%M", "%H:%Mhrs %d/%m/%Y", "%d %b %Y, %I.%M %p", "%Y-%m-%d %H-%M", "%d-%m-%Y"],
)
def test_other_letters_in_a_format_are_no_zone(text: str) -> None:
    assert TimeFormat(text).text == text


def test_the_first_format_that_fits_counts() -> None:
    texts = pl.Series(["01/02/2024", "2024-02-03", "04-05-2024"])
    formats = [TimeFormat("%d/%m/%Y"), TimeFormat("%Y-%m-%d")]
    assert read_texts(texts, formats)["local"].to_list() == [datetime(2024, 2, 1), datetime(2024, 2, 3), None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("%d/%m/%Y %Q", "`%Q` cannot be read"),
        ("%H:%M", "lacks a day"),
        ("%d/%Y", "lacks a month"),
        ("%d/%m", "lacks a year"),
        ("%d/%m/%Y %d", "in this format twice"),
        ("%d/%m/%Y %M", "without an hour"),
        ("%d/%m/%Y %", "`%` cannot be read"),
        ("%d/%m/%Y %H:%M %p", "takes no notice of `%p`"),
        ("%d/%m/%Y %p %H:%M", "takes no notice of `%p`"),
        ("%d/%m/%Y %I:%M", "nothing tells morning from afternoon"),
        ("%Y-%m-%dT%H:%M:%SZ", "`Z` names a time zone"),
        ("%Y-%m-%dT%H:%M:%Sz", "`z` names a time zone"),
        ("%d/%m/%Y %H:%M UTC", "`UTC` names a time zone"),
        ("%d/%m/%Y %H:%M (GMT)", "`GMT` names a time zone"),
        ("%d.%m.%Y %H:%M MEZ", "`MEZ` names a time zone"),
        ("%d/%m/%Y %H:%M EDT", "`EDT` names a time zone"),
        ("%d/%m/%Y %H:%M PM", "`PM` says which half of the day is meant"),
        ("%d/%m/%Y %H:%MPM", "`PM` says which half of the day is meant"),
        ("%d/%m/%Y %H:%M a.m.", "`a.m` says which half of the day is meant"),
        ("%d/%m/%Y %H.%M (p m)", "`p m` says which half of the day is meant"),
        ("am %H:%M on %d/%m/%Y", "`am` says which half of the day is meant"),
        ("%d/%m/%Y %H:%M BST", "`BST` names a time zone"),
        ("BST %d/%m/%Y %H:%M", "`BST` names a time zone"),
        ("%d/%m/%Y %H:%M:%S+00", "`\\+00` names a time zone"),
        ("%d/%m/%Y %H:%M:%S +0000", "`\\+0000` names a time zone"),
        ("%d/%m/%Y %H:%M:%S+01:00", "`\\+01:00` names a time zone"),
    ],
)
def test_a_format_that_cannot_be_read_says_why(text: str, said: str) -> None:
    with pytest.raises(NotAFormat, match=said) as caught:
        TimeFormat(text)
    assert caught.value.remedy


def test_the_date_of_a_format_is_what_stands_before_its_time_of_day() -> None:
    assert TimeFormat("%d/%m/%Y %H:%M").of_the_date == TimeFormat("%d/%m/%Y")
    assert TimeFormat("%H:%M %d/%m/%Y").of_the_date is None
