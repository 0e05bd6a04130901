"""Claims about a made-up force of which the truth is known: what is planted, and what is not."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from tests.architecture.repository import ROOT
from wardline.dive import KeptDive, open_dive, run_dive
from wardline.measures.claims import ClaimAnswer
from wardline.simulation import simulate
from wardline.simulation.parameters import IMPROVED_ON, RECORDING_CHANGED_ON, WITHDRAWN_ON, WORSE_DISTRICT

__all__ = ["CLAIMS", "NOT_PLANTED", "PLANTED", "POPULATION", "dive_with_claims", "true_size"]

EXAMPLE = ROOT / "examples" / "teesmouth"
MADE_FOR = "../../dives/teesmouth/force"  # where the example's dive file looks for the exports
POPULATION = 570_000

SAID = """\
  - claim: {words}
    said by: the chief constable
    where: police and crime panel
    said on: 2024-10-15
    measure: {measure}
    direction: {direction}
    size: {size}
    from: {start}
    by: {by}
{group}    declared: {{by: R. Lee, on: 2024-10-20}}
"""
PLANTED = ("improved", "worse")
NOT_PLANTED = ("spoken-with-in-time", "ethnicity-recorded", "reports-cancelled")


def _claim(words: str, measure: str, start: object, **told: str) -> str:
    whole = {"direction": "better", "size": "any", "by": "2025-02-28", "group": ""} | told
    return SAID.format(words=words, measure=measure, start=start, **whole)


CLAIMS = {
    "improved": _claim(
        "Children are reached sooner.", "england/missing-children/reached-in-time", IMPROVED_ON, size="10 points"
    ),
    "recording": _claim(
        "Every device is decided on.", "england/online-exploitation/device-decided-in-time", RECORDING_CHANGED_ON
    ),
    "worse": _claim(
        "It got worse there.",
        "england/missing-children/reached-in-time",
        WITHDRAWN_ON,
        direction="worse",
        by="2024-08-31",
        group=f"    group: {{district: {WORSE_DISTRICT}}}\n",
    ),
    **{
        name: _claim(
            "It is better.",
            f"england/missing-children/{name}",
            IMPROVED_ON,
            direction="smaller" if name == "reports-cancelled" else "better",
        )
        for name in NOT_PLANTED
    },
}
"""What is claimed, by what it is about."""


def dive_with_claims(folder: Path, *, seed: int, population: int = POPULATION) -> KeptDive:
    """Make up a force, write down the claims, and dive into its records."""
    simulate(folder / "force", seed=seed, years=2, population=population)
    shutil.copytree(EXAMPLE, folder / "example", ignore=shutil.ignore_patterns("wardline.key"))
    (folder / "example" / "claims.yaml").write_text("claims:\n" + "".join(CLAIMS.values()), encoding="utf-8")
    dive = folder / "example" / "dive.yaml"
    dive.write_text(dive.read_text(encoding="utf-8").replace(MADE_FOR, "../force"), encoding="utf-8")
    run_dive(dive, folder / "dive")
    return open_dive(folder / "dive")


def true_size(dive: KeptDive, answer: ClaimAnswer) -> float:
    """How much larger the share truly was in the months since the claim's first day than in those before, by the truth
    that the simulation writes down, whatever the records show of it."""
    claim, sides = answer.claim, {False: [0, 0], True: [0, 0]}
    district = claim.group[1] if claim.group is not None else None
    with (dive.folder.parent / "force" / "truth" / "measures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["measure"] == claim.measure and district in (None, row["district"]):
                side = sides[row["month"] >= claim.first_day.isoformat()]
                side[0], side[1] = side[0] + int(row["met"]), side[1] + int(row["of"])
    (met_before, of_before), (met_since, of_since) = sides[False], sides[True]
    return met_since / of_since - met_before / of_before
