"""Each page of a dive, for each role that may open it: there, with the library's own figures, and without a child."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from tests.workspace.dives.pages_of_the_dive import ASSUMED, COUNCILS, MEASURE, OBLIGATION, PAGES, STANDARD
from wardline.reports.figures_in_words import as_number, as_percent
from wardline_workspace.deployment.described import Place
from wardline_workspace.roles import ROLES, Permission, role_named

pytestmark = pytest.mark.django_db

SEE_FIGURES = [role.name for role in ROLES if role.place == "force" and Permission.SEE_FIGURES in role.may]
SEE_NONE = [
    role.name
    for role in ROLES
    if role.place == "force" and not role.may & {Permission.SEE_FIGURES, Permission.SEE_OWN_DUTIES}
]
OF_THE_OFFICE = [role.name for role in ROLES if role.place == "office" and Permission.SEE_FIGURES in role.may]


def shown(browser, added, page):
    answer = browser.get(f"/dives/{added.slug}/{page}")
    assert answer.status_code == 200, page
    return html.unescape(answer.content.decode())


def heading(text):
    return re.sub(r"\s+", " ", re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)[1]).strip()


def titles(kept_dive):
    named = {f"{item.full_name}/{item.version}": item.obligation.title for item in kept_dive.obligations}
    measures = {one.measure.name: one.measure.title for one in kept_dive.figures.over_time.measures}
    return {f"obligations/{name}/": title for name, title in named.items()} | {
        f"measures/{name}/": title for name, title in measures.items()
    }


@pytest.mark.parametrize("role", SEE_FIGURES)
def test_each_page_is_there_with_its_own_heading(role, browse_as, added, kept_dive):
    browser = browse_as(role)
    of_things = titles(kept_dive)
    for page, title in PAGES.items():
        assert heading(shown(browser, added, page)) == (title or of_things[page]), page


@pytest.mark.parametrize("role", SEE_NONE)
def test_who_may_see_no_figure_opens_none(role, browse_as, added):
    browser = browse_as(role)
    for page in PAGES:
        assert browser.get(f"/dives/{added.slug}/{page}").status_code == 403, page


@pytest.mark.parametrize("role", OF_THE_OFFICE)
def test_the_office_sees_the_figures_and_no_way_into_cases_without_the_permission(
    role, browse_as, added, settings, deployment
):
    settings.DEPLOYMENT = replace(deployment, place=Place.OFFICE, body=deployment.office)
    browser = browse_as(role)
    for page in PAGES:
        text = shown(browser, added, page)
        if Permission.SEE_CASES not in role_named(role).may:
            assert "/findings" not in text, page


# THE FIGURES ARE THE LIBRARY'S


def test_the_first_page_has_the_headline_of_the_library(browse_as, added, kept_dive):
    text = shown(browse_as("force-lead"), added, "")
    spoken = kept_dive.figures.headlines[0]
    assert f"<b>{as_number(spoken.outcomes.met)} of the {as_number(spoken.outcomes.judged)}</b>" in text
    assert f"<b>{as_percent(spoken.share)}</b>" in text


def test_an_obligation_has_its_outcomes_and_share(browse_as, added, kept_dive):
    text = shown(browse_as("force-lead"), added, f"obligations/{OBLIGATION}/")
    outcomes = kept_dive.figures.obligations["england/missing-children/attend 2025.2"]
    assert f"recorded in time: {as_number(outcomes.met)} of {as_number(outcomes.judged)}" in text
    for words, count in (
        ("Recorded in time", outcomes.met),
        ("Recorded late", outcomes.late),
        ("No record found", outcomes.missed),
        ("Not owed", outcomes.exempt),
        ("Cannot tell", outcomes.cannot_tell),
        ("All occasions", outcomes.occasions),
    ):
        assert re.search(rf"{words}(?:<[^>]*>|\s)*<td[^>]*>(?:<[^>]*>|\s)*{as_number(count)}\b", text), words


def test_every_obligation_that_may_be_counted_is_listed_with_its_share(browse_as, added, kept_dive):
    text = shown(browse_as("force-lead"), added, "obligations/")
    for standard in kept_dive.figures.standards:
        for one in standard.found:
            assert one.item.obligation.title in text
            if one.outcomes.judged:
                assert f"{as_number(one.outcomes.met)} of {as_number(one.outcomes.judged)}" in text


def test_an_assumed_obligation_has_no_share(browse_as, added):
    text = shown(browse_as("force-lead"), added, f"obligations/{ASSUMED}/")
    assert "only its waits are shown, and no share" in text
    assert "outcome-bar" not in text


def test_children_are_as_many_as_the_findings_name(browse_as, added, kept_dive):
    text = shown(browse_as("force-lead"), added, "children/")
    children = kept_dive.findings.select("child_id").drop_nulls().unique().collect().height
    assert f"<b>{children}</b>children in" in text


def test_record_faults_are_counted_as_the_library_counts_them(browse_as, added, kept_dive):
    text = shown(browse_as("force-lead"), added, "records/")
    found = kept_dive.figures.record_faults
    assert found.whole
    assert f"Record faults: {as_number(found.whole)}" in text


def test_a_measure_has_the_figures_of_its_chart(browse_as, added, kept_dive):
    text = shown(browse_as("force-lead"), added, f"measures/{MEASURE}/")
    chart = next(one.chart for one in kept_dive.figures.over_time.measures if one.measure.name == MEASURE)
    points = [point for point in chart.series.points if point.denominator]
    assert points
    for point in points:
        assert f"{point.numerator:,.0f} of {point.denominator:,.0f}" in text


def test_its_figures_can_be_taken_as_a_file_by_whoever_may_export(browse_as, added):
    address = f"/dives/{added.slug}/measures/{MEASURE}/figures.csv"
    answer = browse_as("force-lead").get(address)
    assert answer.status_code == 200
    lines = answer.content.decode().splitlines()
    assert lines[0].startswith("first day,value,numerator,denominator")
    assert all(line.endswith("made-up data") for line in lines[1:])
    assert browse_as("fact-checker").get(address).status_code == 403
    assert "figures.csv" not in shown(browse_as("fact-checker"), added, f"measures/{MEASURE}/")


def test_what_a_dive_lacks_is_left_out_and_said(browse_as, added):
    text = shown(browse_as("force-lead"), added, "")
    assert "Not in this dive" in text
    assert "Claims: the dive file names none." in text
    assert "Overlaps and network: person records are not linked in this dive." in text
    assert f'href="/dives/{added.slug}/claims/"' not in text
    assert browse_as("force-lead").get(f"/dives/{added.slug}/claims/").status_code == 404


@pytest.mark.parametrize(
    "page", ["obligations/england/no-such/thing/1/", f"standards/{STANDARD}0/", "measures/no-such/", "obligations/../"]
)
def test_what_is_not_in_the_dive_is_not_found(page, browse_as, added):
    assert browse_as("force-lead").get(f"/dives/{added.slug}/{page}").status_code == 404


# NO CHILD IS THERE


def identifiers(kept_dive):
    """Everything in the dive's tables that tells who somebody is, or which case or incident it is."""
    people = kept_dive.people.collect()
    named = {
        str(value)
        for column in people.columns
        if column not in ("source", "source_file", "source_row", "sex", "ethnicity")
        for value in people[column].drop_nulls().unique()
    }
    cases = kept_dive.cases.collect()
    named |= {str(value) for column in ("case_id", "person_id", "incident_no") for value in cases[column].drop_nulls()}
    named |= {value.partition(":")[2] for value in named if ":" in value}
    return {value for value in named if len(value) >= 4}


