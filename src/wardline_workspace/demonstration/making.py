"""Makes the demonstration, a step at a time. Each step leaves its folder whole or not at all; what is there is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wardline import __version__
from wardline.dive import run_dive
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
    left_out = _fill(demonstration, WhosePlace.FORCE, told)
    if not left_out:
        _release(demonstration, told)
        left_out = _fill(demonstration, WhosePlace.OFFICE, told)
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


def _fill(demonstration: Demonstration, place: WhosePlace, told: Told) -> list[str]:
    """Set a workspace up; say what was left out."""
    told.say(f"Setting up the {place.value}'s workspace.")
    file = demonstration.workspace(place)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(workspace_text(place), encoding="utf-8")
    if place is WhosePlace.FORCE:
        folders = [demonstration.dive(one) for one in DIVES]
    else:
        folders = [demonstration.release(one) for one in RELEASED]
    return _in_its_workspace("filling", file, folders)


def _release(demonstration: Demonstration, told: Told) -> None:
    """Release figures of two dives, and of the last one also coded cases, as people do on the force's pages."""
    if all(demonstration.release(one).exists() for one in RELEASED):
        return
    told.say("Releasing to the office what may leave the force.")
    folders = [folder for one in RELEASED for folder in (demonstration.dive(one), demonstration.release(one))]
    _in_its_workspace("releasing", demonstration.workspace(WhosePlace.FORCE), folders)


def _in_its_workspace(what: str, file: Path, folders: list[Path]) -> list[str]:
    """Run a step in a process of its own, since one is of one deployment only; what it says."""
    line = [sys.executable, "-m", f"wardline_workspace.demonstration.{what}", str(file), *map(str, folders)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode < 0:
        raise StoppedError(Problem(ProblemKind.STOPPED, "It was stopped.", "Start it again: what is made is kept."))
    if done.returncode:
        raise OutputError(
            Problem(
                ProblemKind.CANNOT_WRITE,
                f"A workspace of the demonstration could not be set up: {done.stderr.strip()}",
                "Mend that, and start it again: what is made is kept.",
                Place(str(file)),
            )
        )
    return done.stdout.splitlines()
