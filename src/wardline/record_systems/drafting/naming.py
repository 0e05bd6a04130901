"""Which events and attributes of the standards the columns of a table may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from wardline.documents import AsWritten, EntryValue, YamlEntry
from wardline.english import count
from wardline.record_systems.drafting.columns_seen import ColumnKind, ColumnSeen, TableSeen
from wardline.record_systems.drafting.fields import Moment, codes_in_words, meanings
from wardline.record_systems.drafting.headings import own_name
from wardline.record_systems.drafting.trade_words import read_trade_words
from wardline.record_systems.drafting.vocabulary import CaseVocabulary, Vocabulary

__all__ = ["EventNamed", "attribute_entries", "code_entry", "first_moment", "last_moment", "name_events"]

OPENED_WORDS = ("reported", "received", "opened", "start", "call", "referral", "created", "raised")
CLOSED_WORDS = ("closed", "close", "closure", "finalised", "ended", "end", "completed", "resolved")


@dataclass
class EventNamed:
    """An event drafted from a time: its name, whether a standard has it, and the attributes found for it."""

    name: str
    moment: Moment
    is_known: bool
    attributes: list[tuple[str, str]] = field(default_factory=list)


def name_events(
    moments: Sequence[Moment], vocabulary: Vocabulary, case_type: str | None, opening: Moment | None
) -> list[EventNamed]:
    """An event for each time, named as a standard names it where its heading is like that, else by its heading."""
    known: dict[str, Moment] = {}
    triggers = vocabulary.of.get(case_type or "", CaseVocabulary()).triggers
    first = next((name for name in read_trade_words().opening_events if name in triggers), None)
    if opening is not None and first is not None:
        known[first] = opening
    for moment in moments:
        name = vocabulary.event(moment.name, case_type)
        if name is not None and moment not in known.values():
            known.setdefault(name, moment)
    found: list[EventNamed] = []
    for moment in moments:
        name = next((name for name, each in known.items() if each is moment), None)
        taken = [*known, *(each.name for each in found)]
        words = [word for word in moment.column.words if word not in ("time", "date", "datetime")] or ["time"]
        found.append(EventNamed(name or own_name(words, taken), moment, name is not None))
    return found


def first_moment(table: TableSeen, moments: Sequence[Moment]) -> tuple[Moment, str] | None:
    """The time at which a case opens: by its heading, else the earliest in most rows; and what that rests on."""
    if not moments:
        return None
    times = pl.DataFrame({str(at): moment.read(table) for at, moment in enumerate(moments)})
    earliest = pl.min_horizontal(pl.all())
    counts = times.select((pl.col(name) == earliest).sum() for name in times.columns).row(0)
    filled = times.select(pl.any_horizontal(pl.all().is_not_null()).sum()).item()
    worth = [
        (sum(word in moment.column.words for word in OPENED_WORDS) > 0 and of_rows >= filled / 2, of_rows, -at)
        for at, (moment, of_rows) in enumerate(zip(moments, counts, strict=True))
    ]
    best = max(range(len(moments)), key=lambda at: worth[at])
    return moments[best], f"the earliest time in {counts[best]:,} of {count(filled, 'row')}"


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
