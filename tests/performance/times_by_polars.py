"""How our reading of times compares with what Polars does by itself: docs/decisions/0015 and 0016 rest on it.

Times are of the processor, ours and Polars' taken in turn; each ratio is the median of the runs.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from statistics import median
from time import process_time

import polars as pl

from tests.performance.figures import Figure
from wardline.record_systems.mapping.time_formats import FIRST_YEAR, LAST_YEAR, TimeFormat
from wardline.time_limits import Calendar, SameDay, deadline_column, local_date_column, read_length, read_local_column

__all__ = ["what_was_read"]

ZONE = "Europe/London"
CALENDAR = Calendar(ZONE)
ROWS = (100, 5_000, 500_000)
LEAST_SECONDS = 0.05  # a small column is asked of so often that it takes that long
TEXTS = 1_000_000
LOCAL, AT = pl.col("local"), pl.col("at")
PLAIN = "%d/%m/%Y %H:%M"
FORMATS = (
    PLAIN,
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S%z",
    "%d-%b-%Y %H:%M",
    "%A %d %B %Y",
    "%m/%d/%y",
    "%d/%m/%Y %I:%M %p",
    "%d%m%Y%H%M",
)
WRITTEN = (
    datetime(2024, 2, 29, 5, 7, 9, 120_000),
    datetime(1999, 12, 31, 23, 59, 59, 999_999),
    datetime(2025, 10, 5),
    datetime(2068, 1, 1, 12, 30, 0, 1),
)
# What people and programs make of a text.
SLIPS: tuple[Callable[[str], str], ...] = (
    str,
    str.lower,
    str.upper,
    lambda text: re.sub(r"(?<![0-9.])0([0-9])", r"\1", text),  # no leading zeros
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace("/", "/ "),
    lambda text: re.sub(r"29|31", "32", text),  # no month has such a day
    lambda text: re.sub(r"29", "30", text),  # nor February this one
    lambda text: re.sub(r"(\.[0-9]{2})[0-9]{4}$", r"\1", text),
    lambda text: re.sub(r"(\.[0-9]{6})$", r"\g<1>34", text),
)


def what_was_read(runs: int) -> tuple[list[Figure], str]:
    """The figures, and what was measured in words."""
    figures = []
    for what, ours, theirs in QUESTIONS:
        for times in map(_times, ROWS):
            ratio = _ratio(partial(times.select, ours), partial(times.select, theirs), runs)
            rows = f"{times.height:,} rows"
            figures.append(Figure(f"Polars' time as a multiple of ours: {what}, {rows}", ratio, "–", True))
    texts = _times(TEXTS)["local"].dt.strftime(PLAIN)
    ratio = _ratio(partial(TimeFormat(PLAIN).read, texts), partial(_read_by_polars, texts, PLAIN), runs)
    figures.append(Figure(f"Polars' time as a multiple of ours: texts read, {TEXTS:,} rows", ratio, "–", True))
    slips = {form: sorted({slip(_written(at, form)) for at in WRITTEN for slip in SLIPS}) for form in FORMATS}
    expected = [_read_by_python(text, form) for form, texts in slips.items() for text in texts]
    for who, read, must in (("Polars", _read_by_polars, "–"), ("us", _read_by_us, "0")):
        found = [one for form, texts in slips.items() for one in read(pl.Series(texts), form)]
        wrong = sum(one != other for one, other in zip(found, expected, strict=True))
        what = f"Texts that are read otherwise by {who} than by Python"
        figures.append(Figure(what, f"{wrong} of {len(expected)}", must, who != "us" or not wrong))
    return figures, _told(runs, len(expected))


# TIMES OF A COLUMN


def _by_zone(local: pl.Expr, reading: str) -> pl.Expr:
    """Local times as instants, as Polars reads them: one that no clock showed is empty, where ours is the next."""
    return local.dt.replace_time_zone(ZONE, ambiguous=reading, non_existent="null").dt.convert_time_zone("UTC")


def _clock(instants: pl.Expr) -> pl.Expr:
    """What the clock showed, as Polars reads it."""
    return instants.dt.convert_time_zone(ZONE).dt.replace_time_zone(None)


QUESTIONS: tuple[tuple[str, pl.Expr, list[pl.Expr]], ...] = (
    (
        "earliest and latest reading of local times",
        read_local_column(LOCAL, CALENDAR),
        [_by_zone(LOCAL, "earliest").alias("earliest"), _by_zone(LOCAL, "latest").alias("latest")],
    ),
    ("local date of instants", local_date_column(AT, CALENDAR), [AT.dt.convert_time_zone(ZONE).dt.date()]),
    (
        "end of the same day",
        deadline_column(SameDay(), AT, CALENDAR),
        [_by_zone(_clock(AT).dt.truncate("1d").dt.offset_by("1d"), "latest") - timedelta(microseconds=1)],
    ),
    (
        "three days later",
        deadline_column(read_length("3 days"), AT, CALENDAR),
        [_by_zone(_clock(AT).dt.offset_by("3d"), "latest")],
    ),
)


def _times(rows: int) -> pl.DataFrame:
    """Random local times of 2023 and 2024, and instants of the same numbers."""
    random, first = Random(rows), datetime(2023, 1, 1, tzinfo=UTC)
    minutes = [random.randrange(2 * 365 * 24 * 60) for _ in range(rows)]
    local = pl.Series("local", minutes, dtype=pl.Int64) * 60_000_000 + int(first.timestamp()) * 1_000_000
    return pl.select(local.cast(pl.Datetime("us")).alias("local"), local.cast(pl.Datetime("us", "UTC")).alias("at"))


def _ratio(ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> str:
    taken = [_seconds(theirs) / _seconds(ours) for _ in range(runs)]
    return f"{median(taken):.2f}"


def _seconds(ask: Callable[[], object]) -> float:
    """The processor time that asking once takes."""
    ask()
    asked, start = 0, process_time()
    while process_time() - start < LEAST_SECONDS:
        ask()
        asked += 1
    return (process_time() - start) / asked


# TEXTS


def _written(at: datetime, form: str) -> str:
    return at.replace(tzinfo=UTC).strftime(form)


def _read_by_python(text: str, form: str) -> datetime | None:
    """What Python's `strptime` reads, as UTC, within the years that we read."""
    try:
        read = datetime.strptime(text, form)
    except ValueError:
        return None
    read = (read if read.tzinfo is None else read.astimezone(UTC)).replace(tzinfo=None)
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else None


def _read_by_us(texts: pl.Series, form: str) -> list[datetime | None]:
    read = TimeFormat(form).read(texts)
    offset = pl.col("offset").fill_null(0).cast(pl.Duration("us"))
    return read.select(pl.col("local") - offset).to_series().to_list()


def _read_by_polars(texts: pl.Series, form: str) -> list[datetime | None]:
    kind = pl.Datetime("us", "UTC" if "%z" in form else None) if "%H" in form or "%I" in form else pl.Date()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it knows that its %f is not Python's
        read = texts.str.strptime(kind, form, strict=False)
    return read.cast(pl.Datetime("us")).to_list()


def _told(runs: int, texts: int) -> str:
    return (
        "Random times of 2023 and 2024 in London, read by our own code and by what Polars has for it. Each ratio is of "
        f"processor time\nand the median of {runs} runs; more than 1 says that ours is faster. The {texts} texts are "
        f"{len(WRITTEN)} times in {len(FORMATS)} formats, as they\nshould be and as people and programs write them: "
        "without leading zeros, in capital letters, with more spaces, on days that do\nnot exist, with longer and "
        "shorter fractions."
    )
