"""Two dives beside each other: refused where they are unlike, else what differs, and what each found of the same
obligations.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive, open_dive
from wardline.dive.questions.differing_dives import differences
from wardline.dive.questions.unlike_dives import days_in_both, obligations_of_both, unlike
from wardline.errors import OutputError, Place, Problem, ProblemKind, Problems, UsageError
from wardline.measures.dives_compared import counting_all_obligations, judged_otherwise, obligation_beside
from wardline.reports.dives_compared import DiveBeside, DivesCompared
from wardline.time_limits import local_date_column

__all__ = ["compare_dives", "open_two_dives"]


def open_two_dives(first: Path, second: Path) -> tuple[KeptDive, KeptDive]:
    """Both, each held against its manifest; problems of both are told at once. Raises OutputError, and UsageError where
    the two are one folder."""
    if first.absolute() == second.absolute():
        raise UsageError(
            Problem(
                ProblemKind.UNLIKE_DIVES,
                "The same folder is named twice.",
                "Name two dives, the earlier one first.",
                Place(str(second)),
            )
        )
    problems = Problems(OutputError)
    opened = [problems.collect(partial(open_dive, one)) for one in (first, second)]
    problems.tell()
    assert opened[0] is not None and opened[1] is not None, "what could not be opened was told"
    return opened[0], opened[1]


def compare_dives(first: KeptDive, second: KeptDive, *, left_out: Collection[str] = ()) -> DivesCompared:
    """The second beside the first; `left_out` are obligations, or standards, that are not compared.

    Raises UsageError with every reason why the two cannot be compared, OutputError where a table cannot be read.
    """
    omitted = tuple(dict.fromkeys(left_out))
    with first.readable(), second.readable():
        Problems(UsageError, unlike(first, second, omitted)).tell()
        shared = obligations_of_both(first, second, omitted)
        overlap = days_in_both(first, second)
        found = [
            obligation_beside(first.tables, second.tables, (mine, theirs), is_tested=overlap is None)
            for _, mine, theirs in shared
        ]
        compared = [one for one in found if one is not None]
        keyed_alike = first.manifest.key_fingerprint == second.manifest.key_fingerprint
        corrected, tested = counting_all_obligations(compared)
        return DivesCompared(
            _of(first),
            _of(second),
            tuple(differences(first, second, omitted)),
            corrected,
            tuple(name for (name, _, _), one in zip(shared, found, strict=True) if one is None),
            tested,
            overlap if first.period or second.period else None,
            None
            if overlap is None
            else judged_otherwise(
                _on_days(first, overlap),
                _on_days(second, overlap),
                [name for name, _, _ in shared],
                first_as_at=first.as_at,
            ),
            keyed_alike,
            _children_in_both(first, second) if keyed_alike else None,
            omitted,
        )


def _of(dive: KeptDive) -> DiveBeside:
    return DiveBeside(
        folder=dive.folder.name,
        title=dive.title,
        force=dive.force.name,
        period=dive.period,
        as_at=dive.as_at,
        zone=dive.zone,
        cases=int(dive.cases.select(pl.len()).collect().item()),
        occasions=int(dive.findings.select(pl.len()).collect().item()),
        is_made_up=dive.is_made_up,
    )


def _on_days(dive: KeptDive, days: tuple[date, date]) -> pl.LazyFrame:
    """The findings of occasions that began on these local days."""
    return dive.findings.filter(local_date_column(pl.col("triggered_at"), dive.calendar).is_between(*days))


def _children_in_both(first: KeptDive, second: KeptDive) -> int:
    ids = [dive.findings.select("child_id").drop_nulls().unique() for dive in (first, second)]
    return int(ids[0].join(ids[1], on="child_id", how="semi").select(pl.len()).collect().item())
