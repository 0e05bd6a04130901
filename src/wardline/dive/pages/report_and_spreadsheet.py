"""The report and the spreadsheets of a dive, made from what it has kept: when it is made, and whenever it is asked
for.
"""

from __future__ import annotations

from functools import cached_property

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.pages.excel_workbook import as_office_open
from wardline.dive.pages.open_document_spreadsheet import as_open_document
from wardline.dive.pages.report_contents import report_contents
from wardline.dive.pages.sheets import book
from wardline.dive.pages.spreadsheet import Book
from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline.reports import Report, report_page
from wardline.threads import in_turn

__all__ = ["Pages"]


class Pages:
    """The report and the spreadsheets of one dive, from the same figures, which are counted once.

    The same dive gives the same bytes, with the same version of Wardline and of the libraries that its manifest names.
    """

    def __init__(self, dive: KeptDive) -> None:
        self.dive = dive

    @cached_property
    def _contents(self) -> Report:
        return report_contents(self.dive)

    def report(self) -> bytes:
        """The report: one HTML file in UTF-8. Raises OutputError where a table of the dive cannot be read."""
        return report_page(self._contents).encode()

    def spreadsheet(self) -> bytes:
        """The tables, as an OpenDocument spreadsheet. Raises OutputError where a table of the dive cannot be read."""
        return as_open_document(self._book)

    def excel_spreadsheet(self) -> bytes:
        """The same tables as Excel opens them. Raises OutputError where a table of the dive cannot be read."""
        return as_office_open(self._book)

    def spreadsheets(self) -> tuple[bytes, bytes]:
        """Both, OpenDocument first, made beside each other."""
        book = self._book
        open_document, office_open = in_turn(lambda write: write(book), (as_open_document, as_office_open))
        return open_document, office_open

    @cached_property
    def _book(self) -> Book:
        return book(self.dive, self._contents)

    def come_out_as_kept(self) -> bool:
        """Whether all are, byte for byte, the ones that the folder keeps. A dive that was made before there was a
        spreadsheet for Excel has none."""
        excel = self.dive.excel_spreadsheet
        has_excel = any(one.name == excel.name for one in self.dive.manifest.outputs)
        try:
            kept = [self.dive.report.read_bytes(), self.dive.spreadsheet.read_bytes()]
            kept += [excel.read_bytes()] if has_excel else []
        except OSError as error:
            raise OutputError(
                Problem(
                    ProblemKind.NOT_A_DIVE,
                    f"The pages of this dive cannot be read: {error.strerror}.",
                    "Copy the folder again, or make the dive again: a dive is never changed.",
                    Place(str(self.dive.folder)),
                )
            ) from None
        return kept == [self.report(), *(self.spreadsheets() if has_excel else (self.spreadsheet(),))]
