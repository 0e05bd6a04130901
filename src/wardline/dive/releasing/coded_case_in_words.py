"""One coded case of a release told in words: what was recorded, by elapsed time, and what was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from wardline.dive.releasing.coded_cases import CODED_CASE, CODED_EVENT
from wardline.dive.releasing.kept_release import KeptRelease
from wardline.errors import Problem, ProblemKind, UsageError, did_you_mean
from wardline.findings.coded_explanations import SinceStart, explain_coded_finding
from wardline.obligations import sentence
from wardline.reports.wording import MADE_UP_SENTENCE

__all__ = ["explain_coded_case"]

STARTS = {
    "opened": "The start is the opening of the case.",
    "first event": "The start is the first event of which the time is known.",
    None: "Only days are known of this case; they are counted from the day of its opening.",
}
Row = dict[str, Any]


def explain_coded_case(code: str, release: KeptRelease) -> str:
    """What was recorded about a coded case, and each finding with the sentence that says why.

    Raises UsageError where the release has no such case, OutputError where a table of it cannot be read.
    """
    with release.readable():
        cases = release.cases.filter(pl.col("case_id") == code.upper()).collect()
        if cases.is_empty():
            raise UsageError(_no_such_case(code, release))
        case = cases.row(0, named=True)
        events = release.events_of(case["case_id"]).collect()
        findings = release.findings_of(case["case_id"]).collect()
    parts = [release.about.marking, *([MADE_UP_SENTENCE] if release.is_made_up else [])]
    parts.append("\n".join(_case_in_words(case)))
    parts.append("\n".join(["What was recorded, and how long after the start", "", *_events_in_words(events)]))
    parts += _findings_in_words(release, events, findings)
    return "\n\n".join(parts)


def _no_such_case(code: str, release: KeptRelease) -> Problem:
    known = release.cases.select("case_id").collect()["case_id"].to_list()
    if not known:
        what, remedy = "No case was released, only figures.", "Ask the force a named question that needs cases."
        return Problem(ProblemKind.UNKNOWN_NAME, what, remedy)
    what = f"This release has no case under the code `{code}`.{did_you_mean(code.upper(), known)}"
    remedy = "Each release has codes of its own: a code of another one means nothing here."
    return Problem(ProblemKind.UNKNOWN_NAME, what, remedy)


def _case_in_words(case: Row) -> Iterator[str]:
    yield f"Case {case['case_id']} ({case['case_type']})"
    opened = f"Opened in {case['opened_month']}" if case["opened_month"] else "The month in which it was opened stayed"
    closed = SinceStart.of(case, "closed")
    state = "still open" if case["is_open"] else f"closed {closed.in_words()}" if closed else "closed"
    yield f"{opened}; {state}."
    if case["age_band"]:
        yield f"The child was {case['age_band']}."
    if told := [f"{name}: {case[name]}" for name in case if name not in CODED_CASE and case[name] is not None]:
        yield f"As released: {'; '.join(told)}."
    yield STARTS[case["start"]]


def _events_in_words(events: pl.DataFrame) -> Iterator[str]:
    rows = [_event(row) for row in events.to_dicts()]
    width = max((len(when) for when, _, _ in rows), default=0)
    named = max((len(name) for _, name, _ in rows), default=0)
    yield from (f"  {when:<{width}}  {name:<{named}}  {written}".rstrip() for when, name, written in rows)
    if not rows:
        yield "  Nothing."


def _event(row: Row) -> tuple[str, str, str]:
    happened, recorded = SinceStart.of(row, "happened"), SinceStart.of(row, "recorded")
    details = ", ".join(f"{name}={row[name]}" for name in row if name not in CODED_EVENT and row[name] is not None)
    return (
        happened.in_words() if happened else "without a time",
        f"{row['event']} ({details})" if details else row["event"],
        f"written up {recorded.in_words()}" if recorded else "when it was written up is not recorded",
    )


def _findings_in_words(release: KeptRelease, events: pl.DataFrame, findings: pl.DataFrame) -> Iterator[str]:
    by_name = {(one.standard, one.version, one.obligation.id): one for one in release.obligations}
    names = dict(events.select("event_id", "event").iter_rows())
    yield "What was found" if findings.height else "Nothing that these standards ask for was owed."
    for row in findings.to_dicts():
        resolved = by_name[row["standard"], row["version"], row["obligation"]]
        yield "\n".join(
            [
                f"{resolved.obligation.title} ({resolved.full_name})",
                f"  {explain_coded_finding(row, resolved, event_names=names)}",
                f"  The obligation: {sentence(resolved.obligation)}",
            ]
        )
