"""What an office sends a force before there is any data: a letter, and the list of fields that it needs.

The fields are read off the obligations, so that nothing is asked for that is not needed to judge one of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wardline.english import and_list, number
from wardline.obligations import LOOKED_FOR, Need, Obligation, Owner, Part, RecordOf, needs
from wardline.reports.wording import OWNER_WORDS, case_type_in_plural
from wardline.standards import Force, Standard, find_versions, read_force
from wardline.time_limits import TimeIn
from wardline.whole_files import write_new_files

__all__ = ["DataRequest", "Field", "data_request", "write_data_request"]

COLUMNS = ("about", "field", "what it is", "form", "kept by", "needed for")
TIME_FORM = "date and time of day, local"
# Not "one of": every value is wanted as it is kept, or a code that nobody thought of would be lost.
VALUES_FORM = "any value as it is kept; told apart here: "


@dataclass(frozen=True)
class Field:
    """One column to ask for: of which row, what it is, in what form, by whom it is kept, and for which obligations."""

    about: str
    name: str
    meaning: str
    form: str
    kept_by: str
    needed_for: tuple[str, ...]


@dataclass(frozen=True)
class DataRequest:
    """The letter (Markdown) and the fields, in the order in which they are needed."""

    letter: str
    fields: tuple[Field, ...]
    standards: tuple[Standard, ...]

    def fields_as_csv(self) -> str:
        """The field list as CSV with a header."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for field in self.fields:
            writer.writerow(
                [
                    field.about,
                    field.name,
                    field.meaning,
                    field.form,
                    field.kept_by,
                    "; ".join(dict.fromkeys(self._purposes(field))),
                ]
            )
        return text.getvalue()

    def _purposes(self, field: Field) -> Iterator[str]:
        """The obligations that need a field; where all of a standard do, its name."""
        for standard in self.standards:
            names = [standard.full_name(obligation) for obligation in standard.obligations]
            needing = [name for name in names if name in field.needed_for]
            yield from (
                needing if len(needing) < len(names) or len(names) == 1 else [f"every obligation of {standard.name}"]
            )


def data_request(
    names: Sequence[str], force_file: Path | None = None, *, relative_to: Path | None = None
) -> DataRequest:
    """The request for everything that these standards (library names or paths) need, in any of their versions.

    Raises DocumentError where a standard or the force's settings cannot be read.
    """
    standards = [
        found.standard
        for name in dict.fromkeys(names)
        for found in find_versions(name, relative_to=relative_to or Path())
    ]
    force = None if force_file is None else read_force(force_file)
    fields = tuple(_fields(standards))
    return DataRequest(_letter(standards, force, fields), fields, tuple(standards))


def write_data_request(request: DataRequest, folder: Path) -> tuple[Path, Path]:
    """Write `letter.md` and `fields.csv` into a folder and return their paths.

    Raises OutputError where one is there already or cannot be written.
    """
    letter, fields = folder / "letter.md", folder / "fields.csv"
    write_new_files(
        # Spreadsheet programs take a CSV for UTF-8 only where it begins with this mark.
        {letter: request.letter, fields: request.fields_as_csv().encode("utf-8-sig")},
        already_there=(
            "A request, or another file of that name, is already there.",
            "Name another folder after --out.",
        ),
    )
    return letter, fields


def _fields(standards: Iterable[Standard]) -> Iterator[Field]:
    found: dict[tuple[str, str], Field] = {}
    for standard in standards:
        for obligation in standard.obligations:
            for field in _fields_of(standard, obligation):
                before = found.get((field.about, field.name))
                found[field.about, field.name] = field if before is None else _both(before, field)
    yield from sorted(found.values(), key=lambda field: (not field.about.startswith("a case"), field.about))


def _fields_of(standard: Standard, obligation: Obligation) -> Iterator[Field]:
    case = f"a case: {standard.case_type}"
    name = (standard.full_name(obligation),)
    for field, meaning, form in (
        ("case number", "the number that every other row about this case carries", "text"),
        ("opened at", "when the case was opened", TIME_FORM),
        ("closed at", "when it was closed; empty while it is open", TIME_FORM),
        ("person number", "the system's own number of the child, not the name", "text"),
    ):
        yield Field(case, field, meaning, form, OWNER_WORDS[Owner.FORCE], name)
    for need in needs(obligation):
        owner = OWNER_WORDS[obligation.owed_by if need.part in LOOKED_FOR else Owner.FORCE]
        for field, meaning, form in _columns_for(need, obligation):
            yield Field(_about(need, standard, case), field, meaning, form, owner, name)


