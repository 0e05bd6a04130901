"""Reading the exports of a dive into the tables of an event log, person ids and postcodes keyed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from wardline.dive.described.dive_documents import DiveDocuments
from wardline.dive.kept.manifest import Input, digest
from wardline.dive.kept.row_groups import copy_table
from wardline.dive.making.keys import Key, key_people
from wardline.record_systems import Reading, read_record_systems
from wardline.standards.library import path_of_standard

__all__ = ["inputs_of", "read_keyed"]


def read_keyed(
    documents: DiveDocuments, key: Key, folder: Path, *, progress: Callable[[str, int, int], None] | None = None
) -> Reading:
    """Read every source into `folder`, which must not exist yet; what a person is called there is a pseudonym.

    The tables as they were read, with person ids in clear, are gone when this returns.
    """
    unkeyed = folder / "unkeyed"
    unkeyed.mkdir(parents=True)
    reading = read_record_systems(documents.sources(), as_at=documents.as_at, into=unkeyed, progress=progress)
    for table in sorted(unkeyed.glob("*.parquet")):
        copy_table(table, folder / table.name, key_people(table.stem, key))
    shutil.rmtree(unkeyed)
    return reading


def inputs_of(documents: DiveDocuments, reading: Reading) -> list[Input]:
    """Every file and query that the dive was made from, named without saying where on this machine it lies."""
    dive = documents.dive
    named = [("dive file", dive.file.name, dive.file), ("force settings", dive.force.name, dive.force)]
    named += [
        (f"standard {standard.name}", path.name, path)
        for standard, written in zip(documents.standards, dive.standards, strict=True)
        for path in (path_of_standard(written, relative_to=dive.folder),)
    ]
    found = [Input(what, name, digest(path)) for what, name, path in named]
    for mapping, source in zip(documents.mappings, dive.sources, strict=True):
        found.append(Input(f"mapping {mapping.system}", source.mapping.name, digest(source.mapping)))
        files = {one.file: one.sha256 for one in reading.files if one.source == mapping.system}
        for file, sha256 in files.items():
            if sha256 is None:
                assert source.files is not None, "a mapping that reads files has a folder of them"
                sha256 = digest(source.files / file)
            found.append(Input(f"export of {mapping.system}", file, sha256))
    return found
