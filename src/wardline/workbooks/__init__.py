"""Workbooks of spreadsheet programs to sheets of text: what each cell holds, and what is seen of it."""

from wardline.workbooks.cells_of_sheets import NOT_CALCULATED, SheetCells, WorkbookSheet
from wardline.workbooks.tables_in_sheets import header_of, sheets_of, with_merged
from wardline.workbooks.workbook_parts import CannotBeRead

__all__ = ["NOT_CALCULATED", "CannotBeRead", "SheetCells", "WorkbookSheet", "header_of", "sheets_of", "with_merged"]
