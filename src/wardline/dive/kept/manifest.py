"""`manifest.json`: what a dive was made from and what it consists of, so that both can be held against it later."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    ValidationError,
)

from wardline.dive.described.dive_documents import DiveDocuments
from wardline.dive.kept.folder import files_of
from wardline.dive.kept.where_to_write import MANIFEST, is_dive_folder
from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline.measures import ReadingCount

__all__ = ["FORMAT", "Input", "Manifest", "describe", "digest", "read_manifest", "versions", "write_manifest"]

# Of what else the bytes of a dive depend on: the same inputs give the same bytes with the same of these.
LIBRARIES = ("wardline", "polars", "pyarrow", "tzdata")
# Raised when this version writes a folder that an earlier one would misread (docs/decisions/0009).
FORMAT = 1

PERSON = "names, dates of birth, addresses in part and telephone numbers"
NOTES = "the text of notes"
CASE_NUMBERS = "the force's own case numbers, and keyed pseudonyms of children"
NOTHING = "nothing about a person"
NUMBERS = "numbers of cases and children, small ones too"
IDENTIFIED = {
    "people.parquet": PERSON,
    "notes.parquet": NOTES,
    **dict.fromkeys(
        (
            "cases.parquet",
            "events.parquet",
            "case_sources.parquet",
            "findings.parquet",
            "findings_outside_period.parquet",
            "record_faults.parquet",
            "restricted.parquet",
            "children-to-check-today.csv",
            "due-next.csv",
            "closed-without-a-record.csv",
            "findings.csv",
            "report.html",
            "tables.ods",
            "tables.xlsx",
        ),
        CASE_NUMBERS,
    ),
    "measures.parquet": NUMBERS,
}


def _within_the_folder(name: str) -> str:
    """A name that leads out of the folder is none of a dive, whoever wrote it there."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise ValueError("a name of a file in the folder is expected")
    return name


# Strict of all but this: JSON holds an instant as text.
Instant = Annotated[
    AwareDatetime,
    BeforeValidator(lambda value: datetime.fromisoformat(value) if isinstance(value, str) else value),
    PlainSerializer(datetime.isoformat),
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


# Keys are spelt with spaces, but for these; those of `rows` have kept their underscores since the first dive.
OTHERWISE_SPELT = {
    "start": "from",
    "end": "to",
    "as_at_in_utc": "as at in UTC",
    "zone": "time zone",
    "rows_in": "rows_in",
    "left_out": "left_out",
}


class KeptPart(BaseModel):
    """A part of what a kept folder says of itself, its keys spelt with spaces."""

    # Keys of a later version of the same format are passed over.
    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="ignore",
        populate_by_name=True,
        alias_generator=lambda name: OTHERWISE_SPELT.get(name, name.replace("_", " ")),
    )


class KeptPeriod(KeptPart):
    """Local days, both ends included."""

    start: date
    end: date


class NamedStandard(KeptPart):
    """A standard that the dive was held against."""

    name: str
    version: str


class Input(KeptPart):
    """A file that a dive was made from, or the result of a query: what it is (`export of compact`) and its name
    there.
    """

    what: str
    name: str
    sha256: str


class Output(KeptPart):
    """A file of the folder, and what it holds of a person."""

    name: Annotated[str, AfterValidator(_within_the_folder)]
    sha256: Sha256
    holds: str


class Manifest(KeptPart):
    """What `manifest.json` says, key by key (docs/reference/dive-folder.md).

    `as_at` is as somebody wrote it in the dive file, a local time; `as_at_in_utc` is the instant that it names. `rows`
    are what became of the rows of each export. `outputs` are all files of the folder but the manifest itself.
    """

    format: int
    dive: str
    question: str
    made_up: bool = False  # a dive that was made before this was kept says nothing of it
    as_at: str
    as_at_in_utc: Instant
    period: KeptPeriod | None
    force: str
    nation: str | None
    zone: str
    record_systems: tuple[str, ...]
    standards: tuple[NamedStandard, ...]
    seed: int | None  # nothing in this version is drawn at random
    key_fingerprint: str
    versions: dict[str, str]
    inputs: tuple[Input, ...]
    rows: tuple[ReadingCount, ...]
    remarks: tuple[str, ...]
    doubts: tuple[str, ...] = ()  # those that may have kept a case from the lists for today; an older dive kept none
    outputs: tuple[Output, ...] = ()


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def versions() -> dict[str, str]:
    """Wardline and the libraries that the bytes of a dive depend on, each with its version."""
    return {name: version(name) for name in LIBRARIES}


