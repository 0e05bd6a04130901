"""Pages, tables and pictures for people: takes a `Report` of plain values and tables, and knows no folder."""

from wardline.reports.page import report_page
from wardline.reports.report import (
    RECORD_FAULTS,
    Answer,
    CanTell,
    Confirmed,
    InputFile,
    NotJudged,
    ReadingCount,
    ReconcileRow,
    Report,
    StandardInReport,
    SystemRecords,
)

__all__ = [
    "RECORD_FAULTS",
    "Answer",
    "CanTell",
    "Confirmed",
    "InputFile",
    "NotJudged",
    "ReadingCount",
    "ReconcileRow",
    "Report",
    "StandardInReport",
    "SystemRecords",
    "report_page",
]
