"""A mapping file, read into a Mapping: every problem at once, each at its line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from wardline.documents import Document, Path_, parse_document, read_document, validate
from wardline.errors import DocumentError, Problem, ProblemKind, did_you_mean
from wardline.record_systems.formats import TimeFormat
from wardline.record_systems.mapping import (
    Attribute,
    AttributeType,
    CaseId,
    CaseTable,
    EventName,
    EventOfRow,
    EventsTable,
    EventTable,
    Files,
    Gap,
    Mapping,
    NoteTable,
    PersonTable,
    Query,
    RowPattern,
    Table,
    TimeCell,
)
from wardline.record_systems.shapes import (
    DEFAULT_ZONE,
    TABLE_SHAPES,
    CaseKeys,
    EventKeys,
    EventsKeys,
    MappingKeys,
    NoteKeys,
    PersonKeys,
    TableKeys,
)
from wardline.record_systems.shapes_of_cells import AttributeKeys, CaseIdKeys, EventNameKeys, EventOfRowKeys, TimeKeys
from wardline.time_limits import Calendar, NotATime, UnknownZone, read_as_at

__all__ = ["parse_mapping", "read_mapping"]

PERSON_FIELDS = ("given_name", "family_name", "sex", "ethnicity", "postcode", "phone")


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises DocumentError with all its problems."""
    return _mapping(read_document(path))


def parse_mapping(text: str, file: str = "mapping.yaml") -> Mapping:
    """Read a mapping from text; `file` is the name that messages use. Raises DocumentError with all its problems."""
    return _mapping(parse_document(text, file))


def _mapping(document: Document) -> Mapping:
    problems: list[Problem] = []
    keys = None
    try:
        keys = validate(document, MappingKeys)
    except DocumentError as error:
        problems += error.problems
    tables = _table_keys(document, problems)
    calendar = _calendar(document, problems)
    taken_at = None
    if keys is not None and calendar is not None and keys.taken_at is not None:
        try:
            taken_at = read_as_at(keys.taken_at, calendar)
        except NotATime as error:
            problems.append(
                document.problem(ProblemKind.UNREADABLE_TIME_SETTING, ("taken at",), str(error), error.remedy)
            )
    if keys is None or calendar is None or problems:
        raise DocumentError(problems)
    mapping = Mapping(
        system=keys.record_system,
        title=keys.title or keys.record_system,
        calendar=calendar,
        kept_by=keys.kept_by,
        tables=tuple(_table(position, table) for position, table in enumerate(tables)),
        taken_at=taken_at,
        gaps=tuple(Gap(gap.first_day, gap.last_day, gap.note) for gap in keys.gaps),
        document=document,
    )
    if problems := _names_given_two_types(mapping):
        raise DocumentError(problems)
    return mapping


def _table_keys(document: Document, problems: list[Problem]) -> list[TableKeys]:
    data = document.data.get("tables") if isinstance(document.data, dict) else None
    found = []
    for position, table in enumerate(data if isinstance(data, list) else []):
        path: Path_ = ("tables", position)
        shape: type[TableKeys] = TableKeys
        if isinstance(table, dict) and (kind := table.get("each row is")) is not None:
            if kind not in TABLE_SHAPES:
                problems.append(
                    document.problem(
                        ProblemKind.UNKNOWN_NAME,
                        (*path, "each row is"),
                        f"A row cannot be `{kind}`.{did_you_mean(str(kind), TABLE_SHAPES)}",
                        f"Write one of: {', '.join(TABLE_SHAPES)}.",
                    )
                )
                continue
            shape = TABLE_SHAPES[kind]
        elif isinstance(table, dict):
            problems.append(
                document.problem(
                    ProblemKind.MISSING_KEY,
                    path,
                    "`each row is` is missing here.",
                    f"Add a line `each row is: …` with one of: {', '.join(TABLE_SHAPES)}.",
                )
            )
            continue
        try:
            found.append(validate(document, shape, path))
        except DocumentError as error:
            problems += error.problems
    return found


def _calendar(document: Document, problems: list[Problem]) -> Calendar | None:
    """The calendar of the zone that the document names, looked at even where its other keys do not fit."""
    zone = document.data.get("time zone", DEFAULT_ZONE) if isinstance(document.data, dict) else None
    if not isinstance(zone, str):
        return None
    try:
        return Calendar(zone.strip())
    except UnknownZone:
        problems.append(
            document.problem(
                ProblemKind.UNKNOWN_NAME,
                ("time zone",),
                f"No time zone is called `{zone}`.{did_you_mean(zone, available_timezones())}",
                "Write it as Europe/London.",
            )
        )
        return None


def _names_given_two_types(mapping: Mapping) -> list[Problem]:
    """A column of ours has one type, so an attribute may not be a text here and a number there."""
    first: dict[tuple[str, str], AttributeType] = {}
    problems = []
    for kind, attribute, path in mapping.attributes_with_places():
        known = first.setdefault((kind, attribute.name), attribute.type)
        if known is not attribute.type:
            problems.append(
                mapping.document.problem(
                    ProblemKind.WRONG_VALUE,
                    path,
                    f"`{attribute.name}` is a {attribute.type.value} here and a {known.value} above.",
                    "Give both the same `type`, or one of them another name.",
                    of_key=True,
                )
            )
    return problems


# FROM KEYS TO VALUES: the shapes have been held against the document, so nothing below can go wrong.


def _table(position: int, keys: TableKeys) -> Table:
    formats = _formats(keys.time_format, ())
    every: dict[str, Any] = {
        "position": position,
        "files": _files(keys),
        "only_where": _pattern(keys.only_where),
        "leave_out_where": _pattern(keys.leave_out_where),
        "empty": tuple(dict.fromkeys(["", *(value.strip() for value in keys.empty)])),
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


def _pattern(keys: dict[str, tuple[str | None, ...]] | None) -> RowPattern | None:
    return None if keys is None else RowPattern(tuple((column.strip(), values) for column, values in keys.items()))


def _time(keys: TimeKeys | None, formats: tuple[TimeFormat, ...]) -> TimeCell | None:
    if keys is None:
        return None
    column = keys.column or keys.date
    assert column is not None
    return TimeCell(column, keys.time, _formats(keys.format, formats))


def _values(values: dict[str, str | None] | None) -> tuple[tuple[str, str | None], ...] | None:
    if values is None:
        return None
    return tuple({raw.strip(): ours.strip() if ours is not None else None for raw, ours in values.items()}.items())


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
        at = _time(event.at, formats) if event.date is None else TimeCell(event.date, event.time, formats)
        found.append(
            EventOfRow(
                name,
                at,
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
