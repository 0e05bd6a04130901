"""Pages, tables and pictures for people: takes a `Report` of plain values and tables, and knows no folder."""

from wardline.reports.children import by_child
from wardline.reports.downgrades import late_downgrades
from wardline.reports.occasions import occasions
from wardline.reports.page import report_page
from wardline.reports.report import (
    RECORD_FAULTS,
    Answer,
    CanTell,
    Confirmed,
    InputFile,
    Join,
    NotJudged,
    ReadingCount,
    ReconcileRow,
    Report,
    StandardInReport,
    SystemRecords,
    SystemSpan,
)

__all__ = [
    "RECORD_FAULTS",
    "Answer",
    "CanTell",
    "Confirmed",
    "InputFile",
    "Join",
    "NotJudged",
    "ReadingCount",
    "ReconcileRow",
    "Report",
    "StandardInReport",
    "SystemRecords",
    "SystemSpan",
    "by_child",
    "late_downgrades",
    "occasions",
    "report_page",
]
