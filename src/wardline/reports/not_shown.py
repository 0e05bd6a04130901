"""What the page does not show, said on the first page and not in small print."""

from __future__ import annotations

from wardline.obligations import Standing
from wardline.reports.occasions import Counts
from wardline.reports.report import Report
from wardline.reports.words import count

__all__ = ["LEADERSHIP", "left_to_an_audit", "what_is_not_shown"]

LEADERSHIP = "Leadership, and much of working with partners, cannot be judged from records."
ON_PAGE_ONE = 2  # of what the standards leave to an audit; the rest stands in the method


def what_is_not_shown(report: Report, headline: Counts | None) -> list[str]:
    """The sentences; `headline` are the counts of the obligation that the headline speaks of, where there is one."""
    said = ["Recorded in time says nothing of quality: how well it was done, or how the child was spoken to.", LEADERSHIP,
            "No record found does not mean that nothing was done, and a record does not prove that it was."]
    if headline is not None and headline.exempt:
        many = count(headline.exempt, "occasion", "occasions")
        said.append(f"{many} turned out not to be owed, and {'is' if headline.exempt == 1 else 'are'} counted in no share.")
    waiting = sum(item.standing is Standing.ASSUMED for item in report.obligations)
    if waiting:
        said.append(f"{count(waiting, 'obligation rests', 'obligations rest')} on a limit that is assumed and not confirmed "
                    "by the force: only waits are shown, further on.")
    said += left_to_an_audit(report)[:ON_PAGE_ONE]
    return said


def left_to_an_audit(report: Report) -> list[str]:
    """What the standards say that no record shows, as sentences."""
    texts = dict.fromkeys(text for standard in report.standards for text in standard.not_judged_from_records)
    return [_sentence(text) for text in texts]


def _sentence(text: str) -> str:
    plain = " ".join(text.split())
    return (plain[:1].upper() + plain[1:]).rstrip(".") + "."
