"""Pages, tables and pictures for people: takes a `Report` of plain values, counts nothing, and knows no folder."""

from wardline.reports.page import report_page
from wardline.reports.report import Answer, CanTell, Confirmed, InputFile, Report, StandardInReport, SystemRecords

__all__ = ["Answer", "CanTell", "Confirmed", "InputFile", "Report", "StandardInReport", "SystemRecords", "report_page"]
