"""Cases of which a row is restricted, made so that nothing in the dive says whose they are: counted, and never shown.

A covert or protected source, or a member of staff's family: whoever reads a dive must not learn who it is. So these
cases go under a keyed name of their own, and so does the child in them; where their rows lie, their notes, who the
child is and every attribute that no obligation names are left out. Times stay, because findings rest on them; what
people read shows none of such a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from wardline.dive.described.dive_documents import DiveDocuments
from wardline.dive.kept.folder import RESTRICTED_TABLE
from wardline.dive.kept.row_groups import copy_table
from wardline.dive.making.keys import Key
from wardline.events import RESTRICTED_MARK, attribute_columns
from wardline.measures import COMPARED_BY
from wardline.obligations import named_by

__all__ = ["hide_restricted"]

LETTERS = 12  # of a keyed name: two of one force's are not the same by chance
NAMING = ("given_name", "family_name", "date_of_birth", "postcode", "phone")
PLACES = ("source_file", "source_row")


def hide_restricted(unkeyed: Path, key: Key, documents: DiveDocuments, metadata: Mapping[str, str]) -> None:
    """Change the tables of a folder, person ids in clear, in which some cases are restricted; else leave them alone."""
    listed = unkeyed / RESTRICTED_TABLE
    if not listed.exists():
        return
    restricted = pl.read_parquet(listed, glob=False)
    named = {case_id: _name(case_id, key) for case_id in restricted["case_id"].unique().sort()}
    cases = pl.scan_parquet(unkeyed / "cases.parquet", glob=False).select("case_id", "person_id").drop_nulls().collect()
    is_restricted = pl.col("case_id").is_in(list(named))
    persons = set(cases.filter(is_restricted)["person_id"])
    elsewhere = set(cases.filter(~is_restricted)["person_id"])
    owed = named_by(item.obligation for item in documents.obligations_for_today)
    keep = {"cases": {*owed.of_cases, *COMPARED_BY}, "events": set(owed.of_events), "people": set(owed.of_persons)}

    def hidden_cases(rows: pl.DataFrame) -> pl.DataFrame:
        return _emptied(rows, "cases", is_restricted, keep["cases"]).with_columns(
            pl.when(is_restricted).then(_other_person()).otherwise("person_id").alias("person_id"), _renamed(named)
        )

    def hidden_events(rows: pl.DataFrame) -> pl.DataFrame:
        return _emptied(rows, "events", is_restricted, keep["events"]).with_columns(_renamed(named))

    def hidden_people(rows: pl.DataFrame) -> pl.DataFrame:
        of_restricted = pl.col("person_id").is_in(list(persons))
        alone = _emptied(rows.filter(of_restricted), "people", pl.lit(True), keep["people"])
        alone = alone.with_columns(_other_person().alias("person_id"), *(_hidden(alone, name) for name in NAMING))
        others = rows.filter(~of_restricted | pl.col("person_id").is_in(list(elsewhere)))
        return pl.concat([others, alone])

    changes = {
        "cases": hidden_cases,
        "events": hidden_events,
        "people": hidden_people,
        "notes": lambda rows: rows.filter(~is_restricted),
        "case_sources": lambda rows: rows.with_columns(_renamed(named)),
        "restricted": lambda rows: rows.with_columns(_renamed(named)),
    }
    for table, change in changes.items():
        path = unkeyed / f"{table}.parquet"
        changed = path.with_suffix(".changed")
        copy_table(path, changed, change, metadata=metadata)
        changed.replace(path)


def _name(case_id: str, key: Key) -> str:
    return f"{case_id.partition(':')[0]}{RESTRICTED_MARK}{key.pseudonym('restricted case', case_id)[:LETTERS]}"


def _renamed(named: Mapping[str, str]) -> pl.Expr:
    return pl.col("case_id").replace(named)


def _other_person() -> pl.Expr:
    """Another person than in the child's other cases, so that these do not say who it is; it is keyed later."""
    return pl.format("restricted {}", "person_id")


def _emptied(rows: pl.DataFrame, table: str, which: pl.Expr, keep: set[str]) -> pl.DataFrame:
    """Some rows without where they lie in the exports, and without the attributes that are not kept."""
    names = [*PLACES, *(name for name in attribute_columns(rows.schema, table) if name not in keep)]
    return rows.with_columns(pl.when(~which).then(name).alias(name) for name in names)


def _hidden(rows: pl.DataFrame, name: str) -> pl.Expr:
    """A word in the place of what is filled in, so that it can be counted that something is; a date has none."""
    word = "restricted" if rows.schema[name] == pl.String() else None
    return pl.when(pl.col(name).is_not_null()).then(pl.lit(word, dtype=rows.schema[name])).alias(name)
