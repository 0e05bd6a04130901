"""`release.json`: on which terms a dive was released, what went and what stayed, and which files it consists of."""

from __future__ import annotations

import json
import os
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, ValidationError

from wardline.dive.kept.folder import files_of
from wardline.dive.kept.manifest import KeptPart, KeptPeriod, NamedStandard, digest
from wardline.dive.kept.where_to_write import MANIFEST, is_dive_folder
from wardline.errors import OutputError, Place, Problem, ProblemKind

__all__ = [
    "RELEASE",
    "RELEASE_FORMAT",
    "About",
    "ReleasedFile",
    "WhatStayed",
    "WhatWent",
    "is_release_folder",
    "read_about",
    "write_about",
]

RELEASE = "release.json"
# Raised when this version writes a release that an earlier one would misread, as that of a dive folder is (0009).
RELEASE_FORMAT = 1
OF_NO_PERSON = "nothing about a person"


class _Part(KeptPart):
    model_config = ConfigDict(strict=False)  # days are written as texts


class WhatWent(_Part):
    """Something that the release holds, and how many there are of it."""

    what: str
    count: int
    note: str = ""


class WhatStayed(_Part):
    """Something that stayed with the force, how many there are of it (None: all), and why."""

    what: str
    count: int | None
    why: str


class ReleasedFile(_Part):
    """A file of the release, and what it holds."""

    name: str
    sha256: str
    holds: str


class About(_Part):
    """What `release.json` says, key by key (docs/reference/releases.md).

    It names no file of the force, no path and no key. `as_at` is the local day from which the dive looked.
    """

    format: int
    kind: Literal["release for the office"] = "release for the office"
    marking: str
    made_up: bool
    dive: str
    question: str
    named_question: str | None
    about: tuple[str, ...]
    purpose: str
    recipients: tuple[str, ...]
    expires: date
    destruction: str
    signed_by: str
    role: str
    signed_on: date
    force: str
    nation: str | None
    zone: str
    as_at: date
    period: KeptPeriod | None
    standards: tuple[NamedStandard, ...]
    versions: dict[str, str]
    went: tuple[WhatWent, ...]
    stayed: tuple[WhatStayed, ...]
    files: tuple[ReleasedFile, ...] = ()


def is_release_folder(folder: Path) -> bool:
    """Whether this folder holds a release."""
    # os.path, because Path raises where the name is too long.
    return os.path.isfile(folder / RELEASE)


def write_about(folder: Path, about: About, holds: dict[str, str]) -> About:
    """Write `release.json` with every file that is there so far. Written last: with it the release is whole."""
    files = tuple(
        ReleasedFile(name=name, sha256=digest(folder / name), holds=holds.get(name, OF_NO_PERSON))
        for name in files_of(folder)
    )
    whole = about.model_copy(update={"files": files})
    text = json.dumps(whole.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2)
    (folder / RELEASE).write_text(f"{text}\n", encoding="utf-8")
    return whole


def read_about(folder: Path) -> About:
    """What `release.json` says; its files are not looked at.

    Raises OutputError where the folder holds no release, where it holds a dive, and where a newer version made it.
    """
    if is_dive_folder(folder):
        raise OutputError(_identified(folder))
    if not is_release_folder(folder):
        raise OutputError(
            Problem(
                ProblemKind.NOT_A_RELEASE,
                "There is no release in this folder.",
                "Name the folder that `wardline release … --out` wrote.",
                Place(str(folder)),
            )
        )
    try:
        written = (folder / RELEASE).read_bytes()
        said = json.loads(written)
    except (OSError, ValueError, RecursionError):
        raise OutputError(_unreadable(folder, "it is not JSON, or may not be read")) from None
    number = said.get("format") if isinstance(said, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise OutputError(_unreadable(folder, "it does not say which `format` it has"))
    if number > RELEASE_FORMAT:
        raise OutputError(
            Problem(
                ProblemKind.NOT_A_RELEASE,
                f"A newer version of Wardline made this release, in a form that this one ({version('wardline')}) does "
                "not know.",
                "Open it with that version or a later one.",
                Place(str(folder)),
            )
        )
    try:
        return About.model_validate_json(written)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = f"`{first['loc'][0]}`" if first["loc"] else "it"
        raise OutputError(_unreadable(folder, f"{place} is missing or does not fit")) from None


def _identified(folder: Path) -> Problem:
    return Problem(
        ProblemKind.NOT_A_RELEASE,
        f"This is the folder of a dive itself (it holds a {MANIFEST}), and no release: it names children, and stays "
        "with the force.",
        "If you are not at the force, do not open it: tell the force at once that it was sent, and how. The force "
        "makes a release with `wardline release`.",
        Place(str(folder)),
    )


def _unreadable(folder: Path, why: str) -> Problem:
    return Problem(
        ProblemKind.NOT_A_RELEASE,
        f"The {RELEASE} of this release cannot be read: {why}.",
        "Ask the force for the release again: it is never changed after it was signed.",
        Place(str(folder / RELEASE)),
    )
