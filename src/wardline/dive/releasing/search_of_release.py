"""The force's numbers looked for in a release before it is put in place: in every text and every cell of it.

The tables are made without them, so what is found was typed by whoever signed, or stands in a question or a title. A
name is not looked for: an ordinary word may be one. Whoever signs reads the texts for names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from wardline.dive.kept.folder import files_of
from wardline.dive.kept.kept_dive import KeptDive
from wardline.errors import OutputError, Place, Problem, ProblemKind, Problems
from wardline.events import attribute_columns

__all__ = ["LONG", "numbers_of_the_force", "search_release"]

LONG = 6  # letters; shorter numbers stand in any text by chance


def numbers_of_the_force(dive: KeptDive) -> frozenset[str]:
    """Every text with a digit in it that names a case, a person or anything of a case: LONG letters or more."""
    found: set[str] = set()
    for frame, columns in (
        (dive.cases, ["case_id", "person_id", *_texts(dive.cases, "cases")]),
        (dive.events, _texts(dive.events, "events")),
        (dive.people, ["person_id", "postcode", "phone"]),
    ):
        for column in columns:
            values = frame.select(pl.col(column).drop_nulls().unique()).collect(engine="streaming")[column]
            found.update(values)
            if column == "case_id":
                found.update(value.partition(":")[2] for value in values)
    return frozenset(one for one in found if len(one) >= LONG and any(letter.isdigit() for letter in one))


def _texts(frame: pl.LazyFrame, table: str) -> list[str]:
    schema = frame.collect_schema()
    return [name for name in attribute_columns(schema, table) if schema[name] == pl.String()]


def search_release(folder: Path, dive: KeptDive, shown_as: Path) -> int:
    """Look for every such number in every file; returns for how many was looked.

    Raises OutputError where one is found, with the file and never with the number.
    """
    numbers = numbers_of_the_force(dive)
    by_length: dict[int, set[str]] = {}
    for one in numbers:
        by_length.setdefault(len(one), set()).add(one)
    holding = [name for name in files_of(folder) if _holds_one(_texts_in(folder / name), by_length)]
    Problems(OutputError, _found(holding, shown_as)).tell()
    return len(numbers)


def _found(holding: Iterable[str], shown_as: Path) -> Iterator[Problem]:
    for name in holding:
        yield Problem(
            ProblemKind.CANNOT_WRITE,
            f"A number of the force's own stands in {name}, so the release was not made.",
            "Look at what was typed (the question, the purpose, the recipients and the rest) and at the title of the "
            "dive, and say it without the number.",
            Place(str(shown_as)),
        )


def _texts_in(path: Path) -> Iterator[str]:
    if path.suffix != ".parquet":
        yield path.read_text(encoding="utf-8")
        return
    for column in pl.read_parquet(path, glob=False).get_columns():
        if column.dtype == pl.String():
            yield "\n".join(column.drop_nulls().unique())


def _holds_one(texts: Iterable[str], by_length: dict[int, set[str]]) -> bool:
    # By length, so that a text is gone through once for each, however many numbers there are.
    return any(
        text[at : at + length] in mine
        for text in texts
        for length, mine in by_length.items()
        for at in range(len(text) - length + 1)
    )
