"""One table of a draft for each layout: what its rows are, and what every column seems to say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wardline.documents import AsWritten, EntryValue, YamlEntry, left_open, remark
from wardline.english import count, some_of
from wardline.record_systems.drafting.columns_left_out import columns_left_out, not_used
from wardline.record_systems.drafting.columns_seen import ColumnKind, ColumnSeen, TableSeen
from wardline.record_systems.drafting.fields import Moment, codes_in_words, moments_of, recorded_moments, time_format
from wardline.record_systems.drafting.naming import (
    EventNamed,
    attribute_entries,
    code_entry,
    first_moment,
    last_moment,
    name_events,
)
from wardline.record_systems.drafting.people_drafted import (
    own_person_id,
    people_of_cases,
    person_columns,
    person_entries,
)
from wardline.record_systems.drafting.row_kinds import RowGuess, RowKind
from wardline.record_systems.drafting.table_start import (
    TO_FILL_IN,
    Drafting,
    case_id_entry,
    ids_as_written,
    shared_in_words,
    start_of_table,
)

__all__ = ["entries_of_table"]

ABOUT_WHOM = frozenset(["person", "subject", "agency", "adult", "juvenile"])


def entries_of_table(number: int, drafting: Drafting) -> list[tuple[YamlEntry, ...]]:
    """What one layout gives: a table, and one more where persons stand in its rows.

    A table that cannot be used yet is left open as a whole.
    """
    guess = drafting.guesses[number]
    if guess.kind is not RowKind.CASE:
        entries = tuple(_of_no_case(guess, number, drafting))
        return [(*entries, *columns_left_out(guess.table, [entries]))]
    people = tuple(people_of_cases(number, drafting))
    tables = [tuple(_case(number, drafting)), *([people] if people else [])]
    return [*tables[:-1], (*tables[-1], *columns_left_out(guess.table, tables))]


def _of_no_case(guess: RowGuess, number: int, drafting: Drafting) -> Iterable[YamlEntry]:
    match guess.kind:
        case RowKind.EVENT:
            return _event(number, drafting)
        case RowKind.EVENTS:
            return _events_of_case(number, drafting)
        case RowKind.PERSON:
            return person_entries(guess)
        case RowKind.NOTE:
            return _note(number, drafting)
    return _unknown(guess)


def _case(number: int, drafting: Drafting) -> Iterator[YamlEntry]:
    guess, table = drafting.guesses[number], drafting.guesses[number].table
    yield from start_of_table(guess, RowKind.CASE.value, guess.why)
    if drafting.case_type is None:
        known = some_of(list(drafting.vocabulary.of))
        yield YamlEntry("case type", "case", f"nothing says which; standards know {known}. Write which it is")
    else:
        yield YamlEntry("case type", drafting.case_type, "by the names of files and columns")
    yield from _choosing(table)
    counted = (
        f"{guess.key[0].different:,} different in {guess.key[0].filled:,} of {count(table.layout.row_count, 'row')}"
    )
    yield YamlEntry(
        "case id",
        ids_as_written(guess.key),
        counted if len(guess.key) == 1 else "the two together are different in each row",
    )
    moments = moments_of(table)
    usual, formats = time_format(moments)
    recorded = recorded_moments(moments)
    happened = _without(moments, recorded)
    opening = first_moment(table, happened, drafting.vocabulary, drafting.case_type)
    closing = last_moment(happened, opening[0] if opening else None)
    if opening is not None:
        yield YamlEntry("opened at", opening[0].where(usual), opening[1])
    if closing is not None:
        yield YamlEntry("closed at", closing.where(usual), "by its heading")
    person = guess.reference_to(drafting.guesses, RowKind.PERSON)
    used = [*guess.key, *(column for moment in moments for column in moment.columns)]
    if person is not None:
        yield YamlEntry("person", person.column.name, shared_in_words(person, drafting))
        used.append(person.column)
    elif person_columns(table):
        own = own_person_id(table, guess)
        yield YamlEntry("person", ids_as_written(own), "the person is in the same row; see the table below")
        used += own
    events = name_events(happened, drafting.vocabulary, drafting.case_type, opening[0] if opening else None)
    # That a case closed is said above; it is an event only where a standard has one of the kind.
    events = [event for event in events if event.is_known or event.moment is not closing]
    of_events, open_events, taken = _attributes_of_events(table, used, events, drafting)
    attributes, _ = attribute_entries(
        table,
        [*used, *taken],
        drafting.vocabulary,
        drafting.case_type,
        of_event=False,
        forced=drafting.matched_columns(number),
    )
    yield from _attributes(attributes)
    named = _event_entries(events, of_events, recorded, opening[0] if opening else None, usual)
    yield YamlEntry("events", entries=(*named, *open_events))
    yield from formats
    yield from not_used(table)


def _choosing(table: TableSeen) -> Iterator[YamlEntry]:
    """A filter to think about, where a code says about whom or what a row is."""
    for column in table.of_kind(ColumnKind.CODE):
        if ABOUT_WHOM & set(column.words) and column.different > 1:
            codes = [code for code, _ in column.codes]
            said = f"keep the rows that are about a child; {codes_in_words(column)}"
            yield YamlEntry("only where", {column.name: codes}, said, is_open=True)


def _attributes_of_events(
    table: TableSeen, used: Sequence[ColumnSeen], events: Sequence[EventNamed], drafting: Drafting
) -> tuple[dict[str, list[YamlEntry]], list[YamlEntry], list[ColumnSeen]]:
    """Codes that standards know as attributes of an event: of those drafted, and left open where the event has no
    time.
    """
    found: dict[str, list[YamlEntry]] = {}
    waiting: list[YamlEntry] = []
    taken = []
    names = {event.name for event in events}
    for column in table.of_kind(ColumnKind.CODE):
        match = None if column in used else drafting.vocabulary.attribute_of_event(column.name, drafting.case_type)
        if match is None or drafting.vocabulary.attribute(column.name, drafting.case_type) is not None:
            continue
        event, attribute = match
        values = drafting.known.events[event][attribute]
        entry = code_entry(attribute, column, values) if values else YamlEntry(attribute, column.name)
        taken.append(column)
        if event in names and not entry.is_open:
            found.setdefault(event, []).append(entry)
        else:
            said = f"{entry.why}. It belongs to {event}" + ("" if event in names else ", for which no time was found")
            waiting.append(YamlEntry(event, {"at": TO_FILL_IN, attribute: entry.value or ""}, said, is_open=True))
    return found, waiting, taken


def _event_entries(
    events: Sequence[EventNamed],
    attributes: dict[str, list[YamlEntry]],
    recorded: Sequence[tuple[Moment, Moment | None]],
    opening: Moment | None,
    usual: str | None,
) -> Iterator[YamlEntry]:
    for event in events:
        moment = event.moment
        with_clock = moment.clock is not None and moment.where(usual) == moment.where(
            moment.formats[0] if moment.formats else None
        )
        if with_clock and moment.clock is not None:
            value: dict[str, EntryValue] = {"date": moment.name, "time": moment.clock.name}
        else:
            value = {"at": moment.where(usual)}
        typed = [each for each, of in recorded if of is moment or (of is None and moment is opening)]
        if typed:
            value["recorded at"] = typed[0].where(usual)
        value |= {entry.key: entry.value or "" for entry in attributes.get(event.name, [])}
        said = moment.in_words(usual)
        said = f"{event.why}; {said}"
        said += "".join(f"; {entry.why}" for entry in attributes.get(event.name, []))
        yield YamlEntry(event.name, value, said)


def _attributes(attributes: Sequence[YamlEntry]) -> Iterator[YamlEntry]:
    if attributes:
        yield YamlEntry("attributes", is_open=all(entry.is_open for entry in attributes), entries=tuple(attributes))


def _without(moments: Sequence[Moment], recorded: Sequence[tuple[Moment, Moment | None]]) -> list[Moment]:
    return [moment for moment in moments if not any(moment is each for each, _ in recorded)]


def _event(number: int, drafting: Drafting) -> Iterable[YamlEntry]:
    guess, table = drafting.guesses[number], drafting.guesses[number].table
    assert guess.action is not None
    entries = start_of_table(guess, RowKind.EVENT.value, guess.why)
    case_id, is_usable, used = case_id_entry(number, drafting)
    entries.append(case_id)
    if not is_usable and used and drafting.cases_of is None and (guess.key or drafting.case_type is not None):
        known = some_of(list(drafting.vocabulary.of))
        unsaid = f"no other table opens them. Nothing says what they are; standards know {known}. Write which it is"
        of_type = (drafting.case_type, "no other table opens them") if drafting.case_type else ("case", unsaid)
        entries.append(YamlEntry("makes cases", *of_type))
        is_usable = True
    column = YamlEntry("column", guess.action.name, codes_in_words(guess.action))
    entries.append(YamlEntry("event", entries=(column, _events_of_codes(guess.action, drafting))))
    moments = moments_of(table)
    usual, formats = time_format(moments)
    recorded = recorded_moments(moments)
    happened = _without(moments, recorded)[:1]
    entries += [YamlEntry("at", moment.where(usual), moment.in_words(usual)) for moment in happened]
    if recorded:
        entries.append(YamlEntry("recorded at", recorded[0][0].where(usual), "by its heading"))
    used = [*used, guess.action, *(column for moment in moments for column in moment.columns)]
    attributes, _ = attribute_entries(table, used, drafting.vocabulary, drafting.case_type, of_event=True)
    entries += [*_attributes(attributes), *formats, *not_used(table)]
    return entries if is_usable else left_open(entries)


def _events_of_codes(action: ColumnSeen, drafting: Drafting) -> YamlEntry:
    """Which event each code of a column may be."""
    values: list[YamlEntry] = []
    taken: set[str] = set()
    for code, many in action.codes:
        name = drafting.vocabulary.event(code, drafting.case_type, is_code=True)
        if name is None or name in taken:
            values.append(
                YamlEntry(code, TO_FILL_IN, f"{count(many, 'row')}; nothing like it in a shipped standard", True)
            )
        else:
            taken.add(name)
            values.append(YamlEntry(code, AsWritten(name), f"{count(many, 'row')}; by how it is written: is it so?"))
    if taken:
        return YamlEntry("values", why="an event that is not listed is left out and counted", entries=tuple(values))
    said = "none is like an event of a shipped standard: say what each is"
    return YamlEntry("values", why=said, is_open=True, entries=tuple(values))


def _events_of_case(number: int, drafting: Drafting) -> Iterable[YamlEntry]:
    guess, table = drafting.guesses[number], drafting.guesses[number].table
    case_id, is_usable, used = case_id_entry(number, drafting)
    moments = moments_of(table)
    usual, formats = time_format(moments)
    recorded = recorded_moments(moments)
    happened = _without(moments, recorded)
    events = name_events(happened, drafting.vocabulary, drafting.case_type, None)
    used = [*used, *(column for moment in moments for column in moment.columns)]
    of_events, open_events, taken = _attributes_of_events(table, used, events, drafting)
    named = [*_event_entries(events, of_events, recorded, happened[0], usual), *open_events]
    spare = [
        column for column in table.columns if column not in (*used, *taken) and column.kind is not ColumnKind.EMPTY
    ]
    if spare:
        said = (
            f"Not used: {some_of([column.name for column in spare])}. Each may be an attribute of an event, "
            "or say with "
        )
        named.append(remark(f"{said}`happened if` whether it happened."))
    start = start_of_table(guess, RowKind.EVENTS.value, guess.why)
    entries = [*start, case_id, YamlEntry("events", entries=tuple(named)), *formats, *not_used(table)]
    return entries if is_usable else left_open(entries)


def _note(number: int, drafting: Drafting) -> Iterable[YamlEntry]:
    guess, table = drafting.guesses[number], drafting.guesses[number].table
    case_id, is_usable, _ = case_id_entry(number, drafting)
    moments = moments_of(table)
    usual, formats = time_format(moments)
    text = table.of_kind(ColumnKind.TEXT)[0]
    entries = [
        *start_of_table(guess, RowKind.NOTE.value, guess.why),
        case_id,
        *(YamlEntry("written at", moment.where(usual), moment.in_words(usual)) for moment in moments[:1]),
        YamlEntry("text", text.name, f"filled in {text.filled:,} of {count(text.rows, 'row')}"),
        *formats,
    ]
    return entries if is_usable else left_open(entries)


def _unknown(guess: RowGuess) -> Iterable[YamlEntry]:
    kinds = ", ".join(kind.value for kind in RowKind)
    entries = start_of_table(guess, TO_FILL_IN, f"{guess.why}. It may be: {kinds}")
    for kind in (ColumnKind.ID, ColumnKind.TIME, ColumnKind.CLOCK, ColumnKind.CODE, ColumnKind.PERSON, ColumnKind.TEXT):
        columns = [column.name for column in guess.table.of_kind(kind)]
        if columns:
            entries.append(YamlEntry(kind.value, AsWritten(some_of(columns))))
    return left_open(entries)
