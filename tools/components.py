"""What is installed with the workspace, of all that `requirements.lock` holds: to be installed, and as a list to keep.

`deploy/requirements.lock` leaves out what only tests, docs and builds need; `deploy/build.lock` is what makes a wheel.
`deploy/components.json` says what is installed in the form that scanners of known faults read (CycloneDX), with what
stands beside our pages.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from wardline import __version__

__all__ = ["Component", "components_list", "installed", "lock_to_build", "lock_to_install"]

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "src" / "wardline_workspace" / "static"
OF_NPM = {"govuk-frontend": "govuk-frontend", "htmx": "htmx.org"}  # the folder, and the package it was taken from
WRITTEN_BY = "# Written by tools/write_docs.py from requirements.lock: {}.\n"


@dataclass(frozen=True)
class Component:
    """A package of the lock: its name and version, who needs it, and its lines as they stand there."""

    name: str
    version: str
    needed_by: frozenset[str]
    lines: str


def lock_to_install() -> str:
    """The part of the lock that a machine which serves the workspace installs, each package with its hashes."""
    return WRITTEN_BY.format("what the workspace needs") + "".join(one.lines for one in installed())


def lock_to_build() -> str:
    """The part of the lock that makes the wheel."""
    return WRITTEN_BY.format("what makes a wheel") + "".join(one.lines for one in _needed(_of_group("build")))


def components_list() -> str:
    """The same as CycloneDX in JSON, with the version of Wardline that it is of."""
    listed = [_entry(one.name, one.version, "pypi") for one in installed()]
    for folder, package in OF_NPM.items():
        version = (STATIC / folder / "VERSION.txt").read_text(encoding="utf-8").strip()
        listed.append(_entry(package, version, "npm"))
    ours = {"type": "application", "name": "wardline", "version": __version__, "bom-ref": f"wardline@{__version__}"}
    written = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": ours},
        "components": listed,
    }
    return json.dumps(written, indent=1) + "\n"


def _entry(name: str, version: str, kind: str) -> dict[str, str]:
    known_by = f"pkg:{kind}/{name}@{version}"
    return {"type": "library", "bom-ref": known_by, "name": name, "version": version, "purl": known_by}


def installed() -> list[Component]:
    """What Wardline with its workspace needs, and what that needs in turn, in the order of the lock."""
    project = _pyproject()["project"]
    return _needed([*project["dependencies"], *project["optional-dependencies"]["workspace"]])


def _of_group(name: str) -> list[str]:
    return [*_pyproject()["dependency-groups"][name]]


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _needed(named: Iterable[str]) -> list[Component]:
    locked = _locked((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    wanted = {Requirement(one).name.lower().replace(".", "-") for one in named}
    while more := {one.name for one in locked if one.needed_by & wanted} - wanted:
        wanted |= more
    return [one for one in locked if one.name in wanted]


def _locked(lock: str) -> list[Component]:
    found = re.finditer(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==(\S+)(.*?)(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)
    return [Component(one[1], one[2], _needed_by(one[3]), one[0]) for one in found]


def _needed_by(lines: str) -> frozenset[str]:
    remarks = [line.strip(" #") for line in lines.splitlines() if line.strip().startswith("#")]
    names = (remark.removeprefix("via").strip() for remark in remarks)
    return frozenset(name for name in names if name and not name.startswith("wardline"))
