"""Local times as people type them: `10:40 am`, `1040`, `9.15pm yesterday`, `12 June 2025, 9:05am`, `now`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone

__all__ = ["FORMS", "LocalTimeField", "NotALocalTime", "read_local_time"]

FORMS = "such as 10:40am, 9:15pm yesterday, or 12 June 2025 8:05am"
NEAR = {"": 0, "today": 0, "this morning": 0, "tonight": 0, "yesterday": -1, "last night": -1, "tomorrow": 1}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"(?<![\d/-])(\d{1,2})[:.](\d{2})\s*(am|pm)?(?![\d/.])|(?<![\d/-])(\d{1,2})\s*(am|pm)\b")
# Four digits are a time of day where no year can be meant: at the beginning, or after a word such as "yesterday".
_FOUR_DIGITS = re.compile(r"^(\d{2})(\d{2})(?!\S)|(?<=[a-z] )(\d{2})(\d{2})$")
_IN_WORDS = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})(?: (\d{4}))?$")
_IN_NUMBERS = re.compile(r"^(\d{1,2})/(\d{1,2})(?:/(\d{4}))?$")
_AS_A_STANDARD_WRITES_IT = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_WORDS_FOR_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}


class NotALocalTime(ValueError):
    """What was typed is no time that can be understood; its text says so to whoever typed it."""


def read_local_time(text: str, *, now: datetime) -> datetime:
    """The instant that a text means, in the deployment's time zone. A time without a day is today's.

    Where clocks go back and a time is there twice, the first is meant.
    """
    local = timezone.localtime(now)
    words = " ".join(re.sub(r"[,]|\b(at|on)\b", " ", text.lower().replace("a.m.", "am").replace("p.m.", "pm")).split())
    if words == "now":
        return now
    clock, rest = _clock(words)
    naive = datetime.combine(_day(" ".join(rest.split()), local.date()), clock)
    made = timezone.make_aware(naive)
    if timezone.localtime(made.astimezone(timezone.get_fixed_timezone(0))).replace(tzinfo=None) != naive:
        raise NotALocalTime("The clocks went forward then, and there was no such time. Enter another one")
    return made


def _clock(words: str) -> tuple[time, str]:
    for word, meant in _WORDS_FOR_TIMES.items():
        if word in words.split():
            return meant, words.replace(word, " ")
    found = _CLOCK.search(words)
    if found is not None:
        hour, minute, half = int(found[1] or found[4]), int(found[2] or 0), found[3] or found[5]
    elif (found := _FOUR_DIGITS.search(words)) is not None and (found[1] or words[: found.start()].strip() in NEAR):
        hour, minute, half = int(found[1] or found[3]), int(found[2] or found[4]), None
    else:
        raise NotALocalTime(f"Enter a time of day, {FORMS}")
    if half and not 1 <= hour <= 12:
        raise NotALocalTime(f"There is no such time of day. Enter a time {FORMS}")
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    if hour > 23 or minute > 59:
        raise NotALocalTime(f"There is no such time of day. Enter a time {FORMS}")
    return time(hour, minute), words[: found.start()] + " " + words[found.end() :]


def _day(words: str, today: date) -> date:
    if words in NEAR:
        return today + timedelta(days=NEAR[words])
    try:
        if found := _AS_A_STANDARD_WRITES_IT.match(words):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _IN_NUMBERS.match(words):
            return date(int(found[3] or today.year), int(found[2]), int(found[1]))
        if (found := _IN_WORDS.match(words)) and found[2][:3] in MONTHS:
            return date(int(found[3] or today.year), MONTHS.index(found[2][:3]) + 1, int(found[1]))
    except ValueError:
        raise NotALocalTime("There is no such day. A real one is, for example, 12 June 2025") from None
    raise NotALocalTime(f"Enter a time {FORMS}")


class LocalTimeField(forms.CharField):
    """A local day and time, typed plainly; what it gives is an instant."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"max_length": 60, "help_text": f"Local time, {FORMS}"} | options)

    def clean(self, value: object) -> datetime | None:
        """The instant, or None where nothing was typed and nothing is needed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_local_time(text, now=timezone.now())
        except NotALocalTime as problem:
            raise forms.ValidationError(str(problem)) from None
