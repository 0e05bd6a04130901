"""A deep dive put together: read, see what can be told, check, report, and write the dive folder."""

from wardline.dive.coverage import Coverage, coverage, coverage_in_words
from wardline.dive.data_request import DataRequest, data_request, write_data_request
from wardline.dive.dive_file import Dive, read_dive
from wardline.dive.downgrades import read_downgrades
from wardline.dive.drafting import DraftedMapping, start_mapping, write_draft
from wardline.dive.explaining import explain
from wardline.dive.running import DiveResult, Progress, run_dive
from wardline.dive.summary import summary_in_words
from wardline.dive.what_if import WhatIf, what_if
from wardline.dive.what_if_in_words import what_if_in_words

__all__ = [
    "Coverage",
    "DataRequest",
    "Dive",
    "DiveResult",
    "DraftedMapping",
    "Progress",
    "WhatIf",
    "coverage",
    "coverage_in_words",
    "data_request",
    "explain",
    "read_dive",
    "read_downgrades",
    "run_dive",
    "start_mapping",
    "summary_in_words",
    "what_if",
    "what_if_in_words",
    "write_data_request",
    "write_draft",
]
