"""A piece of work as it lies in its folder: what pages write here is what the command line reads.

exports/missing/…      what was uploaded, one folder for each record system
mappings/missing.yaml  how it is read
force.yaml             the force's own settings
dive.yaml              question, period, sources, standards
earlier/…              every text that a page has replaced, named after its version
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wardline.documents import parse_document
from wardline.errors import DocumentError
from wardline.whole_files import write_over

__all__ = ["Text", "WorkInFiles", "version_of"]

DIVE, FORCE = "dive", "force"


@dataclass(frozen=True)
class Text:
    """A document as it was read: its text and the version that forms carry."""

    text: str
    version: str

    @property
    def data(self) -> Any:
        """What it says, or nothing where it is no YAML."""
        try:
            return parse_document(self.text, "the document").data
        except DocumentError:
            return {}


def version_of(text: str) -> str:
    """The version of a text: two that differ in anything have different ones."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class WorkInFiles:
    """The files of one piece of work. A document is named `dive`, `force`, or after its record system's mapping."""

    folder: Path

    @property
    def dive(self) -> Path:
        """The dive file."""
        return self.folder / "dive.yaml"

    @property
    def force(self) -> Path:
        """The force's own settings."""
        return self.folder / "force.yaml"

    @property
    def sources(self) -> tuple[str, ...]:
        """The record systems that have a mapping here, by the names of the mappings' files."""
        return tuple(sorted(path.stem for path in (self.folder / "mappings").glob("*.yaml")))

    def mapping(self, source: str) -> Path:
        """The mapping of a record system."""
        return self.folder / "mappings" / f"{source}.yaml"

    def uploaded(self, source: str) -> Path:
        """Where what was uploaded of a record system is kept."""
        return self.folder / "exports" / source

    def path_of(self, document: str) -> Path | None:
        """The path of a document by its name; None where there is none of that name."""
        if document in (DIVE, FORCE):
            return self.dive if document == DIVE else self.force
        return self.mapping(document) if document in self.sources else None

    def shown_as(self, document: str) -> str:
        """What messages call a document: its path in the piece of work."""
        return f"{document}.yaml" if document in (DIVE, FORCE) else f"mappings/{document}.yaml"

    def read(self, document: str) -> Text:
        """A document's text. Raises FileNotFoundError."""
        path = self.path_of(document)
        if path is None:
            raise FileNotFoundError(document)
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        return Text(text, version_of(text))

    def write(self, document: str, text: str) -> str:
        """Write a document in the place of what it said, which is kept under `earlier/`. Returns its version.

        Raises OutputError where it cannot be written; the old text stands then.
        """
        path = self.path_of(document)
        assert path is not None, "only documents that are there are changed"
        before = self.read(document)
        write_over(self._earlier(document, before.version), before.text)
        write_over(path, text)
        return version_of(text)

    def earlier(self, document: str, version: str) -> str | None:
        """What a document said in an earlier version; None where that is not known."""
        path = self._earlier(document, version)
        return path.read_text(encoding="utf-8") if version.isalnum() and path.is_file() else None

    def _earlier(self, document: str, version: str) -> Path:
        return self.folder / "earlier" / f"{document}-{version}.yaml"

    def exports(self, source: str) -> Path:
        """The folder that holds a record system's exports: what the dive file says, else where uploads go."""
        for one in self.named_sources:
            if one.get("mapping") == f"mappings/{source}.yaml" and isinstance(one.get("files"), str):
                return self.folder / str(one["files"])
        return self.uploaded(source)

    @property
    def named_sources(self) -> list[dict[str, Any]]:
        """The sources that the dive file names, each with its mapping and its folder of exports."""
        data = self.said_by_dive
        found = data.get("sources") or []
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    @property
    def said_by_dive(self) -> dict[str, Any]:
        """What the dive file says, as far as it can be read."""
        try:
            data = self.read(DIVE).data
        except OSError:
            return {}
        return data if isinstance(data, dict) else {}

    @property
    def title(self) -> str:
        """What the dive file calls the dive, or nothing."""
        return str(self.said_by_dive.get("dive") or "")

    @property
    def standards(self) -> tuple[str, ...]:
        """The standards that the dive file names."""
        named = self.said_by_dive.get("standards")
        return tuple(str(one) for one in named) if isinstance(named, list) else ()
