"""Every address, as every role of both places and as nobody: the gate answers as the page about permissions says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workspace.addresses import OURS, THEIRS, filled_in
from wardline_workspace.roles import ROLES

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "permissions.md"
REFUSED = {401, 403, 404}
CLOSED = 404


def said_of_addresses() -> dict[str, tuple[str, str]]:
    """Place, and who opens it, by address, as docs/reference/permissions.md says."""
    rows = re.findall(r"^\| `(/.*)` \| (\w+) \| .* \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {path: (place, who) for path, place, who in rows}


SAID = said_of_addresses()


def test_the_page_lists_each_of_our_addresses():
    assert {address.path for address in OURS} - set(SAID) == set(), "run `make docs`"


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.path)
def test_each_view_says_what_it_needs(address):
    assert address.needs or address.is_open, (
        f"{address.path} says nothing, so nobody can open it: put @needs(...) above its view"
    )


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_the_gate_answers_as_the_page_says(role, request, browse_as, account_as):
    if role.place == "office":
        request.getfixturevalue("office")
    account = account_as(role.name)
    if role.name == "council-partner":
        account.is_agreed = True
        account.save()
    browser = browse_as(role.name)
    for address in OURS:
        if address.is_open:
            continue
        place, who = SAID[address.path]
        status = browser.get(filled_in(address)).status_code
        if place not in ("both", role.place):
            assert status == CLOSED, address.path
        elif who == "every role" or f"`{role.name}`" in who.split(", "):
            assert status != 403, f"{role.name} may, and is refused at {address.path}"
        else:
            assert status == 403, f"{role.name} may not, and gets {status} at {address.path}"


@pytest.mark.parametrize("role", ["force-lead", "force-administrator", "scrutiny-officer", "council-partner"])
def test_a_role_of_the_other_place_or_not_agreed_or_closed_opens_nothing(role, browse_as, account_as):
    account = account_as(role)
    browser = browse_as(role)
    if role.startswith("force"):
        account.is_active = False
        account.save()
    for address in OURS:
        if not address.is_open:
            status = browser.get(filled_in(address)).status_code
            assert status in {302, *REFUSED}, f"{status} at {address.path}"
            assert status != 302 or role.startswith("force"), "a closed account is logged out, so it is sent to log in"


def test_a_role_that_is_not_known_opens_nothing(browse_as, account_as):
    account = account_as("force-lead")
    browser = browse_as("force-lead")
    account.role = "chief-of-everything"
    account.save()
    assert {browser.get(filled_in(address)).status_code for address in OURS if not address.is_open} <= REFUSED


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
def test_nobody_is_sent_to_log_in(method, browse_as):
    browser = browse_as(None)
    for address in OURS:
        if not address.is_open:
            answer = getattr(browser, method)(filled_in(address))
            if answer.status_code == 302:
                assert answer.url.split("?")[0] == "/account/login/", address.path
            else:
                assert (method, answer.status_code) == ("post", 401), address.path


@pytest.mark.parametrize("role", [None, "force-lead", "force-administrator"])
def test_the_log_in_librarys_other_pages_are_closed(role, browse_as):
    browser = browse_as(role)
    for address in THEIRS:
        if address.is_closed and "(?P" not in address.path:
            status = browser.get(filled_in(address)).status_code
            assert status in ({302} if role is None else REFUSED), address.path


def test_a_new_page_of_the_log_in_library_is_closed_until_somebody_lists_it():
    closed = {address.name for address in THEIRS if address.is_closed}
    assert {"account_signup", "account_email", "account_reset_password", "socialaccount_connections"} <= closed
