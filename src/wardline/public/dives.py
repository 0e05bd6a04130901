"""Dives, and made-up forces to dive into: `run_dive`, `open_dive`, `simulate`."""

from __future__ import annotations

import os

from wardline.dive import KeptDive
from wardline.dive import open_dive as open_folder
from wardline.dive import run_dive as run_dive_file
from wardline.dive.kept.where_to_write import check_can_write, told_if_it_cannot_be_written
from wardline.public.arguments import Arguments
from wardline.simulation import simulate as simulate_force
from wardline.simulation.parameters import FEWEST_AND_MOST, POPULATION, YEARS

__all__ = ["open_dive", "run_dive", "simulate"]

AnyPath = str | os.PathLike[str]
WHAT = "made-up force"


def run_dive(dive_file: AnyPath, out: AnyPath) -> KeptDive:
    """Run the dive that a dive file describes, write it into a folder that does not exist yet, and open it.

    >>> import wardline
    >>> try:
    ...     wardline.run_dive("dive.yaml", "march")
    ... except wardline.WardlineError as error:
    ...     print(error.problems[0].where)
    dive.yaml

    It is the command `wardline dive`: the same files are written, byte for byte, with the same messages where something
    goes wrong. `children-to-check-today.csv` in the folder lists the children whose cases somebody must look at today.

    Raises `WardlineError` with everything that is wrong; nothing half-written is left.
    """
    given = Arguments("run_dive")
    file = given.path("dive_file", dive_file, "a dive file")
    folder = given.path("out", out, "the folder to write")
    given.check()
    assert file is not None and folder is not None
    return open_folder(run_dive_file(file, folder).folder)


def open_dive(folder: AnyPath) -> KeptDive:
    """Open the folder of a dive that was made. Nothing in it is ever changed.

    >>> import wardline
    >>> try:
    ...     wardline.open_dive("march")
    ... except wardline.WardlineError as error:
    ...     print(error.problems[0].what)
    There is no finished dive in this folder.

    Every file is compared with the manifest first. A folder that holds no dive, or one that was changed, is unfinished
    or of a newer version, raises `WardlineError`, and nothing is opened.
    """
    given = Arguments("open_dive")
    path = given.path("folder", folder, "the folder of a dive")
    given.check()
    assert path is not None
    return open_folder(path)


def simulate(folder: AnyPath, *, seed: int = 1, years: int = YEARS, population: int = POPULATION) -> dict[str, int]:
    """Make up a force and write the exports of its record systems, and the truth about them, into a new folder.

    >>> import wardline
    >>> counts = wardline.simulate("force", years=1, population=20_000)
    >>> counts["cases: episode"] > 0
    True

    `years` full years of records end with 31 March 2025; `population` sets how much happens. The same numbers make the
    same force, byte for byte. Nothing in it is real, and every file says so. Returns what was counted.

    Raises `WardlineError` where a number is out of range or the folder cannot be written.
    """
    given = Arguments("simulate")
    path = given.path("folder", folder, "the folder to write")
    drawn = given.whole_number("seed", seed, *FEWEST_AND_MOST["seed"])
    length = given.whole_number("years", years, *FEWEST_AND_MOST["years"])
    people = given.whole_number("population", population, *FEWEST_AND_MOST["population"])
    given.check()
    assert path is not None and drawn is not None and length is not None and people is not None
    check_can_write(path, WHAT)
    with told_if_it_cannot_be_written(path, WHAT):
        return dict(simulate_force(path, seed=drawn, years=length, population=people))
