"""Reading the exports of a dive into the tables of an event log, person ids and postcodes keyed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from wardline.dive.described.dive_documents import DiveDocuments
from wardline.dive.kept.manifest import Input, digest
from wardline.dive.kept.row_groups import copy_table, metadata_of
from wardline.dive.making.keys import Key, key_people
from wardline.record_systems import Reading, read_record_systems
from wardline.record_systems.mapping.persons_in_ids import with_persons_hidden

__all__ = ["documents_of", "export_files", "inputs_of", "key_tables", "read_exports"]


def read_exports(
    documents: DiveDocuments, unkeyed: Path, key: Key, *, progress: Callable[[str, int, int], None] | None = None
) -> Reading:
    """Read every source into a folder that does not exist yet: the tables of an event log, person ids in clear.

    Whoever is to be told apart by name, date of birth or person number must be so now: `key_tables` hides them. Only
    where a person's number is part of a case id it is hidden already, as the key hides the person's own.
    """
    unkeyed.mkdir(mode=0o700)
    sources = documents.sources()
    mappings = with_persons_hidden(
        [source.mapping for source in sources], lambda system, number: key.pseudonym("person", f"{system}:{number}")
    )
    sources = tuple(replace(source, mapping=mapping) for source, mapping in zip(sources, mappings, strict=True))
    return read_record_systems(
        sources, as_at=documents.as_at, into=unkeyed, metadata=metadata_of(documents), progress=progress
    )


def key_tables(unkeyed: Path, folder: Path, key: Key, metadata: Mapping[str, str]) -> None:
    """Take the tables into the dive's folder, person ids and postcodes keyed, and leave nothing of them in clear.

    Only a table that holds what is to be keyed is written again; the others, which are the large ones, are moved.
    """
    for table in sorted(unkeyed.glob("*.parquet")):
        keyed = key_people(table.stem, key)
        if keyed is None:
            os.rename(table, folder / table.name)
        else:
            copy_table(table, folder / table.name, keyed, metadata=metadata)
            table.unlink()
    unkeyed.rmdir()


def documents_of(documents: DiveDocuments) -> list[Path]:
    """The files of every document that a dive was read from."""
    dive = documents.dive
    further = [one.path for one in documents.further]
    claims = [] if dive.claims is None else [dive.claims]
    mappings = [source.mapping for source in dive.sources]
    named = [*dive.measure_files, *claims]
    return [dive.file, dive.force, *documents.standard_files, *further, *mappings, *named]


def export_files(reading: Reading) -> list[tuple[Path, str]]:
    """Every file of exports that was read, and its name as people see it; what a query gave is in no file."""
    named = {(one.source, one.on_disk): one.path for one in reading.files if one.sha256 is None}
    return [(path, f"{system}: {file}") for (system, file), path in named.items()]


def inputs_of(documents: DiveDocuments, reading: Reading) -> tuple[Input, ...]:
    """Every file and query that the dive was made from, named without saying where on this machine it lies."""
    dive = documents.dive
    named = [("dive file", dive.file.name, dive.file), ("force settings", dive.force.name, dive.force)]
    if dive.claims is not None:
        named.append(("claims", dive.claims.name, dive.claims))
    named += [
        (f"standard {standard.name}", path.name, path)
        for standard, path in (*zip(documents.standards, documents.standard_files, strict=True), *documents.further)
    ]
    named += [("measures", path.name, path) for path in dive.measure_files]
    found = [Input(what=what, name=name, sha256=digest(path)) for what, name, path in named]
    for mapping, source in zip(documents.mappings, dive.sources, strict=True):
        found.append(Input(what=f"mapping {mapping.system}", name=source.mapping.name, sha256=digest(source.mapping)))
        files = {one.on_disk: one for one in reading.files if one.source == mapping.system}
        for name, file in files.items():
            sha256 = digest(file.path) if file.sha256 is None else file.sha256
            found.append(Input(what=f"export of {mapping.system}", name=name, sha256=sha256))
    return tuple(found)
