"""A figure leads to exactly the findings that it counts, or nowhere."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from wardline.measures import Among, Between, Count, Counted, CountedTable, RowFilter
from wardline_workspace.dives.rows_behind import rows_behind

pytestmark = pytest.mark.django_db

KEY = "england/missing-children/attend 2025.2"
OCCASIONS = RowFilter(CountedTable.OCCASIONS).with_value("key", KEY)


def _nothing(request, slug):
    return HttpResponse()


urlpatterns = [
    path("dives/<slug:slug>/findings/", _nothing, name="findings"),
    path("", include("wardline_workspace.urls")),
]


@pytest.fixture
def with_findings(settings):
    settings.ROOT_URLCONF = __name__


def address(account, added, kept_dive, rows, value=3, obligations=None):
    request = RequestFactory().get("/")
    request.user = account
    return rows_behind(request, added, obligations or kept_dive.obligations)(Count(Counted.OCCASION, value, rows))


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (OCCASIONS, []),
        (OCCASIONS.with_value("outcome", "late", "missed"), [("outcome", "late"), ("outcome", "missed")]),
        (OCCASIONS.with_value("is_in_share", True), [("judged", "yes")]),
        (OCCASIONS.with_value("is_in_share", True).with_value("stands", True), [("judged", "yes")]),
        (OCCASIONS.with_value("case.district", "North"), [("district", "North")]),
        (OCCASIONS.with_value("case.from_care", None), [("care", "not-recorded")]),
        (OCCASIONS.with_value("hour", 22, 23, 0, 1, 2, 3), [("time", "night")]),
    ],
)
def test_the_address_holds_the_filter_of_the_figure(rows, asked, with_findings, account_as, added, kept_dive):
    found = urlsplit(address(account_as("force-lead"), added, kept_dive, rows))
    assert found.path == f"/dives/{added.slug}/findings/"
    assert parse_qsl(found.query) == [("obligation", "england/missing-children/attend"), *asked]


@pytest.mark.parametrize(
    "rows",
    [
        None,
        OCCASIONS.counted_by("child_id"),
        OCCASIONS.with_value("stands", True),
        OCCASIONS.with_value("hour", 4, 5),
        OCCASIONS.with_value("case.exploitation_flag", "yes"),
        OCCASIONS.where(Between("wait_in_microseconds", 0, 5)),
        RowFilter(CountedTable.RECORD_FAULTS),
    ],
)
def test_what_the_list_cannot_say_leads_nowhere(rows, with_findings, account_as, added, kept_dive):
    assert address(account_as("force-lead"), added, kept_dive, rows) == ""


def test_none_of_them_leads_nowhere(with_findings, account_as, added, kept_dive):
    assert address(account_as("force-lead"), added, kept_dive, OCCASIONS, value=0) == ""


def test_two_versions_of_one_obligation_have_one_name_and_lead_nowhere(with_findings, account_as, added, kept_dive):
    from dataclasses import replace

    attend = kept_dive.obligations[0]
    both = [attend, replace(attend, version="2026.1")]
    assert address(account_as("force-lead"), added, kept_dive, OCCASIONS, obligations=both) == ""


def test_whoever_may_not_see_cases_gets_plain_words(with_findings, account_as, added, kept_dive, browse_as):
    assert address(account_as("council-partner"), added, kept_dive, OCCASIONS) == ""


def test_without_that_room_there_is_no_link(account_as, added, kept_dive, settings):
    settings.ROOT_URLCONF = "wardline_workspace.urls"
    from django.urls import NoReverseMatch, reverse

    try:
        reverse("findings", args=["any"])
    except NoReverseMatch:
        assert address(account_as("force-lead"), added, kept_dive, OCCASIONS) == ""


def test_the_counts_of_a_page_are_links_for_whoever_may_see_cases(with_findings, browse_as, added, kept_dive):
    page = f"/dives/{added.slug}/obligations/england/missing-children/attend/2025.2/"
    text = browse_as("force-lead").get(page).content.decode()
    late = kept_dive.figures.obligations[KEY].late
    assert late
    assert "outcome=late" in text
    assert Among("outcome", ("late",)) in late.rows.conditions
