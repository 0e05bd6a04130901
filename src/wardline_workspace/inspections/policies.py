"""When something of an inspection can be written down or taken back, as a sentence that says why not."""

from __future__ import annotations

from datetime import date

from wardline_workspace.inspections.kinds import Happened
from wardline_workspace.inspections.models import Inspection, Recommendation, RecordedEvent

__all__ = ["why_not_answer", "why_not_published", "why_not_record", "why_not_take_back"]


def why_not_published(published_on: date, *, today: date) -> str | None:
    """Why a report cannot have been published on that day."""
    return (
        f"{_day(published_on)} has not come yet. Enter it once the report is published"
        if published_on > today
        else None
    )


def why_not_record(
    inspection: Inspection, what: Happened, on: date, assurance: str, *, today: date
) -> tuple[str, str] | None:
    """The field, and why it cannot have happened so."""
    if on > today:
        return "on", f"{_day(on)} has not come yet. Enter it once it has happened"
    if on < inspection.published_on:
        return "on", f"The report was published on {_day(inspection.published_on)}, and this cannot have come before it"
    if what is Happened.SCRUTINY_DECISION and not assurance:
        return "assurance", "Choose how far the meeting was assured"
    if what is not Happened.SCRUTINY_DECISION and assurance:
        return "assurance", "Only a decision of a scrutiny meeting says how far it is assured. Choose none here"
    if what is Happened.NO_RECOMMENDATIONS and inspection.recommendations.exists():
        return "what", "Recommendations of this report are written down here. Look at them first"
    return None


def why_not_answer(recommendation: Recommendation, published_on: date | None, *, today: date) -> str | None:
    """Why an answer cannot have been published on that day."""
    if published_on is None:
        return None
    if published_on > today:
        return f"{_day(published_on)} has not come yet. Enter it once the answer is published"
    if published_on < recommendation.inspection.published_on:
        return "The report came later than that. An answer cannot have come before it"
    return None


def why_not_take_back(event: RecordedEvent) -> str | None:
    """Why an entry cannot be taken back."""
    return "This entry was taken back already." if event.taken_back_at else None


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
