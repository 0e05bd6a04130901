"""The findings table: what a check concludes about each occasion, and how an occasion and its obligation are known."""

from __future__ import annotations

from enum import Enum

import polars as pl

from wardline.events import INSTANT
from wardline.obligations import ResolvedObligation

__all__ = ["FINDINGS", "OCCASION", "Outcome", "Reason", "full_name_column", "is_of", "key_column"]


class Outcome(Enum):
    """What we conclude about one occasion. People read `words`."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    NOT_YET_DUE = "not_yet_due"
    EXEMPT = "exempt"
    CANNOT_TELL = "cannot_tell"


class Reason(Enum):
    """Why it cannot be told; empty for every other outcome."""

    NO_CHILD = "no_child"
    TRIGGER_WITHOUT_TIME = "trigger_without_time"
    LIMIT_UNKNOWN = "limit_unknown"
    EVIDENCE_INCOMPLETE = "evidence_incomplete"
    NOT_RECORDED_HERE = "not_recorded_here"
    NOT_JOINED = "not_joined"
    RECORD_GAP = "record_gap"
    TIME_NOT_EXACT = "time_not_exact"


# `standard`, `version`, `obligation`, `outcome`, `reason`, `limit`, `shipped_limit` and `standing` repeat few values
# over many rows, so a table may hold them as Categorical or Enum; `as_plain_findings` makes them text again.
FINDINGS = pl.Schema(
    {
        "standard": pl.String(),
        "version": pl.String(),
        "obligation": pl.String(),  # its id within the standard
        "case_id": pl.String(),
        "child_id": pl.String(),  # until linking exists, the case's person_id
        "trigger_event": pl.Int64(),  # event_id
        "ordinal": pl.Int64(),  # from 1, among the case's occasions with the same triggered_at
        "triggered_at": INSTANT,  # the earliest instant it can be
        "limit": pl.String(),  # the length that was applied, in words; empty where unknown or none
        "shipped_limit": pl.String(),  # the standard's own limit in words, where the force has another; else empty
        "deadline": INSTANT,  # the latest instant it can be
        "outcome": pl.String(),
        "reason": pl.String(),
        "response_event": pl.Int64(),
        "responded_at": INSTANT,
        "response_recorded_at": INSTANT,
        "exemption_event": pl.Int64(),  # empty also where the case's closing exempts
        "exempted_at": INSTANT,
        "exemption_recorded_at": INSTANT,
        "late_by": pl.Duration("us"),  # for `late` only: the least it can be
        "counted": pl.Boolean(),  # whether a failing would have shown, so that the occasion may be in a share or a wait
        "standing": pl.String(),
    }
)

# By these an occasion is known in every dive, whatever it came to.
OCCASION = ("standard", "version", "obligation", "case_id", "triggered_at", "ordinal")


def full_name_column() -> pl.Expr:
    """Of rows of findings, `full_name` of the obligation, as `ResolvedObligation.full_name` gives it."""
    return pl.format("{}/{}", *_as_text("standard", "obligation")).alias("full_name")


def key_column() -> pl.Expr:
    """Of rows of findings, `key` of the obligation, as `ResolvedObligation.key` gives it: the full name and version."""
    return pl.format("{}/{} {}", *_as_text("standard", "obligation", "version")).alias("key")


def is_of(item: ResolvedObligation) -> pl.Expr:
    """Of rows of findings, whether each is of this obligation, by columns of the table, so that a Parquet file need not
    be read where it holds others."""
    wanted = {"standard": item.standard, "version": item.version, "obligation": item.obligation.id}
    return pl.all_horizontal(pl.col(name) == value for name, value in wanted.items())


def _as_text(*columns: str) -> list[pl.Expr]:
    return [pl.col(column).cast(pl.String) for column in columns]