def _about(need: Need, standard: Standard, case: str) -> str:
    match need.of:
        case RecordOf.CASE:
            return case
        case RecordOf.PERSON:
            return "a person: the child"
        case _:
            return f"an event of a case: {need.event} ({standard.case_type})"


def _columns_for(need: Need, obligation: Obligation) -> Iterator[tuple[str, str, str]]:
    if need.field is None:
        yield "happened at", need.part.value, TIME_FORM
        yield "typed in at", "when the entry was made, which may be later than when it happened", TIME_FORM
    else:
        time_in = isinstance(obligation.time_limit, TimeIn) and need.part is Part.LIMIT
        yield (
            need.field,
            need.part.value,
            TIME_FORM if time_in else f"{VALUES_FORM}{', '.join(need.values)}" if need.values else "text",
        )


def _both(one: Field, other: Field) -> Field:
    """One field that two obligations need: every value and every purpose that either names."""
    return Field(
        one.about,
        one.name,
        _joined("; ", one.meaning.split("; "), other.meaning.split("; ")),
        _both_forms(one, other),
        _joined(" or ", one.kept_by.split(" or "), other.kept_by.split(" or ")),
        tuple(dict.fromkeys(one.needed_for + other.needed_for)),
    )


def _both_forms(one: Field, other: Field) -> str:
    listed = [
        field.form.removeprefix(VALUES_FORM).split(", ") for field in (one, other) if field.form.startswith(VALUES_FORM)
    ]
    return f"{VALUES_FORM}{_joined(', ', *listed)}" if listed else one.form


def _joined(between: str, *parts: Iterable[str]) -> str:
    return between.join(dict.fromkeys(part for group in parts for part in group))


def _letter(standards: Sequence[Standard], force: Force | None, fields: Sequence[Field]) -> str:
    types = list(dict.fromkeys(case_type_in_plural(standard.case_type) for standard in standards))
    # What is worded alike in two versions of a standard is listed once.
    obligations = dict.fromkeys(
        f"- {obligation.title} (`{standard.full_name(obligation)}`), owed by {OWNER_WORDS[obligation.owed_by]}"
        for standard in standards
        for obligation in standard.obligations
    )
    body = (None if force is None else force.oversight_body) or "[name of the oversight body]"
    return LETTER.format(
        force="[name of the force]" if force is None else force.name,
        body=body,
        types=and_list(types),
        standards=and_list(
            f"*{standard.title}* ({standard.name}, version {standard.version})" for standard in standards
        ),
        obligations="\n".join(obligations),
        count=number(len(fields)),
    )


# What stands in square brackets is for the office to fill in: Wardline knows no dates, and gives no legal advice.
LETTER = """\
# A request for records

To: {force}, the child-protection lead and the data protection officer
From: {body}
Date: [date]

We are preparing a deep dive into {types}. It asks, case by case, what should have happened, what the records show
was done, and by when. It describes what a record shows about an obligation. It does not score anybody, and we will ask
you whether a finding is right before it is used.

We check the records against {standards}:

{obligations}

## What we ask you for

Records of all {types} opened between [first day] and [last day], with the {count} fields of the list that comes with
this letter (`fields.csv`). Each field is there because one of the obligations above cannot be judged without it.
Columns may keep your own names; please say which is which. Please send

1. an export as the system gives it (CSV, a spreadsheet or Parquet), one row for each case, event or person, with the
   system's own numbers, the same number for the same case and the same person in every file; or a database account that
   may only read, and the query that gives these rows;
2. the time zone of its times, and the day and hour at which it was taken;
3. the days on which a system was not in use or nothing was typed in;
4. every value that a case had, each with its time, where the system keeps them (every grading of a risk, not only the
   last), and which columns keep only their last value;
5. the values that each coded column can have, and what they mean;
6. for each month, the number of {types} that you publish yourselves, so that we can compare our count with yours.

Please leave a cell empty where nothing was recorded, and tell us where a field is not recorded at all. That is an
answer too: we then say that we cannot tell, and not that it was not done.

## What we do not ask you for

Names, addresses, telephone numbers and the text of notes, unless the list names one. Please take out columns that are
not on it.

## Before anything is sent

Please agree with us, in writing, on what basis in law the records are shared, who may see them, how they are sent and
kept, and when they are deleted [agreement, and data protection impact assessment].

[name and office]
"""
