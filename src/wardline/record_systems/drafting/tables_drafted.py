"""One table of a draft for each layout: what its rows are, and the lines that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wardline.record_systems.drafting.columns_seen import ColumnKind, ColumnSeen, TableSeen
from wardline.record_systems.drafting.fields import (
    Moment,
    codes_in_words,
    moments_of,
    recorded_moments,
    time_format_lines,
)
from wardline.record_systems.drafting.lines import Line, commented, flow, listed, scalar
from wardline.record_systems.drafting.naming import (
    EventNamed,
    attribute_lines,
    code_lines,
    first_moment,
    last_moment,
    name_events,
)
from wardline.record_systems.drafting.people_drafted import own_person_id, people_of_cases, person_columns, person_lines
from wardline.record_systems.drafting.row_kinds import RowGuess, RowKind
from wardline.record_systems.drafting.table_start import (
    Drafting,
    case_id_lines,
    ids_as_written,
    shared_in_words,
    start_lines,
)

__all__ = ["lines_of_table"]

ABOUT_WHOM = frozenset(["person", "subject", "agency", "adult", "juvenile"])


def lines_of_table(number: int, drafting: Drafting) -> list[Line]:
    """The lines of one table; those of a table that cannot be used yet are all left open."""
    guess = drafting.guesses[number]
    match guess.kind:
        case RowKind.CASE:
            return [*_case(number, drafting), *people_of_cases(number, drafting)]
        case RowKind.EVENT:
            return _event(number, drafting)
        case RowKind.EVENTS:
            return _events_of_case(number, drafting)
        case RowKind.PERSON:
            return person_lines(guess)
        case RowKind.NOTE:
            return _note(number, drafting)
    return _unknown(guess)


def _case(number: int, drafting: Drafting) -> Iterator[Line]:
    guess, table = drafting.guesses[number], drafting.guesses[number].table
    yield from start_lines(guess, RowKind.CASE.value, guess.why)
    if drafting.case_type is None:
        known = listed(list(drafting.vocabulary.of))
        yield Line(4, "case type: case", f"nothing says which; standards know {known}. Write which it is")
    else:
        yield Line(4, f"case type: {drafting.case_type}", "by the names of files and columns")
    yield from _choosing(table)
    counted = f"{guess.key[0].different:,} different in {guess.key[0].filled:,} of {table.layout.row_count:,} rows"
    yield Line(
        4,
        f"case id: {ids_as_written(guess.key)}",
        counted if len(guess.key) == 1 else "the two together are another in each row",
    )
    moments = moments_of(table)
    usual, formats = time_format_lines(moments, 4)
    recorded = recorded_moments(moments)
    happened = _without(moments, recorded)
    opening = first_moment(table, happened)
    closing = last_moment(happened, opening[0] if opening else None)
    if opening is not None:
        yield Line(4, f"opened at: {opening[0].where(usual)}", opening[1])
    if closing is not None:
        yield Line(4, f"closed at: {closing.where(usual)}", "by its heading")
    person = guess.reference_to(drafting.guesses, RowKind.PERSON)
    used = [*guess.key, *(column for moment in moments for column in moment.columns)]
    if person is not None:
        yield Line(4, f"person: {scalar(person.column.name)}", shared_in_words(person, drafting))
        used.append(person.column)
    elif person_columns(table):
        own = own_person_id(table, guess)
        yield Line(4, f"person: {ids_as_written(own)}", "the person stands in the same row; see the table below")
        used += own
    events = name_events(happened, drafting.vocabulary, drafting.case_type, opening[0] if opening else None)
    # That a case closed is said above; it is an event only where a standard has one of the kind.
    events = [event for event in events if event.is_known or event.moment is not closing]
    of_events, open_events, taken = _attributes_of_events(table, used, events, drafting)
    attributes, _ = attribute_lines(
        table,
        [*used, *taken],
        drafting.vocabulary,
        drafting.case_type,
        6,
        of_event=False,
        forced=drafting.matched_columns(number),
    )
    if attributes:
        yield Line(4, "attributes:", is_open=all(line.is_open for line in attributes))
        yield from attributes
    yield Line(4, "events:")
    yield from _event_lines(events, of_events, recorded, opening[0] if opening else None, usual)
    yield from open_events
    yield from formats
    yield from _not_used(table)


def _choosing(table: TableSeen) -> Iterator[Line]:
    """A filter to think about, where a code says about whom or what a row is."""
    for column in table.of_kind(ColumnKind.CODE):
        if ABOUT_WHOM & set(column.words) and column.different > 1:
            codes = ", ".join(scalar(code) for code, _ in column.codes)
            said = f"keep the rows that are about a child; {codes_in_words(column)}"
            yield Line(4, f"only where: {{{scalar(column.name)}: [{codes}]}}", said, is_open=True)


def _attributes_of_events(
    table: TableSeen, used: Sequence[ColumnSeen], events: Sequence[EventNamed], drafting: Drafting
) -> tuple[dict[str, list[tuple[str, str, str]]], list[Line], list[ColumnSeen]]:
    """Codes that standards know as attributes of an event: of those drafted, and left open where the event has no time."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    lines: list[Line] = []
    taken = []
    names = {event.name for event in events}
    for column in table.of_kind(ColumnKind.CODE):
        match = None if column in used else drafting.vocabulary.attribute_of_event(column.name, drafting.case_type)
        if match is None or drafting.vocabulary.attribute(column.name, drafting.case_type) is not None:
            continue
        event, attribute = match
        values = drafting.known.events[event][attribute]
        [line] = (
            code_lines(attribute, column, values, 6) if values else [Line(6, f"{attribute}: {scalar(column.name)}")]
        )
        taken.append(column)
        if event in names and not line.is_open:
            spec = line.text.partition(": ")[2]
            found.setdefault(event, []).append((attribute, spec, line.rests_on))
        else:
            said = f"{line.rests_on}. It belongs to {event}" + (
                "" if event in names else ", for which no time was found"
            )
            lines.append(
                Line(6, f"{event}: {flow([('at', '…'), (attribute, line.text.partition(': ')[2])])}", said, True)
            )
    return found, lines, taken


