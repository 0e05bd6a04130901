"""The report and the spreadsheet of a dive, made from what it has kept: when it is made, and whenever it is asked
for.
"""

from __future__ import annotations

from functools import cached_property

from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.pages.report_contents import report_contents
from wardline.dive.pages.sheets import sheets
from wardline.dive.pages.spreadsheet import spreadsheet
from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline.reports import Report, report_page

__all__ = ["Pages"]


class Pages:
    """The report and the spreadsheet of one dive, from the same figures, which are counted once.

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
        return spreadsheet(sheets(self.dive, self._contents))

    def come_out_as_kept(self) -> bool:
        """Whether both are, byte for byte, the ones that the folder keeps."""
        try:
            kept = self.dive.report.read_bytes(), self.dive.spreadsheet.read_bytes()
        except OSError as error:
            raise OutputError(
                Problem(
                    ProblemKind.NOT_A_DIVE,
                    f"The pages of this dive cannot be read: {error.strerror}.",
                    "Copy the folder again, or make the dive again: a dive is never changed.",
                    Place(str(self.dive.folder)),
                )
            ) from None
        return kept == (self.report(), self.spreadsheet())
