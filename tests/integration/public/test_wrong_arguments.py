"""Every argument of every public function, given a table of wrong values: one class of error, and it names the
argument.
"""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import wardline
from tests.unit.public.made_up import FORCE, PACE

AT = datetime(2025, 3, 3, 18, 0, tzinfo=UTC)
MAPPING = {
    "record system": "episodes",
    "tables": [{"files": "a.csv", "each row is": "a case", "case type": "missing episode", "case id": "Ref"}],
}
TABLES = {
    "cases": {"case_id": ["E1"], "case_type": ["missing episode"]},
    "events": {"case_id": ["E1"], "event": ["reported"], "happened_at": [AT]},
    "people": {"person_id": ["p"]},
    "notes": {"case_id": ["E1"], "text": ["seen"]},
    "abilities": {"source": ["records"], "case_type": ["missing episode"], "event": ["reported"]},
    "coverage": {"source": ["records"]},
    "case_sources": {"case_id": ["E1"], "source": ["records"]},
    "rejects": {"source": ["records"]},
}


def closed_file() -> io.StringIO:
    file = io.StringIO("case_id")
    file.close()
    return file


class OfSomebody:
    """An object of a class that nobody here knows."""

    def __repr__(self) -> str:
        raise RuntimeError("not even this can be asked of it")


# Each is made anew, since some can be used once only.
WRONG: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "a number": lambda: 3,
    "a negative number": lambda: -1,
    "a huge number": lambda: 10**30,
    "a fraction": lambda: 2.5,
    "not a number": lambda: float("nan"),
    "true": lambda: True,
    "an empty text": lambda: "",
    "a blank text": lambda: "  ",
    "a text": lambda: "nonsense",
    "a text of a zero byte": lambda: "a\0b",
    "a text of lines": lambda: "nonsense: [\nmore",
    "a path that is not there": lambda: Path("nowhere") / "nothing.yaml",
    "a text that is a path that is not there": lambda: "nowhere/nothing.yaml",
    "a folder": lambda: Path(),
    "a long name": lambda: "x" * 5_000,
    "bytes": lambda: b"nonsense",
    "an empty list": list,
    "a list of numbers": lambda: [1, 2, 3],
    "a list of nothing": lambda: [None],
    "a pair": lambda: (1, 2),
    "a pair of texts": lambda: ("a", "b"),
    "an empty dict": dict,
    "a dict of other keys": lambda: {"nonsense": ["x"]},
    "a dict of numbers": lambda: {1: 2},
    "a dict of nothing": lambda: {None: None},
    "a set": lambda: {1, 2},
    "a generator": lambda: (number for number in range(3)),
    "a function": lambda: lambda: None,
    "a class": lambda: dict,
    "a module": lambda: inspect,
    "a closed file": closed_file,
    "an object": OfSomebody,
    "a date": lambda: date(2025, 1, 1),
    "a time": lambda: AT,
    "the first time": lambda: datetime.min.replace(tzinfo=UTC),
    "the last time": lambda: datetime.max.replace(tzinfo=UTC),
    "no time of pandas": lambda: pd.NaT,
    "an empty table": lambda: pl.DataFrame(),
    "a table of other columns": lambda: pl.DataFrame({"nonsense": [1]}),
    "a table of objects": lambda: pl.DataFrame({"case_id": [object()]}),
    "a table that cannot be collected": lambda: pl.LazyFrame({"a": [1]}).select("b"),
    "an empty table of pandas": pd.DataFrame,
    "a column": lambda: pl.Series([1]),
    "an event log of nothing": lambda: wardline.EventLog(*[pl.LazyFrame()] * 8),
    "an event log of None": lambda: wardline.EventLog(*[None] * 8),  # type: ignore[arg-type]
}
# What looks wrong and is not: a table without columns or rows, an instant, an argument that is left out.
NOTHING = {"None"}
NO_ROWS = {"an empty list", "an empty dict", "an empty table", "an empty table of pandas"}
INSTANTS = {"a date", "a time", "the first time", "the last time"}
RIGHT_FOR = {
    ("check", "as_at"): INSTANTS,
    ("check", "period"): NOTHING,
    ("event_log", "able_to_record"): {"an empty list", "an empty dict", "a pair of texts", "a dict of other keys"},
    ("event_log", "source"): {"a text", "a text of a zero byte", "a text of lines", "a long name"}
    | {"a text that is a path that is not there"},
    ("event_log", "zone"): NOTHING,
    ("event_log", "events"): NO_ROWS,
    **{("event_log", name): NO_ROWS | NOTHING for name in TABLES if name not in ("cases", "events")},
    ("explain", "as_at"): INSTANTS,
    ("read_records", "as_at"): INSTANTS,
    ("read_records", "force"): NOTHING,
    ("read_records", "into"): {"None", "a blank text", "a text", "a path that is not there"}
    | {"a text that is a path that is not there"},
    ("simulate", "seed"): {"a number"},
    ("simulate", "years"): {"a number"},
}


