"""A table as the page shows it: a caption, columns, rows of text; and what was read, by which standards, from what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from wardline.english import number
from wardline.measures import Count, RowsRead
from wardline.reports.figures_in_words import as_number
from wardline.reports.report import Report
from wardline.reports.wording import date_in_words

__all__ = ["Column", "Phrase", "Table", "Text", "inputs_table", "reading_table", "shown_of", "standards_table"]


LONGEST_CODE_ON_ONE_LINE = 32  # characters
MOST_INPUTS = 12  # chosen by us so that the appendix is short
CHECKSUM_SHOWN = 16  # characters


@dataclass(frozen=True)
class Phrase:
    """Some words of a text. `href` makes them a link; one that leads off the page is `is_outside`."""

    words: str
    is_strong: bool = False
    href: str | None = None
    is_outside: bool = False


Text: TypeAlias = str | tuple[Phrase, ...]
"""Plain words, or phrases that follow each other as they are, with no space between them: the templates say how a
strong one and a link look."""


@dataclass(frozen=True)
class Column:
    """A heading; numbers stand to the right, codes in letters of one width, and what is short stays on one line."""

    heading: str
    is_number: bool = False
    is_code: bool = False
    is_short: bool = False

    def kind(self, cell: Text = "") -> str:
        """The classes of a cell under it; a code as long as a checksum may be broken anywhere."""
        is_long = self.is_code and len(cell) > LONGEST_CODE_ON_ONE_LINE
        kinds = {"number": self.is_number, "code": self.is_code, "short": self.is_short, "long": is_long}
        return " ".join(kind for kind, applies in kinds.items() if applies)


@dataclass(frozen=True)
class Table:
    """Rows of words under headings. The first cell of a row is its heading. `note` stands below, `id` can be linked."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        assert all(len(row) == len(self.columns) for row in self.rows), f"a row of {self.caption!r} has another length"


def shown_of(
    rows: Sequence[object], whole: Count, where_all_are: str, *, joined_by: str = ". ", which: str = "first"
) -> str:
    """`The first 25 of 1,204 are shown. All are in the spreadsheet.`; nothing where all are shown."""
    if whole.value <= len(rows):
        return ""
    return f"The {which} {number(len(rows))} of {as_number(whole)} are shown{joined_by}{where_all_are}"


def standards_table(report: Report) -> Table | None:
    """The standards, their versions and dates in force."""
    if not report.standards:
        return None
    rows = tuple(
        (
            one.title,
            one.name,
            one.version,
            one.case_type,
            f"from {date_in_words(one.in_force_from)}"
            + (f" to {date_in_words(one.in_force_to)}" if one.in_force_to else ""),
        )
        for one in report.standards
    )
    return Table(
        caption="Standards",
        columns=(
            Column("Title"),
            Column("Name", is_code=True),
            Column("Version"),
            Column("Case type"),
            Column("In force"),
        ),
        rows=rows,
    )


def inputs_table(report: Report) -> Table | None:
    """The first inputs with the beginning of their SHA-256, by which anybody can see that it is the same file."""
    if not report.inputs:
        return None
    first = f"The first {number(MOST_INPUTS)} of {number(len(report.inputs))}"
    return Table(
        caption="Inputs",
        columns=(Column("File", is_code=True), Column(f"SHA-256, first {CHECKSUM_SHOWN} characters", is_code=True)),
        rows=tuple((one.name, one.sha256[:CHECKSUM_SHOWN]) for one in report.inputs[:MOST_INPUTS]),
        note=(f"{first} are shown. " if len(report.inputs) > MOST_INPUTS else "")
        + "All of them, each with its whole checksum, are in the spreadsheet that comes with this report, on the sheet "
        "“Files”.",
    )


def reading_table(report: Report) -> Table | None:
    """Rows in = kept + left out + rejected, system by system."""
    if not report.figures.rows_read:
        return None
    headings = ("Rows in", "Kept", "Left out by the mapping", "Rejected")
    return Table(
        caption="What was read: each row in is kept, left out by the mapping, or rejected",
        columns=(
            Column("Record system"),
            Column("Files", is_number=True),
            *[Column(heading, is_number=True) for heading in headings],
        ),
        rows=tuple(_read(one) for one in report.figures.rows_read),
    )


def _read(one: RowsRead) -> tuple[str, ...]:
    counts = (one.files, one.rows_in, one.kept, one.left_out, one.rejected)
    return ("All" if one.source is None else one.source, *map(as_number, counts))
