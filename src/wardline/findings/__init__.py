"""What a check concludes: the findings table, the words for outcomes, and explanations."""

from wardline.findings.tables import FINDINGS, Outcome, Reason

__all__ = ["FINDINGS", "Outcome", "Reason"]