def _event_lines(
    events: Sequence[EventNamed],
    attributes: dict[str, list[tuple[str, str, str]]],
    recorded: Sequence[tuple[Moment, Moment | None]],
    opening: Moment | None,
    usual: str | None,
) -> Iterator[Line]:
    for event in events:
        moment = event.moment
        with_clock = moment.clock is not None and moment.where(usual) == moment.where(
            moment.formats[0] if moment.formats else None
        )
        if with_clock and moment.clock is not None:
            pairs = [("date", scalar(moment.name)), ("time", scalar(moment.clock.name))]
        else:
            pairs = [("at", moment.where(usual))]
        typed = [each for each, of in recorded if of is moment or (of is None and moment is opening)]
        if typed:
            pairs.append(("recorded at", typed[0].where(usual)))
        pairs += [(name, spec) for name, spec, _ in attributes.get(event.name, [])]
        said = moment.in_words(usual)
        said = f"by its heading; {said}" if event.is_known else f"no shipped standard has an event like it; {said}"
        said += "".join(f"; {why}" for _, _, why in attributes.get(event.name, []))
        yield Line(6, f"{event.name}: {flow(pairs)}", said)


def _without(moments: Sequence[Moment], recorded: Sequence[tuple[Moment, Moment | None]]) -> list[Moment]:
    return [moment for moment in moments if not any(moment is each for each, _ in recorded)]


def _not_used(table: TableSeen) -> Iterator[Line]:
    """What is left: free text, which may be notes, and columns in which nothing stands."""
    texts = [column.name for column in table.of_kind(ColumnKind.TEXT)]
    if texts:
        yield Line(
            4, "", f"Free text: {listed(texts)}. It may be read as notes: a table of its own, `each row is: a note`."
        )
    twice = [name for name in dict.fromkeys(table.layout.header) if table.layout.header.count(name) > 1]
    if twice:
        yield Line(4, "", f"There more than once, so that none of them can be used: {listed(twice)}.")
    empty = [column.name for column in table.of_kind(ColumnKind.EMPTY)]
    if empty:
        yield Line(4, "", f"Nothing stands in: {listed(empty)}.")


