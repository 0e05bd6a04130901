"""Which events and attributes of the standards the columns of a table may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from wardline.documents import AsWritten, EntryValue, YamlEntry
from wardline.english import count
from wardline.record_systems.drafting.columns_seen import ColumnKind, ColumnSeen, TableSeen
from wardline.record_systems.drafting.fields import Moment, codes_in_words, meanings
from wardline.record_systems.drafting.headings import own_name
from wardline.record_systems.drafting.trade_words import read_trade_words
from wardline.record_systems.drafting.vocabulary import CaseVocabulary, Vocabulary, is_called
from wardline.record_systems.mapping.shapes import DEFAULT_ZONE
from wardline.record_systems.rows.values import Times
from wardline.time_limits import Calendar

__all__ = ["EventNamed", "attribute_entries", "code_entry", "first_moment", "last_moment", "name_events"]

OPENED_WORDS = ("reported", "received", "opened", "start", "call", "referral", "created", "raised")
BY_HEADING, NOT_KNOWN = "by its heading", "no shipped standard has an event like it"
CLOSED_WORDS = ("closed", "close", "closure", "finalised", "ended", "end", "completed", "resolved")


@dataclass
class EventNamed:
    """An event drafted from a time: its name, whether a standard has it, and what the name rests on."""

    name: str
    moment: Moment
    is_known: bool
    why: str = BY_HEADING


def name_events(
    moments: Sequence[Moment], vocabulary: Vocabulary, case_type: str | None, opening: Moment | None
) -> list[EventNamed]:
    """An event for each time, named as a standard names it where its heading is like that, else by its heading.

    A heading that is a name itself comes before one that is like it.
    """
    known: dict[str, tuple[Moment, str]] = {}
    first = vocabulary.opening_event(case_type)
    named = {at: vocabulary.event(moment.name, case_type) for at, moment in enumerate(moments)}
    for at, name in named.items():
        if name is not None and is_called(moments[at].name, name):
            known.setdefault(name, (moments[at], BY_HEADING))
    if opening is not None and first is not None and not any(moment is opening for moment, _ in known.values()):
        by_heading = any(name == first and moments[at] is opening for at, name in named.items())
        known.setdefault(first, (opening, BY_HEADING if by_heading else "the time at which a case opens"))
    for at, name in named.items():
        if name is not None and not any(moment is moments[at] for moment, _ in known.values()):
            known.setdefault(name, (moments[at], BY_HEADING))
    found: list[EventNamed] = []
    for at, moment in enumerate(moments):
        name, why = next(((name, why) for name, (each, why) in known.items() if each is moment), (None, ""))
        if name is not None:
            found.append(EventNamed(name, moment, is_known=True, why=why))
            continue
        like, taken = named[at], [*known, *(each.name for each in found)]
        words = [word for word in moment.column.words if word not in ("time", "date", "datetime")] or ["time"]
        why = NOT_KNOWN if like is None else f"it is like {like}, for which {known[like][0].name} is taken"
        found.append(EventNamed(own_name(words, taken), moment, is_known=False, why=why))
    return found


def first_moment(
    table: TableSeen, moments: Sequence[Moment], vocabulary: Vocabulary, case_type: str | None
) -> tuple[Moment, str] | None:
    """The time at which a case opens: by its heading, else the earliest in most rows; and what that rests on.

    A whole day is not earlier than a time within it, nor later.
    """
    if not moments:
        return None
    calendar = Calendar(DEFAULT_ZONE)
    read = [moment.read(table, calendar) for moment in moments]
    last = pl.DataFrame({str(at): times.latest for at, times in enumerate(read)})
    earliest_end = last.select(pl.min_horizontal(pl.all())).to_series()
    filled = len(earliest_end.drop_nulls())
    may_be_first = [int((times.earliest <= earliest_end).sum()) for times in read]
    ends_first = [int((times.latest == earliest_end).sum()) for times in read]
    first = vocabulary.opening_event(case_type)
    names = read_trade_words().opening_events if first is None else (first,)

    def by_heading(at: int) -> int:
        """A heading that is the name itself says more than the times do; one that is like it must agree with them."""
        if any(is_called(moments[at].name, name) for name in names) and len(last[str(at)].drop_nulls()) >= filled / 2:
            return 2
        return int(bool(set(OPENED_WORDS) & set(moments[at].column.words)) and may_be_first[at] >= filled / 2)

    best = max(range(len(moments)), key=lambda at: (by_heading(at), ends_first[at], may_be_first[at], -at))
    said = "the earliest time" if _is_surely_first(read, best) else "no time is surely earlier"
    why = f"{said} in {may_be_first[best]:,} of {count(filled, 'row')}"
    return moments[best], f"{BY_HEADING}; {why}" if by_heading(best) else why


def _is_surely_first(read: Sequence[Times], one: int) -> bool:
    """Whether a time is before all others in every row in which it may be: it may be where a whole day holds both."""
    others = [times for at, times in enumerate(read) if at != one]
    earliest, latest = read[one].earliest, read[one].latest
    is_sure = [(latest <= other.earliest).fill_null(True) for other in others]
    may_be = [(earliest <= other.latest).fill_null(True) for other in others]
    return all(bool((sure | ~may).all()) for sure, may in zip(is_sure, may_be, strict=True))


def last_moment(moments: Sequence[Moment], other_than: Moment | None) -> Moment | None:
    """The time at which a case closes, by its heading; the one that speaks of the end most, or the last of them."""
    closed = [
        moment
        for moment in moments
        if moment is not other_than
        and set(CLOSED_WORDS) & set(moment.column.words)
        and "first" not in moment.column.words
    ]
    return closed[-1] if closed else None


def attribute_entries(
    table: TableSeen,
    used: Iterable[ColumnSeen],
    vocabulary: Vocabulary,
    case_type: str | None,
    *,
    of_event: bool,
    forced: Sequence[ColumnSeen] = (),
) -> tuple[list[YamlEntry], dict[str, str]]:
    """An entry for each further column that may be an attribute, and the names given to the columns that others
    match.
    """
    found_here: list[YamlEntry] = []
    names: dict[str, str] = {}
    spare: list[YamlEntry] = []
    used = list(used)
    known = vocabulary.of.get(case_type or "", CaseVocabulary())
    for column in table.columns:
        if column in used or column.kind in (ColumnKind.EMPTY, ColumnKind.TIME, ColumnKind.CLOCK, ColumnKind.TEXT):
            continue
        if column.kind is ColumnKind.PERSON:
            continue
        values: tuple[str, ...] = ()
        if of_event:
            found = vocabulary.attribute_of_event(column.name, case_type)
            name = None if found is None else found[1]
            values = () if found is None else known.events.get(found[0], {}).get(found[1], ())
        else:
            name = vocabulary.attribute(column.name, case_type)
            values = known.attributes.get(name or "", ())
        if name in names.values():
            name = None
        is_known = name is not None
        name = name or own_name(column.words, names.values())
        if column.kind is ColumnKind.CODE:
            if is_known and values:
                found_here.append(code_entry(name, column, values))
            else:
                found_here.append(YamlEntry(name, column.name, codes_in_words(column)))
            names[column.name] = name
        elif is_known or column in forced:
            why = "by its heading" if is_known else "by it another table finds its cases"
            found_here.append(YamlEntry(name, column.name, f"{column.kind.value}, {why}"))
            names[column.name] = name
        else:
            said = f"{column.kind.value}, {column.different:,} different in {column.filled:,} cells"
            spare.append(YamlEntry(name, column.name, said, is_open=True))
    return [*found_here, *spare], names


def code_entry(name: str, column: ColumnSeen, wanted: Sequence[str]) -> YamlEntry:
    """An attribute whose values standards tell apart: what its codes mean, or the codes, left to be told."""
    wanted = ("yes", "no") if set(wanted) <= {"yes", "no"} else wanted
    found = meanings(column, wanted)
    said = codes_in_words(column)
    values: EntryValue = {code: _of_ours(found.get(code, "")) for code, _ in column.codes}
    value: EntryValue = {"column": column.name, "values": values}
    if column.codes and len(found) == len(column.codes):
        return YamlEntry(name, value, f"guessed from how the codes begin; {said}")
    return YamlEntry(name, value, f"{said}. Say what each means; standards know {', '.join(wanted)}", is_open=True)


def _of_ours(value: str) -> str:
    """A value of ours: yes and no are text in these documents, and nothing is to be filled in."""
    return AsWritten(value) if value in ("yes", "no", "") else value
