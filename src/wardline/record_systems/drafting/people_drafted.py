"""Tables of persons in a draft: files of persons, and the persons that stand in the rows of cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wardline.documents import EntryValue, YamlEntry, left_open, remark
from wardline.english import count, some_of
from wardline.record_systems.drafting.columns_seen import ColumnKind, ColumnSeen, TableSeen
from wardline.record_systems.drafting.fields import Moment, as_formats
from wardline.record_systems.drafting.row_kinds import RowGuess, RowKind
from wardline.record_systems.drafting.table_start import TO_FILL_IN, Drafting, ids_as_written, start_of_table

__all__ = ["own_person_id", "people_of_cases", "person_columns", "person_entries"]

PERSON_ORDER = ("given name", "family name", "date of birth", "sex", "ethnicity", "postcode", "phone")
OF_A_PERSON = frozenset(["person", "nominal", "child", "subject", "victim"])


def person_columns(table: TableSeen) -> dict[str, ColumnSeen]:
    """The columns that are fields of a person record, by the key of the field."""
    found: dict[str, ColumnSeen] = {}
    # The heading that says least besides: `surname` before `first_and_surname`.
    for column in sorted(table.of_kind(ColumnKind.PERSON), key=lambda each: len(each.words)):
        if column.person_field is not None:
            found.setdefault(column.person_field, column)
    return found


def own_person_id(table: TableSeen, guess: RowGuess) -> tuple[ColumnSeen, ...]:
    """The number of the person in rows of cases; the case's own where there is none."""
    named = [
        column for column in table.of_kind(ColumnKind.ID) if OF_A_PERSON & set(column.words) and column not in guess.key
    ]
    return (named[0],) if named else guess.key


def people_of_cases(number: int, drafting: Drafting) -> Iterator[YamlEntry]:
    """The persons that stand in the rows of cases, as a table of their own over the same files."""
    guess = drafting.guesses[number]
    if not person_columns(guess.table) or guess.reference_to(drafting.guesses, RowKind.PERSON) is not None:
        return
    own = own_person_id(guess.table, guess)
    yield from start_of_table(guess, RowKind.PERSON.value, "columns of the rows above are of a person")
    said = (
        "the rows have no number of the person, so each makes a person record" if own == guess.key else "by its heading"
    )
    yield from _fields_of_person(guess.table, own, said)


def person_entries(guess: RowGuess) -> tuple[YamlEntry, ...]:
    """The entries of a table of persons; left open where nothing is a number of the person."""
    entries = start_of_table(guess, RowKind.PERSON.value, guess.why)
    ids = guess.key or tuple(guess.table.of_kind(ColumnKind.ID)[:1])
    if not ids:
        return left_open([*entries, YamlEntry("person id", TO_FILL_IN, "no column has a number for the person")])
    said = f"{ids[0].different:,} different in {ids[0].filled:,} of {count(guess.table.layout.row_count, 'row')}"
    return (*entries, *_fields_of_person(guess.table, ids, said))


def _fields_of_person(table: TableSeen, ids: Sequence[ColumnSeen], said: str) -> Iterator[YamlEntry]:
    yield YamlEntry("person id", ids_as_written(ids), said)
    fields = person_columns(table)
    for key in PERSON_ORDER:
        column = fields.get(key)
        if column is None:
            continue
        value: EntryValue = column.name
        why = f"by its heading; filled in {column.filled:,} of {count(column.rows, 'row')}"
        if key == "date of birth":
            if column.time is None:
                yield YamlEntry(key, value, f"{why}; how it is written was not recognised", column.filled > 0)
                continue
            moment = Moment(column)
            value = moment.where(None)
            why = f"by its heading; {moment.in_words()}"
            if moment.others:
                yield remark(f"{why}. Nothing in the files says which; keep the right one of these lines.")
                for way in (moment.formats, moment.others):
                    yield YamlEntry(key, {"column": column.name, "format": as_formats(way)}, is_open=True)
                continue
        yield YamlEntry(key, value, why)
    others = [column.name for column in table.of_kind(ColumnKind.PERSON) if column not in fields.values()]
    if others:
        yield remark(f"Also of a person or place, and not used: {some_of(others)}.")
