"""Dives that the tests of the children to check take lists from: one real one, and others that show less or later."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from wardline.dive import KeptDive
from wardline.measures import ListsForToday
from wardline_workspace.dives.models import AddedDive

ROOT = Path(__file__).resolve().parents[2]


def make_first_dive(out: Path) -> Path:
    """The dive of examples/first-dive, made from a copy of it, so that no key is left in the repository."""
    import shutil

    here = out / "example"
    shutil.copytree(ROOT / "examples" / "first-dive", here)
    subprocess.run(
        [sys.executable, "-m", "wardline.cli", "dive", str(here / "dive.yaml"), "--out", str(out / "dive")],
        check=True,
        capture_output=True,
    )
    return out / "dive"


@dataclass(frozen=True)
class OtherDive:
    """A dive with a later time and other lists; everything else is as in the dive it is made from."""

    dive: KeptDive
    as_at: datetime
    to_check: pl.DataFrame
    never_judged: tuple = field(default=())

    def __getattr__(self, name: str) -> object:
        return getattr(self.dive, name)

    @property
    def event_log(self) -> object:
        later = self.as_at
        log = self.dive.event_log
        return replace(log, coverage=log.coverage.with_columns(taken_at=pl.lit(later)))

    @property
    def children_to_check(self) -> pl.DataFrame:
        return self.to_check

    @property
    def lists_for_today(self) -> ListsForToday:
        return replace(self.dive.lists_for_today, to_check=self.to_check)


class Dives:
    """Adds dives without copying folders, each with a list of its own."""

    def __init__(self, first: KeptDive, monkeypatch: object) -> None:
        self.first = first
        self.by_slug: dict[str, object] = {}
        for module in ("taking", "views"):
            monkeypatch.setattr(f"wardline_workspace.children.{module}.opened", lambda added: self.by_slug[added.slug])

    def add(self, slug: str, *, hours: float = 0, without: tuple[str, ...] = (), only: int | None = None) -> AddedDive:
        """Add a dive whose records end `hours` later, without the rows of some cases, or with the first rows only."""
        rows = self.first.children_to_check.filter(~pl.col("case").is_in(list(without)))
        as_at = self.first.as_at + timedelta(hours=hours)
        self.by_slug[slug] = OtherDive(self.first, as_at, rows if only is None else rows.head(only))
        return AddedDive.objects.create(
            slug=slug,
            title=f"Dive {slug}",
            question="?",
            as_at=as_at,
            is_made_up=True,
            folder=str(self.first.folder),
            manifest_sha256=slug.ljust(64, "0"),
            added_by="",
        )
