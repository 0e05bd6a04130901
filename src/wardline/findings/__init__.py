"""What a check concludes: the findings table, the words for outcomes, and explanations; which records it is about."""

from wardline.findings.dates import Period, days_judged, is_in_dates, occasion_time
from wardline.findings.explanations import explain_finding
from wardline.findings.findings_table import FINDINGS, OCCASION, Outcome, Reason, full_name_column, is_of, key_column
from wardline.findings.matching import fits, fits_but_for_empty, matches, matches_but_for_empty
from wardline.findings.words import OUTCOME_WORDS, REASON_WORDS, outcome_words, words_of_kind

__all__ = [
    "FINDINGS",
    "OCCASION",
    "OUTCOME_WORDS",
    "REASON_WORDS",
    "Outcome",
    "Period",
    "Reason",
    "days_judged",
    "explain_finding",
    "fits",
    "fits_but_for_empty",
    "full_name_column",
    "is_in_dates",
    "is_of",
    "key_column",
    "matches",
    "matches_but_for_empty",
    "occasion_time",
    "outcome_words",
    "words_of_kind",
]
