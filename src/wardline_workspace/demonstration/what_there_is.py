"""What the demonstration is made of: a made-up force, dives at three dates, releases of two, and two workspaces."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wardline.simulation import POPULATION
from wardline_workspace.deployment.described import Place

__all__ = ["DIVES", "PEOPLE", "PORTS", "RELEASED", "Demonstration", "DiveAt", "dive_text", "workspace_text"]

PEOPLE = POPULATION
PORTS = {Place.FORCE: 8001, Place.OFFICE: 8000}
EXAMPLE = Path("examples") / "teesmouth"


@dataclass(frozen=True)
class DiveAt:
    """A dive as at the beginning of a day, into what happened until the day before."""

    as_at: date
    until: date

    @property
    def name(self) -> str:
        """Its part of the names of files and folders."""
        return self.as_at.isoformat()


DIVES = (
    DiveAt(date(2024, 12, 1), date(2024, 11, 30)),
    DiveAt(date(2025, 2, 1), date(2025, 1, 31)),
    DiveAt(date(2025, 4, 1), date(2025, 3, 31)),
)
RELEASED = DIVES[1:]


@dataclass(frozen=True)
class Demonstration:
    """Where its parts lie in its folder, and how it is made. `example` has the mappings that the dives are read by."""

    folder: Path
    example: Path
    people: int = PEOPLE

    @property
    def force(self) -> Path:
        """The made-up force: its exports, and the truth about them."""
        return self.folder / "simulated"

    @property
    def made_of(self) -> Path:
        """A note, written last, of what the demonstration was made of: with it, there is nothing left to make."""
        return self.folder / "made-of.json"

    def dive_file(self, one: DiveAt) -> Path:
        """The dive's YAML."""
        return self.folder / f"dive-{one.name}.yaml"

    def dive(self, one: DiveAt) -> Path:
        """The dive's folder."""
        return self.folder / f"dive-{one.name}"

    def release(self, one: DiveAt) -> Path:
        """The folder of what was released of a dive."""
        return self.folder / f"release-{one.name}"

    def workspace(self, place: Place) -> Path:
        """The settings of the force's or the office's workspace; what it keeps lies beside."""
        return self.folder / place.value / "workspace.yaml"


STANDARDS = (
    "england/missing-children",
    "england/online-exploitation",
    "england/crime-recording-and-victims",
    "england/exploitation",
    "england/scrutiny",
    "england/problem-profile",
)
SYSTEMS = ("control-room", "missing", "crime", "safeguarding")


def dive_text(demonstration: Demonstration, one: DiveAt) -> str:
    """The YAML of one dive, its paths relative to the demonstration's folder."""
    example = Path(os.path.relpath(demonstration.example.absolute(), demonstration.folder.absolute())).as_posix()
    exports = f"{demonstration.force.name}/exports"
    sources = [(f"{example}/mappings/{system}.yaml", f"{exports}/{system}") for system in SYSTEMS]
    sources.append((f"{example}/mappings/register.yaml", f"{example}/register"))
    return "\n".join(
        [
            f"dive: Teesmouth to {one.until:%B %Y}, how well children are kept safe (made-up data)",
            "question: Are children who are reported missing or exploited answered in time, and is it getting better?",
            f"as at: {one.as_at.isoformat()}",
            f"period: {{from: 2023-04-01, to: {one.until.isoformat()}}}",
            f"force: {example}/force.yaml",
            "key: wardline.key",
            "sources:",
            *(f"  - {{mapping: {mapping}, files: {files}}}" for mapping, files in sources),
            "standards:",
            *(f"  - {standard}" for standard in STANDARDS),
            f"claims: {example}/claims.yaml",
            "made up: yes",
            "",
        ]
    )


def workspace_text(place: Place) -> str:
    """The settings of one of the two workspaces."""
    return f"""# A demonstration. The force, the office, its posts and their telephone numbers are made up.
workspace of: {place.value}
force: Teesmouth Police (made up)
office: Teesmouth Commissioner’s Office (made up)
duty post: {{name: the duty inspector (made up), telephone: 01632 960 101}}
professional standards: {{name: professional standards (made up), telephone: 01632 960 102}}
demonstration: yes
"""
