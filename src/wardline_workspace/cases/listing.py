"""What the page of findings shows of what was chosen: counts beside choices, a summary, and one page of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from wardline.english import and_list, number
from wardline.measures import FEWEST_FOR_A_PERCENTAGE
from wardline.obligations import ResolvedObligation
from wardline.reports.wording import outcome_words, percent
from wardline_workspace.cases.choices import SORTS, Narrowing, month_in_words
from wardline_workspace.cases.chosen import Chosen
from wardline_workspace.cases.finding_index import FindingIndex
from wardline_workspace.cases.listed_findings import NOT_RECORDED
from wardline_workspace.cases.row_words import OUTCOME_TAGS, late_in_words, minutes_in_words
from wardline_workspace.trail.codes import case_code

__all__ = ["ON_A_PAGE", "Listing", "chosen_in_words", "listing"]

ON_A_PAGE = 25
FEWEST_TOLD = 10  # beside a choice in the office's workspace; fewer are not told apart
JUDGED_OUTCOMES = ("met", "late", "missed")


@dataclass(frozen=True)
class Listing:
    """One page of the findings that were chosen, and what stands around it."""

    chosen: Chosen
    found: int
    pages: int
    first: int
    rows: tuple[dict[str, Any], ...]
    questions: tuple[dict[str, Any], ...]
    chips: tuple[dict[str, str], ...]
    sorts: tuple[dict[str, Any], ...]
    summary: dict[str, Any] | None
    in_words: str

    @property
    def last(self) -> int:
        """The number of the last finding on this page."""
        return self.first + len(self.rows) - 1


def listing(index: FindingIndex, chosen: Chosen, *, slug: str, few_are_hidden: bool) -> Listing:
    """The page that was chosen; a page beyond the last one is the last."""
    counts = index.counts(chosen)
    found = index.how_many(chosen)
    pages = max(1, -(-found // ON_A_PAGE))
    chosen = chosen.on_page(min(chosen.page, pages))
    start = (chosen.page - 1) * ON_A_PAGE
    rows = index.rows(index.page(chosen, start, ON_A_PAGE))
    items = {item.full_name: item for item in index.obligations}
    return Listing(
        chosen,
        found,
        pages,
        start + 1 if found else 0,
        tuple(_row(row, items, slug) for row in rows),
        tuple(
            question
            for one in index.asked
            if (question := _question(one, counts[one.name], chosen, few_are_hidden))["choices"]
        ),
        tuple(_chips(index, chosen, slug)),
        tuple(
            {
                "name": sort,
                "words": words,
                "here": sort == chosen.sort,
                "address": address(slug, chosen.sorted_by(sort)),
            }
            for sort, words in SORTS.items()
        ),
        _summary(index, chosen, slug),
        chosen_in_words(index, chosen),
    )


def address(slug: str, chosen: Chosen) -> str:
    """Where the page of what was chosen is."""
    query = chosen.query()
    return reverse("findings", args=[slug]) + (f"?{query}" if query else "")


def chosen_in_words(index: FindingIndex, chosen: Chosen) -> str:
    """What was chosen as a sentence: `Outcome: recorded late or no record found. District: South.`"""
    said = []
    for one in index.asked:
        if values := chosen.of(one.name):
            said.append(f"{one.title}: {' or '.join(one.words(value) for value in values)}.")
    if chosen.case is not None:
        said.append("One case.")
    return " ".join(said) or "All findings."


def _row(row: dict[str, Any], items: Mapping[str, ResolvedObligation], slug: str) -> dict[str, Any]:
    item = items.get(row["obligation"])
    words = {o.value: text for o, text in outcome_words(item.obligation).items()} if item else {}
    outcome = row["outcome"]
    return row | {
        "code": case_code(slug, row["case_id"]),
        "title": item.obligation.title if item else row["obligation"],
        "month_words": month_in_words(row["month"]) if row.get("month") else "",
        "outcome_words": words.get(outcome, outcome),
        "tag": OUTCOME_TAGS.get(outcome, "quiet"),
        "late": late_in_words(row["late_by"], row["late_days"]),
        "wait_words": minutes_in_words(row["wait"]),
        "written_words": minutes_in_words(row["written_after"]),
    }


def _question(one: Narrowing, counts: Mapping[str, int], chosen: Chosen, few_are_hidden: bool) -> dict[str, Any]:
    picked = set(chosen.of(one.name))

    def told(many: int) -> str:
        return f"under {FEWEST_TOLD}" if few_are_hidden and 0 < many < FEWEST_TOLD else number(many)

    choices = [
        {"value": value, "words": words, "many": told(counts[value]), "picked": value in picked}
        for value, words in one.choices
        if counts[value] or value in picked or (not one.is_listed and one.name != "reason" and value != NOT_RECORDED)
    ]
    return {"name": one.name, "title": one.title, "is_listed": one.is_listed, "choices": choices}


def _chips(index: FindingIndex, chosen: Chosen, slug: str) -> Iterator[dict[str, str]]:
    for one in index.asked:
        for value in chosen.of(one.name):
            yield {
                "words": one.words(value),
                "title": one.title,
                "remove": address(slug, chosen.without(one.name, value)),
            }
    if chosen.case is not None:
        yield {"words": "One case", "title": "Case", "remove": address(slug, chosen.without("case"))}


def _summary(index: FindingIndex, chosen: Chosen, slug: str) -> dict[str, Any] | None:
    """By district; and for one obligation how many of those owed that can be judged have a chosen outcome.

    A share over several obligations would say nothing, so none is given then.
    """
    names = {one.name: one for one in index.asked}
    if "district" not in names or chosen.case is not None:
        return None
    picked = chosen.without("district")
    found = index.counts(chosen)["district"]
    wanted = [one for one in chosen.of("outcome") if one in JUDGED_OUTCOMES]
    has_share = len(chosen.of("obligation")) == 1 and wanted and "judged" in names
    judged: dict[str, int] = {}
    of_these: dict[str, int] = {}
    if has_share:
        whole = picked.without("outcome").without("reason").with_value("judged", "yes")
        judged = index.counts(whole)["district"]
        of_these = index.counts(whole.with_value("outcome", *wanted))["district"]
    shown = [
        (value, words)
        for value, words in names["district"].choices
        if (found[value] or judged.get(value)) and (not chosen.of("district") or value in chosen.of("district"))
    ]
    words = {o.value: text for o, text in _words_of(index, chosen).items()}
    return {
        "has_share": bool(has_share),
        "heading": and_list([words.get(one, one).lower() for one in wanted]).replace(" and ", ", or ")
        if wanted
        else "",
        "rows": [
            {
                "words": text,
                "address": address(slug, picked.with_value("district", value)),
                "found": found[value],
                "judged": judged.get(value, 0),
                "of_these": of_these.get(value, 0),
                "share": _share(of_these.get(value, 0), judged.get(value, 0)),
            }
            for value, text in shown
        ],
        "total": {
            "found": sum(found[value] for value, _ in shown),
            "judged": (all_judged := sum(judged.get(value, 0) for value, _ in shown)),
            "of_these": (all_these := sum(of_these.get(value, 0) for value, _ in shown)),
            "share": _share(all_these, all_judged),
        },
    }


def _words_of(index: FindingIndex, chosen: Chosen) -> Mapping[Any, str]:
    named = chosen.of("obligation")
    found = [item for item in index.obligations if item.full_name in named]
    return outcome_words(found[0].obligation) if found else {}


def _share(part: int, whole: int) -> str:
    if whole < FEWEST_FOR_A_PERCENTAGE:
        return "too few"
    return percent(part / whole, part_is_none=not part, part_is_all=part == whole)
