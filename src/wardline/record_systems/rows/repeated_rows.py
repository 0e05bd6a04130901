"""Rows that stand in the exports more than once, and cases and person records that several rows give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import polars as pl

from wardline.record_systems.mapping.kinds_of_table import CaseTable, PersonTable
from wardline.record_systems.rows.cases_given_otherwise import count_given_otherwise
from wardline.record_systems.rows.rejects import RejectReason, RemarkKind
from wardline.record_systems.rows.staged_files import StagedFile

__all__ = ["reject_repeated_rows"]


def reject_repeated_rows(files: Sequence[StagedFile]) -> None:
    """Decide for every staged row of one record system whether another takes its place; sets `reasons`.

    Of rows that are the same in every cell, within one table, one is kept. Of different rows that give the same
    case or the same person record, in any table, the last one is, by (table, file name, row); but none that lacks
    cells at its end takes the place of one that lacks none.
    """
    by_table: dict[int, list[StagedFile]] = {}
    for file in files:
        by_table.setdefault(file.table.position, []).append(file)
    for of_table in by_table.values():
        # Of a case or person the last of them: another row between the two may say otherwise, and be overruled again.
        last_counts = of_table[0].table.is_one_thing_per_id
        _reject(of_table, "fingerprint", RejectReason.SAME_ROW, keep="last" if last_counts else "first")
    for kind, reason in ((CaseTable, RejectReason.LATER_CASE), (PersonTable, RejectReason.LATER_PERSON)):
        of_kind = [file for file in files if isinstance(file.table, kind)]
        if of_kind:
            _reject_short(of_kind)
            _reject(of_kind, "id", reason, keep="last")
    for file in files:
        if isinstance(file.table, CaseTable):
            _count_given_again(file)
    count_given_otherwise([file for file in files if isinstance(file.table, CaseTable)])


def _count_given_again(file: StagedFile) -> None:
    """Count the rows of a file whose case a later row of it gives too: that does not correct an earlier export."""
    later = file.reasons == RejectReason.LATER_CASE.code
    if later.any():
        taken = (file.reasons.is_null() | later).fill_null(False)
        ids = _staged(file, "id").filter(taken)
        if count := int((later.filter(taken).fill_null(False) & ~ids.is_last_distinct()).sum()):
            file.tally[RemarkKind.GIVEN_AGAIN, None] += count


def _reject_short(files: Sequence[StagedFile]) -> None:
    is_short = pl.concat([_staged(file, "is_short") for file in files]).fill_null(value=False)
    if not is_short.any():
        return
    reasons = _reasons(files)
    ids = pl.concat([_staged(file, "id") for file in files])
    of_whole_rows = ids.filter(reasons.is_null() & ~is_short)
    rejected = (reasons.is_null() & is_short & ids.is_in(of_whole_rows.implode())).arg_true()
    _set(files, reasons, rejected, RejectReason.WHOLE_ROW)


def _reject(files: Sequence[StagedFile], key: str, reason: RejectReason, *, keep: Literal["first", "last"]) -> None:
    reasons = _reasons(files)
    keys = pl.concat([_staged(file, key) for file in files])
    fine = reasons.is_null()
    among_fine = keys.filter(fine)
    stays = among_fine.is_first_distinct() if keep == "first" else among_fine.is_last_distinct()
    _set(files, reasons, fine.arg_true().filter(~stays), reason)


def _reasons(files: Sequence[StagedFile]) -> pl.Series:
    """The reasons as they are now known, of the rows of all these files in order."""
    return pl.concat([file.reasons if len(file.reasons) == file.staged else _staged(file, "reason") for file in files])


def _set(files: Sequence[StagedFile], reasons: pl.Series, rejected: pl.Series, reason: RejectReason) -> None:
    """Give the rows at these positions a reason."""
    reasons = reasons.scatter(rejected, reason.code)
    at = 0
    for file in files:
        file.reasons = reasons.slice(at, file.staged)
        at += file.staged


def _staged(file: StagedFile, column: str) -> pl.Series:
    dtype = {"reason": pl.UInt8(), "fingerprint": pl.UInt64(), "id": pl.String(), "is_short": pl.Boolean()}[column]
    return pl.concat([pl.Series(column, dtype=dtype), *(frame[column] for frame in file.read([column]))])
