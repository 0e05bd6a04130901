"""Cases as measures count them: how many were opened, for how many a field is filled in."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wardline.events import attribute_types
from wardline.findings.matching import fits, fits_but_for_empty
from wardline.measures.declared.measure import CasesCounted, ChildrenCounted, ShareFilledIn
from wardline.measures.over_time.counted_states import STATE_OF, CountedState, is_filled_in
from wardline.measures.over_time.measures_table import Entries
from wardline.measures.over_time.records_counted import RecordsCounted
from wardline.obligations import Condition, RecordOf

__all__ = ["cases_counted", "cases_filled_in", "children_counted"]

ALL, AT_TIME = STATE_OF[Entries.ALL], STATE_OF[Entries.AT_THE_TIME]


def cases_counted(records: RecordsCounted, counting: CasesCounted) -> pl.DataFrame:
    """The cases of a type, met if they are counted; not told where an attribute that decides it is empty.

    A case counts as written at the time unless the entry of how it was opened was written up later.
    """
    state = _fitting(records, counting.where)
    return _with_states(records, records.cases_of(counting.case_type), state)


def children_counted(records: RecordsCounted, counting: ChildrenCounted) -> pl.DataFrame:
    """The cases of a type, met where they name a child; a case that names none is not told."""
    state = pl.when(pl.col("person_id").is_null()).then(CountedState.NOT_TOLD.lit()).otherwise(CountedState.MET.lit())
    return _with_states(records, records.cases_of(counting.case_type), state)


def cases_filled_in(records: RecordsCounted, counting: ShareFilledIn) -> pl.DataFrame:
    """The cases of a type, met where the field is filled in.

    Not told where no system that holds the case records it, or where it is the child's and no person record of theirs
    is at hand. When it was typed in is not known, so that both choices of entries are alike.
    """
    cases = records.cases_of(counting.case_type)
    if counting.person is not None:
        cases = cases.join(_of_person(records, counting.person), on="person_id", how="left", maintain_order="left")
        told = pl.col("_filled")
        able = records.able_to_fill_in(counting.case_type, RecordOf.PERSON, counting.person)
        untold = told.is_null() if able else pl.lit(True)
    else:
        field = counting.attribute or ""
        told = is_filled_in(field, cases.schema) if field in cases.columns else pl.lit(False)
        able = records.able_to_fill_in(counting.case_type, RecordOf.CASE, field)
        untold = ~pl.col("case_id").is_in(records.cases_held(able).implode())
    state = (
        pl.when(untold)
        .then(CountedState.NOT_TOLD.lit())
        .when(told)
        .then(CountedState.MET.lit())
        .otherwise(CountedState.NOT_MET.lit())
    )
    return cases.with_columns(**{ALL: state, AT_TIME: state})


def _fitting(records: RecordsCounted, where: Mapping[str, tuple[str, ...]]) -> pl.Expr:
    conditions = [Condition(name, tuple(values)) for name, values in where.items()]
    attributes = attribute_types(records.tables.event_log.cases.collect_schema(), "cases")
    return (
        pl.when(fits(conditions, attributes))
        .then(CountedState.MET.lit())
        .when(fits_but_for_empty(conditions, attributes))
        .then(CountedState.NOT_TOLD.lit())
    )


def _with_states(records: RecordsCounted, cases: pl.DataFrame, state: pl.Expr) -> pl.DataFrame:
    cases = cases.join(records.opened_late, on="case_id", how="left", maintain_order="left")
    at_the_time = pl.when(~pl.col("_is_late").fill_null(False)).then(state)
    return cases.with_columns(**{ALL: state, AT_TIME: at_the_time})


def _of_person(records: RecordsCounted, field: str) -> pl.DataFrame:
    """`person_id`, and whether the field is `_filled` in any of the records of that person."""
    people = records.tables.event_log.people
    schema = people.collect_schema()
    filled = is_filled_in(field, schema) if field in schema else pl.lit(False)
    return (
        people.select("person_id", _filled=filled)
        .drop_nulls("person_id")
        .group_by("person_id")
        .agg(pl.col("_filled").any())
        .collect(engine="streaming")
    )
