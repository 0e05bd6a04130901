"""Claims about a made-up force of which the truth is known: what is planted, and what is not."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.architecture.repository import ROOT
from wardline.dive import KeptDive, open_dive, run_dive
from wardline.simulation import simulate
from wardline.simulation.parameters import IMPROVED_ON, RECORDING_CHANGED_ON, WITHDRAWN_ON, WORSE_DISTRICT

__all__ = ["CLAIMS", "NOT_PLANTED", "POPULATION", "dive_with_claims"]

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
