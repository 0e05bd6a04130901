"""Rows that a mapping restricts: which cases and person records they are about, and at the end which cases that makes.

A row that is rejected restricts its case all the same. A row that the mapping leaves out restricts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from wardline.events import RESTRICTED
from wardline.record_systems.mapping.cells import Restricted
from wardline.record_systems.rows.case_index import CaseIndex
from wardline.record_systems.rows.staged_files import StagedFile

__all__ = ["RESTRICTED_ROWS", "restricted_cases", "restricted_rows"]

# What restricts a person restricts the person's cases, which are known only once all tables are read.
RESTRICTED_ROWS = pl.Schema({**RESTRICTED, "person_id": pl.String()})


def restricted_rows(file: StagedFile, restricted: Restricted, frame: pl.DataFrame, index: CaseIndex) -> pl.DataFrame:
    """Of the rows of a file, the cases or the person records that they restrict: RESTRICTED_ROWS, without the column
    that does not apply.
    """
    table, source = file.table, file.mapping.system
    rows = frame.filter(pl.col("is_restricted").fill_null(False)).drop_nulls("id")
    if (case_id := table.belongs_to) is not None:
        found = index.cases_of(rows, case_id, source).select("case_id")
    else:
        own = "case_id" if table.names_its_case is not None else "person_id"
        found = rows.select((pl.lit(f"{source}:") + pl.col("id")).alias(own))
    return found.with_columns(pl.lit(source).alias("source"), pl.lit(restricted.because).alias("because"))


def restricted_cases(rows: Iterable[pl.DataFrame], cases: pl.LazyFrame) -> pl.DataFrame:
    """Which cases are restricted, with each system and reason once: RESTRICTED.

    `rows` are RESTRICTED_ROWS, `cases` the cases of all systems with whom each is about.
    """
    listed = pl.concat([RESTRICTED_ROWS.to_frame(), *rows])
    of_persons = (
        listed.lazy()
        .drop_nulls("person_id")
        .drop("case_id")
        .join(cases.select("case_id", "person_id"), on="person_id", how="inner")
        .collect()
    )
    names = RESTRICTED.names()
    found = pl.concat([listed.drop_nulls("case_id").select(names), of_persons.select(names)])
    return found.unique().sort(names)
