"""One case of a dive, told in words: its timeline, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.questions.case_opened import Explicable, findings_explained
from wardline.dive.questions.timeline import case_in_words, events_in_words
from wardline.english import or_list
from wardline.errors import Problem, ProblemKind, UsageError
from wardline.events import RESTRICTED_MARK, EventLog, attribute_columns, closed_as_at, existing_cases
from wardline.obligations import ResolvedObligation, sentence
from wardline.reports.wording import MADE_UP_SENTENCE, instant_in_words

__all__ = ["Explicable", "explain", "explained"]

NEAR_SHOWN = 5
# Comparing a number letter by letter with each of half a million would take longer than anybody waits.
NEAR_COMPARED = 20_000


@dataclass(frozen=True)
class OutsidePeriod:
    """Findings that no figure holds and a list for today may, and the obligations that they are of."""

    findings: pl.LazyFrame
    obligations: Sequence[ResolvedObligation]


def explain(case_id: str, dive: KeptDive) -> str:
    """What was recorded about a case, with both clocks, and each finding with the sentence that says why.

    `case_id` is `system:number`, or the number alone where only one system has it. Raises UsageError where the dive
    has no such case (near ones are suggested), OutputError where a table of it cannot be read.
    """
    with dive.readable():
        return explained(case_id, dive, OutsidePeriod(dive.findings_outside_period, dive.obligations_for_today))


def explained(case_id: str, dive: Explicable, further: OutsidePeriod | None = None) -> str:
    """The same of whatever a case can be explained from. Raises UsageError where there is no such case.

    What lies outside the period of a dive comes after the rest.
    """
    as_at, calendar, event_log = dive.as_at, dive.calendar, dive.event_log
    found = _find_case(case_id, event_log)
    if RESTRICTED_MARK in found:
        raise UsageError(
            Problem(
                ProblemKind.UNKNOWN_NAME,
                "This case is restricted: it is counted, and never shown.",
                "Ask the team that keeps restricted records.",
            )
        )
    case = event_log.cases.filter(pl.col("case_id") == found).with_columns(closed_as_at(as_at)).collect()
    systems = event_log.case_sources.filter(pl.col("case_id") == found).collect()["source"].unique().sort().to_list()
    parts = [
        case_in_words(
            case.row(0, named=True), systems, attribute_columns(case.schema, "cases"), as_at=as_at, calendar=calendar
        ),
        events_in_words(event_log, found, as_at=as_at, calendar=calendar),
        *_findings_in_words(dive, found, further),
    ]
    if dive.is_made_up:
        parts.insert(0, MADE_UP_SENTENCE)
    if not existing_cases(event_log, as_at=as_at).filter(pl.col("case_id") == found).collect().height:
        parts.insert(1 + dive.is_made_up, "This case did not exist yet at that time.")
    return "\n\n".join(parts)


def _find_case(named: str, event_log: EventLog) -> str:
    """The full id of the case that is meant."""
    ids = event_log.cases.select("case_id")
    exact = ids.filter((pl.col("case_id") == named) | pl.col("case_id").str.ends_with(f":{named}")).collect()
    matching = exact["case_id"].unique().sort().to_list()
    if named in matching:
        return named
    if len(matching) == 1:
        return str(matching[0])
    near = matching or _near(named, ids)
    what = (
        "Several record systems have a case of that number." if matching else f"This dive has no case called “{named}”."
    )
    remedy = f"Did you mean {or_list(near)}?" if near else "Write it as in the report, the record system first."
    raise UsageError(Problem(ProblemKind.UNKNOWN_NAME, what, remedy))


def _near(named: str, ids: pl.LazyFrame) -> list[str]:
    folded = named.casefold()
    lower = pl.col("case_id").str.to_lowercase()
    holding = ids.filter(lower.str.contains(folded, literal=True)).sort("case_id").head(NEAR_SHOWN).collect()
    if holding.height:
        return holding["case_id"].to_list()
    # Those of about the same length: a slip of the finger changes a letter, or adds or loses one.
    number = folded.rpartition(":")[2]
    length = (
        pl.col("case_id").str.len_chars().cast(pl.Int64) - pl.col("case_id").str.replace(r"[^:]*$", "").str.len_chars()
    )
    alike = (
        ids.filter((length - len(number)).abs() <= 1).sort("case_id").head(NEAR_COMPARED).collect()["case_id"].to_list()
    )
    by_number: dict[str, str] = {}
    for one in alike:
        by_number.setdefault(one.casefold().rpartition(":")[2], one)
    return [by_number[one] for one in get_close_matches(number, by_number, n=NEAR_SHOWN, cutoff=0.7)]


def _findings_in_words(dive: Explicable, case_id: str, further: OutsidePeriod | None) -> Iterator[str]:
    when = f"as at {instant_in_words(dive.as_at, dive.calendar)}"
    is_of_case = pl.col("case_id") == case_id
    within = dive.findings.filter(is_of_case).collect()
    outside = within.clear() if further is None else further.findings.filter(is_of_case).collect()
    if within.height:
        yield _found_in_words(f"What was found, {when}", within, dive.obligations, dive, case_id)
    elif not outside.height:
        yield f"Nothing that these standards ask for was owed, {when}."
    if further is not None and outside.height:
        heading = f"Outside the period of this dive, {when}: not in any figure"
        yield _found_in_words(heading, outside, further.obligations, dive, case_id)


def _found_in_words(
    heading: str, findings: pl.DataFrame, obligations: Sequence[ResolvedObligation], dive: Explicable, case_id: str
) -> str:
    blocks = [heading]
    for found in findings_explained(findings, obligations, dive, case_id):
        resolved = found.item
        blocks.append(
            "\n".join(
                [
                    f"{resolved.obligation.title} ({resolved.full_name}{_version(resolved, obligations)})",
                    f"  {found.why}",
                    f"  The obligation: {sentence(resolved.obligation)}",
                ]
            )
        )
    return "\n\n".join(blocks)


def _version(resolved: ResolvedObligation, obligations: Sequence[ResolvedObligation]) -> str:
    """Which version it is of, where the dive holds its standard in more than one."""
    held = {one.version for one in obligations if one.standard == resolved.standard}
    return f", version {resolved.version}" if len(held) > 1 else ""
