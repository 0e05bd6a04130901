"""The page: one HTML file without script, address or name, the same bytes for the same report."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from wardline.measures import FEWEST_FOR_A_PERCENTAGE, MOST_DIFFERENCE
from wardline.reports.areas_in_words import RULE_OF_AREAS
from wardline.reports.attention import RULE as ATTENTION_RULE
from wardline.reports.by_obligation import obligations_by_standard
from wardline.reports.case_in_words import RULE_OF_CASES
from wardline.reports.children_to_open import ORDER, children_to_open_first
from wardline.reports.first_pages import first_pages
from wardline.reports.getting_better import HOW_CHARTED
from wardline.reports.groups_in_words import HOW_FUNNELS_ARE_DRAWN, groups_in_words
from wardline.reports.page_tables import inputs_table, reading_table, standards_table
from wardline.reports.questions import HOW_COMPARED, RULES
from wardline.reports.record_tables import faults_table, not_judged_table, reconcile_table, rejects_table
from wardline.reports.report import Report
from wardline.reports.sources import LEADERSHIP, basis_table, left_to_an_audit
from wardline.reports.telling import (
    can_tell_in_a_sentence,
    can_tell_table,
    cannot_tell_table,
    joins_table,
    last_value_only,
    systems_table,
)
from wardline.reports.wording import MADE_UP_SENTENCE, duration, instant_in_words, period_in_words
from wardline.time_limits import Calendar

__all__ = ["how_counted", "rendered", "report_page"]

MOST_REMARKS = 15  # in the appendix; all of them are in the spreadsheet


def report_page(report: Report) -> str:
    """The page of a report, as HTML."""
    return rendered("page.html", **_shown(report))


def how_counted(report: Report) -> str:
    """The method of a report, as HTML: what the words mean, how it was counted, by which rules things were chosen."""
    return rendered("how_counted.html", **_method(report))


def rendered(template: str, **shown: Any) -> str:
    """A page from one of our templates, with what it shows by name."""
    return _templates().get_template(template).render(shown) + "\n"


@cache
def _templates() -> Environment:
    # Everything is escaped but what is already Markup: our own pictures and links.
    return Environment(
        loader=PackageLoader("wardline.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(report: Report) -> dict[str, Any]:
    """What the templates show, by name."""
    return {
        "heading": report.question or report.title,
        "made_up": MADE_UP_SENTENCE,
        "period": period_in_words(report.period) if report.period else "everything in the records",
        **first_pages(report),
        **_records(report),
        "parts": obligations_by_standard(report),
        "groups_beside": groups_in_words(report),
        "how_funnels_are_drawn": HOW_FUNNELS_ARE_DRAWN,
        "children": children_to_open_first(report),
        "order_of_children": ORDER,
        **_method(report),
        "standards": standards_table(report),
        "basis": basis_table(report),
        "inputs": inputs_table(report),
        "remarks": report.remarks[:MOST_REMARKS],
        "more_remarks": len(report.remarks) > MOST_REMARKS,
    }


def _method(report: Report) -> dict[str, Any]:
    """What the method names: what was asked, and the rules by which things were counted and chosen."""
    return {
        "report": report,
        "as_at": instant_in_words(report.as_at, Calendar(report.zone)),
        "how_charted": HOW_CHARTED,
        "rule_of_areas": RULE_OF_AREAS,
        "rule_of_cases": RULE_OF_CASES,
        "rule_of_attention": ATTENTION_RULE,
        "how_compared": HOW_COMPARED,
        "rules_of_questions": RULES,
        "most_difference": MOST_DIFFERENCE,
        "fewest_for_a_percentage": FEWEST_FOR_A_PERCENTAGE,
        "written_up_later_after": duration(report.written_up_later_after),
        "outcomes": _outcomes_in_words(),
        "left_to_an_audit": left_to_an_audit(report),
        "leadership": LEADERSHIP,
    }


def _records(report: Report) -> dict[str, Any]:
    return {
        "can_tell": can_tell_table(report),
        "can_tell_sentence": can_tell_in_a_sentence(report),
        "systems": systems_table(report),
        "joins": joins_table(report),
        "reconcile": reconcile_table(report),
        "cannot_tell": cannot_tell_table(report),
        "not_judged": not_judged_table(report),
        "reading": reading_table(report),
        "rejects": rejects_table(report),
        "faults": faults_table(report),
        "last_value_only": last_value_only(report),
    }


def _outcomes_in_words() -> list[tuple[str, str]]:
    """Each outcome in the words people read, with what it means."""
    return [
        (
            "Recorded in time",
            "a record says that it happened by the deadline. It says nothing about how well it was done.",
        ),
        ("Recorded late", "a record says that it happened, after the deadline."),
        ("No record found", "the deadline has passed and none of the systems that could have a record has one."),
        ("Not yet due", "the deadline is after the day from which we look."),
        ("Not owed", "something happened first that made it not owed."),
        ("Cannot tell", "the records do not let us say. The reasons are listed."),
    ]