def _event(number: int, drafting: Drafting) -> list[Line]:
    guess, table = drafting.guesses[number], drafting.guesses[number].table
    assert guess.action is not None
    lines = start_lines(guess, RowKind.EVENT.value, guess.why)
    id_lines, is_usable, used = case_id_lines(number, drafting)
    lines += id_lines
    if not is_usable and used and drafting.case_type is not None:
        lines.append(Line(4, f"makes cases: {drafting.case_type}", "no other table opens them"))
        is_usable = True
    lines += [Line(4, "event:"), Line(6, f"column: {scalar(guess.action.name)}", codes_in_words(guess.action))]
    values: list[Line] = []
    taken: set[str] = set()
    for code, count in guess.action.codes:
        name = drafting.vocabulary.event(code, drafting.case_type, is_code=True)
        if name is None or name in taken:
            values.append(Line(8, f"{scalar(code)}: …", f"{count:,} rows; nothing like it in a shipped standard", True))
        else:
            taken.add(name)
            values.append(Line(8, f"{scalar(code)}: {name}", f"{count:,} rows; by how it is written: is it so?"))
    if taken:
        lines += [Line(6, "values:", "an event that is not listed is left out and counted"), *values]
    else:
        lines += [Line(6, "values:", "none is like an event of a shipped standard: say what each is", True), *values]
    moments = moments_of(table)
    usual, formats = time_format_lines(moments, 4)
    recorded = recorded_moments(moments)
    happened = _without(moments, recorded)[:1]
    for moment in happened:
        lines.append(Line(4, f"at: {moment.where(usual)}", moment.in_words(usual)))
    if recorded:
        lines.append(Line(4, f"recorded at: {recorded[0][0].where(usual)}", "by its heading"))
    used = [*used, guess.action, *(column for moment in moments for column in moment.columns)]
    attributes, _ = attribute_lines(table, used, drafting.vocabulary, drafting.case_type, 6, of_event=True)
    if attributes:
        lines += [Line(4, "attributes:", is_open=all(line.is_open for line in attributes)), *attributes]
    lines += [*formats, *_not_used(table)]
    return lines if is_usable else commented(lines)


def _events_of_case(number: int, drafting: Drafting) -> list[Line]:
    guess, table = drafting.guesses[number], drafting.guesses[number].table
    lines = start_lines(guess, RowKind.EVENTS.value, guess.why)
    id_lines, is_usable, used = case_id_lines(number, drafting)
    moments = moments_of(table)
    usual, formats = time_format_lines(moments, 4)
    recorded = recorded_moments(moments)
    happened = _without(moments, recorded)
    events = name_events(happened, drafting.vocabulary, drafting.case_type, None)
    used = [*used, *(column for moment in moments for column in moment.columns)]
    of_events, open_events, taken = _attributes_of_events(table, used, events, drafting)
    lines += [*id_lines, Line(4, "events:")]
    lines += _event_lines(events, of_events, recorded, happened[0], usual)
    lines += open_events
    spare = [
        column for column in table.columns if column not in (*used, *taken) and column.kind is not ColumnKind.EMPTY
    ]
    if spare:
        said = (
            f"Not used: {listed([column.name for column in spare])}. Each may be an attribute of an event, or say with "
        )
        lines.append(Line(6, "", f"{said}`happened if` whether it happened."))
    lines += [*formats, *_not_used(table)]
    return lines if is_usable else commented(lines)


def _note(number: int, drafting: Drafting) -> list[Line]:
    guess, table = drafting.guesses[number], drafting.guesses[number].table
    lines = start_lines(guess, RowKind.NOTE.value, guess.why)
    id_lines, is_usable, _ = case_id_lines(number, drafting)
    moments = moments_of(table)
    usual, formats = time_format_lines(moments, 4)
    lines += id_lines
    for moment in moments[:1]:
        lines.append(Line(4, f"written at: {moment.where(usual)}", moment.in_words(usual)))
    texts = table.of_kind(ColumnKind.TEXT)
    lines.append(Line(4, f"text: {scalar(texts[0].name)}", f"filled in {texts[0].filled:,} of {texts[0].rows:,} rows"))
    lines += formats
    return lines if is_usable else commented(lines)


def _unknown(guess: RowGuess) -> list[Line]:
    kinds = ", ".join(kind.value for kind in RowKind)
    lines = start_lines(guess, "…", f"{guess.why}. It may be: {kinds}")
    table = guess.table
    for kind in (ColumnKind.ID, ColumnKind.TIME, ColumnKind.CLOCK, ColumnKind.CODE, ColumnKind.PERSON, ColumnKind.TEXT):
        columns = [column.name for column in table.of_kind(kind)]
        if columns:
            lines.append(Line(4, f"{kind.value}: {listed(columns)}"))
    return commented(lines)
