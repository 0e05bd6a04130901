"""What must be recorded for an obligation to be judged, and by whom."""

from wardline.dive import data_request

STANDARD = """\
standard: our-own/interviews
title: Return interviews
version: "1"
in force: {from: 2025-01-01}
case type: missing episode
obligations:
  - id: never-by-telephone
    title: Return interviews are never held by telephone
    topic: partnership working
    owed by: council
    never: {event: interviewed, how: telephone}
    basis: {kind: force policy, title: A policy}
"""


def test_what_must_not_happen_is_asked_of_whoever_owes_it(tmp_path):
    path = tmp_path / "interviews.yaml"
    path.write_text(STANDARD, encoding="utf-8")
    fields = data_request([str(path)]).fields
    asked = {(field.name, field.meaning, field.kept_by) for field in fields if "interviewed" in field.about}
    assert {
        ("happened at", "what must not happen", "the council"),
        ("how", "what must not happen", "the council"),
    } <= asked
