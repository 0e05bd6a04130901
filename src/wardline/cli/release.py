"""`wardline release`: what of a dive may leave the force, looked at, signed and written."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.progress import show_progress
from wardline.cli.saying import say
from wardline.dive import KeptDive, open_dive
from wardline.dive.releasing.case_codes import FEWEST_BYTES
from wardline.dive.releasing.held_cases import read_held_cases
from wardline.dive.releasing.kept_release import open_release
from wardline.dive.releasing.plan_of_release import PlanOfRelease, plan_release
from wardline.dive.releasing.release_file import RELEASE
from wardline.dive.releasing.release_terms import read_terms
from wardline.dive.releasing.releasing import IN_WORDS, Released, write_release
from wardline.english import number
from wardline.errors import Problem, ProblemKind, UsageError
from wardline.reports.release_in_words import plan_in_words, release_in_words

__all__ = ["release"]

OFFICE = "office"


def _text(name: str, metavar: str, told: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=told, show_default=False)
    return option


def release(
    dive: Annotated[Path, typer.Argument(metavar="DIR", help="The dive folder; with --verify, a release.")],
    to: Annotated[str | None, _text("--for", "WHOM", "For whom: office.")] = None,
    out: Annotated[Path | None, _text("--out", "DIR", "The folder to write: new, or empty.")] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would go and what would stay; write nothing.")
    ] = False,
    verify: Annotated[bool, typer.Option("--verify", help="Check each file of a release, and say what it is.")] = False,
    question: Annotated[
        str | None, _text("--cases-for", "QUESTION", "The named question that coded cases answer.")
    ] = None,
    about: Annotated[
        list[str] | None, _text("--about", "OBLIGATION", "Only cases of this obligation, named in full.")
    ] = None,
    held: Annotated[Path | None, _text("--held", "FILE", "CSV of the cases that are held: in no release.")] = None,
    way_back: Annotated[Path | None, _text("--way-back", "FILE", "Where to keep which code is which case.")] = None,
    signed_by: Annotated[str | None, _text("--signed-by", "NAME", "Who signs.")] = None,
    role: Annotated[str | None, _text("--role", "ROLE", "In which role.")] = None,
    signed_on: Annotated[str | None, _text("--signed-on", "DAY", "On which day, as 2025-04-14.")] = None,
    purpose: Annotated[str | None, _text("--purpose", "PURPOSE", "What it is for.")] = None,
    recipients: Annotated[list[str] | None, _text("--recipients", "WHO", "Who gets it; may be repeated.")] = None,
    expires: Annotated[str | None, _text("--expires", "DAY", "The last day on which it may be kept.")] = None,
    destruction: Annotated[str | None, _text("--destruction", "HOW", "How its destruction is certified.")] = None,
    marking: Annotated[str | None, _text("--marking", "MARKING", "The protective marking of every file.")] = None,
) -> None:
    """Make the only copy of a dive that may leave the force.

    Figures go, with small groups merged or withheld. Cases go only for a named question: under fresh
    codes, with months for days and elapsed times for clock times. The way back from the codes is kept
    in a file of its own, which stays with the force. Look at it with --preview before anybody signs.

    \b
    Examples:
      wardline release dives/march --for office --preview
      wardline release dives/march --for office --out releases/1 --signed-by "A Name" --role "Approver" \\
        --signed-on 2025-04-14 --purpose "The panel of May" --recipients "Scrutiny officer" \\
        --expires 2025-07-31 --destruction "Certificate to the force" --marking OFFICIAL-SENSITIVE
      wardline release releases/1 --verify
    """
    if verify:
        say(_verified(dive))
        return
    _check_asked(to, out, preview)
    # Before anything is read, so that whoever forgot something need not wait to hear of it.
    terms = None
    if not preview:
        terms = read_terms(
            signed_by=signed_by,
            role=role,
            signed_on=signed_on,
            purpose=purpose,
            recipients=tuple(recipients or ()),
            expires=expires,
            destruction=destruction,
            marking=marking,
            question=question,
            about=tuple(about or ()),
        )
    with show_progress() as progress:
        kept = open_dive(dive)
        plan = plan_release(
            kept,
            codes=secrets.token_bytes(2 * FEWEST_BYTES),
            question=question,
            about=tuple(about or ()),
            held=_held(held, kept),
            progress=progress,
        )
        if terms is not None and out is not None:
            released = write_release(plan, terms, out, way_back=way_back, progress=progress)
    say(_planned(plan) if terms is None else _written(plan, released))


def _check_asked(to: str | None, out: Path | None, preview: bool) -> None:
    if to != OFFICE:
        raise UsageError(
            Problem(
                ProblemKind.WRONG_USE,
                "It is not said for whom the release is." if to is None else f"Nothing is released for `{to}`.",
                "Add `--for office`: that is the only copy of a dive that leaves the force.",
            )
        )
    if out is None and not preview:
        raise UsageError(
            Problem(
                ProblemKind.WRONG_USE,
                "No folder is named for the release.",
                "Add `--out DIR`, or `--preview` to see what would go and what would stay.",
            )
        )


def _held(path: Path | None, dive: KeptDive) -> frozenset[str]:
    if path is None:
        return frozenset()
    with dive.readable():
        return read_held_cases(path, dive.cases.select("case_id").unique().collect()["case_id"].to_list())


def _planned(plan: PlanOfRelease) -> str:
    return plan_in_words(
        plan.dive.title,
        plan.question,
        plan.went,
        plan.stayed,
        held=plan.held,
        restricted=plan.restricted,
        alone=plan.alone,
        made_up=plan.dive.is_made_up,
    )


def _written(plan: PlanOfRelease, released: Released) -> str:
    lines = [_planned(plan).replace("Nothing has left yet.", f"Written: {released.folder}"), ""]
    if released.way_back is not None:
        lines += [f"The way back from the codes, which stays with you: {released.way_back}", ""]
    looked_for = f"{number(released.looked_for)} numbers of the force's own"
    lines += [f"Looked for in every file, and not found: {looked_for}.", ""]
    lines.append(f"In words: {released.folder / IN_WORDS}")
    lines.append(f"SHA-256 of its {RELEASE}, to be told by another way: {released.sha256}")
    return "\n".join(lines)


def _verified(folder: Path) -> str:
    kept = open_release(folder)
    digest = hashlib.sha256((folder / RELEASE).read_bytes()).hexdigest()
    said = f"Every file is as it was signed.\nSHA-256 of its {RELEASE}: {digest}"
    return f"{release_in_words(kept.about)}\n\n{said}"
