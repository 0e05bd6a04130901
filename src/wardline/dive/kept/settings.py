"""The mappings, standards and force settings that a dive was made with, kept in its folder and read from there.

A dive is explained by what it was held against then, and not by what the same files say today.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wardline.dive.described.dive_documents import DiveDocuments
from wardline.errors import without_passwords
from wardline.obligations import ResolvedObligation
from wardline.reports.wording import MADE_UP_SENTENCE
from wardline.standards import Force, Standard, read_force, read_standard, resolve, write_standard

__all__ = ["KeptSettings", "read_settings", "settings_of", "write_settings"]

FORCE = Path("settings/force.yaml")
MAPPINGS = Path("settings/mappings")
STANDARDS = Path("settings/standards")


@dataclass(frozen=True)
class KeptSettings:
    """What a dive folder says it was held against."""

    force: Force
    standards: tuple[Standard, ...]
    obligations: tuple[ResolvedObligation, ...]


def write_settings(folder: Path, documents: DiveDocuments) -> None:
    """Keep the documents of a dive: the force's settings and mappings as written, the standards as understood."""
    for place in (MAPPINGS, STANDARDS):
        (folder / place).mkdir(parents=True)
    above = f"# {MADE_UP_SENTENCE}\n" if documents.dive.is_made_up else ""
    _copy(documents.dive.force, folder / FORCE, above)
    for mapping, source in zip(documents.mappings, documents.dive.sources, strict=True):
        _copy(source.mapping, folder / MAPPINGS / f"{mapping.system}.yaml", above)
    for position, standard in enumerate(documents.standards, start=1):
        # A name may hold a slash, which is no part of a file's name; the number keeps the order of the dive file.
        name = f"{position:02}-{standard.name.replace('/', '-')}.yaml"
        (folder / STANDARDS / name).write_text(above + write_standard(standard), encoding="utf-8")


def _copy(source: Path, target: Path, above: str) -> None:
    """As it was written, under a line that says that its records are of nobody, where they are.

    No password is read from it, but somebody may have left one in a comment.
    """
    written = source.read_bytes().removeprefix(BOM_UTF8 if above else b"").decode("utf-8")
    target.write_bytes((above + without_passwords(written)).encode("utf-8"))


def settings_of(documents: DiveDocuments) -> KeptSettings:
    """What `read_settings` would read of a dive that is being made, whose documents were read a moment ago."""
    return KeptSettings(documents.force, documents.standards, documents.obligations)


def read_settings(folder: Path, names: Iterable[str]) -> KeptSettings:
    """The settings kept in a dive folder, of the files that its manifest names; another that was put there is not read.

    Raises DocumentError where this version of Wardline does not understand them.
    """
    force = read_force(folder / FORCE)
    kept = [PurePosixPath(name) for name in names if PurePosixPath(name).parent == PurePosixPath(STANDARDS)]
    in_order = sorted(kept, key=lambda path: int(path.name.partition("-")[0]))
    standards = tuple(read_standard(folder / path, examples_must_hold=False) for path in in_order)
    # Not held against the standards that ship today, of which the force's settings may name what is called otherwise
    # now.
    return KeptSettings(force, standards, resolve(standards, force))
