"""`read_records`: exports of record systems, read with mappings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from wardline.dive.kept.where_to_write import check_can_write, told_if_it_cannot_be_written
from wardline.english import and_list
from wardline.events import EventLog, log_of_tables, read_event_log
from wardline.public.arguments import Arguments, kind_of
from wardline.public.documents import force_given, mapping_given
from wardline.record_systems import Mapping, Reading, Source, read_record_systems
from wardline.time_limits import Calendar
from wardline.work_folders import work_folder

__all__ = ["read_records"]

WHAT = "event log"
REMEDY = 'Give pairs of a mapping and the folder of its exports: `[("missing.yaml", "exports/missing")]`.'


def read_records(
    sources: Any, *, as_at: date | datetime | str, force: Any = None, into: str | os.PathLike[str] | None = None
) -> EventLog:
    """Read the exports of record systems into one event log.

    >>> from datetime import date
    >>> from pathlib import Path
    >>> import wardline
    >>> _ = Path("episodes.csv").write_text("Ref,Reported,Sent\\nE1,03/03/2025 18:00,03/03/2025 18:40\\n")
    >>> episodes = wardline.mapping(
    ...     record_system="episodes",
    ...     tables=[
    ...         {
    ...             "files": "episodes.csv",
    ...             "each row is": "a case",
    ...             "case type": "missing episode",
    ...             "case id": "Ref",
    ...             "opened at": "Reported",
    ...             "events": {"reported": {"at": "Reported"}, "officer_deployed": {"at": "Sent"}},
    ...             "time format": "%d/%m/%Y %H:%M",
    ...         }
    ...     ],
    ... )
    >>> log = wardline.read_records([(episodes, ".")], as_at=date(2025, 4, 1))
    >>> log.cases.select("case_id").collect().item()
    'episodes:E1'

    `sources` are pairs of a mapping, as `mapping` takes it, and the folder of the exports that it describes (None where
    all its tables are queries). `as_at` is when an export was taken whose mapping does not say; a date or a local time
    is of the `force`, or without one of the mappings.

    What could not be read is in the table `rejects`, row by row with its reason. The tables are in memory; with `into`
    they are written to that folder, which must be empty or not exist yet, and read from it as they are needed. They
    contain names and person numbers as the exports have them: keep them where those may be kept. `run_dive` keys them.

    Exports without a single case are read too, since a force may have had none; a `UserWarning` says how many rows each
    system had.

    Raises `WardlineError` with everything that does not fit, at once.
    """
    given = Arguments("read_records")
    found = _sources_given(given, sources)
    instant = given.instant("as_at", as_at, _calendar(given, found, force))
    folder = None if into is None else given.path("into", into, "a folder")
    given.check()
    assert found is not None and instant is not None
    if folder is not None:
        check_can_write(folder, WHAT)
        with told_if_it_cannot_be_written(folder, WHAT):
            folder.mkdir(parents=True, exist_ok=True)
            reading = read_record_systems(found, as_at=instant, into=folder)
        log = read_event_log(folder)
    else:
        with work_folder() as scratch:
            reading = read_record_systems(found, as_at=instant, into=scratch)
            tables = read_event_log(scratch).tables()
            log = log_of_tables({name: table.collect() for name, table in tables.items()})
    if log.cases.limit(1).collect().is_empty():
        given.warn(
            f"No case was read, so nothing can be found. Rows: {_rows_in_words(reading)}. If there were no cases, that "
            "is right; otherwise look at the files and the mapping."
        )
    return log


def _rows_in_words(reading: Reading) -> str:
    """How many rows each system had, and how many were kept."""
    rows: dict[str, tuple[int, int]] = {}
    for one in reading.files:
        read, kept = rows.get(one.source, (0, 0))
        rows[one.source] = read + one.rows_in, kept + one.kept
    return and_list(f"`{source}` {read:,}, of which {kept:,} were kept" for source, (read, kept) in rows.items())


def _sources_given(given: Arguments, sources: Any) -> list[Source] | None:
    is_pair = isinstance(sources, tuple) and len(sources) == 2 and not _is_pair(sources[0])
    listed: Sequence[Any] = [sources] if is_pair else sources
    if not isinstance(listed, list | tuple) or not listed or not all(_is_pair(one) for one in listed):
        given.wrong("sources", f"This is {kind_of(sources)}, not pairs of a mapping and a folder.", REMEDY)
        return None
    found = []
    for number, (read_with, exports) in enumerate(listed):
        place = f"sources[{number}]"
        mapping = mapping_given(given, place, read_with)
        if mapping is None:
            continue
        if exports is None and mapping.reads_files():
            given.wrong(place, "No folder is named, and this mapping reads files.", REMEDY)
        folder = None if exports is None else given.path(place, exports, "the folder of the exports")
        if folder is not None and not os.path.isdir(folder):
            given.wrong(
                place, f"There is no folder `{folder.name}` there.", "Give the folder in which the exports are."
            )
        found.append(Source(mapping, folder or ()))
    _check_once(given, [source.mapping for source in found])
    return found if len(found) == len(listed) else None


def _is_pair(value: Any) -> bool:
    return isinstance(value, tuple | list) and len(value) == 2


def _check_once(given: Arguments, mappings: Sequence[Mapping]) -> None:
    systems = [mapping.system.casefold() for mapping in mappings]
    for number, system in enumerate(systems):
        if system in systems[:number]:
            given.wrong(
                f"sources[{number}]",
                f"This names the record system `{mappings[number].system}` a second time.",
                "Name each only once; one mapping may read several files.",
            )


def _calendar(given: Arguments, sources: Sequence[Source] | None, force: Any) -> Calendar | None:
    """The calendar in which a local time is read: the force's, or that of every mapping."""
    if force is not None:
        settings = force_given(given, "force", force)
        return None if settings is None else settings.calendar
    calendars = {source.mapping.calendar for source in sources or ()}
    if len(calendars) > 1:
        given.wrong(
            "force",
            "The mappings are of several time zones, and `as_at` could be of any.",
            "Give the force, whose zone it is then.",
        )
    return calendars.pop() if len(calendars) == 1 else None
