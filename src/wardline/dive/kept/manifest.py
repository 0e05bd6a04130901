"""`manifest.json`: what a dive was made from and what it consists of, so that both can be held against it later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from wardline.dive.described.dive_documents import DiveDocuments
from wardline.dive.kept.folder import MANIFEST, is_dive_folder
from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline.reports import ReadingCount

__all__ = ["Input", "check_unchanged", "digest", "read_manifest", "readable_dive", "versions", "write_manifest"]

# Of what else the bytes of a dive depend on: the same inputs give the same bytes with the same of these.
LIBRARIES = ("wardline", "polars", "pyarrow", "odfpy", "tzdata")
# Raised when a folder of this version can no longer be read as one of an earlier version.
FORMAT = 1

PERSON = "names, dates of birth, addresses in part and telephone numbers"
NOTES = "the text of notes"
CASE_NUMBERS = "the force's own case numbers, and keyed pseudonyms of children"
NOTHING = "nothing about a person"
IDENTIFIED = {
    "people.parquet": PERSON,
    "notes.parquet": NOTES,
    **dict.fromkeys(
        (
            "cases.parquet",
            "events.parquet",
            "case_sources.parquet",
            "findings.parquet",
            "record_faults.parquet",
            "children-to-check-today.csv",
            "report.html",
            "tables.ods",
        ),
        CASE_NUMBERS,
    ),
}


@dataclass(frozen=True)
class Input:
    """A file that a dive was made from, or the result of a query: what it is (`export of compact`) and its name there."""

    what: str
    name: str
    sha256: str


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def versions() -> tuple[tuple[str, str], ...]:
    """Wardline and the libraries that the bytes of a dive depend on, each with its version."""
    return tuple((name, version(name)) for name in LIBRARIES)


def write_manifest(
    folder: Path,
    documents: DiveDocuments,
    key_fingerprint: str,
    inputs: Iterable[Input],
    reading: Iterable[ReadingCount],
    remarks: Iterable[str],
) -> None:
    """Describe everything that stands in the folder so far. Written last: with it the dive is whole."""
    dive = documents.dive
    outputs = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    manifest = {
        "format": FORMAT,
        "dive": dive.title,
        "question": dive.question,
        "made up": dive.is_made_up,
        "as at": dive.as_at,
        "as at in UTC": documents.as_at.isoformat(),
        "period": None if dive.period is None else {"from": f"{dive.period[0]}", "to": f"{dive.period[1]}"},
        "force": documents.force.name,
        "nation": documents.force.nation,
        "time zone": documents.force.zone,
        "record systems": [mapping.system for mapping in documents.mappings],
        "standards": [{"name": standard.name, "version": standard.version} for standard in documents.standards],
        "seed": None,  # nothing in this version is drawn at random
        "key fingerprint": key_fingerprint,
        "versions": dict(versions()),
        "inputs": [{"what": one.what, "name": one.name, "sha256": one.sha256} for one in inputs],
        "rows": [asdict(count) for count in reading],
        "remarks": list(remarks),
        "outputs": [
            {"name": name, "sha256": digest(folder / name), "holds": IDENTIFIED.get(name, NOTHING)} for name in outputs
        ],
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a dive folder. Raises OutputError where it is none."""
    where = Place(str(folder))
    if not is_dive_folder(folder):
        raise OutputError(
            Problem(
                ProblemKind.NOT_A_DIVE,
                "There is no finished dive in this folder.",
                "Name the folder that `wardline dive … --out` wrote.",
                where,
            )
        )
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        manifest = None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise OutputError(
            Problem(
                ProblemKind.NOT_A_DIVE,
                "The manifest of this dive cannot be read, or another version of Wardline wrote it.",
                "Make the dive again with this version.",
                where,
            )
        )
    if absent := [one["name"] for one in manifest["outputs"] if not (folder / one["name"]).is_file()]:
        raise OutputError(
            Problem(
                ProblemKind.NOT_A_DIVE,
                f"This dive is not whole: {', '.join(absent)} {'is' if len(absent) == 1 else 'are'} missing.",
                "Put back what was taken out, or make the dive again: a dive is never changed.",
                where,
            )
        )
    return manifest


def check_unchanged(folder: Path, manifest: dict[str, Any]) -> None:
    """Raise OutputError where a file of the dive is not the one that was written."""
    changed = [one["name"] for one in manifest["outputs"] if digest(folder / one["name"]) != one["sha256"]]
    if changed:
        raise OutputError(
            Problem(
                ProblemKind.NOT_A_DIVE,
                f"This dive was changed after it was made: {', '.join(changed)}.",
                "Put back the files as they were, or make the dive again: a dive is never changed.",
                Place(str(folder)),
            )
        )


@contextmanager
def readable_dive(folder: Path) -> Iterator[None]:
    """Raise OutputError where a table of the dive, though it is there, cannot be read."""
    try:
        yield
    except (pl.exceptions.PolarsError, OSError):
        raise OutputError(
            Problem(
                ProblemKind.NOT_A_DIVE,
                "A table of this dive cannot be read: it was changed, or copied only in part.",
                "Copy the folder again, or make the dive again: a dive is never changed.",
                Place(str(folder)),
            )
        ) from None
