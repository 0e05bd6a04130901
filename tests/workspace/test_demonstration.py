"""The demonstration: logging in without a password there and nowhere else, made-up records only, the first steps."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import reverse

from tests.architecture.repository import ROOT
from tests.workspace.addresses import OURS, filled_in
from wardline.cli import workspace_demonstration as command
from wardline.dive import run_dive
from wardline.errors import UsageError
from wardline_workspace.demonstration import what_there_is
from wardline_workspace.demonstration.accounts import make_accounts
from wardline_workspace.demonstration.first_minutes import COOKIE, PATH
from wardline_workspace.demonstration.making import Told, make_demonstration
from wardline_workspace.demonstration.serving import check_ports_are_free
from wardline_workspace.demonstration.what_there_is import DIVES, Demonstration, dive_text
from wardline_workspace.deployment.described import Place
from wardline_workspace.dives.actions import add_dive
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.roles import roles_at

EXAMPLE = ROOT / "examples" / "teesmouth"
TOLD = Told(lambda text: None, lambda what, done, total: None)
QUERIES_AT_MOST = 12


def dive_saying(made_up: str, folder: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "first-dive", folder / "example")
    file = folder / "example" / "dive.yaml"
    said = file.read_text(encoding="utf-8")
    assert "made up: yes" in said
    file.write_text(said.replace("made up: yes", f"made up: {made_up}"), encoding="utf-8")
    run_dive(file, folder / "dive")
    return folder / "dive"


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dive whose records are not said to be made up."""
    return dive_saying("no", tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dive_saying("yes", tmp_path_factory.mktemp("made-up"))


@pytest.fixture
def added(db: None, deployment: object, made_up: Path) -> AddedDive:
    return add_dive(made_up, by="")


# WITHOUT A PASSWORD


@pytest.mark.django_db
def test_in_a_demonstration_somebody_logs_in_by_choosing_a_role(client, deployment):
    make_accounts()
    account = Account.objects.get(role="duty-inspector")
    answer = client.post(reverse("log_in_as"), {"account": account.public_id})
    assert (answer.status_code, client.session["_auth_user_id"]) == (302, str(account.pk))


@pytest.mark.django_db
def test_nobody_logs_in_without_a_password_anywhere_else(client, in_earnest):
    make_accounts()
    account = Account.objects.get(role="duty-inspector")
    answer = client.post(reverse("log_in_as"), {"account": account.public_id})
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
    page = client.get(reverse("account_login")).content.decode()
    assert "Log in as" not in page
    assert account.public_id not in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["choose_role", "one_child", "one_sentence"])
def test_the_pages_of_the_demonstration_are_nowhere_else(name, added, browse_as, settings):
    browser = browse_as("force-lead")
    assert browser.get(reverse(name)).status_code in (200, 302)
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, is_demonstration=False)
    assert browser.get(reverse(name)).status_code != 200
    # What is refused here is led to the second step first, which every account in earnest needs.
    assert browser.get(reverse(name)).headers.get("Location", reverse("mfa_activate_totp")) == reverse(
        "mfa_activate_totp"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("place", list(Place))
def test_each_role_of_the_place_has_an_account_on_the_log_in_page(place, client, settings, deployment):
    settings.DEPLOYMENT = replace(deployment, place=place)
    make_accounts()
    make_accounts()  # and once only
    page = client.get(reverse("account_login")).content.decode()
    assert page.count("Log in<span") == len(roles_at(place))
    for role in roles_at(place):
        assert f'Log in<span class="govuk-visually-hidden"> as {role.title}</span>' in page


# MADE-UP RECORDS ONLY


def test_a_demonstration_refuses_a_dive_whose_records_may_be_real(db, deployment, real):
    with pytest.raises(Refused, match="are not said to be made up"):
        add_dive(real, by="")
    assert not AddedDive.objects.exists()
    assert not deployment.dives.exists()


def test_a_workspace_in_earnest_takes_it(db, in_earnest, real):
    assert add_dive(real, by="").is_made_up is False


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["force-lead", "force-administrator", "force-auditor", None])
def test_every_page_of_a_demonstration_says_that_its_data_is_made_up(role, added, browse_as):
    browser = browse_as(role)
    shown = 0
    for address in OURS:
        given = {"slug": added.slug}
        answer = browser.get(filled_in(address, given), follow=True)
        if answer.status_code != 405 and answer.headers.get("Content-Type", "").startswith("text/html"):
            shown += 1
            page = answer.content.decode()
            assert "(made-up data)</title>" in page, address.path
            assert '<span class="tag tag--made">Made-up data</span>' in page, address.path
            assert "Made-up data. No real child, officer, force or inspection." in page, address.path
    assert shown > 20


# THE FIRST TEN MINUTES


def steps_on(browser: object) -> str:
    page = browser.get(reverse("home")).content.decode()
    return page[page.index("Your first ten minutes") :].partition("</section>")[0]


