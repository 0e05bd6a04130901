"""What the first four pages show: a report of their own, for whoever reads no further."""

from __future__ import annotations

from typing import Any

from wardline.measures import MOST_QUESTIONS
from wardline.reports.areas_in_words import areas_table
from wardline.reports.attention import attention_in_words
from wardline.reports.by_obligation import first_in_full
from wardline.reports.can_tell_in_short import can_tell_in_short
from wardline.reports.case_in_words import cases_in_words
from wardline.reports.getting_better import better
from wardline.reports.headline import headlines
from wardline.reports.questions import questions_in_words
from wardline.reports.record_tables import difference_in_words
from wardline.reports.report import Report
from wardline.reports.small_chart import KEY_IN_WORDS
from wardline.reports.sources import limits_by_basis, sources_in_short, what_is_not_shown
from wardline.reports.standards_at_a_glance import (
    all_in_a_sentence,
    asked_at_a_glance,
    other_standards,
    without_a_figure,
)
from wardline.reports.step_picture import KEY
from wardline.reports.today_in_words import list_for_today

__all__ = ["first_pages"]

MOST_CASES_TOLD = 4  # on the second page, so that they fit on a sheet


def first_pages(report: Report) -> dict[str, Any]:
    """What their templates show, by name."""
    spoken = headlines(report)
    return {
        # Page one: the answer
        "headlines": spoken,
        "large_differences": [difference_in_words(one) for one in report.figures.published if one.is_large],
        "today": list_for_today(report),
        "areas": areas_table(report),
        "key_in_words": KEY_IN_WORDS,
        "attention": attention_in_words(report.figures.attention),
        "attention_is_of_an_obligation": report.figures.attention is not None,
        "questions": questions_in_words(report),
        "most_questions": MOST_QUESTIONS,
        "not_shown": what_is_not_shown(report),
        # Page two: is it getting better
        **better(report),
        # Page three: a case, and how long it took
        "cases_told": cases_in_words(report)[:MOST_CASES_TOLD],
        "key_of_lines": KEY,
        "waited": first_in_full(report),
        # Page four: the other standards, and how far to rely on it
        "all_standards": all_in_a_sentence(report),
        "other_standards": other_standards(report, spoken),
        "without_a_figure": without_a_figure(report, spoken),
        "can_tell_in_short": can_tell_in_short(report),
        "asked_at_a_glance": asked_at_a_glance(report),
        "limits_by_basis": limits_by_basis(report),
        "sources_in_short": sources_in_short(report),
    }
