"""What a form can correct in one table of a mapping: each place that holds one column, name, code or format.

A place is changed where it stands (`change_yaml`), so comments and everything else stay. What no form shows is written
in the YAML itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from wardline.documents import EntryValue, InQuotes, Path_, change_yaml

__all__ = ["Correctable", "Kind", "changed_text", "places_of"]


class Kind(Enum):
    """What is put into a place."""

    COLUMN = "column"
    EVENT = "event"
    CODE = "code"
    FORMAT = "format"
    WORDS = "words"


@dataclass(frozen=True)
class Correctable:
    """One place: where it stands, what it is called, what it says. `goes` is what is taken out where it is emptied."""

    path: Path_
    group: str
    label: str
    kind: Kind
    value: str
    goes: Path_ | None = None

    @property
    def written(self) -> type[str]:
        """How a value is written: a format always in quotation marks."""
        return InQuotes if self.kind is Kind.FORMAT else str


ROW, ATTRIBUTES, EVENTS = "The row", "Attributes", "Events"
# For each kind of row: its keys in the order of a mapping, with what each is and whether it may be left out.
KEYS: dict[str, tuple[tuple[str, Kind, bool], ...]] = {
    "a case": (
        ("case type", Kind.WORDS, False),
        ("case id", Kind.COLUMN, False),
        ("opened at", Kind.COLUMN, True),
        ("closed at", Kind.COLUMN, True),
        ("person", Kind.COLUMN, True),
    ),
    "an event": (("case id", Kind.COLUMN, False), ("at", Kind.COLUMN, False), ("recorded at", Kind.COLUMN, True)),
    "events of a case": (("case id", Kind.COLUMN, False),),
    "a person": (
        ("person id", Kind.COLUMN, False),
        *(
            (key, Kind.COLUMN, True)
            for key in ("given name", "family name", "date of birth", "sex", "ethnicity", "postcode", "phone")
        ),
    ),
    "a note": (("case id", Kind.COLUMN, False), ("written at", Kind.COLUMN, True), ("text", Kind.COLUMN, False)),
}
OF_A_TIME = ("date", "time", "day of")


def places_of(data: Any, position: int) -> list[Correctable]:
    """Every place of the table at `position` (from 0) that a form can correct."""
    table, path = data["tables"][position], ("tables", position)
    found: list[Correctable] = []
    for key, kind, may_go in KEYS.get(str(table.get("each row is")), ()):
        found += _at((*path, key), ROW, key, kind, table.get(key), (*path, key) if may_go else None)
    for key in ("only where", "leave out where"):
        found += _where((*path, key), key, table.get(key))
    found += _format((*path, "time format"), ROW, table.get("time format"))
    found += _event_of_row(path, table.get("event"))
    for name, event in _named(table.get("events")):
        found += _of_event((*path, "events", name), name, event)
    for name, attribute in _named(table.get("attributes")):
        found += _of_attribute((*path, "attributes", name), name, attribute)
    return found


def _at(path: Path_, group: str, label: str, kind: Kind, value: Any, goes: Path_ | None) -> Iterator[Correctable]:
    """The places of what names a column: alone, with a format, in two columns, or by another system's number."""
    match value:
        case None | str():
            yield Correctable(path, group, label, kind, value or "", goes)
        case {"column": str() as column}:
            yield Correctable((*path, "column"), group, label, kind, column, goes)
            for key in ("of", "matching"):
                if isinstance(value.get(key), str):
                    yield Correctable((*path, key), group, f"{label}: {key}", Kind.WORDS, value[key])
            if isinstance(value.get("format"), str):
                yield from _format((*path, "format"), group, value["format"], f"{label}: format")
        case dict():
            for key in OF_A_TIME:
                if isinstance(value.get(key), str):
                    yield Correctable((*path, key), group, f"{label}: {key}", Kind.COLUMN, value[key], goes)


def _where(path: Path_, key: str, value: Any) -> Iterator[Correctable]:
    for column, texts in _named(value):
        if isinstance(texts, str):
            yield Correctable((*path, column), ROW, f"{key}: {column}", Kind.CODE, texts, path)


def _format(path: Path_, group: str, value: Any, label: str = "time format") -> Iterator[Correctable]:
    if value is None or isinstance(value, str):
        yield Correctable(path, group, label, Kind.FORMAT, value or "", path)


def _event_of_row(path: Path_, event: Any) -> Iterator[Correctable]:
    """Which event a row is: always one, or named by a column and what its codes mean."""
    if isinstance(event, str):
        yield Correctable((*path, "event"), EVENTS, "every row is the event", Kind.EVENT, event)
    if isinstance(event, dict):
        yield from _at((*path, "event"), EVENTS, "the column that names the event", Kind.COLUMN, event, None)
        for code, name in _named(event.get("values")):
            if name is None or isinstance(name, str):
                at = (*path, "event", "values", code)
                yield Correctable(at, EVENTS, f"{code} means", Kind.EVENT, name or "", at)


def _of_event(path: Path_, name: str, event: Any) -> Iterator[Correctable]:
    if isinstance(event, str):
        yield Correctable(path, EVENTS, f"{name}: at", Kind.COLUMN, event, path)
        return
    if not isinstance(event, dict):
        return
    if "at" in event:
        yield from _at((*path, "at"), EVENTS, f"{name}: at", Kind.COLUMN, event["at"], path)
    for key in OF_A_TIME:
        if isinstance(event.get(key), str):
            yield Correctable((*path, key), EVENTS, f"{name}: {key}", Kind.COLUMN, event[key], path)
    recorded = (*path, "recorded at")
    yield from _at(recorded, EVENTS, f"{name}: recorded at", Kind.COLUMN, event.get("recorded at"), recorded)


def _of_attribute(path: Path_, name: str, attribute: Any) -> Iterator[Correctable]:
    yield from _at(path, ATTRIBUTES, name, Kind.COLUMN, attribute, path)
    codes = attribute.get("values") if isinstance(attribute, dict) else None
    for code, meaning in _named(codes):
        if meaning is None or isinstance(meaning, str):
            at = (*path, "values", code)
            yield Correctable(at, ATTRIBUTES, f"{name}: {code} means", Kind.CODE, meaning or "", at)


def _named(value: Any) -> Iterator[tuple[str, Any]]:
    yield from (value or {}).items() if isinstance(value, dict) or value is None else ()


def changed_text(text: str, places: Mapping[Correctable, str]) -> str:
    """The text with other values in some places; an empty one takes out what the place belongs to.

    Raises DocumentError where the text is no document, LookupError where something cannot be taken out.
    """
    gone: set[Path_] = set()
    for place, value in places.items():
        if any(place.path[: len(path)] == path for path in gone):
            continue
        if value:
            text = change_yaml(text, {place.path: place.written(value)})
        elif place.goes is not None and place.value:
            text = _without(text, place.goes)
            gone.add(place.goes)
    return text


def _without(text: str, path: Path_) -> str:
    """Without what stands at `path`, and without what it stood in where that is then empty."""
    try:
        return change_yaml(text, {path: None})
    except LookupError:
        if path[-2] not in ("attributes", "events", "values", "only where", "leave out where"):
            raise
    return change_yaml(text, {path[:-1]: None})


def entry(**keys: EntryValue | None) -> dict[str, EntryValue]:
    """The keys that have a value, spelt as in a mapping."""
    return {key.replace("_", " "): value for key, value in keys.items() if value}
