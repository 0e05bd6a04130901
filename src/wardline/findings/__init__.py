"""What a check concludes: the findings table, the words for outcomes, and explanations."""

from wardline.findings.explanations import explain_finding
from wardline.findings.tables import FINDINGS, Outcome, Reason
from wardline.findings.words import OUTCOME_WORDS, REASON_WORDS, outcome_words

__all__ = ["FINDINGS", "OUTCOME_WORDS", "REASON_WORDS", "Outcome", "Reason", "explain_finding", "outcome_words"]
