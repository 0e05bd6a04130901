"""`wardline simulate`: a made-up force, with four exports and the truth about them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.progress import show_progress
from wardline.cli.saying import say
from wardline.dive.kept.where_to_write import check_can_write, told_if_it_cannot_be_written
from wardline.english import and_list, count, number
from wardline.errors import Problem, ProblemKind, Problems, UsageError
from wardline.simulation.parameters import FEWEST_AND_MOST, POPULATION, YEARS
from wardline.simulation.simulating import simulate as simulate_force

__all__ = ["simulate"]

LIMITS = {f"--{name}": limits for name, limits in FEWEST_AND_MOST.items()}
MOST_DIGITS = 12  # more are not looked at: no number that long is within the limits
WHAT = "made-up force"


def simulate(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="DIR",
            help="The folder to write: one that does not exist yet, or is empty.",
            show_default=False,
        ),
    ],
    seed: Annotated[
        str, typer.Option("--seed", metavar="NUMBER", help="Another number makes another force of the same kind.")
    ] = "1",
    years: Annotated[
        str, typer.Option("--years", metavar="NUMBER", help="How many years there are records of, up to March 2025.")
    ] = str(YEARS),
    population: Annotated[
        str, typer.Option("--population", metavar="NUMBER", help="How many people live in the force's area.")
    ] = str(POPULATION),
) -> None:
    """Make up a force, so that Wardline can be tried without a real record.

    This writes the exports of four record systems, each in its own layout, and beside them the truth:
    which person records are one child, what was planted, and where. The same numbers make the same
    force, byte for byte. Nothing in it is real, and every file says so.

    \b
    Example:
      wardline simulate --out dives/teesmouth/force
    """
    numbers = _numbers({"--seed": seed, "--years": years, "--population": population})
    check_can_write(out, WHAT)
    with show_progress() as progress, told_if_it_cannot_be_written(out, WHAT):
        counts = simulate_force(
            out, seed=numbers["--seed"], years=numbers["--years"], population=numbers["--population"], progress=progress
        )
    say(_in_words(out, counts))


def _numbers(asked: dict[str, str]) -> dict[str, int]:
    """The numbers that were typed, as `570000` or `570,000`. Raises UsageError with everything that is not one."""
    numbers, problems = {}, Problems(UsageError)
    for option, text in asked.items():
        fewest, most = LIMITS[option]
        digits = text.replace(",", "").strip()
        if (
            digits.isascii()
            and digits.isdigit()
            and fewest <= int(digits[:MOST_DIGITS]) <= most
            and len(digits) <= MOST_DIGITS
        ):
            numbers[option] = int(digits)
        else:
            problems.append(
                Problem(
                    ProblemKind.WRONG_USE,
                    f"`{text}` cannot be used after {option}.",
                    f"Write a whole number from {fewest:,} to {most:,}, or leave {option} out.",
                )
            )
    problems.tell()
    return numbers


def _in_words(out: Path, counts: Counter[str]) -> str:
    cases = and_list(
        [
            count(counts["cases: episode"], "missing episode"),
            count(counts["cases: investigation"], "investigation"),
            count(counts["cases: referral"], "referral"),
        ]
    )
    events = sum(found for what, found in counts.items() if what.startswith("events: "))
    planted = sum(found for what, found in counts.items() if what.startswith(("failings: ", "gaming: ")))
    return f"""Written: {out}. Everything in it is made up.

  exports/  {cases}, with {number(events)} events
  truth/    the truth: {count(planted, "thing")} planted in the exports, and which person records are one child

Keep the truth away from whoever looks for it."""
