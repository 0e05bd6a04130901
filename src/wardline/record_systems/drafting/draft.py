"""A mapping drafted from exports, as text that somebody finishes; it loads as it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from wardline.documents import AsWritten, InQuotes, YamlEntry, every_entry, parse_document, remark, validate, write_yaml
from wardline.errors import DocumentError
from wardline.record_systems.drafting.columns_seen import see, without_order
from wardline.record_systems.drafting.files_to_draft_from import listed_files, not_looked_at
from wardline.record_systems.drafting.headings import words_of
from wardline.record_systems.drafting.looking import ROWS_LOOKED_AT, Layout, layout_of_query, layouts_of
from wardline.record_systems.drafting.row_kinds import RowGuess, RowKind, row_guesses
from wardline.record_systems.drafting.table_start import Drafting
from wardline.record_systems.drafting.tables_drafted import entries_of_table
from wardline.record_systems.drafting.trade_words import read_trade_words
from wardline.record_systems.drafting.vocabulary import Vocabulary
from wardline.record_systems.mapping.cells import Query
from wardline.record_systems.mapping.mapping import Mapping
from wardline.record_systems.mapping.mapping_file import parse_mapping
from wardline.record_systems.mapping.shape_values import LONGEST_SYSTEM
from wardline.record_systems.mapping.shapes import DEFAULT_ZONE, FilesKeys
from wardline.work_folders import work_folder

__all__ = ["MappingDraft", "QueryAsked", "draft_mapping"]

NO_TABLE_YET = "No table could be drafted, so nothing is read yet. What was seen is left for you below."


@dataclass(frozen=True)
class QueryAsked:
    """A query whose answer a draft is made from, and the folder where the mapping will lie."""

    text: str
    database: str
    folder: Path = Path()


@dataclass(frozen=True)
class MappingDraft:
    """What was guessed and why, its text, and what it says once it is read.

    `mapping` is None where nothing was recognised; its text loads then too, as a mapping that has no table yet.

    `remaining` says in sentences what is left for somebody to do.
    """

    entries: tuple[YamlEntry, ...]
    text: str
    mapping: Mapping | None
    case_type: str | None
    remaining: tuple[str, ...]


def draft_mapping(
    files: Sequence[Path],
    vocabulary: Vocabulary,
    *,
    system: str | None = None,
    cases_of: str | None = None,
    query: QueryAsked | None = None,
) -> MappingDraft:
    """Look at exports (files, or folders of them, or the answer to a query) and draft a mapping.

    Raises ExportError where one cannot be read, DocumentError where a query is none.

    `cases_of` is another record system, to whose cases the rows belong.

    No value of a cell is repeated but codes: few different values in many rows, under a heading that speaks of codes.
    """
    named = listed_files(files) if files or query is None else []
    system = system or (_system(files, named) if named else "records")
    layouts_seen = layouts_of(named)
    if query is not None:
        layouts_seen.append(_answer_to(query))
    guesses = row_guesses(without_order(see(layouts_seen)))
    ordered = sorted(range(len(guesses)), key=lambda at: _order(guesses[at].kind))
    place = {number: at for at, number in enumerate(ordered)}
    guesses = [
        replace(each, references=tuple(replace(one, to=place[one.to]) for one in each.references))
        for each in (guesses[number] for number in ordered)
    ]
    layouts = [guess.table.layout for guess in guesses]
    spoken = [system, *(PurePath(name).stem for layout in layouts for name in layout.names[:1])]
    headings = [name for guess in guesses if guess.kind is not RowKind.PERSON for name in guess.table.layout.header]
    case_type = vocabulary.case_type([*spoken, *spoken, *spoken, *headings])
    if cases_of is not None:
        case_type = None
    if case_type is None:
        guesses = [_of_another_system(guess, vocabulary) for guess in guesses]
    drafting = Drafting(system, guesses, vocabulary, case_type, cases_of)
    tables = [entries_of_table(number, drafting) for number in range(len(guesses))]
    top = _top(system, [name for name, _ in named], is_cut=any(layout.is_cut for layout in layouts))
    is_whole = any(not entry.is_open for of_layout in tables for table in of_layout for entry in every_entry(table))
    said = [] if is_whole else [remark(NO_TABLE_YET)]
    entries = (*top, *said, YamlEntry("tables", items=tuple(table for of_layout in tables for table in of_layout)))
    text = write_yaml(entries)
    mapping = _mapping(text)
    remaining = (*_remaining(drafting, tables), *not_looked_at(files, named))
    return MappingDraft(entries, text, mapping if mapping.tables else None, case_type, remaining)


def _answer_to(query: QueryAsked) -> Layout:
    entries = [YamlEntry("query", InQuotes(query.text)), YamlEntry("database", InQuotes(query.database))]
    keys = validate(parse_document(write_yaml(entries), "--query and --database"), FilesKeys)
    assert keys.query is not None and keys.database is not None
    with work_folder() as working:
        return layout_of_query(Query(keys.query, keys.database), query.folder, working)


def _of_another_system(guess: RowGuess, vocabulary: Vocabulary) -> RowGuess:
    """Rows of no type of case that is known, with the number of another system's: events of that system's cases."""
    numbers = read_trade_words().numbers_of_other_systems
    if guess.kind is not RowKind.CASE or vocabulary.attribute(guess.key[0].name, None) not in numbers:
        return guess
    return replace(
        guess, kind=RowKind.EVENTS, why=f"{guess.key[0].name} seems to be a number of another system's cases"
    )


def _order(kind: RowKind | None) -> int:
    order = (RowKind.CASE, RowKind.EVENT, RowKind.EVENTS, RowKind.PERSON, RowKind.NOTE)
    return order.index(kind) if kind is not None else len(order)


def _system(given: Sequence[Path], named: Sequence[tuple[str, Path]]) -> str:
    """A name for the record system: of the folder that holds the exports, or of the only file."""
    path = named[0][1].absolute()
    name = path.stem if len(named) == 1 else path.parent.name
    if os.path.isdir(given[0]):
        name = given[0].absolute().name
    name = "-".join(words_of(name))
    while len(name) > LONGEST_SYSTEM:  # a folder may have a whole sentence for a name
        name = name.rpartition("-")[0] or name[:LONGEST_SYSTEM]
    return name or "records"


def _top(system: str, names: Sequence[str], *, is_cut: bool) -> list[YamlEntry]:
    told = (
        "Drafted by `wardline map start`. Everything here was guessed, and each comment says from what. Go through it "
        "line by line: what is right stays; a line that begins with one # is left for you, what follows "
        "## is a remark. `wardline map check` shows at any time how "
        "it is understood."
    )
    entries = [remark(told)]
    if is_cut:
        entries.append(remark(f"Of a long layout, the first {ROWS_LOOKED_AT:,} rows were looked at."))
    folders = {str(PurePath(name).parent) for name in names}
    if len(folders) > 1:
        said = "The files lie in several folders. If they are of several systems, draft each by itself."
        entries.append(remark(said))
    gap = {"from": AsWritten("2024-08-01"), "to": AsWritten("2024-09-30"), "note": AsWritten("…")}
    return [
        *entries,
        YamlEntry("record system", system, "comes before every case number: choose it once"),
        YamlEntry("title", system, "what people call the system"),
        YamlEntry("time zone", DEFAULT_ZONE),
        YamlEntry(
            "taken at", AsWritten("2025-04-01 02:00"), "when the export was taken; left out: as at", is_open=True
        ),
        YamlEntry("kept by", "force", "or council, health, carer, oversight body"),
        YamlEntry("gaps", [gap], "days on which nothing was typed in", is_open=True),
    ]


def _mapping(text: str) -> Mapping:
    try:
        return parse_mapping(text, "the draft")
    except DocumentError as error:
        raise AssertionError(f"a draft does not load: {error}") from error


def _remaining(drafting: Drafting, tables: Sequence[Sequence[Sequence[YamlEntry]]]) -> list[str]:
    found = []
    said = [[entry for table in of_layout for entry in every_entry(table)] for of_layout in tables]
    kinds = [guess.kind for guess in drafting.guesses]
    if (
        RowKind.CASE not in kinds
        and drafting.cases_of is None
        and not any(entry.key == "makes cases" and not entry.is_open for entries in said for entry in entries)
    ):
        found.append(
            "Nothing was recognised as a case: no file has a number of its own in each row and times "
            "beside it. Say which "
            "table's rows are cases; or name the system whose cases they belong to with --cases-of, or "
            "with `of` and `matching`."
        )
    elif drafting.case_type is None and RowKind.CASE in kinds:
        found.append(f"Say what sort of case it is: {', '.join(drafting.vocabulary.of)}, or a word of your own.")
    for guess, entries in zip(drafting.guesses, said, strict=True):
        pattern = guess.table.layout.label
        if all(entry.is_open for entry in entries):
            found.append(f"{pattern}: {guess.why}; the whole table is left for you.")
        elif waiting := sum(entry.is_open for entry in entries):
            found.append(f"{pattern}: {waiting} {'line is' if waiting == 1 else 'lines are'} left for you.")
    return found
