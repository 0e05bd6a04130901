"""A coded case of a release as its page shows it: by the time since its start, under its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import polars as pl
from markupsafe import Markup

from wardline.dive.releasing.coded_cases import CODED_CASE, CODED_EVENT
from wardline.dive.releasing.kept_release import KeptRelease
from wardline.findings import Outcome
from wardline.findings.coded_explanations import SinceStart, explain_coded_finding
from wardline.obligations import Never, Record, ResolvedObligation, name_in_words
from wardline.reports.two_clocks_picture import OnTwoClocks, OwedSpan, two_clocks_picture
from wardline.reports.wording import duration
from wardline.time_limits import minutes_long
from wardline_workspace.cases.case_page import CaseShown, EventShown, FindingShown, finding_shown
from wardline_workspace.cases.choices import month_in_words

__all__ = ["coded_case"]

Row = dict[str, Any]
STARTS = {
    "opened": "Times count from the opening of the case.",
    "first event": "Times count from the first event of which the time is known.",
    None: "Only days are told of this case; they count from the day of its opening.",
}
CARE = {"yes": "in care", "no": "not in care"}


def coded_case(release: KeptRelease, code: str) -> CaseShown | None:
    """The case of that code; None where the release has none."""
    with release.readable():
        cases = release.cases.filter(pl.col("case_id") == code).collect()
        if cases.is_empty():
            return None
        case = cases.row(0, named=True)
        events = release.events_of(code).collect().to_dicts()
        findings = release.findings_of(code).collect().to_dicts()
    names = {one["event_id"]: one["event"] for one in events}
    by_name = {(one.standard, one.version, one.obligation.id): one for one in release.obligations}
    found = [(row, by_name[row["standard"], row["version"], row["obligation"]]) for row in findings]
    return CaseShown(
        f"Case {code}",
        _caption(case),
        tuple(_facts(case, events)),
        tuple(_aside(case)),
        _picture(release, case, events, found),
        tuple(_event(at, one) for at, one in enumerate(events, 1)),
        tuple(_finding(row, item, names) for row, item in found),
        0,
    )


def _caption(case: Row) -> str:
    words = str(case["case_type"]).capitalize()
    return f"{words} · opened in {month_in_words(case['opened_month'])}" if case["opened_month"] else words


def _facts(case: Row, events: list[Row]) -> Iterator[str]:
    about = [f"A child aged {case['age_band']}" if case["age_band"] else "A child"]
    if (care := CARE.get(str(case.get("from_care")))) is not None:
        about.append(care)
    if (district := case.get("district")) is not None:
        about.append(f"{district} district")
    yield f"{', '.join(about)}."
    grades = [str(one["grade"]) for one in events if one.get("grade") is not None]
    if grades:
        changed = f", last graded {grades[-1]}" if grades[-1] != grades[0] else ""
        yield f"First graded {grades[0]} risk{changed}."
    closed = SinceStart.of(case, "closed")
    yield "Still open." if case["is_open"] else f"Closed {closed.in_words()}." if closed else "Closed."


def _aside(case: Row) -> Iterator[str]:
    yield STARTS[case["start"]]
    if told := [name for name in case if name not in CODED_CASE and case[name] is not None]:
        yield f"As released: {'; '.join(f'{name_in_words(name)}: {case[name]}' for name in told)}."
    yield "The code is of this release alone. The force keeps the way back to the case."


def _event(number: int, row: Row) -> EventShown:
    happened, written = SinceStart.of(row, "happened"), SinceStart.of(row, "recorded")
    details = ", ".join(
        f"{name_in_words(name)}: {row[name]}" for name in row if name not in CODED_EVENT and row[name] is not None
    )
    words = name_in_words(row["event"])
    return EventShown(
        number,
        f"{words[:1].upper()}{words[1:]}" + (f" ({details})" if details else ""),
        "without a time" if happened is None else _capital(happened.in_words()),
        "not recorded" if written is None else _capital(written.in_words()),
        _gap(happened, written),
        "–",
    )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _gap(happened: SinceStart | None, written: SinceStart | None) -> str:
    if happened is None or written is None or happened.minutes is None or written.minutes is None:
        return "–"
    minutes = written.minutes - happened.minutes
    if minutes < 0:
        return f"{duration(minutes_long(-minutes))} before it happened"
    return "at the time" if not minutes else f"{duration(minutes_long(minutes))} later"


def _finding(row: Row, item: ResolvedObligation, names: Mapping[int, str]) -> FindingShown:
    outcome = Outcome(row["outcome"])
    why = explain_coded_finding(row, item, event_names=names)
    said = why.partition(":")[0]
    late = said[said.index(" by ") + 1 :] if outcome is Outcome.LATE and " by " in said else ""
    return finding_shown(item, outcome, late, why)


def _picture(
    release: KeptRelease, case: Row, events: list[Row], found: list[tuple[Row, ResolvedObligation]]
) -> Markup | None:
    """The two clocks of what is told in minutes; None where nothing is."""
    if not any(one["happened_after"] is not None for one in events):
        return None
    shown = [
        OnTwoClocks(
            at, name_in_words(one["event"]), _length(one["happened_after"]), None, _length(one["recorded_after"])
        )
        for at, one in enumerate(events, 1)
    ]
    return two_clocks_picture(
        shown,
        _owed(found),
        name="clocks",
        title="What was recorded, on two clocks",
        start="opening" if case["start"] == "opened" else "first event",
        is_made_up=release.is_made_up,
    )


def _length(minutes: int | None) -> timedelta | None:
    return None if minutes is None else minutes_long(minutes)


def _owed(found: list[tuple[Row, ResolvedObligation]]) -> OwedSpan | None:
    """The finding that the picture points out, as on the page of an identified case."""
    timed = [
        (row, item)
        for row, item in found
        if row["triggered_after"] is not None
        and row["deadline_after"] is not None
        and not isinstance(item.obligation, Never | Record)
    ]
    for outcome in (Outcome.LATE, Outcome.MISSED):
        of_it = [(row, item) for row, item in timed if row["outcome"] == outcome.value]
        if of_it:
            row, item = min(of_it, key=lambda one: (not one[1].obligation.safeguarding, one[0]["deadline_after"]))
            start, due, done = (row[f"{name}_after"] for name in ("triggered", "deadline", "responded"))
            return OwedSpan(item.obligation.title, minutes_long(start), minutes_long(due), _length(done))
    return None
