"""What would go and what would stay if a dive were released: the tables, and how many there are of each.

Nothing is written here, so that it can be looked at before anybody signs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.releasing.case_codes import case_codes
from wardline.dive.releasing.coded_cases import CasesToCode
from wardline.dive.releasing.coded_findings import coded_findings
from wardline.dive.releasing.release_file import WhatStayed, WhatWent
from wardline.dive.releasing.released_coverage import (
    released_can_tell,
    released_claims,
    released_coverage,
    released_measures,
)
from wardline.dive.releasing.released_figures import released_figures
from wardline.english import and_list, count
from wardline.errors import Problem, ProblemKind, Problems, UsageError, did_you_mean
from wardline.obligations import ResolvedObligation, named_by

__all__ = [
    "CAN_TELL_TABLE",
    "CLAIMS_TABLE",
    "CODED_CASES",
    "CODED_EVENTS",
    "CODED_FINDINGS",
    "COVERAGE_TABLE",
    "FIGURES_TABLE",
    "RELEASED_MEASURES",
    "PlanOfRelease",
    "plan_release",
]

FIGURES_TABLE = "figures.parquet"
CAN_TELL_TABLE = "can_tell.parquet"
COVERAGE_TABLE = "coverage.parquet"
RELEASED_MEASURES = "measures.parquet"
CLAIMS_TABLE = "claims.parquet"
CODED_CASES, CODED_EVENTS, CODED_FINDINGS = "cases.parquet", "events.parquet", "findings.parquet"

NEVER = "never leaves the force"
NEVER_GO = (
    ("names, dates of birth, postcodes and telephone numbers", NEVER),
    ("the text of notes", NEVER),
    ("case, crime, incident and officer numbers", NEVER),
    ("days and clock times: months and elapsed times go in their place", NEVER),
    ("which cases are of one child, and links and networks of people", NEVER),
    ("rows and files of the exports, with what was rejected and what contradicts itself", NEVER),
    ("figures by shift or by author: an officer could be told from them", NEVER),
    ("figures by week", "too few children are in one"),
)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class PlanOfRelease:
    """The tables of a release by their file names, and what is said of it; `codes` are those of the cases that go.

    `held` and `restricted` are how many of the cases asked for stay for one of these reasons. The force is told each;
    a release says only how many they are together, and of none why.
    """

    dive: KeptDive
    question: str | None
    about: tuple[str, ...]
    tables: Mapping[str, pl.DataFrame]
    codes: Mapping[str, str]
    went: tuple[WhatWent, ...]
    stayed: tuple[WhatStayed, ...]
    held: int = 0
    restricted: int = 0
    alone: int = 0  # of the cases that go, those that no other is like in month, age and attributes


def plan_release(
    dive: KeptDive,
    *,
    codes: bytes,
    question: str | None = None,
    about: Sequence[str] = (),
    held: Collection[str] = frozenset(),
    progress: Progress | None = None,
) -> PlanOfRelease:
    """What would go if this dive were released.

    Without a `question` only figures go. With one, coded cases do: all that were judged, or those of the obligations
    that `about` names in full. `codes` is the secret under which their codes are drawn: 16 random bytes or more, new
    for each release. `held` are the full ids of cases that are in no release. Raises UsageError where an obligation is
    not known, OutputError where a table of the dive cannot be read.
    """
    tell = progress or (lambda what, done, total: None)
    items = _items(dive, about)
    with dive.readable():
        tell("counting what may go", 0, 0)
        figures = released_figures(dive)
        tables = {
            FIGURES_TABLE: figures,
            RELEASED_MEASURES: released_measures(dive),
            CLAIMS_TABLE: released_claims(dive),
            CAN_TELL_TABLE: released_can_tell(dive),
            COVERAGE_TABLE: released_coverage(dive),
        }
        went, stayed = [*_figures_that_go(tables)], [*_figures_that_stay(figures)]
        if question is None:
            everything = int(dive.findings.select(pl.col("case_id").n_unique()).collect().item())
            stayed.insert(0, WhatStayed(what="cases", count=everything, why="no named question asks for them"))
            return PlanOfRelease(dive, None, (), tables, {}, tuple(went), (*stayed, *_never()))
        tell("coding the cases", 0, 0)
        return _with_cases(dive, question, items, tables, codes, frozenset(held), went, stayed)


def _items(dive: KeptDive, about: Sequence[str]) -> list[ResolvedObligation]:
    known = {item.full_name for item in dive.obligations}
    problems = Problems(UsageError)
    for name in about:
        if name not in known:
            problems.append(
                Problem(
                    ProblemKind.UNKNOWN_NAME,
                    f"This dive has no obligation called `{name}`.{did_you_mean(name, known)}",
                    "Write its full name, the standard first, as the report does.",
                )
            )
    problems.tell()
    return [item for item in dive.obligations if not about or item.full_name in about]


def _with_cases(
    dive: KeptDive,
    question: str,
    items: list[ResolvedObligation],
    tables: dict[str, pl.DataFrame],
    codes: bytes,
    held: frozenset[str],
    went: list[WhatWent],
    stayed: list[WhatStayed],
) -> PlanOfRelease:
    key = pl.format("{}/{} {}", *(pl.col(name).cast(pl.String) for name in ("standard", "obligation", "version")))
    judged = dive.findings.filter(pl.col("case_id").is_not_null()).select("case_id", key=key)
    asked = judged.filter(pl.col("key").is_in([item.key for item in items])).select("case_id").unique().collect()
    every = int(judged.select(pl.col("case_id").n_unique()).collect().item())
    wanted = set(asked["case_id"])
    restricted = wanted & set(dive.restricted_cases.select("case_id").collect()["case_id"])
    stays = (wanted & held) | restricted
    drawn = case_codes(wanted - stays, codes)
    coding = CasesToCode(dive, drawn, frozenset(named_by(item.obligation for item in dive.obligations).events))
    findings = coded_findings(dive, coding)
    coded = {CODED_CASES: coding.cases, CODED_EVENTS: coding.events, CODED_FINDINGS: findings}
    went += [
        WhatWent(what="coded cases", count=coding.cases.height, note="each under a fresh code"),
        WhatWent(what="events of these cases", count=coding.events.height, note="by elapsed time"),
        WhatWent(what="findings of these cases", count=findings.height, note="by elapsed time"),
    ]
    stays_because = [
        WhatStayed(what="cases that the question is not about", count=every - len(wanted), why="nobody asked for them"),
        WhatStayed(
            what="cases that are held or come from a restricted record", count=len(stays), why="the reason is not given"
        ),
        *_parts_of_cases(coding),
    ]
    return PlanOfRelease(
        dive,
        question,
        tuple(dict.fromkeys(item.full_name for item in items)) if len(items) < len(dive.obligations) else (),
        tables | coded,
        drawn,
        tuple(went),
        (*stays_because, *stayed, *_never()),
        held=len(wanted & held),
        restricted=len(restricted),
        alone=_alone(coding.cases),
    )


def _alone(cases: pl.DataFrame) -> int:
    """How many cases are the only one with what is told of the child and the place."""
    told = [name for name in cases.columns if name not in ("case_id", "start", "is_open", "closed_after", "closed_day")]
    return cases.group_by(told).len().filter(pl.col("len") == 1).height


def _figures_that_go(tables: Mapping[str, pl.DataFrame]) -> Iterator[WhatWent]:
    figures = tables[FIGURES_TABLE]
    of_groups = figures.filter(pl.col("split").is_not_null())
    yield WhatWent(what="obligations with the figures of the whole force", count=figures.height - of_groups.height)
    splits = sorted(of_groups["split"].unique())
    by = f"by {and_list(splits)}; none of fewer than ten children" if splits else ""
    yield WhatWent(what="figures by group", count=of_groups.height, note=by)
    yield WhatWent(
        what="figures of measures", count=tables[RELEASED_MEASURES].height, note="by month, quarter and whole period"
    )
    yield WhatWent(what="claims with what the records say to them", count=tables[CLAIMS_TABLE].height)
    yield WhatWent(what="obligations with what the records can tell", count=tables[CAN_TELL_TABLE].height)
    systems = tables[COVERAGE_TABLE]["system"].n_unique()
    yield WhatWent(what="record systems with what was read of them", count=systems)


def _figures_that_stay(figures: pl.DataFrame) -> Iterator[WhatStayed]:
    withheld = int(figures["is_withheld"].sum())
    if withheld:
        yield WhatStayed(
            what="figures by group that are withheld in part",
            count=withheld,
            why="fewer than ten children are behind one, or it could be worked out from another",
        )


def _parts_of_cases(coding: CasesToCode) -> Iterator[WhatStayed]:
    left = coding.left_out
    for what, names in (("of cases", left.case_attributes), ("of events", left.event_attributes)):
        if names:
            why = f"text, numbers or rare values, or not on the list of what may go: {', '.join(names)}"
            yield WhatStayed(what=f"attributes {what}", count=len(names), why=why)
    if left.values_merged:
        yield WhatStayed(what="values of attributes", count=left.values_merged, why="fewer than ten children: other")
    if left.months_merged or left.ages_merged:
        merged = and_list(
            [
                count(many, what)
                for many, what in ((left.months_merged, "month"), (left.ages_merged, "age band"))
                if many
            ]
        )
        total = left.months_merged + left.ages_merged
        yield WhatStayed(what="months and age bands", count=total, why=f"{merged} joined with a neighbour: too few")
    if left.rare_events:
        yield WhatStayed(what="events of rare kinds", count=left.rare_events, why="no standard names them")


def _never() -> Iterator[WhatStayed]:
    yield from (WhatStayed(what=what, count=None, why=why) for what, why in NEVER_GO)