def describe(
    documents: DiveDocuments,
    key_fingerprint: str,
    inputs: tuple[Input, ...],
    rows: tuple[ReadingCount, ...],
    remarks: tuple[str, ...],
    doubts: tuple[str, ...],
) -> Manifest:
    """The manifest of a dive that is being made: all but its outputs, which are not all there yet."""
    dive, force = documents.dive, documents.force
    return Manifest(
        format=FORMAT,
        dive=dive.title,
        question=dive.question,
        made_up=dive.is_made_up,
        as_at=dive.as_at,
        as_at_in_utc=documents.as_at,
        period=None if dive.period is None else KeptPeriod(start=dive.period[0], end=dive.period[1]),
        force=force.name,
        nation=force.nation,
        zone=force.zone,
        record_systems=tuple(mapping.system for mapping in documents.mappings),
        standards=tuple(NamedStandard(name=one.name, version=one.version) for one in documents.standards),
        seed=None,
        key_fingerprint=key_fingerprint,
        versions=versions(),
        inputs=inputs,
        rows=rows,
        remarks=remarks,
        doubts=doubts,
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest with everything that stands in the folder so far. Written last: with it the dive is whole."""
    outputs = tuple(
        Output(name=name, sha256=digest(folder / name), holds=IDENTIFIED.get(name, NOTHING))
        for name in files_of(folder)
    )
    written = manifest.model_copy(update={"outputs": outputs}).model_dump(mode="json", by_alias=True)
    (folder / MANIFEST).write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a dive folder, whose files are not looked at.

    Raises OutputError where the folder holds no finished dive, where the manifest cannot be read, and where a newer
    version of Wardline wrote it in a form that this one does not know.
    """
    if not is_dive_folder(folder):
        raise OutputError(_no_dive(folder))
    try:
        written = (folder / MANIFEST).read_bytes()
        said = json.loads(written)
    except (OSError, ValueError, RecursionError):
        raise OutputError(_unreadable(folder, "it is not JSON, or may not be read")) from None
    number = said.get("format") if isinstance(said, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise OutputError(_unreadable(folder, "it does not say which `format` it has"))
    if number > FORMAT:
        raise OutputError(_of_a_newer_version(folder, said))
    try:
        return Manifest.model_validate_json(written)
    except ValidationError as error:
        raise OutputError(_unreadable(folder, _what_does_not_fit(error))) from None


# WHAT IS SAID WHERE IT IS NO MANIFEST


def _no_dive(folder: Path) -> Problem:
    remedy = "Name the folder that `wardline dive … --out` wrote."
    # os.path, because Path raises where the name is too long.
    if os.path.isfile(folder):
        what = "This is a file, and a dive is a folder."
        remedy = "Name the folder in which it lies." if is_dive_folder(folder.parent) else remedy
    elif os.path.isfile(folder / "findings.parquet"):
        what = f"The dive in this folder is not finished, or its {MANIFEST} was taken out."
        remedy = f"Put {MANIFEST} back, or make the dive again: without it nobody can say that the rest is whole."
    else:
        what = "There is no finished dive in this folder."
    return Problem(ProblemKind.NOT_A_DIVE, what, remedy, Place(str(folder)))


def _unreadable(folder: Path, why: str) -> Problem:
    return Problem(
        ProblemKind.NOT_A_DIVE,
        f"The manifest of this dive cannot be read: {why}.",
        "Copy the folder again from where it was made, or make the dive again: a dive is never changed.",
        Place(str(folder / MANIFEST)),
    )


def _of_a_newer_version(folder: Path, said: dict[str, object]) -> Problem:
    held = said.get("versions")
    by = held.get("wardline") if isinstance(held, dict) else None
    which = f" ({by})" if isinstance(by, str) else ""
    return Problem(
        ProblemKind.NOT_A_DIVE,
        f"A newer version of Wardline{which} made this dive, in a form that this one "
        f"({version('wardline')}) does not know.",
        "Open it with that version or a later one.",
        Place(str(folder)),
    )


def _what_does_not_fit(error: ValidationError) -> str:
    """The first place that does not fit, in the words of the manifest; never what stands there."""
    first, *further = error.errors(include_url=False, include_context=False, include_input=False)
    if not first["loc"]:
        return "it is not JSON"
    key, *below = first["loc"]
    place = f"`{key}`" + "".join(
        f", {f'number {step + 1}' if isinstance(step, int) else f'`{step}`'}" for step in below
    )
    what = "is missing" if first["type"] == "missing" else "does not fit"
    return f"{place} {what}" + (f" (and {len(further)} more)" if further else "")
