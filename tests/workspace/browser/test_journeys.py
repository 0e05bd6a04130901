"""One whole journey for each role on the demonstration, as it is made and served: from log-in to log-out."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.architecture.repository import ROOT
from tests.browser.test_screenshots import HEIGHT, PICTURES, TAKE_THEM_ANEW, WIDTH, size_of
from tests.workspace.served import environment
from wardline_workspace.deployment.described import Place

PEOPLE = 10_000
SECONDS_TO_MAKE = 580
DEMONSTRATION = (sys.executable, "-m", "wardline.cli", "workspace", "demonstration")
FORCE, OFFICE = Place.FORCE, Place.OFFICE
LEAD, SCRUTINY = "Force lead for child protection", "Scrutiny officer"
MADE_UP = "Made-up data. No real child, officer, force or inspection."

# What each role finds in the main navigation besides what needs it today, and the page's heading behind it.
DOORS = {
    FORCE: {
        LEAD: ("Children to check", "At risk now", "Dives", "Dives being made", "Releases"),
        "Force fact-checker": ("At risk now", "Dives"),
        "Data-release approver": ("At risk now", "Dives", "Releases"),
        "Auditor (force)": ("At risk now", "Dives", "Trail"),
        "Duty inspector": ("Children to check", "At risk now"),
        "Professional standards": ("At risk now",),
        "Council partner": (),
        "Administrator (force)": ("At risk now", "People"),
    },
    OFFICE: {
        "Head of the oversight body": ("Children to check", "At risk now", "Dives", "Releases"),
        "Chief executive and monitoring officer": ("Children to check", "At risk now", "Dives", "Releases", "Trail"),
        SCRUTINY: ("Children to check", "At risk now", "Dives", "Releases"),
        "Auditor (office)": ("At risk now", "Dives", "Trail"),
        "Administrator (office)": ("At risk now", "People"),
    },
}
# A council partner opens nothing until the partnership has agreed, and in the demonstration it has not.
EVERY_ROLE = [(place, title) for place, titles in DOORS.items() for title in titles if title != "Council partner"]


@dataclass(frozen=True)
class Served:
    """Where the two workspaces are."""

    ports: dict[Place, int]

    def at(self, place: Place, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.ports[place]}{path}"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demonstration, made by the command itself; once, however many processes run the tests."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "demonstration-of-journeys"
    shared.mkdir(exist_ok=True)
    folder = shared / "made"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        line = [*DEMONSTRATION, str(folder), "--people", str(PEOPLE), "--only-make"]
        subprocess.run(
            line, check=True, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=SECONDS_TO_MAKE
        )
    return folder


@pytest.fixture(scope="session")
def served(made: Path) -> Iterator[Served]:
    """Both workspaces while they are served. An interrupt stops both in order."""
    ports = {FORCE: free_port(), OFFICE: free_port()}
    line = [*DEMONSTRATION, str(made), "--people", str(PEOPLE)]
    line += ["--force-port", str(ports[FORCE]), "--office-port", str(ports[OFFICE])]
    process = subprocess.Popen(line, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert f"http://127.0.0.1:{ports[FORCE]}" in process.stdout.readline()
    yield Served(ports)
    process.terminate()  # taken as an interrupt; one that a shell started in the background does not hear that
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Both are stopped." in rest
    for port in ports.values():
        with socket.socket() as again:
            assert again.connect_ex(("127.0.0.1", port)) != 0


Comes = Callable[..., Page]


@pytest.fixture
def comes(browser: Browser, served: Served) -> Iterator[Comes]:
    """Somebody who comes with a browser and logs in in a role."""
    contexts = []

    def come(place: Place, title: str, *, width: int = 1280, height: int = 900, scripts: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(served.at(place))
        page.get_by_role("button", name=f"Log in as {title}", exact=True).click()
        page.get_by_role("heading", level=1, name="What needs you today").wait_for()
        return page

    yield come
    for context in contexts:
        context.close()


def looks_right(page: Page) -> None:
    """It says that its data is made up, axe finds nothing, and it is no wider than the screen."""
    assert page.get_by_text(MADE_UP).count() == 1, page.url
    assert page.title().endswith("(made-up data)"), page.url
    found = Axe().run(page).response["violations"]
    assert {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in found} == {}, page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def log_out(page: Page, served: Served, place: Place) -> None:
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("heading", level=1, name="Log in").wait_for()
    page.goto(served.at(place, "/dives/"))
    assert page.url.startswith(served.at(place, "/account/login/"))


@pytest.mark.parametrize(("place", "title"), EVERY_ROLE, ids=[title for _, title in EVERY_ROLE])
def test_each_role_finds_its_doors_and_opens_them(place, title, comes, served):
    page = comes(place, title)
    looks_right(page)
    names = page.get_by_role("navigation", name="Main").get_by_role("link").all_inner_texts()
    assert names[1:] == list(DOORS[place][title])
    for name in names[1:]:
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()
        assert page.locator("h1").inner_text() not in ("Sorry, something went wrong here", "Page not found")
        looks_right(page)
    log_out(page, served, place)


def step(page: Page, title: str) -> None:
    """Go home, and follow a step of the first ten minutes."""
    page.get_by_role("link", name="Wardline", exact=True).click()  # on a narrow screen the other is behind a menu
    page.get_by_role("link", name=title, exact=True).click()


def open_the_case(page: Page) -> None:
    if page.get_by_role("button", name="Open the case").count():  # not asked twice on one day
        page.get_by_label("To see whether a child is safe").check()
        page.get_by_role("button", name="Open the case").click()
    page.get_by_role("heading", name="What was recorded, on two clocks").wait_for()


def follow_the_first_ten_minutes(page: Page, check: Callable[[Page], None]) -> None:
    step(page, "Read one figure")
    check(page)
    step(page, "Open the cases behind it")
    assert "obligation=england/missing-children/attend" in page.url
    check(page)
    step(page, "Look at one child")
    open_the_case(page)
    check(page)
    assert page.locator("blockquote").count() > 0
    step(page, "Find the sentence of guidance")
    assert page.get_by_text("Rests on").count() > 0
    check(page)
    step(page, "Bring a CSV of your own")
    check(page)
    page.get_by_role("link", name="Wardline", exact=True).click()


def test_the_forces_lead_follows_the_first_ten_minutes_and_becomes_an_auditor(comes, served):
    page = comes(FORCE, LEAD)
    follow_the_first_ten_minutes(page, looks_right)
    step(page, "Ask: can we tell?")
    looks_right(page)
    step(page, "Be somebody else")
    looks_right(page)
    page.get_by_role("button", name="Log in as Auditor (force)", exact=True).click()
    panel = page.get_by_role("region", name="Your first ten minutes")
    assert panel.get_by_text("6 of 7 done.").count() == 1
    page.get_by_role("link", name="Trail", exact=True).click()
    assert page.get_by_text("opened a case").count() > 0
    log_out(page, served, FORCE)


@pytest.mark.parametrize(
    ("width", "height", "scripts"),
    [(320, 800, True), (320, 256, True), (1280, 900, False)],
    ids=["320 pixels", "400 % zoom of 1280 by 1024", "without JavaScript"],
)
def test_the_first_ten_minutes_are_for_everybody(width, height, scripts, comes, served):
    page = comes(FORCE, LEAD, width=width, height=height, scripts=scripts)
    fits = looks_right if scripts else lambda page: page.get_by_text(MADE_UP).wait_for()
    follow_the_first_ten_minutes(page, fits)
    log_out(page, served, FORCE)


def test_a_scrutiny_officer_reads_a_release_down_to_a_coded_case(comes, served, made):
    page = comes(OFFICE, SCRUTINY)
    step(page, "Read one figure")
    looks_right(page)
    step(page, "Open the cases behind it")
    looks_right(page)
    step(page, "Look at one child")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Case ")
    looks_right(page)
    text = page.locator("body").inner_text()
    for number in numbers_of_cases(made):
        assert number not in text
    log_out(page, served, OFFICE)


def numbers_of_cases(made: Path) -> set[str]:
    """The numbers of the force's own cases, which are in no page of the office."""
    import polars as pl

    cases = pl.read_parquet(made / "dive-2025-04-01" / "cases.parquet", columns=["case_id"])
    return {case_id.partition(":")[2] for case_id in cases["case_id"].unique()}


