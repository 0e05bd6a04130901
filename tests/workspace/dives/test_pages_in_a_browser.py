"""Each page of a dive in Chromium: axe finds nothing, nothing scrolls sideways, and it reads without JavaScript."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection

from tests.browser.conftest import browser  # noqa: F401 - a fixture
from tests.workspace.dives.pages_of_the_dive import PAGES

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright waits in a loop of its own
pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1280, 320)


@pytest.fixture(scope="module", autouse=True)
def trail_that_can_be_emptied(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """What tests with a server of their own need: after each the tables are emptied, and the trail refuses that."""
    written_once = import_module("wardline_workspace.trail.migrations.0002_written_once")
    is_postgresql = connection.vendor == "postgresql"
    free = ["FUNCTION trail_entry_refuses() CASCADE"]
    free = free if is_postgresql else ["TRIGGER trail_entry_not_changed", "TRIGGER trail_entry_not_removed"]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for one in free:
            cursor.execute(f"DROP {one}")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for statement in written_once.POSTGRESQL if is_postgresql else written_once.SQLITE:
            cursor.execute(statement)


@pytest.fixture
def second_dive(added, two_dives):
    from wardline_workspace.dives.actions import add_dive

    return add_dive(two_dives[0], by="test")


@pytest.fixture
def addresses(added, second_dive):
    """Every page of the dive, and those beside the dives."""
    pair = f"first={second_dive.slug}&second={added.slug}"
    beside = ["/dives/", "/dives/add/", "/dives/compare/", f"/dives/compare/?{pair}", "/dives/compare/?first=no-such"]
    unlike = f"/dives/compare/?first={added.slug}&second={second_dive.slug}"
    return [*beside, unlike, *(f"/dives/{added.slug}/{page}" for page in PAGES)]


def opened(browser, live_server, account, *, width, scripts):  # noqa: F811 - the fixture's value
    from django.test import Client

    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    context.add_cookies(
        [{"name": name, "value": one.value, "url": live_server.url} for name, one in client.cookies.items()]
    )
    return context.new_page()


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, live_server, account_as, addresses, width):  # noqa: F811
    page = opened(browser, live_server, account_as("force-lead"), width=width, scripts=True)
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    for address in addresses:
        assert page.goto(live_server.url + address).status == 200, address
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert said == []
    page.context.close()


def test_each_page_reads_without_javascript(browser, live_server, account_as, addresses):  # noqa: F811
    page = opened(browser, live_server, account_as("force-lead"), width=1280, scripts=False)
    for address in addresses:
        page.goto(live_server.url + address)
        assert page.get_by_role("heading", level=1).is_visible(), address
        assert page.locator("main").inner_text().strip(), address
    page.context.close()


def test_the_pages_of_a_dive_are_gone_through_by_keyboard(browser, live_server, account_as, added):  # noqa: F811
    page = opened(browser, live_server, account_as("force-lead"), width=1280, scripts=True)
    page.goto(f"{live_server.url}/dives/{added.slug}/obligations/")
    summary = page.locator("details > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("row", name="All occasions").first.is_visible()
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    assert any(one and "/obligations/england/" in one for one in reached)
    page.context.close()
