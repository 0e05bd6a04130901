"""A release as these pages show it: coded cases, months for days, and the time since each case began for the clock.

A release's tables are those of `wardline.dive.releasing`. How one is opened and how a coded finding is explained are
given by whoever makes the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

import polars as pl

from wardline.english import count
from wardline.findings import Outcome
from wardline.obligations import Never, Record, ResolvedObligation, name_in_words
from wardline.reports.two_clocks_picture import OnTwoClocks, OwedSpan, two_clocks_picture
from wardline.reports.wording import date_in_words, duration
from wardline.time_limits import seconds_long
from wardline_workspace.cases.case_page import CaseShown, EventShown, FindingShown, finding_shown
from wardline_workspace.cases.choices import month_in_words
from wardline_workspace.cases.listed_findings import LISTED, NOT_RECORDED
from wardline_workspace.cases.row_words import late_in_words
from wardline_workspace.dives.models import AddedDive

__all__ = ["ReleaseReader", "Released", "listed_of_release"]

Row = Mapping[str, Any]
OF_CASE = frozenset(
    {"case_id", "case_type", "opened_month", "age_band", "start", "is_open", "closed_after", "closed_day"}
)
OF_EVENT = frozenset(
    {"event_id", "case_id", "event", "happened_after", "happened_day", "recorded_after", "recorded_day"}
)
CARE = {"yes": "in care", "no": "not in care"}


class Released(Protocol):
    """What is read of a release: `wardline.dive.releasing.kept_release.KeptRelease` has it."""

    @property
    def is_made_up(self) -> bool: ...

    @property
    def as_at(self) -> date: ...

    @property
    def obligations(self) -> Sequence[ResolvedObligation]: ...

    @property
    def cases(self) -> pl.LazyFrame: ...

    @property
    def events(self) -> pl.LazyFrame: ...

    @property
    def findings(self) -> pl.LazyFrame: ...

    def events_of(self, code: str) -> pl.LazyFrame: ...

    def findings_of(self, code: str) -> pl.LazyFrame: ...

    def readable(self) -> AbstractContextManager[None]: ...


@dataclass(frozen=True)
class ReleaseReader:
    """Reads releases: `opened` gives the release that was added, `explain` the sentence of a coded finding."""

    opened: Callable[[AddedDive], Released]
    explain: Callable[..., str]

    def obligations(self, added: AddedDive) -> Sequence[ResolvedObligation]:
        """What the findings are of."""
        return self.opened(added).obligations

    def listed(self, added: AddedDive) -> pl.DataFrame:
        """The findings of the coded cases."""
        release = self.opened(added)
        with release.readable():
            return listed_of_release(release)

    def case(self, added: AddedDive, case_id: str) -> CaseShown | None:
        """One coded case."""
        release = self.opened(added)
        with release.readable():
            cases = release.cases.filter(pl.col("case_id") == case_id).collect()
            events = release.events_of(case_id).collect().to_dicts()
            findings = release.findings_of(case_id).collect().to_dicts()
        return self._shown(release, cases.row(0, named=True), events, findings) if cases.height else None

    def records_to(self, added: AddedDive) -> str:
        """The day from which the dive looked."""
        return date_in_words(self.opened(added).as_at)

    def _shown(self, release: Released, case: Row, events: Sequence[Row], findings: Sequence[Row]) -> CaseShown:
        items = {(one.standard, one.version, one.obligation.id): one for one in release.obligations}
        names = {row["event_id"]: row["event"] for row in events}
        found = [
            (row, items[row["standard"], row["version"], row["obligation"]])
            for row in findings
            if (row["standard"], row["version"], row["obligation"]) in items
        ]
        return CaseShown(
            f"Case {case['case_id']}",
            " · ".join(_caption(case)),
            tuple(_facts(case, events)),
            ("Times are counted from the start of the case. The force can open the same case with its clock times.",),
            _picture(events, found, is_made_up=release.is_made_up),
            tuple(_event(at, row) for at, row in enumerate(events, 1)),
            tuple(self._finding(row, item, names) for row, item in found),
            0,
        )

    def _finding(self, row: Row, item: ResolvedObligation, names: Mapping[int, str]) -> FindingShown:
        why = self.explain(row, item, event_names=names)
        return finding_shown(item, Outcome(row["outcome"]), late_in_words(row["late_by"], row["late_by_days"]), why)


def listed_of_release(release: Released) -> pl.DataFrame:
    """The findings of a release's coded cases: `LISTED`, without what a release does not tell."""
    cases = release.cases
    has = cases.collect_schema().names()

    def attribute(name: str) -> pl.Expr:
        return pl.col(name).cast(pl.String()) if name in has else pl.lit(None, pl.String())

    of_case = cases.select(
        "case_id",
        district=attribute("district"),
        care=attribute("from_care"),
        month=attribute("opened_month"),
        age=attribute("age_band"),
    ).join(_first_grades(release), on="case_id", how="left", maintain_order="left")
    is_judged = pl.col("outcome").is_in(["met", "late", "missed"]) & pl.col("counted").fill_null(False)
    return (
        release.findings.with_columns(pl.col(pl.Categorical()).cast(pl.String()))
        .join(of_case, on="case_id", how="left", maintain_order="left")
        .with_columns(
            pl.format("{}/{}", "standard", "obligation").alias("obligation"),
            *(pl.col(name).fill_null(NOT_RECORDED) for name in ("district", "care", "month", "grade")),
            reason=pl.col("reason").fill_null(""),
            time=pl.lit(NOT_RECORDED),
            judged=pl.when(is_judged).then(pl.lit("yes")).otherwise(pl.lit("no")),
            began=pl.lit(None),
            wait=pl.col("responded_after") - pl.col("triggered_after"),
            late_days=pl.col("late_by_days"),
            written_after=pl.col("response_recorded_after") - pl.col("responded_after"),
        )
        .sort("month", descending=True, maintain_order=True)
        .select(pl.col(name).cast(kind) for name, kind in LISTED.items())
        .collect()
    )


