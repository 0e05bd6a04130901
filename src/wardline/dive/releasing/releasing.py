"""A release written: whole or not there at all, and with it the way back from its codes, which stays with the force."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.kept.manifest import versions
from wardline.dive.kept.row_groups import MADE_UP_KEY, write_table
from wardline.dive.kept.where_to_write import check_can_write, told_if_it_cannot_be_written
from wardline.dive.releasing.case_codes import way_back_in_csv
from wardline.dive.releasing.plan_of_release import (
    CAN_TELL_TABLE,
    CLAIMS_TABLE,
    CODED_CASES,
    CODED_EVENTS,
    CODED_FINDINGS,
    COVERAGE_TABLE,
    FIGURES_TABLE,
    RELEASED_MEASURES,
    PlanOfRelease,
    Progress,
)
from wardline.dive.releasing.release_file import RELEASE, RELEASE_FORMAT, About, WhatWent, write_about
from wardline.dive.releasing.release_terms import ReleaseTerms
from wardline.dive.releasing.released_settings import write_released_settings
from wardline.dive.releasing.search_of_release import search_release
from wardline.dive.releasing.vignettes import VIGNETTES, VignetteText, write_vignettes
from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline.reports.release_in_words import release_in_words
from wardline.reports.wording import MADE_UP, MADE_UP_SENTENCE
from wardline.whole_files import full_path, write_new_file
from wardline.work_folders import claim

__all__ = ["IN_WORDS", "MARKING_KEY", "Released", "way_back_beside", "write_release"]

IN_WORDS = "about.txt"
MARKING_KEY = "wardline.marking"  # in the Parquet file's own key-value metadata
WHAT = "release"
NUMBERS = "numbers of children and cases, small groups merged or withheld"
PERSONAL = "personal data about children, under codes"
HOLDS = {
    FIGURES_TABLE: NUMBERS,
    RELEASED_MEASURES: "numbers of the whole force",
    CLAIMS_TABLE: "what the records say to claims",
    CAN_TELL_TABLE: "what the records can tell",
    COVERAGE_TABLE: "numbers of rows",
    CODED_CASES: PERSONAL,
    CODED_EVENTS: PERSONAL,
    CODED_FINDINGS: PERSONAL,
    VIGNETTES: PERSONAL,
    IN_WORDS: "the terms of the release, and what went and what stayed",
}


@dataclass(frozen=True)
class Released:
    """A release that was written: where, what it says of itself, the SHA-256 of its `release.json`, where the way back
    is (None: no case went), and how many numbers of the force's own were looked for in it and not found."""

    folder: Path
    about: About
    sha256: str
    way_back: Path | None
    looked_for: int


def way_back_beside(dive: KeptDive, out: Path) -> Path:
    """Where the way back from a release is written unless somebody says otherwise: beside the folder of the dive."""
    return dive.folder.parent / f"{dive.folder.name}-way-back-from-{full_path(out).name}.csv"


def write_release(
    plan: PlanOfRelease,
    terms: ReleaseTerms,
    out: Path,
    *,
    way_back: Path | None = None,
    vignettes: Sequence[VignetteText] = (),
    progress: Progress | None = None,
) -> Released:
    """Write what was planned into a folder that does not exist yet, with the vignettes that go with it.

    The same plan and the same terms give the same bytes. Raises OutputError where the folder or the way back cannot be
    written; then neither is.
    """
    tell = progress or (lambda what, done, total: None)
    out = full_path(out)
    back = full_path(way_back) if way_back is not None else way_back_beside(plan.dive, out)
    if plan.codes:
        _check_apart(back, out, plan.dive)
    with _unfinished(out) as folder:
        tell("writing the release", 0, 0)
        about = _write(plan, terms, vignettes, folder)
        tell("looking for the force's own numbers", 0, 0)
        with plan.dive.readable():
            looked_for = search_release(folder, plan.dive, out)
        digest = hashlib.sha256((folder / RELEASE).read_bytes()).hexdigest()
        if plan.codes:
            # First, so that no case can leave whose way back was not kept.
            write_new_file(back, way_back_in_csv(plan.codes), owner_only=True, already_there=_there_already(back))
    return Released(out, about, digest, back if plan.codes else None, looked_for)


def _write(plan: PlanOfRelease, terms: ReleaseTerms, vignettes: Sequence[VignetteText], folder: Path) -> About:
    dive = plan.dive
    marking = " ".join(terms.marking.split())
    metadata = {MARKING_KEY: marking, **({MADE_UP_KEY: MADE_UP} if dive.is_made_up else {})}
    for name, table in plan.tables.items():
        write_table(table, folder / name, metadata=metadata)
    comment = f"# {marking}\n" + (f"# {MADE_UP_SENTENCE}\n" if dive.is_made_up else "")
    if vignettes:
        write_vignettes(folder, vignettes, marking, is_made_up=dive.is_made_up)
    (folder / "settings").mkdir()
    write_released_settings(dive, folder, comment)
    about = About(
        format=RELEASE_FORMAT,
        marking=marking,
        made_up=dive.is_made_up,
        dive=dive.title,
        question=dive.question,
        named_question=terms.question,
        about=terms.about,
        purpose=terms.purpose,
        recipients=terms.recipients,
        expires=terms.expires,
        destruction=terms.destruction,
        signed_by=terms.signed_by,
        role=terms.role,
        signed_on=terms.signed_on,
        force=dive.force.name,
        nation=dive.force.nation,
        zone=dive.zone,
        as_at=dive.calendar.local_date(dive.as_at),
        period=dive.manifest.period,
        standards=dive.manifest.standards,
        versions=versions(),
        went=(*plan.went, *_vignettes_that_go(vignettes)),
        stayed=plan.stayed,
    )
    (folder / IN_WORDS).write_text(f"{release_in_words(about)}\n", encoding="utf-8")
    return write_about(folder, about, HOLDS)


def _vignettes_that_go(vignettes: Sequence[VignetteText]) -> Iterator[WhatWent]:
    if vignettes:
        yield WhatWent(what="vignettes", count=len(vignettes), note="short texts about one case, each signed")


def _there_already(back: Path) -> tuple[str, str]:
    return (
        "A way back of that name is already there, and it is not overwritten: it belongs to another release.",
        "Name another file after --way-back, or another folder after --out.",
    )


def _check_apart(back: Path, out: Path, dive: KeptDive) -> None:
    """Raise OutputError where the way back would lie in what leaves the force, or in a dive, which is never changed."""
    for folder, what in ((out, "in the release itself"), (dive.folder, "in the folder of the dive")):
        if full_path(folder).resolve() in back.resolve().parents:
            raise OutputError(
                Problem(
                    ProblemKind.CANNOT_WRITE,
                    f"The way back from the codes to the cases would lie {what}.",
                    "Name a file elsewhere after --way-back: it stays with the force, and nobody else may read it.",
                    Place(str(back)),
                )
            )


@contextmanager
def _unfinished(out: Path) -> Iterator[Path]:
    """A folder to write into, which takes the place of `out` if all goes well and is removed if it does not."""
    check_can_write(out, WHAT)
    with told_if_it_cannot_be_written(out, WHAT):
        out.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{out.name}.unfinished-", dir=out.parent))
        claimed = claim(unfinished)
        try:
            yield unfinished
            check_can_write(out, WHAT)
            for written in (unfinished, *unfinished.rglob("*")):
                written.chmod(0o700 if written.is_dir() else 0o600)
            if out.exists():
                out.rmdir()  # It is empty; not every system renames over an empty folder.
            claimed.release()
            os.rename(unfinished, out)
        except BaseException:
            claimed.give_up()
            raise
