"""The mappings, standards and force settings that a dive was made with, kept in its folder and read from there.

A dive is explained by what it was held against then, and not by what the same files say today.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from wardline.dive.described.charts_asked import ChartKeys, ChartSettings, charts_asked, write_charts
from wardline.dive.described.dive_documents import DiveDocuments, those_of
from wardline.documents import read_document, validate
from wardline.errors import without_passwords
from wardline.measures.claims import Claim, read_claims
from wardline.measures.declared import Measure, MeasureSet, look_up_measures, write_measures
from wardline.obligations import ResolvedObligation
from wardline.reports.wording import MADE_UP_SENTENCE
from wardline.standards import Force, Standard, read_force, read_standard, resolve, write_standard

__all__ = ["KeptSettings", "read_settings", "settings_of", "write_settings"]

FORCE = Path("settings/force.yaml")
MAPPINGS = Path("settings/mappings")
STANDARDS = Path("settings/standards")
MEASURES = Path("settings/measures")  # not there without measures
CHARTS = Path("settings/charts.yaml")
CLAIMS = Path("settings/claims.yaml")  # not there without claims
FOR_TODAY = Path("settings/standards_for_today")  # versions in force outside the period only; not there without one


@dataclass(frozen=True)
class KeptSettings:
    """What a dive folder says it was held against."""

    force: Force
    standards: tuple[Standard, ...]
    obligations: tuple[ResolvedObligation, ...]
    obligations_for_today: tuple[ResolvedObligation, ...]  # with those of versions in force outside the period only
    measure_sets: tuple[MeasureSet, ...] = ()  # none where a dive was made before there were measures
    charts: ChartSettings = field(default_factory=ChartSettings)
    claims: tuple[Claim, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the dive, in order."""
        return tuple(measure for one in self.measure_sets for measure in one.measures)


def write_settings(folder: Path, documents: DiveDocuments) -> None:
    """Keep the documents of a dive: the force's settings and mappings as written, the standards as understood."""
    for place in (MAPPINGS, STANDARDS):
        (folder / place).mkdir(parents=True)
    above = f"# {MADE_UP_SENTENCE}\n" if documents.dive.is_made_up else ""
    _copy(documents.dive.force, folder / FORCE, above)
    for mapping, source in zip(documents.mappings, documents.dive.sources, strict=True):
        _copy(source.mapping, folder / MAPPINGS / f"{mapping.system}.yaml", above)
    _write_standards(folder / STANDARDS, documents.standards, above)
    if documents.measures:
        (folder / MEASURES).mkdir()
    for position, one in enumerate(documents.measures, start=1):
        _write(folder / MEASURES / _numbered(position, one.name), write_measures(one), above)
    _write(folder / CHARTS, write_charts(documents.dive.charts), above)
    if documents.dive.claims is not None:
        _copy(documents.dive.claims, folder / CLAIMS, above)
    if documents.further:
        (folder / FOR_TODAY).mkdir()
        _write_standards(folder / FOR_TODAY, [one.standard for one in documents.further], above)


def _write_standards(folder: Path, standards: Sequence[Standard], above: str) -> None:
    for position, standard in enumerate(standards, start=1):
        _write(folder / _numbered(position, standard.name), write_standard(standard), above)


def _numbered(position: int, name: str) -> str:
    # A name may hold a slash, which is no part of a file's name; the number keeps the order of the dive file.
    return f"{position:02}-{name.replace('/', '-')}.yaml"


def _write(target: Path, text: str, above: str) -> None:
    target.write_text(above + text, encoding="utf-8")


def _copy(source: Path, target: Path, above: str) -> None:
    """As it was written, under a line that says that its records are of nobody, where they are.

    No password is read from it, but somebody may have left one in a comment.
    """
    written = source.read_bytes().removeprefix(BOM_UTF8 if above else b"").decode("utf-8")
    target.write_bytes((above + without_passwords(written)).encode("utf-8"))


def settings_of(documents: DiveDocuments) -> KeptSettings:
    """What `read_settings` would read of a dive that is being made, whose documents were read a moment ago."""
    return KeptSettings(
        documents.force,
        documents.standards,
        documents.obligations,
        documents.obligations_for_today,
        documents.measures,
        documents.dive.charts,
        documents.claims,
    )


def read_settings(folder: Path, names: Iterable[str]) -> KeptSettings:
    """The settings kept in a dive folder, of the files that its manifest names; another that was put there is not read.

    Raises DocumentError where this version of Wardline does not understand them.
    """
    force = read_force(folder / FORCE)
    paths = [PurePosixPath(name) for name in names]
    standards, further = (_read_standards(folder, paths, of) for of in (STANDARDS, FOR_TODAY))
    # Not held against the standards that ship today, of which the force's settings may name what is called otherwise
    # now.
    for_today = resolve([*standards, *further], force)
    measures = tuple(look_up_measures(str(path), relative_to=folder) for path in _in_order(paths, MEASURES))
    charts = ChartSettings()
    if PurePosixPath(CHARTS) in paths:
        charts = charts_asked(validate(read_document(folder / CHARTS), ChartKeys))
    claims: tuple[Claim, ...] = ()
    if PurePosixPath(CLAIMS) in paths:
        claims = read_claims(folder / CLAIMS, {measure.name: measure for one in measures for measure in one.measures})
    return KeptSettings(force, standards, those_of(standards, for_today), for_today, measures, charts, claims)


def _read_standards(folder: Path, paths: Sequence[PurePosixPath], of: Path) -> tuple[Standard, ...]:
    return tuple(read_standard(folder / path, examples_must_hold=False) for path in _in_order(paths, of))


def _in_order(paths: Sequence[PurePosixPath], of: Path) -> list[PurePosixPath]:
    kept = [path for path in paths if path.parent == PurePosixPath(of)]
    return sorted(kept, key=lambda path: int(path.name.partition("-")[0]))
