"""Every finding of the specification has its sentence."""

from __future__ import annotations

from tests.architecture.repository import ROOT
from tests.specification.pages import read_pages
from wardline.engines import check_by_reference
from wardline.findings import Outcome, Reason, explain_finding, outcome_words


def test_every_finding_of_the_specification_can_be_explained():
    said = set()
    for section in read_pages(ROOT / "specification"):
        by_id = {one.obligation.id: one for one in section.obligations}
        for expected in section.expectations:
            found = check_by_reference(section.obligations, section.log, as_at=expected.as_at, period=expected.period)
            for row in found.to_dicts():
                resolved = by_id[row["obligation"]]
                sentence = explain_finding(row, resolved)
                assert sentence.lower().startswith(outcome_words(Outcome(row["outcome"]), resolved.obligation))
                assert sentence.endswith(".") and "None" not in sentence and "_" not in sentence
                said.add((row["outcome"], row["reason"]))
    assert {reason for _, reason in said} == {None, *(reason.value for reason in Reason)}
