"""The id by which a row names its case or person, and what stands in its place where there is none.

A word such as UNKNOWN is the id of nothing: taken for one, it would make one case of several children's, or give
what was done for one child to all the others whose number is not known either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from wardline.record_systems.mapping.kinds_of_table import MappedTable

__all__ = [
    "ID_SEPARATOR",
    "NO_CASE_AT_ALL",
    "WORDS",
    "all_stand_for_none",
    "any_begins_as_none",
    "id_of_row",
    "said_plainly",
    "without_signs",
]

ID_SEPARATOR = "/"
# Whatever the case of the letters, and without what is neither a letter nor a digit: n/k and N.K. are nk.
# fmt: off
WORDS = (
    "anon", "anhysbys", "dummy", "missing", "na", "nil", "nk", "none", "no", "nobody", "noname", "noperson",
    "notapplicable", "notavailable", "notgiven", "notknown", "notlisted", "notprovided", "notrecorded", "notset",
    "notstated", "notyetknown", "null", "nonominal", "pending", "person", "tba", "tbc", "tbd", "test",
    "tobeconfirmed", "uk", "unk", "x", "xx", "xxx",
)
# fmt: on
BEGINNINGS = ("anonym", "personunknown", "unidentified", "unknown", "unnamed", "untraced")
# Nothing but signs; noughts, a minus before a number; and nines that fill a field.
ONLY_SIGNS = r"^[^\p{L}\p{N}]*$"
NO_NUMBER = rf"{ONLY_SIGNS}|^-\d+$|^[0\W]+$|^\p{{L}}{{1,4}}[\W_]*0{{3,}}$|^9{{6,}}$"

# The id of a case of one's own may be any text, also 0, X or TEST. What says of itself that it is none is none.
# fmt: off
NO_CASE_AT_ALL = (
    "na", "nil", "nk", "none", "notapplicable", "notassigned", "notavailable", "notgiven", "notissued", "notknown",
    "notprovided", "notrecorded", "notset", "notstated", "notyetassigned", "notyetgiven", "notyetissued", "notyetknown",
    "null", "tba", "tbc", "tbd", "tobeconfirmed", "unknown", "unk",
)
# fmt: on


def id_of_row(table: MappedTable, cell: Callable[[str], pl.Expr]) -> pl.Expr:
    """The text of the id of a row's case or person; empty where it names no case, so that it joins none either."""
    case_id = table.names_its_case
    hide = case_id.hide if case_id is not None and case_id.hide else (None,) * len(table.id_columns)
    text = pl.concat_str(
        [_hidden(cell(column), how) for column, how in zip(table.id_columns, hide, strict=True)], separator=ID_SEPARATOR
    )
    return pl.when(~_names_no_case(table, cell)).then(text)


def _hidden(cell: pl.Expr, hide: Callable[[str], str] | None) -> pl.Expr:
    """A cell, or what is written in its place where it names a person."""
    if hide is None:
        return cell

    def written(values: pl.Series) -> pl.Series:
        different = values.drop_nulls().unique().to_list()
        return values.replace_strict(different, [hide(one) for one in different], default=None, return_dtype=pl.String)

    return cell.map_batches(written, return_dtype=pl.String(), is_elementwise=True)


def _names_no_case(table: MappedTable, cell: Callable[[str], pl.Expr]) -> pl.Expr:
    """Whether the id of a row's case says, in all its parts, that there is none.

    One part alone does not: the second victim of a crime may be unknown, and the crime is known.
    """
    case_id = table.names_its_case
    if case_id is None:
        return pl.lit(False)
    parts = [cell(column) for column in table.id_columns]
    if case_id.matching is not None:
        return all_stand_for_none(parts)
    return pl.all_horizontal(
        part.str.contains(ONLY_SIGNS) | without_signs(part).is_in(NO_CASE_AT_ALL) for part in parts
    ).fill_null(value=False)


def all_stand_for_none(parts: Sequence[pl.Expr]) -> pl.Expr:
    """Whether every part of a number is a word or sign that stands for none."""
    return pl.all_horizontal(
        part.str.contains(NO_NUMBER) | without_signs(part).is_in(WORDS) | any_begins_as_none([part]) for part in parts
    ).fill_null(value=False)


def any_begins_as_none(parts: Sequence[pl.Expr]) -> pl.Expr:
    """Whether a part of a number begins with a word that is no code or name."""
    plain = [without_signs(part) for part in parts]
    return pl.any_horizontal(each.str.starts_with(word) for each in plain for word in BEGINNINGS).fill_null(value=False)


def without_signs(text: pl.Expr) -> pl.Expr:
    """A text in small letters, without what is neither a letter nor a digit."""
    return text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")


def said_plainly(text: pl.Expr) -> pl.Expr:
    """A number as it would be said: whatever the case of letters, without signs and without noughts before it."""
    return without_signs(text).str.replace(r"^(\p{L}*)0+", "${1}")
