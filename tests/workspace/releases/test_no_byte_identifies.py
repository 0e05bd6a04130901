"""A release made through the pages, unpacked: nothing of the identified dive is in any byte or cell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from wardline.dive import KeptDive
from wardline.events import attribute_columns
from wardline_workspace.releases.models import Release
from wardline_workspace.releases.where import way_back_of

from .conftest import unpacked

pytestmark = pytest.mark.django_db
LONG = 6
PLAIN = {"grade", "method", "from_care", "outcome", "risk"}  # attributes of which plain words may go
CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.][0-5]\d(?!\d)")


def _identifying(dive: KeptDive) -> Iterator[str]:
    """Every number, name, day of birth, postcode, telephone number, attribute, instant and note of the dive."""
    cases, events, people = dive.cases.collect(), dive.events.collect(), dive.people.collect()
    notes = dive.event_log.notes.collect()
    yield from cases["case_id"]
    yield from (one.partition(":")[2] for one in cases["case_id"])
    for frame, table in ((cases, "cases"), (events, "events")):
        for name in attribute_columns(frame.schema, table):
            if name not in PLAIN:
                yield from (str(one) for one in frame[name].drop_nulls())
        for name, kind in frame.schema.items():
            if isinstance(kind, pl.Datetime):
                yield from (f"{one:%Y-%m-%dT%H:%M}" for one in frame[name].drop_nulls())
                yield from (f"{one:%Y-%m-%d %H:%M}" for one in frame[name].drop_nulls())
    for name in people.columns:
        if name not in ("source", "source_file", "source_row", "sex", "ethnicity"):
            yield from (str(one) for one in people[name].drop_nulls())
    yield from (str(one) for one in notes["text"].drop_nulls())


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*"):
        if path.suffix == ".parquet":
            for column in pl.read_parquet(path).get_columns():
                yield f"{path.name} {column.name}", "\n".join(str(one) for one in column.drop_nulls().unique())
        if path.is_file():
            yield path.name, path.read_bytes().decode("utf-8", errors="replace")


def test_nothing_that_identifies_is_in_a_release_made_through_the_pages(
    of_cases: Release, dive: KeptDive, tmp_path: Path
) -> None:
    folder = unpacked(of_cases, tmp_path / "unpacked")
    values = set(_identifying(dive))
    long, short = {one for one in values if len(one) >= LONG}, {one for one in values if len(one) < LONG}
    assert len(long) > 100 and len(short) > 40 and "missing:1003" in long and "1003" in short
    looked = 0
    for where, text in _texts(folder):
        looked += 1
        found = [one for one in long if one in text]
        assert not found, f"{where} holds {len(found)} of them"
    assert looked > 20
    for path in folder.glob("*.parquet"):
        for column in pl.read_parquet(path).get_columns():
            if column.dtype == pl.String():
                held = short & set(column.drop_nulls().unique())
                assert not held, f"{path.name} {column.name}"
                clocks = [one for one in column.drop_nulls().unique() if CLOCK.search(one)]
                assert column.name == "version" or not clocks, f"{path.name} {column.name}"


def test_the_way_back_is_at_the_force_and_leads_back(of_cases: Release, dive: KeptDive, tmp_path: Path) -> None:
    folder = unpacked(of_cases, tmp_path / "unpacked")
    back = pl.read_csv(way_back_of(of_cases.number))
    assert set(back["code"]) == set(pl.read_parquet(folder / "cases.parquet")["case_id"])
    assert set(back["case_id"]) <= set(dive.cases.collect()["case_id"])
