"""What an analyst's tables do not say of their record systems, filled in by what can be seen in them and nothing more.

What a record system is able to record decides between *no record found* and *cannot tell*. Of a table at hand nobody
has said it. So a system is taken to be able to record what it has recorded at least once, in cases of that type; what
never appears may not be recordable at all, and its absence says nothing. Whoever knows better says so
(`able_to_record`, or a table `abilities`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from wardline.events import ABILITIES, CASE_SOURCES, COVERAGE, attribute_columns

__all__ = ["abilities_declared", "abilities_seen", "case_sources_seen", "coverage_of", "numbered", "sources_of"]

Declared = Mapping[str | None, Iterable[str]]
"""Names of events by record system; None: every system."""

KEPT_BY = "force"  # as in a mapping that does not say
FIELDS_OF_A_CASE = ("opened_at", "closed_at", "person_id")
PLACE = ("source", "source_file", "source_row")


def numbered(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """The rows with their numbers from 0 in a column that has none."""
    return rows.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias(column))


def case_sources_seen(cases: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Which systems hold a piece of each case: the one that opened it, and each of which there is an event."""
    pairs = pl.concat([rows.select(CASE_SOURCES.names()) for rows in (cases, events)])
    return pairs.drop_nulls().unique(maintain_order=True)


def sources_of(*tables: pl.DataFrame) -> list[str]:
    """Every record system of these tables, in alphabetical order."""
    return sorted({source for table in tables for source in table.get_column("source").drop_nulls().unique()})


def coverage_of(sources: Iterable[str]) -> pl.DataFrame:
    """One row for each system: kept by the force, without a gap, its export taken when we look from."""
    rows = [{"source": source, "title": source, "kept_by": KEPT_BY} for source in sources]
    return pl.DataFrame(rows, schema=COVERAGE)


def abilities_seen(cases: pl.DataFrame, events: pl.DataFrame, people: pl.DataFrame, declared: Declared) -> pl.DataFrame:
    """What each system has recorded at least once in cases of a type, and what is declared of it besides."""
    typed = events.drop("case_type", strict=False).join(
        cases.select("case_id", "case_type"), on="case_id", how="inner", maintain_order="left"
    )
    seen = pl.concat([*_seen(cases, typed, people), *abilities_declared(cases, typed, declared)])
    return seen.unique().sort(ABILITIES.names(), nulls_last=True)


def abilities_declared(cases: pl.DataFrame, events: pl.DataFrame, declared: Declared) -> Iterator[pl.DataFrame]:
    """What is declared of each system, for every type of case: rows of `abilities`."""
    types = cases.select("case_type").drop_nulls().unique()
    sources = pl.concat([cases.select("source"), events.select("source")]).drop_nulls().unique()
    for source, names in declared.items():
        of_source = sources if source is None else pl.DataFrame({"source": [source]}, schema=sources.schema)
        for name in names:
            yield _abilities(of_source.join(types, how="cross"), event=pl.lit(name))


def _seen(cases: pl.DataFrame, events: pl.DataFrame, people: pl.DataFrame) -> Iterator[pl.DataFrame]:
    yield _abilities(events, event=pl.col("event"))
    for name in attribute_columns(events.drop("case_type").schema, "events"):
        yield _abilities(events.filter(pl.col(name).is_not_null()), event=pl.col("event"), field=name)
    for name in [*attribute_columns(cases.schema, "cases"), *FIELDS_OF_A_CASE]:
        yield _abilities(cases.filter(pl.col(name).is_not_null()), field=name)
    for name in people.columns:
        if name not in ("person_id", *PLACE):
            yield _abilities(people.filter(pl.col(name).is_not_null()), case_type=pl.lit(None), field=name)


def _abilities(
    rows: pl.DataFrame, *, case_type: pl.Expr | None = None, event: pl.Expr | None = None, field: str | None = None
) -> pl.DataFrame:
    """One row of `abilities` for each combination that is there."""
    columns = {
        "source": pl.col("source"),
        "case_type": pl.col("case_type") if case_type is None else case_type,
        "event": pl.lit(None) if event is None else event,
        "field": pl.lit(field),
        "keeps_history": pl.lit(None),
    }
    found = rows.select(column.cast(ABILITIES[name]).alias(name) for name, column in columns.items())
    return found.filter(pl.col("source").is_not_null()).unique()
