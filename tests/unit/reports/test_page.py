import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import polars as pl
import pytest

from tests.unit.reports.drawn import drawn_report, report_on_six_standards
from tests.unit.reports.made_up import ALL, ATTEND, MISSING, finding, report
from wardline.events import CASES, PEOPLE
from wardline.reports import report_page
from wardline.reports.sources import LEADERSHIP

# Never in what people read.
NEVER_SAID = (
    "failed",
    "failure",
    "breach",
    "violation",
    "compliant",
    "compliance",
    "worst",
    "false improvement",
    "offender",
    "absconded",
    "placement",
    "hard to reach",
    "invalid",
    "illegal",
    "league",
    "red flag",
)
VOID = {"meta", "link", "br", "img", "input", "hr", "wbr"}

PAGES = {
    "nothing at all": lambda: report(obligations=(), standards=()),
    "no findings": lambda: report(),
    "one finding": lambda: report([finding(wait=5)]),
    "one obligation": lambda: report([finding(wait=5)], (ATTEND,)),
    "eight reports": lambda: drawn_report(8),
    "forty reports": lambda: drawn_report(40),
    "twenty obligations": lambda: drawn_report(60, copies=4),
    "two thousand reports": lambda: drawn_report(2000),
    "six standards": lambda: report_on_six_standards(60),
    "no period": lambda: drawn_report(30, period=None, question=None, oversight_body=None, is_made_up_data=False),
}


@cache
def page_of(name):
    return report_page(PAGES[name]())


@pytest.fixture(params=PAGES)
def page(request):
    return page_of(request.param)


class Reader(HTMLParser):
    """Reads a page strictly: every element is closed in its turn, every id stands once."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.text, self.tags, self.attributes = [], [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        values = dict(attributes)
        assert len(values) == len(attributes), f"<{tag}> has an attribute twice"
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


@cache
def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def said(page):
    return " ".join(" ".join(read(page).text).split())


def test_every_element_is_closed_and_every_id_stands_once(page):
    reader = read(page)
    assert len(reader.ids) == len(set(reader.ids))
    for name, value in reader.attributes:
        if name in ("aria-labelledby", "aria-describedby"):
            assert set(value.split()) <= set(reader.ids)


def test_every_link_within_the_page_leads_somewhere(page):
    reader = read(page)
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.ids)


def test_nothing_is_fetched_and_nothing_runs(page):
    reader = read(page)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(reader.tags)
    assert not [
        name for name, _ in reader.attributes if name in ("src", "srcset", "style", "action") or name.startswith("on")
    ]
    assert "url(" not in page and "@import" not in page
    assert "default-src 'none'" in page


def test_no_word_is_said_that_must_not_be(page):
    text = said(page).lower()
    assert [word for word in NEVER_SAID if re.search(rf"\b{word}", text)] == []


def test_no_placeholder_is_left(page):
    text = said(page)
    assert not re.search(r"\bNone\b(?! of)|\bnan\b|\bTrue\b|\bFalse\b|{{|}}|<function|datetime\.", text)


def test_what_records_cannot_show_stands_in_every_report(page):
    assert LEADERSHIP == "Leadership, and much of working with partners, cannot be judged from records."
    assert LEADERSHIP in said(page)
    assert "Recorded in time says nothing about quality" in said(page)


def test_there_is_one_heading_of_the_first_rank_and_none_is_skipped(page):
    ranks = [int(tag[1]) for tag in read(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert ranks.count(1) == 1 and ranks[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(ranks))


def test_every_table_has_a_caption_and_headings(page):
    assert page.count("<table>") == page.count("<caption>") == page.count("<thead>")
    assert '<th scope="col"></th>' not in page


def test_it_says_its_language_and_from_when_it_looks(page):
    assert '<html lang="en-GB">' in page
    assert "as at 1 April 2025" in said(page)


def test_the_same_report_gives_the_same_bytes():
    first, second = (drawn_report.__wrapped__(60) for _ in range(2))
    assert report_page(first) == report_page(second)


def test_made_up_data_is_said_first_and_real_data_is_not_called_made_up():
    assert said(page_of("no findings")).split("Skip to the findings ")[1].startswith("Made-up data. No real child")
    assert "Made-up" not in said(report_page(report(is_made_up_data=False)))


def test_no_name_and_no_marker_reaches_the_page():
    """Every column that could hold a person's data is filled with a marker."""
    marker = "Zebedee Marker"
    columns = {**CASES, **PEOPLE, "sergeant": pl.String(), "free_text": pl.String()}
    cases = pl.DataFrame(
        [
            {name: marker if kind == pl.String() else None for name, kind in columns.items()}
            | {"case_id": f"compact:{at}", "closed_at": None}
            for at in range(40)
        ],
        schema=columns,
    )
    findings = [finding(case=f"compact:{at}", child=f"{at:032x}", outcome="missed") for at in range(40)]
    page = report_page(report(findings, cases=cases))
    assert "compact:7" in page
    assert "Zebedee" not in page and "Marker" not in page


def test_what_people_wrote_is_escaped():
    page = report_page(report(title="<script>alert(1)</script>", question=None, force="A & B"))
    assert "<script" not in page
    assert "A &amp; B" in page


def test_a_large_difference_from_the_forces_own_counts_stands_in_the_headline():
    first = said(page_of("two thousand reports")).split("What most needs attention")[0]
    assert "The counts differ. For April 2024 to March 2025 the force itself publishes 2,136 missing episodes" in first


def test_the_questions_link_to_the_rows_behind_them():
    page = page_of("two thousand reports")
    for at in (1, 2, 3):
        assert f'href="#question-{at}"' in page
        assert f'id="question-{at}"' in page


def test_assumed_limits_stand_in_no_headline():
    first = said(page_of("two thousand reports")).split("On this page")[0]
    assert ALL[2].obligation.title not in first
    assert "One obligation is assumed, and the force has not confirmed it" in first


def test_a_further_standard_has_a_sentence_of_its_own():
    other = type(MISSING)("our-own/handover", "Handover", "1", "missing episode", MISSING.in_force_from)
    text = said(report_page(report([finding(wait=5)], standards=(MISSING, other))))
    assert "Handover: the force owes nothing in it, so there is no figure for it here." in text


# SEVERAL STANDARDS


def test_the_first_standard_speaks_first_and_the_others_have_a_row_each():
    page = page_of("six standards")
    first_page = page[page.index('<section class="first') : page.index("</nav>")]
    assert first_page.count('class="lead"') == 1 and 'class="further"' not in first_page
    text = " ".join(re.sub("<[^>]+>", " ", first_page).split())
    assert (
        text.index("children were reported missing")
        < text.index("Over all 6 standards")
        < text.index("The other standards, each by one obligation")
    )
    # Once as a row of the table, and otherwise only where a case of it is told.
    of_the_table = text[text.index("The other standards, each by one obligation") :]
    assert of_the_table.count("What is owed by standard number 3, in a long title") == 1
    assert "There is no figure for “What is owed by standard number 6, in a long title”" in text


def test_a_page_of_thousands_of_findings_is_hardly_longer_than_one_of_hundreds():
    few, many = (len(report_page(drawn_report(occasions))) for occasions in (400, 4_000))
    assert many < 2 * few
    assert many < 500_000
