"""A published set of obligations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardline.obligations import Obligation

__all__ = ["Standard"]


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A set of obligations with a title, a version and dates in force (local days, both included; `to` None: open).

    `name` is how it is called in files and commands (`england/missing-children`). `not_judged_from_records` says, in
    words, what only somebody who reads the case files can judge.
    """

    name: str
    title: str
    version: str
    in_force_from: date
    in_force_to: date | None = None
    case_type: str
    obligations: tuple[Obligation, ...]
    not_judged_from_records: tuple[str, ...] = ()

    def full_name(self, obligation: Obligation) -> str:
        """`standard/obligation`, as elsewhere an obligation is named in full."""
        return f"{self.name}/{obligation.id}"
