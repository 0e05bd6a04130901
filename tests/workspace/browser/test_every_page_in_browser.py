"""Every page that somebody can come to, in Chromium: axe finds nothing and nothing scrolls sideways, wide and narrow.

The pages are found by following every link as every role, so that a new page is looked at by itself; a page that roles
see alike is looked at once.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.workspace.browser.test_children_in_browser import WIDTHS, trail_that_can_be_emptied
from tests.workspace.walking import at_the_office, roles_of, something_in_every_room, walked
from wardline_workspace.deployment.described import Place

__all__ = ["trail_that_can_be_emptied"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        bool(os.environ.get("WARDLINE_TEST_DATABASE")),
        reason="a server's threads keep PostgreSQL from taking the tests' database away; pages are the same on either",
    ),
]


def addresses_by_role(browse_as: Any, place: Place) -> dict[str, list[str]]:
    """What each role is looked at for: what no role before it has seen."""
    seen: set[object] = set()
    found: dict[str, list[str]] = {}
    for role in roles_of(place):
        for page in walked(browse_as(role.name), role.name):
            if page.text and page.kind not in seen:
                seen.add(page.kind)
                found.setdefault(role.name, []).append(page.address)
    return found


def as_role(browser: Any, url: str, client: Client) -> Any:
    """A page of a browser in which somebody is logged in as the client is."""
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": one.value, "url": url} for name, one in client.cookies.items()])
    return context.new_page()


def what_is_wrong(page: Any, url: str, address: str) -> list[str]:
    """What axe objects to, and whether the page is wider than the screen."""
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if width == WIDTHS[0]:
            page.goto(url + address)
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        for one in Axe().run(page).response["violations"]:
            wrong.append(f"{address} at {width}: {one['id']}: {one['nodes'][0]['html'][:160]}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            wrong.append(f"{address} at {width}: is {wide} wide")
    return wrong


def test_no_page_is_objected_to_or_scrolls_sideways(
    browser, live_server, browse_as, account_as, added, settings, tmp_path
):
    url, wrong = live_server.url, []

    def look(place: Place) -> None:
        for role, addresses in addresses_by_role(browse_as, place).items():
            page = as_role(browser, url, browse_as(role))
            page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}") if said.type == "error" else None)
            for address in addresses:
                wrong.extend(what_is_wrong(page, url, address))
            page.context.close()

    release = something_in_every_room(browse_as, account_as, added)
    look(Place.FORCE)
    with at_the_office(settings, tmp_path, release):
        look(Place.OFFICE)
    assert not wrong, "\n".join(wrong)