# workspace-first-minutes.png and workspace-one-case.png
@pytest.mark.parametrize("shown", ["first-minutes", "one-case"])
def test_each_picture_in_the_tutorial_is_of_what_is_shown_today(shown, comes, tmp_path):
    page = comes(FORCE, LEAD, width=WIDTH, height=HEIGHT)
    if shown == "one-case":
        step(page, "Look at one child")
        open_the_case(page)
    kept = PICTURES / f"workspace-{shown}.png"
    taken = kept if TAKE_THEM_ANEW else tmp_path / kept.name
    page.screenshot(path=taken, animations="disabled")
    assert kept.exists(), "take it with `make pictures`"
    assert size_of(kept) == size_of(taken) == (WIDTH, HEIGHT)


def test_the_first_ten_minutes_by_keyboard_alone(browser, served):
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(served.at(FORCE))

    def to(words: str) -> None:
        for _ in range(200):
            page.keyboard.press("Tab")
            focused = page.locator(":focus")
            if (
                focused.count()
                and words in f"{focused.get_attribute('id')} {' '.join((focused.text_content() or '').split())}"
            ):
                return
        raise AssertionError(f"{words} is not reached by the keyboard")

    def follow(words: str, heading: str) -> None:
        to(words)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name=heading).first.wait_for()

    follow("Log in as Force fact-checker", "What needs you today")  # whom no other journey asks why
    follow("Look at one child", "Before you open this case")
    to("id_reason")
    page.keyboard.press("Space")
    follow("Open the case", "What was recorded, on two clocks")
    page.goto(served.at(FORCE))
    follow("Be somebody else", "Be somebody else")
    follow("Log in as Duty inspector", "What needs you today")
    follow("Log out", "Log in")
    page.context.close()


def test_a_second_start_is_quick_and_makes_nothing_again(made):
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.suffix in (".parquet", ".csv")}
    began = time.monotonic()
    line = [*DEMONSTRATION, str(made), "--people", str(PEOPLE), "--only-make"]
    done = subprocess.run(line, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    assert time.monotonic() - began < 30
    assert {path: path.stat().st_mtime_ns for path in before} == before
