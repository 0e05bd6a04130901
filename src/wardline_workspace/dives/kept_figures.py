"""The figures of a dive, counted once when it is added and kept, so that a page of it is there at once.

What is kept has no case, no child and no row in it: whatever names one is taken out before, so that no page made from
it can show one. The file is signed with the deployment's secret, and one that was not written here is never opened;
one that another version of Wardline wrote is made again.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings

import wardline
from wardline.dive import KeptDive, report_contents
from wardline.measures import (
    ChildrenOfCases,
    Figures,
    OutcomesByGroup,
    Share,
    children_of_cases,
    outcomes_by_group,
    shares_of_obligations,
)
from wardline.reports import Report

__all__ = ["KeptFigures", "figures_kept", "keep_figures"]

FOLDER = "figures"
SIGNATURE = 32  # bytes


@dataclass(frozen=True)
class KeptFigures:
    """What the pages of a dive are made from."""

    report: Report
    groups: Mapping[str, tuple[OutcomesByGroup, ...]]
    children: tuple[ChildrenOfCases, ...]
    shares: Mapping[str, Share]  # by the key of the obligation, with repeats of one child allowed for


def keep_figures(dive: KeptDive, manifest_sha256: str) -> KeptFigures:
    """Count the figures of a dive, and keep them; they replace what was kept of it before."""
    with dive.readable():
        found = KeptFigures(
            _without_cases(report_contents(dive)),
            outcomes_by_group(dive.tables),
            children_of_cases(dive.tables),
            shares_of_obligations(dive.tables, dive.figures.obligations),
        )
    _write(_file(manifest_sha256), pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL))
    return found


def figures_kept(manifest_sha256: str) -> KeptFigures | None:
    """What was kept; None where nothing was, where another version wrote it, or where it was not written here."""
    try:
        written = _file(manifest_sha256).read_bytes()
    except FileNotFoundError:
        return None
    signature, content = written[:SIGNATURE], written[SIGNATURE:]
    if not hmac.compare_digest(signature, _signature(content)):
        return None
    found = pickle.loads(content)  # signed with a secret that only this deployment has
    assert isinstance(found, KeptFigures), "what was signed here is of this class"
    return found


def _without_cases(report: Report) -> Report:
    """The report without the cases that it tells of and the children that it lists; every count stays."""
    figures = report.figures
    return replace(report, figures=_counts_only(figures))


def _counts_only(figures: Figures) -> Figures:
    return replace(
        figures,
        told=(),
        to_check=replace(figures.to_check, first=()),
        questions=tuple(replace(one, shown=()) for one in figures.questions),
        children=replace(figures.children, first=()),
    )


def _file(manifest_sha256: str) -> Path:
    return Path(settings.DEPLOYMENT.folder) / FOLDER / f"{manifest_sha256}.{_version()[:16]}"


@cache
def _version() -> str:
    """What was counted by other code is counted again."""
    code = hashlib.sha256()
    for root in (Path(wardline.__file__).parent, Path(__file__).parent):
        for file in sorted(root.rglob("*.py")):
            code.update(file.read_bytes())
    return code.hexdigest()


def _signature(content: bytes) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), _version().encode() + content, hashlib.sha256).digest()


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all; readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for older in file.parent.glob(f"{file.stem}.*"):
        if older != file and not older.name.endswith(".part"):
            older.unlink(missing_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f"{file.name}-", suffix=".part", dir=file.parent)
    with os.fdopen(handle, "wb") as written:
        written.write(_signature(content) + content)
    os.replace(beside, file)
