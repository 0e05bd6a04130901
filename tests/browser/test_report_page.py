"""The report in a real browser: wide, narrow, on paper, without JavaScript, without a network."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.unit.reports.drawn import drawn_report, report_on_six_standards
from tests.unit.reports.made_up import finding, report
from tests.unit.reports.measured import claimed_report, measured_report, report_with_long_titles
from wardline.obligations import Standing
from wardline.reports import report_page

MOST_SHEETS = 30  # of six standards with all their pictures
WIDTHS = (320, 375, 768, 1200)
PIXELS_PER_MM = 96 / 25.4  # of CSS

PAGES = {
    "none": lambda: report(),
    "one": lambda: report([finding(wait=5)]),
    "forty": lambda: drawn_report(40),
    "many": lambda: drawn_report(1500),
    "measured": lambda: measured_report(1500),
    "claimed": lambda: claimed_report(1500),
    "long titles": lambda: report_with_long_titles(60),
    "six standards": lambda: report_on_six_standards(400),
    "one of them asked": lambda: report_on_six_standards(200, Standing.ASKED),
}

# Contrast of text on what lies behind it, as WCAG 2 reckons it; the smallest on the page with where it is.
CONTRAST = """() => {
  const light = part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  const parts = colour => colour.match(/[0-9.]+/g).map(Number)
  const luminance = colour => { const [r, g, b] = parts(colour).map(part => light(part / 255)); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
  const behind = element => { for (let at = element; at; at = at.parentElement) { const colour = getComputedStyle(at).backgroundColor; const all = parts(colour); if (all.length < 4 || all[3] > 0) return colour } return 'rgb(255, 255, 255)' }
  let least = [21, '']
  for (const element of document.body.querySelectorAll('*')) {
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue
    const style = getComputedStyle(element)
    const front = element instanceof SVGElement ? style.fill : style.color
    const [one, other] = [luminance(front), luminance(behind(element))].sort((a, b) => b - a)
    const ratio = (one + 0.05) / (other + 0.05)
    if (ratio < least[0]) least = [ratio, element.outerHTML.slice(0, 80)]
  }
  return least
}"""  # noqa: E501


@pytest.fixture(scope="module", params=PAGES)
def file(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / f"{request.param}.html"
    path.write_text(report_page(PAGES[request.param]()), encoding="utf-8")
    return path


def opened(browser, file, *, width=1200, scripts=False):
    """The page, opened in a context of its own, and every address that it asked for."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    return page, asked


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_never_scrolls_sideways(browser, file, width):
    page, _ = opened(browser, file, width=width, scripts=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_it_reads_without_javascript_and_asks_for_nothing_else(browser, file):
    page, asked = opened(browser, file)
    assert page.locator("h1").inner_text() == "Are children reported missing reached in time?"
    assert page.get_by_role("heading", name="What this does not show").is_visible()
    assert asked == [file.as_uri()]
    page.context.close()


def test_nothing_is_reported_in_the_console(browser, file):
    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    assert said == []
    context.close()


def test_text_stands_out_from_what_is_behind_it(browser, file):
    page, _ = opened(browser, file, scripts=True)
    ratio, where = page.evaluate(CONTRAST)
    assert ratio >= 4.5, where
    page.context.close()


def test_landmarks_headings_and_tables_can_be_found_by_their_roles(browser, file):
    page, _ = opened(browser, file)
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation", name="On this page").count() == 1
    assert page.get_by_role("contentinfo").count() == 1
    for heading in (
        "Can we tell?",
        "Children to open first",
        "What we cannot tell, and why",
        "Record faults and rejects",
        "Method",
        "Sources and basis",
    ):
        assert page.get_by_role("heading", name=heading, exact=True).count() == 1
    for table in page.get_by_role("table").all():
        assert table.locator("caption").inner_text().strip()
        assert table.get_by_role("columnheader").count() >= 2
    for picture in page.get_by_role("img").all():
        assert picture.locator("title").text_content()
        assert picture.locator("desc").text_content()
    page.context.close()


def test_the_keyboard_reaches_the_skip_link_first(browser, file):
    page, _ = opened(browser, file, scripts=True)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the findings")
    assert link.evaluate("element => element === document.activeElement")
    assert link.bounding_box()["x"] >= 0
    page.context.close()


def test_text_in_a_picture_can_be_read_on_a_telephone(browser, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(report_page(measured_report(300)), encoding="utf-8")
    page, _ = opened(browser, file, width=375, scripts=True)
    heights = page.evaluate("""() => [...document.querySelectorAll('svg text')]
        .filter(text => text.checkVisibility()).map(text => text.getBoundingClientRect().height)""")
    assert heights and min(heights) >= 10
    page.context.close()


def test_no_two_words_of_a_picture_lie_over_each_other(browser, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(report_page(measured_report(300)), encoding="utf-8")
    for width, media in ((375, "screen"), (390, "screen"), (1200, "screen"), (680, "print")):
        page, _ = opened(browser, file, width=width, scripts=True)
        page.emulate_media(media=media)
        over = page.evaluate("""() => [...document.querySelectorAll('svg')].flatMap(svg => {
            const boxes = [...svg.querySelectorAll('text')].filter(text => text.getClientRects().length && getComputedStyle(text).display !== 'none')
                .map(text => [text.textContent, text.getBoundingClientRect()])
            return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
                .filter(([other, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4)
                .map(([other]) => one + ' over ' + other))
        })""")  # noqa: E501
        assert over == []
        page.context.close()


def test_on_a_telephone_every_figure_of_the_first_pages_is_seen_without_scrolling_sideways(browser, file):
    page, _ = opened(browser, file, width=390, scripts=True)
    beyond = page.evaluate("""() => [...document.querySelectorAll('.sheet, .sheet *')]
        .filter(one => !one.closest('.unseen, thead, caption') && one.getClientRects().length)
        .filter(one => one.getBoundingClientRect().right > 390.5
            || one.clientWidth && !(one instanceof SVGElement) && one.scrollWidth > one.clientWidth + 1)
        .map(one => one.outerHTML.slice(0, 80))""")
    assert beyond == []
    assert page.locator(".sheet .scroll").count() == 0
    page.context.close()


def test_on_paper_the_first_four_sheets_are_a_report_of_their_own(browser, file):
    """Each part begins a sheet and fits on it, so that the findings begin after four sheets at most."""
    page, _ = opened(browser, file)
    page.emulate_media(media="print")
    sheet = 297 * PIXELS_PER_MM - (12 + 15) * PIXELS_PER_MM  # A4 less its margins
    page.set_viewport_size({"width": round((210 - 30) * PIXELS_PER_MM), "height": round(sheet)})
    parts = page.locator("main > section.sheet").all()
    assert 2 <= len(parts) <= 4, "the first four pages are four"
    heights = {part.get_attribute("aria-labelledby"): part.bounding_box()["height"] for part in parts}
    above_the_first = parts[0].bounding_box()["y"]
    heights["heading"] += above_the_first
    assert {name: height for name, height in heights.items() if height > sheet} == {}
    boxes = page.locator(".two .box, .lead, .attention, .today, .areas").all()
    assert len(boxes) == 6
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    sheets = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert len(parts) <= sheets <= MOST_SHEETS
    page.context.close()


@pytest.mark.parametrize("width", [1200, 390])
def test_axe_finds_nothing_to_object_to(browser, file, width):
    page, _ = opened(browser, file, width=width, scripts=True)
    found = Axe().run(page).response["violations"]
    assert {one["id"]: [node["html"][:120] for node in one["nodes"]] for one in found} == {}
    page.context.close()


def test_a_chart_is_shown_in_one_width_and_its_figures_can_be_opened(browser, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(report_page(measured_report(300)), encoding="utf-8")
    for width, shown in ((1200, "wide"), (320, "narrow")):
        page, _ = opened(browser, file, width=width)
        seen = [one for one in page.locator("#better svg.chart").all() if one.is_visible()]
        assert len(seen) == 3
        assert all(f"-{shown}-title" in one.get_attribute("aria-labelledby") for one in seen)
        details = page.locator("#over-time details").first
        details.locator("summary").click()
        assert details.get_by_role("table").is_visible()
        assert details.get_by_role("link", name="CSV").get_attribute("download").endswith(".csv")
        page.context.close()


def test_the_first_pages_come_before_whether_we_can_tell_and_the_appendix_comes_last(browser, file):
    page, _ = opened(browser, file)
    parts = [part.get_attribute("aria-labelledby") for part in page.locator("main > section").all()]
    assert parts[0] == "heading"
    assert parts.index("relied-on-heading") < parts.index("can-tell-heading")
    if "obligations-heading" in parts:
        assert parts.index("obligations-heading") < parts.index("can-tell-heading")
    assert parts[-1] == "appendix-heading"
    page.context.close()
