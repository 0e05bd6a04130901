"""From the keys of a mapping to its frozen values. The keys fit their shapes, so nothing here can go wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wardline.invisible_signs import as_named, as_seen
from wardline.record_systems.mapping.cells import (
    Attribute,
    AttributeType,
    CaseId,
    EventName,
    EventOfRow,
    Files,
    Query,
    Restricted,
    RowPattern,
    TimeCell,
)
from wardline.record_systems.mapping.kinds_of_table import (
    CaseTable,
    EventsTable,
    EventTable,
    MappedTable,
    NoteTable,
    PersonTable,
)
from wardline.record_systems.mapping.shape_values import as_programs_write
from wardline.record_systems.mapping.shapes import CaseKeys, EventKeys, EventsKeys, NoteKeys, PersonKeys, TableKeys
from wardline.record_systems.mapping.shapes_of_cells import (
    AttributeKeys,
    CaseIdKeys,
    EventNameKeys,
    EventOfRowKeys,
    TimeKeys,
)
from wardline.record_systems.mapping.time_formats import TimeFormat

__all__ = ["table_of_keys"]

PERSON_FIELDS = ("given_name", "family_name", "sex", "ethnicity", "postcode", "phone")


def table_of_keys(position: int, keys: TableKeys) -> MappedTable:
    formats = _formats(keys.time_format, ())
    every: dict[str, Any] = {
        "position": position,
        "files": _files(keys),
        "only_where": _pattern(keys.only_where),
        "leave_out_where": _pattern(keys.leave_out_where),
        "restricted": _restricted(keys),
        "empty": tuple(dict.fromkeys(["", *(as_seen(value).strip() for value in keys.empty)])),
    }
    match keys:
        case CaseKeys():
            return CaseTable(
                **every,
                case_type=keys.case_type,
                case_id=_case_id(keys.case_id),
                opened_at=_time(keys.opened_at, formats),
                closed_at=_time(keys.closed_at, formats),
                person=tuple(keys.person or ()),
                attributes=_attributes(keys.attributes, formats),
                events=_events(keys.events, formats),
            )
        case EventKeys():
            at = _time(keys.at, formats)
            assert at is not None
            return EventTable(
                **every,
                case_id=_case_id(keys.case_id),
                event=_event_name(keys.event),
                at=at,
                recorded_at=_time(keys.recorded_at, formats),
                attributes=_attributes(keys.attributes, formats),
                makes_cases=keys.makes_cases,
            )
        case EventsKeys():
            return EventsTable(**every, case_id=_case_id(keys.case_id), events=_events(keys.events, formats))
        case PersonKeys():
            given = {name: getattr(keys, name) for name in PERSON_FIELDS if getattr(keys, name) is not None}
            # A day of birth needs no time of day, whatever the table's other times have.
            days = tuple(dict.fromkeys([*formats, *(day for each in formats if (day := each.of_the_date) is not None)]))
            return PersonTable(
                **every,
                person_id=tuple(keys.person_id),
                fields=_attributes(given, formats),
                date_of_birth=_time(keys.date_of_birth, days),
                attributes=_attributes(keys.attributes, formats),
            )
        case NoteKeys():
            return NoteTable(
                **every,
                case_id=_case_id(keys.case_id),
                text=keys.text,
                written_at=_time(keys.written_at, formats),
                attributes=_attributes(keys.attributes, formats),
            )
    assert False, f"{type(keys)} is no shape of a table"


def _files(keys: TableKeys) -> Files | Query:
    of = keys.files
    if of.query is not None and of.database is not None:
        return Query(of.query, of.database)
    assert of.files is not None
    return Files(of.files, of.sheet, of.header_row, keys.encoding, keys.separator)


def _formats(texts: list[str] | None, otherwise: tuple[TimeFormat, ...]) -> tuple[TimeFormat, ...]:
    return otherwise if texts is None else tuple(TimeFormat(text) for text in texts)


def _restricted(keys: TableKeys) -> Restricted | None:
    if keys.restricted is None:
        return None
    pattern = _pattern(keys.restricted.where)
    assert pattern is not None
    return Restricted(pattern, keys.restricted.because)


def _pattern(keys: dict[str, tuple[str | None, ...]] | None) -> RowPattern | None:
    return None if keys is None else RowPattern(tuple((as_named(column), values) for column, values in keys.items()))


def _time(keys: TimeKeys | None, formats: tuple[TimeFormat, ...]) -> TimeCell | None:
    if keys is None:
        return None
    return _time_cell(keys, keys.column, _formats(keys.format, formats))


def _time_cell(keys: TimeKeys | EventOfRowKeys, column: str | None, formats: tuple[TimeFormat, ...]) -> TimeCell:
    column = column or keys.date or keys.day_of
    assert column is not None
    return TimeCell(
        column,
        keys.time,
        formats,
        no_event=keys.texts or (),
        whole_days=keys.whole_days,
        is_day_of_another=keys.day_of is not None,
        next_day_if_earlier=keys.next_day_if_earlier,
    )


def _time_of_event(keys: EventOfRowKeys, formats: tuple[TimeFormat, ...]) -> TimeCell | None:
    at = _time(keys.at, formats)
    if at is None:
        return None if keys.date is None and keys.day_of is None else _time_cell(keys, None, formats)
    return replace(
        at,
        no_event=tuple(dict.fromkeys((*at.no_event, *(keys.texts or ())))),
        whole_days=at.whole_days if keys.whole_days is None else keys.whole_days,
    )


def _values(values: dict[str, str | None] | None) -> tuple[tuple[str, str | None], ...] | None:
    if values is None:
        return None
    given = {as_seen(raw).strip(): ours.strip() if ours is not None else None for raw, ours in values.items()}
    # A text that the mapping itself gives takes precedence over one that is only another way to write it.
    for raw, ours in tuple(given.items()):
        for other in as_programs_write(raw):
            given.setdefault(other, ours)
    return tuple(given.items())


def _attributes(
    keys: dict[str, AttributeKeys], formats: tuple[TimeFormat, ...], *, keeps_history: bool = True
) -> tuple[Attribute, ...]:
    return tuple(
        Attribute(
            name,
            attribute.column,
            _values(attribute.values),
            attribute.type,
            _formats(attribute.format, formats) if attribute.type is AttributeType.TIME else (),
            keeps_history if attribute.keeps_history is None else attribute.keeps_history,
        )
        for name, attribute in keys.items()
    )


def _events(keys: dict[str, EventOfRowKeys], formats: tuple[TimeFormat, ...]) -> tuple[EventOfRow, ...]:
    found = []
    for name, event in keys.items():
        found.append(
            EventOfRow(
                name,
                _time_of_event(event, formats),
                _time(event.recorded_at, formats),
                _pattern(event.happened_if),
                _attributes(event.__pydantic_extra__ or {}, formats, keeps_history=event.keeps_history),
                event.keeps_history,
            )
        )
    return tuple(found)


def _case_id(keys: CaseIdKeys) -> CaseId:
    return CaseId(tuple(keys.column), keys.of, keys.matching)


def _event_name(keys: EventNameKeys) -> EventName:
    return EventName(keys.always, keys.column, _values(keys.values))
