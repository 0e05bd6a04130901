"""Everything that a dive's documents say, read together, so that all of their problems are told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from wardline.dive.described.dive_file import Dive, read_dive
from wardline.errors import DocumentError, Problem, ProblemKind, Problems, did_you_mean
from wardline.measures.claims import Claim, read_claims
from wardline.measures.declared import MeasureSet, look_up_measures, sets_beside
from wardline.obligations import ResolvedObligation
from wardline.record_systems import Mapping, Source, read_mapping
from wardline.standards import (
    Force,
    Standard,
    StandardOfFile,
    clashes,
    find_versions,
    look_up_versions,
    read_force,
    resolve,
    shipped_standards,
)
from wardline.time_limits import Calendar, NotATime, read_as_at

__all__ = ["DiveDocuments", "read_dive_documents", "those_of"]

Found = TypeVar("Found")


@dataclass(frozen=True)
class DiveDocuments:
    """A dive file with the force's settings, the mappings and the standards that it names, all of them in order."""

    dive: Dive
    force: Force
    as_at: datetime
    mappings: tuple[Mapping, ...]
    standards: tuple[Standard, ...]  # every version that may judge something, the older before the newer
    standard_files: tuple[Path, ...]  # of each of them
    obligations: tuple[ResolvedObligation, ...]
    further: tuple[StandardOfFile, ...]  # versions that may judge something on a day outside the period only
    obligations_for_today: tuple[ResolvedObligation, ...]  # with those of `further`: a list for today needs them too
    measures: tuple[MeasureSet, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def calendar(self) -> Calendar:
        """The force's time zone and nation."""
        return self.force.calendar

    def sources(self) -> tuple[Source, ...]:
        """Each mapping with the folder of its exports."""
        return tuple(
            Source(mapping, source.files or ())
            for mapping, source in zip(self.mappings, self.dive.sources, strict=True)
        )


def read_dive_documents(dive_file: Path) -> DiveDocuments:
    """Read a dive file and every document that it names. Raises DocumentError with the problems of all of them."""
    dive = read_dive(dive_file)
    problems = Problems(DocumentError)
    force = problems.collect(lambda: read_force(dive.force))
    as_at = None if force is None else problems.collect(lambda: _as_at(dive, force.calendar))
    mappings = problems.collect_each(read_mapping, [source.mapping for source in dive.sources])
    last_day = None if force is None or as_at is None else force.calendar.local_date(as_at)
    found = problems.collect_each(lambda name: _versions(dive, name, last_day), dive.standards)
    standards = [one.standard for versions in found for one in versions]
    files = [one.path for versions in found for one in versions]
    measures = problems.collect(lambda: _measures(dive, standards))
    if measures is not None:
        problems += _rebases_of_none(dive, measures)
    claims = () if measures is None else problems.collect(lambda: _claims(dive, measures))
    problems += _without_files(dive, mappings)
    problems += _mapped_twice(dive, [mapping.system for mapping in mappings])
    problems += _judged_twice(dive, found)
    if problems or force is None or as_at is None or measures is None or claims is None:
        raise DocumentError(problems)
    further = _outside_period(dive, found, last_day)
    for_today = _resolved([*standards, *(one.standard for one in further)], force)
    obligations = those_of(standards, for_today)
    return DiveDocuments(
        dive=dive,
        force=force,
        as_at=as_at,
        mappings=tuple(mappings),
        standards=tuple(standards),
        standard_files=tuple(files),
        obligations=obligations,
        further=further,
        obligations_for_today=for_today,
        measures=measures,
        claims=claims,
    )


def those_of(
    standards: Sequence[Standard], obligations: Sequence[ResolvedObligation]
) -> tuple[ResolvedObligation, ...]:
    """Those of the obligations that are of these versions of standards."""
    versions = {(one.name, one.version) for one in standards}
    return tuple(one for one in obligations if (one.standard, one.version) in versions)


def _measures(dive: Dive, standards: Sequence[Standard]) -> tuple[MeasureSet, ...]:
    """The sets of measures that the dive file names; else those that ship beside its standards."""
    if dive.measures is None:
        return sets_beside(dict.fromkeys(standard.name for standard in standards))
    problems = Problems(DocumentError)
    found = problems.collect_each(lambda name: look_up_measures(name, relative_to=dive.folder), dive.measures)
    names = [one.name for one in found]
    problems += [
        dive.document.problem(
            ProblemKind.WRONG_VALUE,
            ("measures", place),
            f"The measures `{name}` are named twice.",
            "Name each set once.",
        )
        for place, name in enumerate(names)
        if len(found) == len(dive.measures) and name in names[:place]
    ]
    problems.tell()
    return tuple(found)


def _rebases_of_none(dive: Dive, measures: Sequence[MeasureSet]) -> list[Problem]:
    """A problem for each rebase of a measure that this dive does not have."""
    names = [measure.name for one in measures for measure in one.measures]
    return [
        dive.document.problem(
            ProblemKind.UNKNOWN_NAME,
            ("charts", "rebases", place, "measure"),
            f"This dive has no measure called `{one.measure}`.{did_you_mean(one.measure, names)}",
            "Name a measure in full, as `wardline measures list` shows it.",
        )
        for place, one in enumerate(dive.charts.rebases)
        if one.measure not in names
    ]


def _claims(dive: Dive, measures: Sequence[MeasureSet]) -> tuple[Claim, ...]:
    """The claims of the file that the dive file names; none without one."""
    if dive.claims is None:
        return ()
    return read_claims(dive.claims, {measure.name: measure for one in measures for measure in one.measures})


def _versions(dive: Dive, name: str, last_day: date | None) -> tuple[StandardOfFile, ...]:
    """Every version that may judge an occasion of the dive's period, or of any day to the last without one.

    Where none was in force yet, or the last one has ended, all of them: the report then says that nothing was found.
    """
    first, last = dive.period or (None, last_day)
    touching = find_versions(name, relative_to=dive.folder, first=first, last=last)
    return touching or find_versions(name, relative_to=dive.folder)


def _outside_period(
    dive: Dive, found: Sequence[Sequence[StandardOfFile]], last_day: date | None
) -> tuple[StandardOfFile, ...]:
    """Every other version of these standards that was in force on some day up to the last one."""
    if dive.period is None:
        return ()
    every = zip(dive.standards, found, strict=True)
    return tuple(
        one
        for name, versions in every
        for one in find_versions(name, relative_to=dive.folder, last=last_day)
        if one not in versions
    )


def _resolved(standards: Sequence[Standard], force: Force) -> tuple[ResolvedObligation, ...]:
    """The obligations; what the force's settings name of other standards and versions that ship is looked up too."""
    named = {name.rpartition("/")[0] for name in (*force.limits, *force.confirmed, *force.asked)}
    others = [
        one for name in shipped_standards() if name in named for one in look_up_versions(name, relative_to=Path())
    ]
    return resolve(standards, force, known=others)


def _as_at(dive: Dive, calendar: Calendar) -> datetime:
    try:
        return read_as_at(dive.as_at, calendar)
    except NotATime as error:
        raise DocumentError(
            dive.document.problem(
                ProblemKind.UNREADABLE_TIME_SETTING, ("as at",), str(error), f"{error.remedy.removesuffix('.')}."
            )
        ) from None


def _without_files(dive: Dive, mappings: Sequence[Mapping]) -> list[Problem]:
    """A problem for each source that names no folder, though its mapping reads files."""
    if len(mappings) < len(dive.sources):
        return []
    return [
        dive.document.problem(
            ProblemKind.MISSING_KEY,
            ("sources", index),
            "`files` is missing here: this mapping reads files.",
            "Add `files: …` with the folder in which its exports lie. Only a mapping whose tables are "
            "all queries needs none.",
        )
        for index, (mapping, source) in enumerate(zip(mappings, dive.sources, strict=True))
        if source.files is None and mapping.reads_files()
    ]


def _mapped_twice(dive: Dive, systems: Sequence[str]) -> list[Problem]:
    """A problem for each record system that is read twice: its rows would count double."""
    complete = len(systems) == len(dive.sources)
    return [
        dive.document.problem(
            ProblemKind.WRONG_VALUE,
            ("sources", index) if complete else ("sources",),
            f"This names the record system `{system}` a second time.",
            "Name each only once; one mapping may read several files.",
        )
        for index, system in enumerate(systems)
        # Names that differ in capital letters only are one to a reader, and to some disks.
        if system.casefold() in [before.casefold() for before in systems[:index]]
    ]


def _judged_twice(dive: Dive, found: Sequence[Sequence[StandardOfFile]]) -> list[Problem]:
    """A problem for each line of the dive file by which an occasion would be judged a second time."""
    complete = len(found) == len(dive.standards)
    line_of = [line for line, versions in enumerate(found) for _ in versions]
    told: dict[int, tuple[str, str]] = {}
    for index, what, remedy in clashes([one.standard for versions in found for one in versions]):
        told.setdefault(line_of[index], (what, remedy))
    return [
        dive.document.problem(
            ProblemKind.WRONG_VALUE, ("standards", line) if complete else ("standards",), what, remedy
        )
        for line, (what, remedy) in told.items()
    ]
