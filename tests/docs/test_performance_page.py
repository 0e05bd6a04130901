"""The page of what was measured is written part by part, and a part that was not measured stays as it is."""

from __future__ import annotations

from tests.performance.figures import HEADINGS, Figure, page_with, table_of

FIGURES = [Figure("Time", "3 s", "under 5 s", True), Figure("Most memory held", "9 GB", "under 4 GB", False)]


def test_a_part_that_was_not_measured_stays():
    page = page_with(page_with("", "checking", "old figures"), "simulating", "figures of a force")
    assert "old figures" in page and "figures of a force" in page
    again = page_with(page, "checking", "new figures")
    assert "old figures" not in again and "new figures" in again and "figures of a force" in again


def test_writing_the_same_again_changes_nothing():
    page = page_with(page_with("", "simulating", "b"), "checking", "a")
    assert page_with(page, "checking", "a") == page
    assert page.index(HEADINGS["checking"]) < page.index(HEADINGS["simulating"])


def test_the_table_says_what_was_not_reached():
    last = table_of(FIGURES).splitlines()[-1]
    assert [cell.strip() for cell in last.strip("|").split("|")] == ["Most memory held", "9 GB", "under 4 GB", "no"]
