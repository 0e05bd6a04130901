"""The pages on which a dive is made, as somebody meets them: wide and narrow, read aloud, without JavaScript."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import browser
from tests.workspace.making.conftest import EXPORTS
from tests.workspace.making.place import Place

__all__ = ["browser"]

WIDTHS = (1280, 320)
TITLE = "Force lead for child protection"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace that is really served, with its dives in processes of their own."""
    here = Place(tmp_path_factory.mktemp("served"), dives=0)
    here.address = here.serve()
    yield here
    here.end()


@pytest.fixture
def looking(browser, place):
    """A page of a browser in which the force's lead has logged in."""
    opened = []

    def look(*, scripts=True):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
        context.set_default_timeout(60_000)
        opened.append(context)
        page = context.new_page()
        page.wrong = []
        page.on("console", lambda said: page.wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(f"{place.address}/")
        page.get_by_role("button", name=f"Log in as {TITLE}", exact=True).click()
        page.at = lambda path: page.goto(f"{place.address}/making/{path}")
        return page

    yield look
    for context in opened:
        context.close()


def fits(page):
    """Nothing to object to, nothing wider than the screen, nothing in the console, wide and narrow."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in found} == {}, (page.url, width)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (page.url, width)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.wrong == []


def begin(page):
    """A dive is begun, in the form."""
    page.at("begin/")
    page.get_by_label("What is the dive called?").fill("Missing children, winter")
    page.get_by_label("What is the question?").fill("Are children reported missing reached in time?")
    for name, value in (("as_at_0", "1"), ("as_at_1", "4"), ("as_at_2", "2025")):
        page.fill(f"[name={name}]", value)
    page.get_by_label("Missing children (england/missing-children)").check()
    page.get_by_role("button", name="Begin").click()


def bring(page, system):
    """A record system's exports are brought."""
    page.get_by_role("link", name=re.compile("^Add ")).click()
    page.get_by_label("What is the record system called?").fill(system)
    page.set_input_files("[name=files]", sorted(map(str, (EXPORTS / system).iterdir())))
    page.get_by_role("button", name="Bring them and draft how they are read").click()


def test_each_page_on_the_way_is_for_everybody(looking):
    page = looking()
    page.at("")
    fits(page)
    page.at("begin/")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the question")
    fits(page)
    begin(page)
    work = page.url
    fits(page)
    page.get_by_role("link", name="Add the exports of a record system").click()
    fits(page)
    page.go_back()
    bring(page, "missing")
    fits(page)
    for name in (
        "Its files",
        "About the system, and its gaps",
        "The mapping itself, in YAML",
        "episodes-1.csv",
        "log.csv",
    ):
        page.get_by_role("link", name=name).first.click()
        for summary in page.locator("main details summary").all():
            summary.click()
        fits(page)
        page.go_back()
    page.get_by_role("link", name="The mapping itself, in YAML").click()
    text = page.get_by_label("The document")
    text.fill(text.input_value().replace("each row is: a case", "each row is: a cas"))
    page.get_by_role("button", name="Look at it and write it").click()
    expect(page.get_by_role("alert")).to_contain_text("line 12, column 18")
    fits(page)
    for step in ("question/", "settings/", "can-we-tell/", "run/"):
        page.goto(f"{work}{step}")
        for summary in page.locator("main details summary").all():
            summary.click()
        fits(page)


def test_a_page_that_waits_looks_again_by_itself_and_comes_to_the_dive(looking):
    page = looking()
    begin(page)
    work = page.url
    bring(page, "missing")
    page.goto(f"{work}run/")
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_role("button", name="Stop it")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Open Missing children, winter").click(timeout=180_000)
    assert "/dives/" in page.url


def test_all_of_it_without_javascript(looking):
    page = looking(scripts=False)
    begin(page)
    work = page.url
    bring(page, "missing")
    page.get_by_role("link", name="episodes-1.csv").click()
    page.get_by_text("Keep only some rows").click()
    page.locator("#KeepRows_column").select_option("PersonType")
    page.locator("#KeepRows_texts").fill("C")
    page.get_by_role("button", name="Keep only these").click()
    expect(page.get_by_role("heading", name="What the change did")).to_be_visible()
    page.goto(f"{work}run/")
    page.get_by_role("button", name="Run it").click()
    assert page.locator("meta[http-equiv=refresh]").count() == 1
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_text("because somebody asked for it")).to_be_visible(timeout=60_000)
