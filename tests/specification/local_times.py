"""How pages write times and lengths of time: local, as short as they can be without leaving a doubt."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from wardline.time_limits import Calendar

ORDINARY_MONDAY = date(2025, 6, 2)  # the day of a time that has no date
FIRST, SECOND = " (first)", " (second)"  # which of the two, where the clocks went back over it

MICROSECOND = timedelta(microseconds=1)
UNITS = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
    ("second", timedelta(seconds=1)),
    ("microsecond", MICROSECOND),
)


def read_instant(text: str, calendar: Calendar) -> datetime:
    """`2025-06-02 09:00`, `09:00`, `2025-10-26 01:30 (second)`; with seconds and microseconds where wanted."""
    earliest, latest = read_interval(text, calendar)
    assert latest is None, f"{text!r} does not say which instant is meant"
    return earliest


def read_interval(text: str, calendar: Calendar) -> tuple[datetime, datetime | None]:
    """As above, or a date alone: from the first to the last microsecond of that local day."""
    if len(text) == len("2025-06-02"):
        day = date.fromisoformat(text)
        return calendar.start_of(day), calendar.end_of(day)
    plain = text.removesuffix(FIRST).removesuffix(SECOND)
    naive = (
        datetime.combine(ORDINARY_MONDAY, time.fromisoformat(plain))
        if "-" not in plain
        else datetime.fromisoformat(plain)
    )
    local = calendar.read_local(naive)
    assert local.is_possible, f"the clocks went forward over {text!r}"
    if text.endswith(FIRST) or local.earliest == local.latest:
        return local.earliest.astimezone(UTC), None
    assert text.endswith(SECOND), f"{text!r} happened twice; write (first) or (second) after it"
    return local.latest.astimezone(UTC), None


def write_instant(instant: datetime | None, calendar: Calendar) -> str:
    """The shortest local time that reads back as this instant, with its date."""
    if instant is None:
        return ""
    local = calendar.local(instant)
    text = f"{local:%Y-%m-%d %H:%M}"
    if local.microsecond:
        text = f"{local:%Y-%m-%d %H:%M:%S.%f}"
    elif local.second:
        text = f"{local:%Y-%m-%d %H:%M:%S}"
    meant = calendar.read_local(local.replace(tzinfo=None, fold=0))
    if meant.earliest != meant.latest:
        text += FIRST if instant == meant.earliest else SECOND
    return text


def write_interval(earliest: datetime | None, latest: datetime | None, calendar: Calendar) -> tuple[str, str]:
    """The cells `happened at` and `happened by`; the second is empty for an instant and for a whole local day."""
    if earliest is not None and latest is not None:
        day = calendar.local_date(earliest)
        if (calendar.start_of(day), calendar.end_of(day)) == (earliest, latest):
            return day.isoformat(), ""
    return write_instant(earliest, calendar), write_instant(latest, calendar)


def write_length(length: timedelta | None) -> str:
    """`2 hours 35 minutes`; nothing where there is none."""
    if length is None:
        return ""
    parts, left = [], length
    for name, unit in UNITS:
        count, left = divmod(left, unit)
        if count:
            parts.append(f"{count} {name}{'' if count == 1 else 's'}")
    return " ".join(parts) or "0 minutes"