def test_the_steps_lead_to_pages_that_are_there(added, browse_as):
    browser = browse_as("force-lead")
    shown = steps_on(browser)
    addresses = [one.partition('"')[0] for one in shown.split('href="')[1:]]
    assert len(addresses) == len(PATH)
    for address in addresses:
        assert browser.get(address.replace("&amp;", "&"), follow=True).status_code == 200, address


def test_a_step_is_ticked_once_its_page_was_shown(added, browse_as):
    browser = browse_as("force-lead")
    assert f"0 of {len(PATH)} done" in steps_on(browser)
    browser.get(reverse("dive", args=[added.slug]))
    assert f"1 of {len(PATH)} done" in steps_on(browser)
    browser.get(reverse("one_child"), follow=True)
    browser.get(reverse("dive", args=["no-such-dive"]))  # nor is one by a page that is not there
    assert f"2 of {len(PATH)} done" in steps_on(browser)


def test_what_was_done_is_kept_when_somebody_becomes_another(added, browse_as):
    browser = browse_as("force-lead")
    make_accounts()
    browser.get(reverse("dive", args=[added.slug]))
    other = Account.objects.get(role="force-auditor")
    browser.post(reverse("log_in_as"), {"account": other.public_id})
    assert set(browser.cookies[COOKIE].value.split(".")) == {"figure", "role"}
    assert f"2 of {len(PATH)} done" in steps_on(browser)


def test_a_step_that_a_role_does_not_open_says_which_one_does(added, browse_as):
    shown = steps_on(browse_as("force-administrator"))
    assert "Your role does not open this. One that does: Force lead for child protection." in shown
    assert shown.count("href=") == 1  # becoming somebody else


def test_without_a_dive_only_the_steps_that_need_none_are_shown(db, browse_as):
    shown = steps_on(browse_as("force-lead"))
    assert shown.count("first-minutes__step") == 2


def test_outside_a_demonstration_no_steps_are_shown_and_none_is_remembered(added, browse_as, settings, monkeypatch):
    browser = browse_as("force-lead")
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, is_demonstration=False)
    monkeypatch.setattr("wardline_workspace.people.gate.is_mfa_enabled", lambda account: True)
    page = browser.get(reverse("home"))
    assert page.status_code == 200
    assert "Your first ten minutes" not in page.content.decode()
    browser.get(reverse("dive", args=[added.slug]))
    assert COOKIE not in browser.cookies


def test_the_home_page_takes_few_queries_with_the_steps_on_it(added, browse_as, django_assert_max_num_queries):
    browser = browse_as("force-lead")
    browser.get(reverse("home"))
    with django_assert_max_num_queries(QUERIES_AT_MOST):
        browser.get(reverse("home"))


# HOW IT IS MADE


def test_the_command_says_the_same_numbers_as_the_demonstration():
    assert command.PEOPLE == what_there_is.PEOPLE
    assert {Place.FORCE: command.FORCE_PORT, Place.OFFICE: command.OFFICE_PORT} == what_there_is.PORTS


def test_the_dives_are_at_three_dates_and_each_ends_the_day_before(tmp_path):
    there_is = Demonstration(tmp_path / "there", EXAMPLE)
    texts = [dive_text(there_is, one) for one in DIVES]
    assert ["as at: 2024-12-01", "as at: 2025-02-01", "as at: 2025-04-01"] == [
        line for text in texts for line in text.splitlines() if line.startswith("as at")
    ]
    assert all((one.as_at - one.until).days == 1 for one in DIVES)
    assert all("made up: yes" in text for text in texts)


def test_nothing_is_made_where_something_else_lies(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(UsageError, match="Something else is there"):
        make_demonstration(Demonstration(tmp_path, EXAMPLE), TOLD)
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


def test_a_demonstration_with_other_numbers_is_left_as_it_is(tmp_path):
    note = {"wardline": "0", "people": 1, "dives": []}
    (tmp_path / "made-of.json").write_text(json.dumps(note), encoding="utf-8")
    with pytest.raises(UsageError, match="another number of people, or by another version"):
        make_demonstration(Demonstration(tmp_path, EXAMPLE), TOLD)
    assert [one.name for one in tmp_path.iterdir()] == ["made-of.json"]


def test_without_the_example_nothing_is_made(tmp_path):
    with pytest.raises(UsageError, match="--example"):
        make_demonstration(Demonstration(tmp_path / "there", tmp_path / "nowhere"), TOLD)
    assert not (tmp_path / "there").exists()


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_port_that_is_taken_is_said_before_anything_is_made(taken):
    with pytest.raises(UsageError) as told:
        check_ports_are_free({Place.FORCE: taken, Place.OFFICE: taken})
    assert [f"port {taken} " in problem.what for problem in told.value.problems] == [True, True]
    assert "--office-port" in str(told.value)
