"""Whether the files of a finished dive are as its manifest says that they were written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from wardline.dive.kept.folder import CHILDREN_TO_CHECK, FINDINGS_TABLE, RECORD_FAULTS_TABLE
from wardline.dive.kept.manifest import Manifest, digest
from wardline.dive.kept.settings import FORCE
from wardline.dive.kept.where_to_write import MANIFEST
from wardline.errors import Place, Problem, ProblemKind
from wardline.events import FIXED_COLUMNS

__all__ = ["not_as_written"]

# Without these it is no dive, whatever the manifest names.
ALWAYS_THERE = (
    *(f"{name}.parquet" for name in FIXED_COLUMNS),
    FINDINGS_TABLE,
    RECORD_FAULTS_TABLE,
    FORCE.as_posix(),
    CHILDREN_TO_CHECK,
)
NAMED = 5  # files in a sentence; of more the rest are counted


def not_as_written(folder: Path, manifest: Manifest) -> list[Problem]:
    """A problem for the files that are missing, for those that cannot be read, and for those that were changed."""
    where = Place(str(folder))
    named = {one.name: one.sha256 for one in manifest.outputs}
    if unnamed := [name for name in ALWAYS_THERE if name not in named]:
        return [
            Problem(
                ProblemKind.NOT_A_DIVE,
                f"The manifest of this dive does not name {_listed(unnamed)}, which every dive has.",
                f"Put {MANIFEST} back as it was, or make the dive again: a dive is never changed.",
                where,
            )
        ]
    missing, closed, changed = [], [], []
    for name, sha256 in named.items():
        if not os.path.isfile(folder / name):
            missing.append(name)
            continue
        try:
            if digest(folder / name) != sha256:
                changed.append(name)
        except OSError:
            closed.append(name)
    again = "or make the dive again: a dive is never changed."
    problems = []
    if missing:
        said = f"This dive is not complete: {_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        problems.append(Problem(ProblemKind.NOT_A_DIVE, said, f"Put back what was taken out, {again}", where))
    if closed:
        said = f"Part of this dive cannot be read: {_listed(closed)}."
        remedy = f"Ask whoever made it whether you may read it; if so, copy the folder again, {again}"
        problems.append(Problem(ProblemKind.NOT_A_DIVE, said, remedy, where))
    if changed:
        said = f"This dive was changed after it was made: {_listed(changed)}."
        problems.append(Problem(ProblemKind.NOT_A_DIVE, said, f"Put back the files as they were, {again}", where))
    return problems


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return f"{shown} and {len(names) - NAMED} more" if len(names) > NAMED else shown
