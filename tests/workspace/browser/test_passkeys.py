"""A passkey in a real browser: set up as the second step of a new account, and then used to log in with alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.workspace.conftest import PASSWORD
from tests.workspace.served import command, link_in, serving, written

ADDRESS = "ada@force.example"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    file = written(tmp_path_factory.mktemp("passkeys"))
    said = command("workspace", "first-administrator", file, "--email", ADDRESS, "--name", "Ada Jones")
    assert said.returncode == 0, said.stderr
    with serving(file) as address:
        yield address, link_in(said.stdout)


def with_authenticator(browser: Browser) -> Page:
    page = browser.new_context().new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def test_a_passkey_is_set_up_and_logs_in_alone(workspace, browser):
    address, link = workspace
    page = with_authenticator(browser)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(address + link)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second step")
    page.get_by_role("link", name="add a passkey").click()
    page.get_by_label("Name of this passkey").fill("telephone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto(address + "/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")

    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you today")

    page.get_by_role("button", name="Log out").click()
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you today")

    page.goto(address + "/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename telephone").click()
    if page.get_by_role("heading", level=1).inner_text() == "Show that it is you":
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of this passkey").fill("blue key")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove blue key").click()
    page.get_by_role("button", name="Remove it").click()
    page.goto(address + "/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second step")
    assert refused == []


def test_a_passkey_that_is_nobodys_opens_nothing(workspace, browser):
    address, _ = workspace
    page = with_authenticator(browser)
    page.goto(address + "/account/login/")
    page.evaluate(
        """() => { const form = document.getElementById("passkey-form");
        document.getElementById("passkey-credential").value = '{"id": "none"}'; form.submit(); }"""
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    page.goto(address + "/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
