"""How each table of a draft begins, and how its rows find their case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardline.documents import AsWritten, EntryValue, InQuotes, YamlEntry
from wardline.english import count
from wardline.record_systems.drafting.columns_seen import ColumnKind, ColumnSeen
from wardline.record_systems.drafting.fields import moments_of
from wardline.record_systems.drafting.naming import attribute_entries
from wardline.record_systems.drafting.row_kinds import RowGuess, RowKind, SharedIds
from wardline.record_systems.drafting.vocabulary import CaseVocabulary, Vocabulary
from wardline.record_systems.mapping.cells import Files, Query

__all__ = ["TO_FILL_IN", "Drafting", "case_id_entry", "ids_as_written", "shared_in_words", "start_of_table"]

TO_FILL_IN = AsWritten("…")


@dataclass(frozen=True)
class Drafting:
    """All tables together, for what one says of another."""

    system: str
    guesses: Sequence[RowGuess]
    vocabulary: Vocabulary
    case_type: str | None
    cases_of: str | None = None  # the record system whose cases rows of no other table belong to

    @property
    def known(self) -> CaseVocabulary:
        """What the standards say of the type of case."""
        return self.vocabulary.of.get(self.case_type or "", CaseVocabulary())

    def matched_columns(self, number: int) -> list[ColumnSeen]:
        """The columns of a table of cases, beside its key, by which other tables find theirs."""
        guess = self.guesses[number]
        found = []
        for other in self.guesses:
            if other.kind in (RowKind.EVENT, RowKind.EVENTS, RowKind.NOTE):
                reference = other.reference_to(self.guesses, RowKind.CASE)
                if reference is not None and reference.to == number and (reference.to_column,) != guess.key:
                    found.append(reference.to_column)
        return found


def start_of_table(guess: RowGuess, kind: str, why: str) -> list[YamlEntry]:
    """Which files a table reads, how they are written where that had to be found, and what each row is."""
    layout = guess.table.layout
    files = layout.files
    many = f"{len(layout.names)} files of one layout, " if len(layout.names) > 1 else ""
    rows = count(layout.row_count, "row")
    if layout.is_cut:
        rows = f"the first {rows} looked at"
    remarks = "".join(f"; {remark}" for remark in layout.remarks)
    if isinstance(files, Query):
        where: EntryValue = {"database": files.database, "query": files.text}
    else:
        further: dict[str, EntryValue] = {}
        if files.sheet is not None:
            further["sheet"] = files.sheet
        if files.header_row is not None:
            further["header row"] = AsWritten(files.header_row)
        where = {"files": layout.pattern, **further} if further else layout.pattern
    entries = [YamlEntry("files", where, f"{many}{rows}{remarks}")]
    if isinstance(files, Files) and files.separator is not None:
        entries.append(YamlEntry("separator", InQuotes(files.separator.replace("\t", "\\t")), "found by looking"))
    if guess.table.empty:
        texts = [InQuotes(text) for text in ("", *(text for text, _ in guess.table.empty))]
        counts = ", ".join(f"{text} {many:,}" for text, many in guess.table.empty)
        entries.append(YamlEntry("empty", texts, f"taken for empty cells: {counts}"))
    return [*entries, YamlEntry("each row is", AsWritten(kind), why)]


def ids_as_written(columns: Sequence[ColumnSeen]) -> EntryValue:
    """One column, or a list of several."""
    names = [column.name for column in columns]
    return names[0] if len(names) == 1 else names


def shared_in_words(reference: SharedIds, drafting: Drafting) -> str:
    """How many of the ids of a column stand in another table."""
    other = drafting.guesses[reference.to].table.layout
    return f"{reference.found:,} of {reference.different:,} are in {other.label}" + (
        "" if reference.column.name == reference.to_column.name else f" under {reference.to_column.name}"
    )


def case_id_entry(number: int, drafting: Drafting) -> tuple[YamlEntry, bool, list[ColumnSeen]]:
    """The entry that names the case of a row, whether it can be used as it is, and the columns that it needs."""
    guess = drafting.guesses[number]
    reference = guess.reference_to(drafting.guesses, RowKind.CASE)
    if reference is None:
        ids = guess.table.of_kind(ColumnKind.ID)
        if not ids:
            return YamlEntry("case id", TO_FILL_IN, "no column has the number of a case"), False, []
        column = guess.key[0] if guess.key else ids[0]
        if guess.kind is RowKind.EVENTS or (guess.kind is RowKind.EVENT and drafting.cases_of is not None):
            matching = drafting.vocabulary.attribute(column.name, None) or TO_FILL_IN
            of_other: EntryValue = {"of": drafting.cases_of or "…", "matching": matching, "column": column.name}
            said = "by its heading" if drafting.cases_of else "name the record system whose cases have this number"
            return YamlEntry("case id", of_other, said), drafting.cases_of is not None, [column]
        said = (
            "no table here opens cases with these numbers; those of another system are `{of: …, matching: …, "
            "column: …}`"
        )
        return YamlEntry("case id", column.name, said), False, [column]
    key = drafting.guesses[reference.to].key
    if key == (reference.to_column,):
        value: EntryValue = reference.column.name
    else:
        matched = dict(_matched_names(reference.to, drafting))[reference.to_column.name]
        value = {"of": drafting.system, "matching": matched, "column": reference.column.name}
    return YamlEntry("case id", value, shared_in_words(reference, drafting)), True, [reference.column]


def _matched_names(number: int, drafting: Drafting) -> Iterator[tuple[str, str]]:
    guess = drafting.guesses[number]
    moments = moments_of(guess.table)
    person = guess.reference_to(drafting.guesses, RowKind.PERSON)
    used = [*guess.key, *(column for moment in moments for column in moment.columns)]
    used += [person.column] if person is not None else []
    forced = drafting.matched_columns(number)
    _, names = attribute_entries(
        guess.table, used, drafting.vocabulary, drafting.case_type, of_event=False, forced=forced
    )
    yield from names.items()
