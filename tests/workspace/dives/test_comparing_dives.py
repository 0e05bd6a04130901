"""Two dives beside each other on a page: what the library finds, or why they cannot be compared."""

from __future__ import annotations

import html
import re

import pytest

from wardline.dive import compare_dives, open_dive
from wardline.reports.dives_compared_on_page import dives_compared_on_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(added, two_dives):
    from wardline_workspace.dives.actions import add_dive

    return add_dive(two_dives[0], by="test"), added


def compared(browser, first, second, *left_out):
    query = {"first": first.slug, "second": second.slug, "leave_out": left_out}
    answer = browser.get("/dives/compare/", query)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_each_obligation_stands_with_what_both_found(browse_as, both, two_dives):
    text = compared(browse_as("force-lead"), *both)
    found = dives_compared_on_page(compare_dives(*map(open_dive, two_dives)))
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))
    assert found.obligations is not None
    for row in found.obligations.rows:
        assert f"{row[0]} {row[1]} {row[2]}" in plain
    for sentence in (*found.how_tested, *found.in_both, found.caution):
        assert sentence in plain
    for difference in found.differences.rows if found.differences else ():
        assert difference[-1] in plain


def test_the_later_one_first_is_refused_in_words(browse_as, both):
    text = compared(browse_as("force-lead"), *reversed(both))
    assert "The first dive looks from a later instant than the second" in text
    assert "These two cannot be set beside each other" in text
    assert "--leave-out" not in text


def test_a_name_that_neither_has_is_refused_in_words(browse_as, both):
    text = compared(browse_as("force-lead"), *both, "england/no-such")
    assert "Neither dive has an obligation or a standard called <code>england/no-such</code>" in text


def test_what_is_typed_into_the_address_is_shown_as_text(browse_as, both):
    text = browse_as("force-lead").get(
        "/dives/compare/", {"first": both[0].slug, "second": both[1].slug, "leave_out": "<script>alert(1)</script>"}
    )
    assert "<script>alert" not in text.content.decode()


def test_an_obligation_can_be_left_out(browse_as, both):
    text = compared(browse_as("force-lead"), *both, "england/missing-children/attend")
    assert "Left out because you asked for it: england/missing-children/attend." in text


def test_one_dive_with_itself_is_a_mistake_in_the_form(browse_as, both):
    text = compared(browse_as("force-lead"), both[0], both[0])
    assert text.count("Choose two different dives") == 2  # in the summary and beside the field


def test_a_dive_that_is_not_there_is_a_mistake_in_the_form(browse_as, both):
    text = browse_as("force-lead").get("/dives/compare/", {"first": "no-such", "second": both[1].slug}).content.decode()
    assert text.count("Choose a dive from the list") == 2


def test_the_page_asks_for_two_dives_where_none_is_named(browse_as, both):
    text = browse_as("force-lead").get("/dives/compare/").content.decode()
    assert "Compare two dives" in text
    assert "There is a problem" not in text
