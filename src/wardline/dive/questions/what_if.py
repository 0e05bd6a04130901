"""A dive that was made, checked against other time limits: a question that changes nothing, counted and not worded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

import polars as pl

from wardline.dive.kept.folder import FINDINGS_TABLE
from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.kept.settings import KeptSettings
from wardline.engines import write_findings
from wardline.errors import DocumentError, Problem, ProblemKind, Problems, UsageError, did_you_mean
from wardline.findings import OCCASION, Outcome, key_column
from wardline.obligations import ResolvedObligation, TimeLimit
from wardline.reports.what_if_in_words import Change, ObligationWhatIf, WhatIf
from wardline.standards import LocalLimit, read_limit, resolve
from wardline.work_folders import work_folder

__all__ = ["what_if"]

CASES_SHOWN = 5
REASON = "asked what if"

Read = TypeVar("Read")


def what_if(
    dive: KeptDive, asked: Mapping[str, str], *, progress: Callable[[str, int, int], None] | None = None
) -> WhatIf:
    """Check the kept records of a dive again with other limits, each given by the full name of its obligation.

    What is found is what a new dive with these limits would find. Nothing in the folder is changed, and only the
    obligations that are asked about are checked. Raises UsageError where something is asked that cannot be, OutputError
    where a table of the dive cannot be read.
    """
    changed = _resolved(dive.settings, asked)
    with dive.readable(), work_folder() as scratch:
        again = scratch / FINDINGS_TABLE
        write_findings(changed, dive.event_log, again, as_at=dive.as_at, period=dive.period, progress=progress)
        compared = _compared(dive.findings, pl.scan_parquet(again, glob=False), changed)
        counts, first_cases = _counts(compared), _first_cases(compared)
    limits = {one.key: one.obligation.time_limit for one in dive.obligations}
    return WhatIf(
        title=dive.title,
        as_at=dive.as_at,
        zone=dive.zone,
        is_made_up=dive.is_made_up,
        asked=asked,
        obligations=tuple(_of_one(one, limits[one.key], counts, first_cases) for one in changed),
    )


# WHAT IS ASKED


def _resolved(settings: KeptSettings, asked: Mapping[str, str]) -> list[ResolvedObligation]:
    """The obligations that are asked about, in the order of the dive, each with the limit that is asked about."""
    problems = Problems(UsageError)
    limits: dict[str, LocalLimit] = {}
    for name, text in asked.items():
        if (unknown := _no_such_limit(settings, name)) is not None:
            problems.append(unknown)
        elif (limit := problems.collect(partial(_as_typed, partial(read_limit, text)))) is not None:
            limits[name] = LocalLimit(limit, REASON)  # no reason is asked for, since nothing is set
    problems.tell()
    force = replace(settings.force, limits={**settings.force.limits, **limits})
    resolved = _as_typed(lambda: resolve(settings.standards, force))
    return [one for one in resolved if one.full_name in asked]


def _no_such_limit(settings: KeptSettings, name: str) -> Problem | None:
    named = [one for one in settings.obligations if one.full_name == name]
    if not named:
        known = list(dict.fromkeys(one.full_name for one in settings.obligations))
        short = next((f" Did you mean `{full}`?" for full in known if full.endswith(f"/{name}")), None)
        return Problem(
            ProblemKind.UNKNOWN_NAME,
            f"This dive has no obligation called `{name}`.{short or did_you_mean(name, known)}",
            "Name it in full, the standard first; the report and `wardline standards show` have the names.",
        )
    if all(one.obligation.time_limit is None for one in named):
        return Problem(
            ProblemKind.WRONG_VALUE,
            f"`{name}` has no time limit, so there is no other one to ask about.",
            "Ask about an obligation that has one; `wardline standards show` says which do.",
        )
    return None


def _as_typed(read: Callable[[], Read]) -> Read:
    """What `read` gives. Problems of a document are raised as those of what was typed, which stands in no file."""
    try:
        return read()
    except DocumentError as error:
        raise UsageError(replace(problem, where=None) for problem in error.problems) from None


# BEFORE AND AFTER


def _compared(before: pl.LazyFrame, after: pl.LazyFrame, changed: Sequence[ResolvedObligation]) -> pl.LazyFrame:
    """`key`, `case_id`, `before` and `after` of every occasion of the obligations that are asked about."""
    keys = [one.key for one in changed]

    def outcomes(findings: pl.LazyFrame, name: str) -> pl.LazyFrame:
        text = pl.col("standard", "version", "obligation", "outcome").cast(pl.String)
        return (
            findings.with_columns(text, key_column())
            .filter(pl.col("key").is_in(keys))
            .select("key", *OCCASION, pl.col("outcome").alias(name))
        )

    return (
        outcomes(before, "before")
        .join(outcomes(after, "after"), on=["key", *OCCASION], how="full", nulls_equal=True, coalesce=True)
        .select("key", "case_id", "before", "after")
    )


def _counts(compared: pl.LazyFrame) -> list[tuple[str, str, str, int, int]]:
    """Key, outcome before and after, occasions and cases."""
    counted = (
        compared.group_by("key", "before", "after")
        .agg(pl.len().alias("occasions"), pl.col("case_id").n_unique().alias("cases"))
        .collect()
    )
    assert not counted["before"].has_nulls() and not counted["after"].has_nulls(), (
        "a limit makes and unmakes no occasion"
    )
    return list(counted.iter_rows())


def _first_cases(compared: pl.LazyFrame) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """The first cases of each change, by key, outcome before and after."""
    found = (
        compared.filter(pl.col("before") != pl.col("after"))
        .unique()
        .group_by("key", "before", "after")
        .agg(pl.col("case_id").sort().head(CASES_SHOWN))
        .collect()
    )
    return {(key, before, after): tuple(cases) for key, before, after, cases in found.iter_rows()}


def _of_one(
    item: ResolvedObligation,
    limit_before: TimeLimit | None,
    counts: Sequence[tuple[str, str, str, int, int]],
    first_cases: Mapping[tuple[str, str, str], tuple[str, ...]],
) -> ObligationWhatIf:
    assert limit_before is not None, "only obligations with a limit are asked about"
    mine = [row[1:] for row in counts if row[0] == item.key]
    changes = [
        Change(Outcome(before), Outcome(after), occasions, cases, first_cases[item.key, before, after])
        for before, after, occasions, cases in mine
        if before != after
    ]
    order = list(Outcome)
    changes.sort(key=lambda one: (-one.occasions, order.index(one.before), order.index(one.after)))
    return ObligationWhatIf(
        item,
        limit_before,
        before=dict(_added((before, occasions) for before, _, occasions, _ in mine)),
        after=dict(_added((after, occasions) for _, after, occasions, _ in mine)),
        changes=tuple(changes),
    )


def _added(counted: Iterator[tuple[str, int]]) -> Iterator[tuple[Outcome, int]]:
    sums = dict.fromkeys(Outcome, 0)
    for outcome, occasions in counted:
        sums[Outcome(outcome)] += occasions
    yield from sums.items()
