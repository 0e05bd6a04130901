"""What the oversight body asks stands in a section of its own, which says that the force has not agreed to it."""

from dataclasses import replace

from tests.unit.reports.made_up import ATTEND, HANDOVER, finding, report
from wardline.obligations import Standing
from wardline.reports import Confirmed, report_page
from wardline.time_limits import read_length

ASKED = replace(HANDOVER, standing=Standing.ASKED, shipped_limit=read_length("24 hours"))
HEADING = "What the office asks; the force has not agreed that it is owed"


def page_with(*obligations):
    rows = [
        finding(one, case=f"compact:{at}", outcome=outcome, wait=wait, standing=one.standing.value)
        for one in obligations
        for at, (outcome, wait) in enumerate((("met", 5), ("late", 3_000), ("missed", None), ("missed", None)))
    ]
    who = {"england/missing-children/handover": Confirmed("Head of Scrutiny", "2025-03-10")}
    return report_page(report(rows, obligations=obligations, asked=who))


def test_its_figures_are_in_a_section_of_their_own():
    page = page_with(ATTEND, ASKED)
    section = page[page.index('<section id="asked"') :]
    section = section[: section.index("</section>")]
    assert HEADING in section and HANDOVER.obligation.title in section
    assert "Asked by Head of Scrutiny, since 2025-03-10. The force has not agreed that it is owed." in section
    assert "The limit is the oversight body&#39;s own; the standard&#39;s is 24 hours." in section
    assert (
        HANDOVER.obligation.title
        not in page[: page.index('<section id="asked"')].split('id="obligations"')[1].split("Not judged")[0]
    )


def test_without_anything_asked_there_is_no_such_section():
    assert HEADING not in page_with(ATTEND, HANDOVER)
