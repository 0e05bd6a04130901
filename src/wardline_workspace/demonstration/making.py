"""Makes the demonstration, a step at a time. Each step leaves its folder whole or not at all; what is there is kept."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wardline import __version__
from wardline.dive import open_dive, run_dive
from wardline.dive.releasing.plan_of_release import plan_release
from wardline.dive.releasing.release_terms import ReleaseTerms
from wardline.dive.releasing.releasing import write_release
from wardline.errors import OutputError, Place, Problem, ProblemKind, StoppedError, UsageError
from wardline.simulation import simulate
from wardline_workspace.demonstration.what_there_is import (
    DIVES,
    RELEASED,
    Demonstration,
    DiveAt,
    dive_text,
    workspace_text,
)
from wardline_workspace.deployment.described import Place as WhosePlace

__all__ = ["Told", "make_demonstration"]

QUESTION = "Are children who go missing reached in time?"
ABOUT = ("england/missing-children/attend",)
KEPT_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Told:
    """To whom it is told what is being done: `say` sentences, `progress` how far each step is."""

    say: Callable[[str], None]
    progress: Callable[[str, int, int], None]


def make_demonstration(demonstration: Demonstration, told: Told) -> None:
    """Make what is not there yet.

    Raises UsageError where the folder holds something else or a demonstration with other numbers of people, or where
    the example's mappings are not there.
    """
    if _is_made(demonstration):
        return
    _check_example(demonstration.example)
    demonstration.folder.mkdir(parents=True, exist_ok=True)
    if not (demonstration.force / "exports").exists():
        told.say(f"Making up a force of {demonstration.people:,} people.")
        simulate(demonstration.force, population=demonstration.people, progress=told.progress)
    for one in DIVES:
        _make_dive(demonstration, one, told)
    for one in RELEASED:
        _make_release(demonstration, one, told)
    left_out = [sentence for place in WhosePlace for sentence in _fill(demonstration, place, told)]
    for sentence in left_out:
        told.say(sentence)
    if left_out:  # tried again at the next start
        return
    demonstration.made_of.write_text(json.dumps(_made_of(demonstration), indent=2) + "\n", encoding="utf-8")


def _made_of(demonstration: Demonstration) -> dict[str, object]:
    return {"wardline": __version__, "people": demonstration.people, "dives": [one.name for one in DIVES]}


def _is_made(demonstration: Demonstration) -> bool:
    """Whether nothing is left to make. Raises UsageError where it is another demonstration, or none."""
    folder = demonstration.folder
    if not demonstration.made_of.exists():
        strange = folder.is_dir() and any(folder.iterdir()) and not demonstration.force.exists()
        if strange or (folder.exists() and not folder.is_dir()):
            raise _refused(folder, "Something else is there, so it is left alone.", "Name a folder that is not there.")
        return False
    if json.loads(demonstration.made_of.read_text(encoding="utf-8")) == _made_of(demonstration):
        return True
    raise _refused(
        folder,
        "The demonstration that is there was made with another number of people, or by another version of Wardline.",
        "Remove that folder to have it made anew, or name another.",
    )


def _refused(folder: Path, what: str, remedy: str) -> UsageError:
    return UsageError(Problem(ProblemKind.WRONG_USE, what, remedy, Place(str(folder))))


def _check_example(example: Path) -> None:
    if not (example / "mappings").is_dir():
        raise _refused(
            example,
            "The example whose mappings the made-up records are read by is not there.",
            "Start it in the folder where Wardline's own files are, or name the example's folder after --example.",
        )


def _make_dive(demonstration: Demonstration, one: DiveAt, told: Told) -> None:
    file, folder = demonstration.dive_file(one), demonstration.dive(one)
    if folder.exists():
        return
    told.say(f"Diving into its records as at {one.name}.")
    file.write_text(dive_text(demonstration, one), encoding="utf-8")
    run_dive(file, folder, progress=told.progress)


def _make_release(demonstration: Demonstration, one: DiveAt, told: Told) -> None:
    """Release figures of each dive, and of the last one also coded cases, for a named question."""
    folder = demonstration.release(one)
    if folder.exists():
        return
    told.say(f"Releasing of the dive as at {one.name} what may leave the force.")
    # A release expires in the world of whoever reads it, and not in that of the made-up force.
    today = datetime.now(tz=UTC).date()  # noqa: TID251
    question, about = (QUESTION, ABOUT) if one is RELEASED[-1] else (None, ())
    terms = ReleaseTerms(
        signed_by="Data-release approver (made up)",
        role="Data-release approver",
        signed_on=today,
        purpose="The office's scrutiny of how children are kept safe (made up)",
        recipients=("Teesmouth Commissioner’s Office (made up)",),
        expires=today + KEPT_FOR,
        destruction="A certificate to the force, signed by the chief executive (made up)",
        marking="OFFICIAL-SENSITIVE",
        question=question,
        about=about,
    )
    dive = open_dive(demonstration.dive(one))
    plan = plan_release(dive, codes=secrets.token_bytes(32), question=question, about=about, progress=told.progress)
    write_release(plan, terms, folder, progress=told.progress)


def _fill(demonstration: Demonstration, place: WhosePlace, told: Told) -> list[str]:
    """Set a workspace up, in a process of its own, since one is of one deployment only; say what was left out."""
    told.say(f"Setting up the {place.value}'s workspace.")
    file = demonstration.workspace(place)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(workspace_text(place), encoding="utf-8")
    if place is WhosePlace.FORCE:
        folders = [demonstration.dive(one) for one in DIVES]
    else:
        folders = [demonstration.release(one) for one in RELEASED]
    line = [sys.executable, "-m", "wardline_workspace.demonstration.filling", str(file), *map(str, folders)]
    filled = subprocess.run(line, capture_output=True, text=True, check=False)
    if filled.returncode < 0:
        raise StoppedError(Problem(ProblemKind.STOPPED, "It was stopped.", "Start it again: what is made is kept."))
    if filled.returncode:
        raise OutputError(
            Problem(
                ProblemKind.CANNOT_WRITE,
                f"The {place.value}'s workspace could not be set up: {filled.stderr.strip()}",
                "Mend that, and start it again: what is made is kept.",
                Place(str(file)),
            )
        )
    return filled.stdout.splitlines()
