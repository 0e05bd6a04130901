"""The page of findings: what it shows, what its address says, what is written in the trail, and who sees it."""

from __future__ import annotations

import re

import pytest

from wardline_workspace.dives.models import AddedDive
from wardline_workspace.roles import ROLES, Permission
from wardline_workspace.trail.codes import case_code
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db

LATE = "outcome=late&outcome=missed"


@pytest.fixture
def lead(browse_as):
    return browse_as("force-lead")


@pytest.fixture
def page(lead, added):
    def get(query=""):
        answer = lead.get(f"/dives/{added.slug}/findings/" + (f"?{query}" if query else ""))
        assert answer.status_code == 200, getattr(answer, "url", answer.status_code)
        return answer.content.decode()

    return get


def test_it_says_how_many_and_shows_25_of_them(page, index):
    html = page(LATE)
    assert f"{index.how_many(chosen_of(LATE, index))} findings" in html
    assert len(re.findall(r'href="/dives/[^"]+/cases/[0-9a-f]{16}/"', html)) == 25
    assert "Findings 1 to 25 of" in html and "Next 25 findings" in html and "Previous" not in html


def chosen_of(query, index):
    from django.http import QueryDict

    from wardline_workspace.cases.chosen import chosen_in

    return chosen_in(QueryDict(query), index.asked)


def test_each_chip_takes_away_its_own_choice_and_no_other(page):
    html = page(LATE + "&care=yes")
    removed = re.findall(r'href="[^"]*\?([^"]*)">remove', html)
    assert [one.replace("&amp;", "&") for one in removed] == ["outcome=missed&care=yes", "outcome=late&care=yes", LATE]


def test_an_untidy_address_leads_to_the_tidy_one(lead, added):
    answer = lead.get(f"/dives/{added.slug}/findings/?outcome=missed&outcome=late&grade=&sort=month")
    assert answer.status_code == 302 and answer.url == f"/dives/{added.slug}/findings/?{LATE}"


def test_a_page_beyond_the_last_is_the_last(page, index):
    html = page("outcome=late&page=999")
    assert "Page 1 of 1" in html and "Findings 1 to 17 of 17" in html


def test_where_nothing_fits_it_says_so(page):
    assert "No finding fits" in page("outcome=late&reason=record_gap")


def test_the_address_of_a_case_never_has_its_number(page, index, added):
    html = page("sort=case")
    addresses = " ".join(re.findall(r'href="([^"]*)"', html))
    numbers = {row["case_id"].partition(":")[2] for row in index.rows(index.positions(chosen_of("", index)))}
    assert numbers and not [one for one in numbers if one in addresses]


def test_looking_is_in_the_trail_by_question_and_not_by_answer(page, added, index):
    page("outcome=late&care=yes")
    entry = Entry.objects.filter(did="looked at findings").last()
    assert entry.about == added.slug
    assert entry.detail == {
        "narrowed": ["outcome", "care"],
        "found": index.how_many(chosen_of("outcome=late&care=yes", index)),
    }


class TestSearch:
    def find(self, lead, added, number):
        return lead.post(f"/dives/{added.slug}/findings/find/", {"number": number})

    @pytest.mark.parametrize("number", ["1017", "missing:1017", " 1017 "])
    def test_a_number_leads_to_the_findings_of_its_case(self, number, lead, added):
        answer = self.find(lead, added, number)
        assert answer.status_code == 302
        assert answer.url == f"/dives/{added.slug}/findings/?case={case_code(added.slug, 'missing:1017')}"
        html = lead.get(answer.url).content.decode()
        assert "missing:1017" in html and "missing:1018" not in html

    def test_an_unknown_number_stays_in_its_field_with_what_is_wrong(self, lead, added):
        html = self.find(lead, added, "99999").content.decode()
        assert "No finding of this dive is about a case of that number" in html
        assert 'value="99999"' in html and "There is a problem" in html

    def test_no_number_and_one_that_is_too_long_are_refused_in_words(self, lead, added):
        assert "Enter a case number" in self.find(lead, added, "  ").content.decode()
        assert "at most 100 characters" in self.find(lead, added, "9" * 101).content.decode()

    def test_the_trail_knows_that_a_search_was_made_and_not_for_what(self, lead, added, capfd):
        self.find(lead, added, "1017")
        self.find(lead, added, "O'Neill 99999")
        entries = Entry.objects.filter(did="searched")
        assert [entry.detail for entry in entries] == [{"found": 1}, {"found": 0}]
        everything = "".join(f"{e.about}{e.detail}" for e in Entry.objects.all()) + "".join(capfd.readouterr())
        assert "1017" not in everything.replace(case_code(added.slug, "missing:1017"), "") and "Neill" not in everything


FORCE_ROLES = [role for role in ROLES if role.place == "force" and role.name != "council-partner"]


@pytest.mark.parametrize("role", FORCE_ROLES, ids=[role.name for role in FORCE_ROLES])
def test_who_sees_rows_links_and_exports(role, browse_as, added):
    browser = browse_as(role.name)
    address = f"/dives/{added.slug}/findings/"
    answer = browser.get(address)
    assert (answer.status_code == 200) == (Permission.SEE_CASES in role.may)
    html = answer.content.decode()
    assert ("missing:10" in html) == (Permission.SEE_CASES in role.may)
    assert ("/cases/" in html) == (Permission.OPEN_TIMELINE in role.may)
    assert ("Export these" in html) == ({Permission.SEE_CASES, Permission.EXPORT} <= role.may)
    code = case_code(added.slug, "missing:1017")
    assert (browser.get(f"/dives/{added.slug}/cases/{code}/").status_code == 200) == (
        Permission.OPEN_TIMELINE in role.may
    )
    taken = browser.post(f"{address}take/csv/").status_code
    assert (taken == 200) == ({Permission.SEE_CASES, Permission.EXPORT} <= role.may)


@pytest.mark.parametrize("role", ["head", "chief-executive", "office-administrator"])
def test_whoever_sees_no_cases_at_the_office_sees_no_row(role, office, browse_as, dived):
    AddedDive.objects.create(
        slug="a-release", title="A release", question="?", as_at="2025-04-01T00:00Z", is_made_up=True, is_release=True,
        folder=str(dived), manifest_sha256="0" * 64, added_by="",
    )  # fmt: skip
    browser = browse_as(role)
    for address in ("findings/", "findings/?outcome=late", f"cases/{case_code('a-release', 'missing:1017')}/"):
        assert browser.get(f"/dives/a-release/{address}").status_code == 403
    for address in ("findings/find/", "findings/take/csv/", "findings/take/ods/"):
        answer = browser.post(f"/dives/a-release/{address}", {"number": "1017"})
        assert answer.status_code == 403 and b"missing:" not in answer.content


def test_a_dive_that_is_not_there_is_not_found(lead):
    assert lead.get("/dives/no-such-dive/findings/").status_code == 404
    assert lead.post("/dives/no-such-dive/findings/find/", {"number": "1"}).status_code == 404
    assert lead.post("/dives/no-such-dive/findings/take/csv/").status_code == 404
