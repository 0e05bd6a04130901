"""Each line of the draft of a force's settings loads once it is no comment any more."""

from __future__ import annotations

from tests.unit.standards.drafts import all_standards, draft_of, lines_of_duties, read, with_value
from wardline.standards import resolve


def test_every_line_loads_once_it_is_no_comment_any_more():
    standards = all_standards()
    draft = draft_of(standards)
    found = lines_of_duties(draft.text)
    assert len(found) == draft.limits + draft.to_be_set + draft.to_confirm
    for match in found:
        force = read(with_value(draft.text, match))
        assert [*force.limits, *force.confirmed] == [match[1]]
        resolved = {one.full_name: one for one in resolve(standards, force)}
        assert resolved[match[1]].shipped_limit is None, (
            "a limit that is left as it ships is no limit of the force's own"
        )
