"""Pages, tables and pictures for people: takes a `Report` of plain values, counts nothing, and knows no folder."""

from wardline.reports.page import report_page
from wardline.reports.report import Confirmed, InputFile, Report, StandardInReport

__all__ = ["Confirmed", "InputFile", "Report", "StandardInReport", "report_page"]
