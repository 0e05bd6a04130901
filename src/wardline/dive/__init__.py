"""A deep dive put together: read, see what can be told, check, report, and write the dive folder."""

from wardline.dive.beforehand.data_request import DataRequest, data_request, write_data_request
from wardline.dive.beforehand.draft_with_standards import start_mapping, write_draft
from wardline.dive.counted.coverage import coverage
from wardline.dive.described.dive_file import Dive, read_dive
from wardline.dive.kept.kept_dive import KeptDive, open_dive
from wardline.dive.making.running import Progress, run_dive
from wardline.dive.pages.report_and_spreadsheet import Pages
from wardline.dive.pages.report_contents import report_contents
from wardline.dive.questions.case_opened import CaseOpened, EventOfCase, ExplainedFinding, open_case
from wardline.dive.questions.claims_tested import answers_to_file, figures_of_claims, what_would_count_in
from wardline.dive.questions.explaining import explain
from wardline.dive.questions.two_dives import compare_dives, open_two_dives
from wardline.dive.questions.what_if import what_if

__all__ = [
    "CaseOpened",
    "DataRequest",
    "Dive",
    "EventOfCase",
    "ExplainedFinding",
    "KeptDive",
    "Pages",
    "Progress",
    "answers_to_file",
    "compare_dives",
    "coverage",
    "data_request",
    "explain",
    "figures_of_claims",
    "open_case",
    "open_dive",
    "open_two_dives",
    "read_dive",
    "report_contents",
    "run_dive",
    "start_mapping",
    "what_if",
    "what_would_count_in",
    "write_data_request",
    "write_draft",
]