def _first_grades(release: Released) -> pl.LazyFrame:
    """`case_id` and the `grade` that was given first; events stand in the order in which they happened."""
    if "grade" not in release.events.collect_schema():
        return pl.LazyFrame(schema={"case_id": pl.String(), "grade": pl.String()})
    graded = release.events.select("case_id", pl.col("grade").cast(pl.String())).filter(pl.col("grade").is_not_null())
    return graded.unique("case_id", keep="first", maintain_order=True)


def _caption(case: Row) -> Iterator[str]:
    yield str(case["case_type"]).capitalize()
    if case["opened_month"]:
        yield f"began in {month_in_words(case['opened_month'])}"


def _facts(case: Row, events: Sequence[Row]) -> Iterator[str]:
    about = [f"A child aged {case['age_band']}" if case["age_band"] else "A child"]
    if (care := CARE.get(str(case.get("from_care")))) is not None:
        about.append(care)
    if case.get("district"):
        about.append(f"{case['district']} district")
    yield f"{', '.join(about)}."
    grades = [row["grade"] for row in events if row.get("grade")]
    if grades:
        yield f"First graded {grades[0]} risk."
    yield "Still open." if case["is_open"] else f"Closed{_closed(case)}."
    others = [
        f"{name_in_words(name)}: {value}"
        for name, value in case.items()
        if name not in OF_CASE and name not in ("district", "from_care") and value is not None
    ]
    if others:
        yield f"As released: {'; '.join(others)}."


def _closed(case: Row) -> str:
    since = _since(case, "closed")
    return "" if since == "" else f" {since} after the start"


def _since(row: Row, stem: str) -> str:
    """`2 hours 50 minutes`, or `3 days` where only the day is told; nothing where there is no such time."""
    minutes, days = row[f"{stem}_after"], row[f"{stem}_day"]
    if minutes is not None:
        return duration(seconds_long(60 * abs(minutes)))
    return "" if days is None else count(abs(days), "day")


def _elapsed(row: Row, stem: str) -> str:
    minutes, days = row[f"{stem}_after"], row[f"{stem}_day"]
    if minutes is None and days is None:
        return ""
    told = minutes if minutes is not None else days
    if not told:
        return "start" if minutes is not None else "on the day of the start"
    return f"{'−' if told < 0 else '+'} {_since(row, stem)}"


def _event(number: int, row: Row) -> EventShown:
    details = ", ".join(
        f"{name_in_words(name)}: {value}" for name, value in row.items() if name not in OF_EVENT and value is not None
    )
    words = name_in_words(row["event"])
    happened, recorded = row["happened_after"], row["recorded_after"]
    gap = "–"
    if happened is not None and recorded is not None:
        later = recorded - happened
        length = duration(seconds_long(60 * abs(later)))
        gap = "at the time" if not later else f"{length} {'later' if later > 0 else 'before it happened'}"
    return EventShown(
        number,
        f"{words[:1].upper()}{words[1:]}" + (f" ({details})" if details else ""),
        _elapsed(row, "happened") or "without a time",
        _elapsed(row, "recorded") or "not recorded",
        gap,
        "not released",
    )


def _length(minutes: int | None) -> timedelta | None:
    return None if minutes is None else seconds_long(60 * minutes)


def _picture(events: Sequence[Row], found: Sequence[tuple[Row, ResolvedObligation]], *, is_made_up: bool) -> Any:
    drawn = [
        OnTwoClocks(
            at, name_in_words(row["event"]), _length(row["happened_after"]), None, _length(row["recorded_after"])
        )
        for at, row in enumerate(events, 1)
    ]
    return two_clocks_picture(
        drawn,
        _owed(found),
        name="clocks",
        title="What was recorded, on two clocks",
        start="start",
        is_made_up=is_made_up,
    )


def _owed(found: Sequence[tuple[Row, ResolvedObligation]]) -> OwedSpan | None:
    timed = [
        (row, item)
        for row, item in found
        if row["triggered_after"] is not None
        and row["deadline_after"] is not None
        and not isinstance(item.obligation, Never | Record)
    ]
    for outcome in (Outcome.LATE.value, Outcome.MISSED.value):
        of_it = [(row, item) for row, item in timed if row["outcome"] == outcome]
        if of_it:
            row, item = min(of_it, key=lambda pair: (not pair[1].obligation.safeguarding, pair[0]["deadline_after"]))
            return OwedSpan(
                item.obligation.title,
                seconds_long(60 * row["triggered_after"]),
                seconds_long(60 * row["deadline_after"]),
                _length(row["responded_after"]),
            )
    return None