def test_no_page_has_a_name_a_number_or_a_pseudonym_of_anybody(browse_as, added, kept_dive):
    browser = browse_as("force-lead")
    wanted = identifiers(kept_dive)
    assert len(wanted) > 100
    for page in PAGES:
        text = re.sub(r"<[^>]*>", " ", shown(browser, added, page))
        words = set(re.findall(r"[\w:/-]+", text))
        assert not wanted & words, page


def test_what_is_kept_for_the_pages_names_nobody(added, kept_dive, deployment):
    contents = [kept.read_bytes() for kept in (deployment.folder / "figures").iterdir()]
    assert contents
    for value in identifiers(kept_dive):
        if len(value) >= 6:
            assert not [True for content in contents if value.encode() in content]


# A COUNCIL PARTNER


def test_a_council_partner_sees_the_duties_of_the_council_and_nothing_else(browse_as, added, agreed_partner, kept_dive):
    browser = browse_as("council-partner")
    assert browser.get(f"/dives/{added.slug}/").url == f"/dives/{added.slug}/obligations/"
    text = shown(browser, added, "obligations/")
    for item in kept_dive.obligations:
        is_theirs = item.obligation.owed_by.value == "council"
        assert (item.obligation.title in text) is is_theirs, item.key
        page = f"/dives/{added.slug}/obligations/{item.full_name}/{item.version}/"
        assert browser.get(page).status_code == (200 if is_theirs else 404), item.key
    outcomes = kept_dive.figures.obligations["england/missing-children/return-interview-done 2025.2"]
    assert f"{as_number(outcomes.met)} of {as_number(outcomes.judged)}" in text


def test_a_council_partner_sees_no_other_page(browse_as, added, agreed_partner):
    browser = browse_as("council-partner")
    theirs = {"", "obligations/", f"obligations/{COUNCILS}/", "waits/"}
    for page in PAGES:
        if page not in theirs and not page.startswith(("obligations/", "waits/")):
            assert browser.get(f"/dives/{added.slug}/{page}").status_code == 403, page
    waits = shown(browser, added, "waits/")
    assert "Police arrive" not in waits
    assert "/dives/compare/" not in waits


def test_a_council_partner_sees_nothing_before_the_partnership_has_agreed(browse_as, added):
    assert browse_as("council-partner").get(f"/dives/{added.slug}/obligations/").status_code == 403
