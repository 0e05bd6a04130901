"""A mapping file, read into a Mapping: every problem at once, each at its line and column."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from zoneinfo import available_timezones

from wardline.documents import Document, Path_, parse_document, read_document, validate
from wardline.errors import DocumentError, Problem, ProblemKind, Problems, did_you_mean
from wardline.record_systems.mapping.cells import AttributeType
from wardline.record_systems.mapping.mapping import Gap, Mapping
from wardline.record_systems.mapping.persons_in_ids import persons_as_attributes
from wardline.record_systems.mapping.shapes import DEFAULT_ZONE, TABLE_SHAPES, MappingKeys, TableKeys
from wardline.record_systems.mapping.tables_of_keys import table_of_keys
from wardline.time_limits import Calendar, NotATime, UnknownZone, read_as_at

__all__ = ["mapping_in", "parse_mapping", "read_mapping"]


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises DocumentError with all its problems."""
    return mapping_in(read_document(path))


def parse_mapping(text: str, file: str = "mapping.yaml") -> Mapping:
    """Read a mapping from text; `file` is the name that messages use. Raises DocumentError with all its problems."""
    return mapping_in(parse_document(text, file))


def mapping_in(document: Document) -> Mapping:
    """The mapping that a document holds. Raises DocumentError with all its problems."""
    problems = Problems(DocumentError)
    keys = problems.collect(lambda: validate(document, MappingKeys))
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
        tables=tuple(table_of_keys(position, table) for position, table in enumerate(tables)),
        taken_at=taken_at,
        gaps=tuple(Gap(gap.first_day, gap.last_day, gap.note) for gap in keys.gaps),
        document=document,
    )
    Problems(DocumentError, [*_names_given_two_types(mapping), *persons_as_attributes(mapping)]).tell()
    return mapping


def _table_keys(document: Document, problems: Problems) -> list[TableKeys]:
    data = document.data.get("tables") if isinstance(document.data, dict) else None
    found: list[TableKeys] = []
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
        keys = problems.collect(partial(validate, document, shape, path))
        found += [] if keys is None else [keys]
    return found


def _calendar(document: Document, problems: Problems) -> Calendar | None:
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
