"""A release opened again: each file checked against `release.json`, its settings read, its tables lazy.

Its names are those of a kept dive where it has the same thing, so that one page can show either. It has no event log,
no people and no notes, because those stayed with the force.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path, PurePosixPath

import polars as pl

from wardline.dive.kept.folder import files_of
from wardline.dive.kept.manifest import IDENTIFIED, digest
from wardline.dive.kept.settings import FORCE, KeptSettings, read_settings
from wardline.dive.kept.where_to_write import is_dive_folder
from wardline.dive.releasing.coded_cases import CODED_CASE, CODED_EVENT
from wardline.dive.releasing.coded_findings import CODED_FINDING
from wardline.dive.releasing.plan_of_release import (
    CAN_TELL_TABLE,
    CLAIMS_TABLE,
    CODED_CASES,
    CODED_EVENTS,
    CODED_FINDINGS,
    COVERAGE_TABLE,
    FIGURES_TABLE,
    RELEASED_MEASURES,
)
from wardline.dive.releasing.release_file import About, is_release_folder, read_about
from wardline.dive.releasing.releasing import IN_WORDS
from wardline.dive.releasing.vignettes import VIGNETTES, VignetteText, read_vignettes
from wardline.errors import OutputError, Place, Problem, ProblemKind, Problems
from wardline.obligations import ResolvedObligation
from wardline.standards import Force, Standard
from wardline.time_limits import Calendar

__all__ = ["FolderKind", "KeptRelease", "folder_kind", "open_release"]

ALWAYS_THERE = (
    FIGURES_TABLE,
    RELEASED_MEASURES,
    CLAIMS_TABLE,
    CAN_TELL_TABLE,
    COVERAGE_TABLE,
    IN_WORDS,
    FORCE.as_posix(),
)
WITH_CASES = (CODED_CASES, CODED_EVENTS, CODED_FINDINGS)
SETTINGS = "settings"
AGAIN = "Ask the force for the release again: it is never changed after it was signed."


class FolderKind(Enum):
    """What a folder is, by what it holds. Whatever holds the manifest of a dive is the dive, and names children."""

    DIVE = "the folder of a dive, which names children and stays with the force"
    RELEASE = "a release for the office"
    NEITHER = "neither a dive nor a release"


def folder_kind(folder: Path) -> FolderKind:
    """What a folder is; none of its files is opened."""
    if is_dive_folder(folder):
        return FolderKind.DIVE
    return FolderKind.RELEASE if is_release_folder(folder) else FolderKind.NEITHER


@dataclass(frozen=True)
class KeptRelease:
    """What was released of a dive. `about` are its terms, and what went and what stayed.

    Nothing in its folder is ever changed by it. `open_release` gives one. Where no case was released the tables of
    cases are empty.
    """

    folder: Path
    about: About
    settings: KeptSettings = field(repr=False)

    @property
    def title(self) -> str:
        """What the dive is called."""
        return self.about.dive

    @property
    def question(self) -> str:
        """What the dive asks."""
        return self.about.question

    @property
    def is_made_up(self) -> bool:
        """Whether the records are of nobody."""
        return self.about.made_up

    @property
    def as_at(self) -> date:
        """The local day from which the dive looked; a dive itself has the instant."""
        return self.about.as_at

    @property
    def period(self) -> tuple[date, date] | None:
        """The local days whose occasions are judged."""
        period = self.about.period
        return None if period is None else (period.start, period.end)

    @property
    def force(self) -> Force:
        """Of the force's own settings, what the figures depend on."""
        return self.settings.force

    @property
    def zone(self) -> str:
        """The force's time zone."""
        return self.force.zone

    @property
    def calendar(self) -> Calendar:
        """The force's time zone and nation."""
        return self.force.calendar

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards that the dive was checked against."""
        return self.settings.standards

    @property
    def obligations(self) -> tuple[ResolvedObligation, ...]:
        """Their obligations with the force's own limits and confirmations."""
        return self.settings.obligations

    @property
    def figures(self) -> pl.LazyFrame:
        """What was found, by obligation and by group: `RELEASED_FIGURES`."""
        return self._table(FIGURES_TABLE)

    @property
    def measures(self) -> pl.LazyFrame:
        """The measures of the whole force: `wardline.measures.over_time.MEASURES`, without weeks and groups."""
        return self._table(RELEASED_MEASURES)

    @property
    def claims(self) -> pl.LazyFrame:
        """What the records say to the claims of the dive: `RELEASED_CLAIMS`; empty where it has none."""
        return self._table(CLAIMS_TABLE)

    @property
    def can_tell(self) -> pl.LazyFrame:
        """Whether each obligation can be judged: `RELEASED_CAN_TELL`."""
        return self._table(CAN_TELL_TABLE)

    @property
    def coverage(self) -> pl.LazyFrame:
        """Each record system with what was read of it: `RELEASED_COVERAGE`."""
        return self._table(COVERAGE_TABLE)

    @property
    def has_cases(self) -> bool:
        """Whether coded cases were released."""
        return any(one.name == CODED_CASES for one in self.about.files)

    @property
    def cases(self) -> pl.LazyFrame:
        """The coded cases, by code: `CODED_CASE` and the attributes that went."""
        return self._table(CODED_CASES) if self.has_cases else CODED_CASE.to_frame().lazy()

    @property
    def events(self) -> pl.LazyFrame:
        """Their events, by code and in the order in which they happened: `CODED_EVENT` and the attributes that went."""
        return self._table(CODED_EVENTS) if self.has_cases else CODED_EVENT.to_frame().lazy()

    @property
    def findings(self) -> pl.LazyFrame:
        """What was concluded about them, by obligation: `CODED_FINDING`."""
        return self._table(CODED_FINDINGS) if self.has_cases else CODED_FINDING.to_frame().lazy()

    def events_of(self, code: str) -> pl.LazyFrame:
        """The events of one case."""
        return self.events.filter(pl.col("case_id") == code)

    def findings_of(self, code: str) -> pl.LazyFrame:
        """The findings of one case."""
        return self.findings.filter(pl.col("case_id") == code)

    @property
    def vignettes(self) -> tuple[VignetteText, ...]:
        """The short texts about one case that were released. Raises OutputError where they cannot be read."""
        return read_vignettes(self.folder) if any(one.name == VIGNETTES for one in self.about.files) else ()

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Raise OutputError where a table, though it is there, cannot be read inside the block."""
        try:
            yield
        except (pl.exceptions.PolarsError, OSError):
            raise OutputError(_problem(self.folder, "A table of this release cannot be read.")) from None

    def _table(self, name: str) -> pl.LazyFrame:
        # A folder may be called `march[1]`; that is no pattern here.
        return pl.scan_parquet(self.folder / name, glob=False)


def open_release(folder: Path) -> KeptRelease:
    """Open a release, each file checked against its `release.json` first.

    Raises OutputError where the folder holds no release or a dive itself, where a file is missing, was changed or does
    not belong to a release, and where a newer version of Wardline made it; nothing is opened then.
    """
    about = read_about(folder)
    Problems(OutputError, [*_not_of_a_release(folder, about), *_not_as_signed(folder, about)]).tell()
    return KeptRelease(folder.absolute(), about, read_settings(folder, [one.name for one in about.files]))


def _not_of_a_release(folder: Path, about: About) -> Iterator[Problem]:
    """Problems where a file is named, or lies there, that no release has, or where one is not named that each has."""
    named = {one.name for one in about.files}
    if missing := [name for name in ALWAYS_THERE if name not in named]:
        yield _problem(folder, f"The release does not name {_listed(missing)}, which every release has.")
    known = {*ALWAYS_THERE, *WITH_CASES, VIGNETTES}
    if strange := [name for name in sorted(named) if name not in known and not _is_setting(name)]:
        yield _problem(folder, f"The release names {_listed(strange)}, which no release has.")
    if of_a_dive := [name for name in files_of(folder) if name in IDENTIFIED and name not in named]:
        yield Problem(
            ProblemKind.NOT_A_RELEASE,
            f"Beside the release lies {_listed(of_a_dive)}, which may name children and is no part of it.",
            "If you are not at the force, do not open it: tell the force at once that it was sent, and how.",
            Place(str(folder)),
        )


def _is_setting(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parts[:1] == (SETTINGS,) and path.suffix == ".yaml" and ".." not in path.parts and "\\" not in name


def _not_as_signed(folder: Path, about: About) -> Iterator[Problem]:
    """Problems of files that are missing, that cannot be read, and that were changed."""
    found: dict[str, list[str]] = {"missing": [], "closed to you": [], "not as it was signed": []}
    for one in about.files:
        if not os.path.isfile(folder / one.name):
            found["missing"].append(one.name)
            continue
        try:
            if digest(folder / one.name) != one.sha256:
                found["not as it was signed"].append(one.name)
        except OSError:
            found["closed to you"].append(one.name)
    for what, names in found.items():
        if names:
            yield _problem(folder, f"Of this release {_listed(names)} {'is' if len(names) == 1 else 'are'} {what}.")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _problem(folder: Path, what: str) -> Problem:
    return Problem(ProblemKind.NOT_A_RELEASE, what, AGAIN, Place(str(folder)))
