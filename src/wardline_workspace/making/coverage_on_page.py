"""“Can we tell?” as values for a page: each obligation with its answer and why, each system, each file's rows."""

from __future__ import annotations

from dataclasses import dataclass

from wardline.measures import Answer
from wardline.reports.can_be_told_in_words import reasons_in_words
from wardline.reports.coverage_in_words import ANSWERS, Coverage, facts_of_system, published_in_words
from wardline.time_limits import Calendar

__all__ = ["CoverageOnPage", "coverage_on_page"]

TAGS = {Answer.YES: "met", Answer.IN_PART: "late", Answer.NO: "missed"}


@dataclass(frozen=True)
class CoverageOnPage:
    """What a page shows of a coverage."""

    counts: tuple[tuple[str, int], ...]
    obligations: tuple[tuple[str, str, str, str, tuple[str, ...]], ...]  # full name, title, answer, tag, reasons
    systems: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[tuple[str, str, int, int, int, int], ...]
    remarks: tuple[str, ...]
    published: tuple[str, ...]


def coverage_on_page(found: Coverage) -> CoverageOnPage:
    """The values of a coverage as a page shows them."""
    calendar = Calendar(found.zone)
    titles = {one.source: one.title for one in found.systems if one.title}
    answers = [one.answer for one in found.can_tell]
    return CoverageOnPage(
        counts=tuple((ANSWERS[answer], answers.count(answer)) for answer in ANSWERS),
        obligations=tuple(
            (name, title, ANSWERS[one.answer], TAGS[one.answer], tuple(reasons_in_words(one, titles, calendar)))
            for (name, title), one in zip(found.obligations, found.can_tell, strict=True)
        ),
        systems=tuple(
            (one.title or one.source, tuple(facts_of_system(one, found.held, calendar))) for one in found.systems
        ),
        rows=tuple((one.source, one.file, one.rows_in, one.kept, one.left_out, one.rejected) for one in found.reading),
        remarks=found.remarks,
        published=tuple(line.strip() for line in published_in_words(found.published)),
    )
