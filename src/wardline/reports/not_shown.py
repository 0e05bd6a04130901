"""What the page does not show, said on the first page and not in small print."""

from __future__ import annotations

from wardline.obligations import Standing
from wardline.reports.report import Report
from wardline.reports.words import number

__all__ = ["LEADERSHIP", "left_to_an_audit", "what_is_not_shown"]

LEADERSHIP = "Leadership, and much of working with partners, cannot be judged from records."
ON_PAGE_ONE = 2  # of what the standards leave to an audit; the rest stands in the method


def what_is_not_shown(report: Report) -> list[str]:
    """The sentences, the most general first."""
    said = ["Recorded in time says nothing of quality: how well it was done, or how anybody was spoken to.", LEADERSHIP,
            "No record found does not mean that nothing was done, and a record does not prove that it was."]
    waiting = sum(item.standing is Standing.ASSUMED for item in report.obligations)
    if waiting:
        said.append("One obligation is assumed, and the force has not confirmed it: of it only waits are shown, further on."
                    if waiting == 1 else f"{number(waiting)} obligations are assumed, and the force has not confirmed them: "
                    "of these only waits are shown, further on.")
    audit = _left_to_an_audit(report)
    if audit:
        more = "; and more, in the method" if len(audit) > ON_PAGE_ONE else ""
        said.append(f"An audit must read for: {'; '.join(audit[:ON_PAGE_ONE])}{more}.")
    return said


def left_to_an_audit(report: Report) -> list[str]:
    """What the standards say that no record shows, as sentences."""
    return [f"{text[:1].upper()}{text[1:]}." for text in _left_to_an_audit(report)]


def _left_to_an_audit(report: Report) -> list[str]:
    texts = (text for standard in report.standards for text in standard.not_judged_from_records)
    return list(dict.fromkeys(" ".join(text.split()).rstrip(".") for text in texts))
