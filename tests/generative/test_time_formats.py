"""A format of times reads what Python's own `strptime` reads, and nothing that it does not read."""

from __future__ import annotations

from datetime import datetime

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from wardline.record_systems.mapping.time_formats import FIRST_YEAR, LAST_YEAR, TimeFormat

FORMATS = (
    "%d/%m/%Y %H:%M",
    "%Y-%m-%d %H:%M:%S.%f",
    "%d %b %y %I:%M %p",
    "%d%m%Y%H%M",
    "%A %d %B %Y",
    "%d-%b-%Y %H.%M.%S",
    "%m/%d/%y",
    "%d/%m/%Y %I:%M:%S %p",
    "%Y/%m/%d",
    "%d/%m/%Y %H:%M %%",
    "%Y-%m-%dT%H:%M:%S%z",
)


def python_reads(text: str, time_format: str) -> datetime | None:
    try:
        read = datetime.strptime(text, time_format).replace(tzinfo=None)
    except ValueError:
        return None
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else None


def local_of(text: str, time_format: str) -> datetime | None:
    [local] = TimeFormat(time_format).read(pl.Series([text], dtype=pl.String))["local"].to_list()
    return local


@given(time_format=st.sampled_from(FORMATS), when=st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))
def test_what_python_writes_is_read_as_python_reads_it(time_format: str, when: datetime) -> None:
    text = when.strftime(time_format).replace("+0000", "") + ("+0100" if time_format.endswith("%z") else "")
    assert local_of(text, time_format) == python_reads(text, time_format) is not None


@given(
    time_format=st.sampled_from(FORMATS),
    when=st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)),
    position=st.integers(0, 30),
    letter=st.sampled_from("0123456789 /:.-aT"),
)
def test_a_text_with_a_slip_is_read_as_python_reads_it(
    time_format: str, when: datetime, position: int, letter: str
) -> None:
    text = when.strftime(time_format)
    position %= len(text)
    # Cells come without spaces around them.
    text = (text[:position] + letter + text[position + 1 :]).strip()
    assert local_of(text, time_format) == python_reads(text, time_format)