# A problem of a file, or of a folder that is to be written, has its path as the place.
TOLD_BY_PLACE = {"dive_file", "folder", "into", "out", "source"}


def a_log() -> wardline.EventLog:
    return wardline.event_log(**TABLES)


def asked() -> dict[str, Any]:
    return {"standards": PACE, "log": a_log(), "as_at": date(2025, 4, 1), "force": FORCE}


def right_arguments(name: str) -> dict[str, Any]:
    """Arguments with which a function does what it is for, by name; those that are not named are left out."""
    return {
        "check": lambda: {**asked(), "period": (date(2025, 1, 1), date(2025, 12, 31))},
        "event_log": lambda: {**TABLES, "zone": "Europe/London", "source": "records", "able_to_record": ["found"]},
        "explain": lambda: {"source": wardline.check(**asked()), "case": "E1", **asked()},
        "force": lambda: {"source": FORCE},
        "mapping": lambda: {"source": MAPPING},
        "open_dive": lambda: {"folder": "march"},
        "read_records": lambda: {
            "sources": [(MAPPING, ".")],
            "as_at": date(2025, 4, 1),
            "force": FORCE,
            "into": "tables",
        },
        "run_dive": lambda: {"dive_file": "dive.yaml", "out": "march"},
        "shipped_standards": dict,
        "simulate": lambda: {"folder": "force", "seed": 1, "years": 1, "population": 2_000},
        "standard": lambda: {"source": PACE},
    }[name]()


def functions() -> list[str]:
    return [name for name in wardline.__all__ if inspect.isfunction(getattr(wardline, name))]


def arguments_of(name: str) -> list[str]:
    parameters = inspect.signature(getattr(wardline, name)).parameters.values()
    return [one.name for one in parameters if one.kind is not inspect.Parameter.VAR_KEYWORD]


def call(name: str, arguments: dict[str, Any]) -> Any:
    """Call a public function with arguments by name, also those that can only be given by position."""
    signature = inspect.signature(getattr(wardline, name))
    only_by_position = [one.name for one in signature.parameters.values() if one.kind is one.POSITIONAL_ONLY]
    by_name = {key: value for key, value in arguments.items() if key not in only_by_position}
    return getattr(wardline, name)(*(arguments[key] for key in only_by_position), **by_name)


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("Ref\nE1\n", encoding="utf-8")


def every_argument() -> Iterator[tuple[str, str]]:
    yield from ((name, argument) for name in functions() for argument in arguments_of(name))


@pytest.mark.parametrize("name", functions())
def test_the_arguments_that_are_spoilt_are_all_there_are_and_right_before(name):
    assert set(right_arguments(name)) == set(arguments_of(name))
    if name not in ("open_dive", "run_dive", "simulate"):  # which need a dive, or take a second
        call(name, right_arguments(name))


@pytest.mark.parametrize(("name", "argument"), list(every_argument()))
def test_a_wrong_value_is_refused_in_our_own_words_and_names_the_argument(name, argument):
    right = right_arguments(name)
    if (name, argument) == ("simulate", "folder"):
        right["seed"] = None  # so that no force is made up where a text is a folder's name
    if name == "read_records":
        right["into"] = None  # a folder can be written to once only
    taken = set()
    for what, make in WRONG.items():
        try:
            call(name, {**right, argument: make()})
        except wardline.WardlineError as error:
            assert f"`{argument}" in str(error) or argument in TOLD_BY_PLACE, f"{what}: {error}"
        else:
            taken.add(what)
    assert taken <= RIGHT_FOR.get((name, argument), set()), f"taken for right: {sorted(taken)}"
