"""A standard to start from: small, complete, with worked examples that hold and comments that teach."""

from __future__ import annotations

from wardline.documents import NAME
from wardline.errors import Problem, ProblemKind, UsageError
from wardline.standards.library import shipped_standards

__all__ = ["new_standard"]

TEXT = """\
# A standard of your own, to be changed line by line. What comes after # is for reading, and can be taken out.
# Every key is explained in docs/reference/standards-language.md; `wardline standards test FILE` says whether it holds.
standard: {name}
title: Reviews of missing children          # what people call it
version: "1"                                # a new wording gets a new one, and judges only what begins from its first day
in force: {{from: 2025-01-01}}                # the first day that is judged by it; {{from: …, to: …}} once it has ended
case type: missing episode                  # which cases it is about, as your mapping calls them
obligations:
  # Say each obligation aloud first: “When a child is reported missing, a supervisor reviews the report within two hours,
  # unless the child has been found or the report cancelled.” The four parts are four lines: when, then, within, unless.
  - id: first-review                        # short, without spaces: in full it is called {name}/first-review
    title: A supervisor reviews the report soon after it is made
    topic: initial response                 # or leadership, partnership working, risk assessment and referral, investigation
    owed by: force                          # or council, health, carer, oversight body
    when: reported                          # the event that starts the clock, as your mapping calls it
    then: [inspector_review, risk_reviewed] # any of these is enough
    within: 2 hours                         # or 15 minutes, 3 days, 2 working days, same day; `to be set` if nobody has said
    unless: [child_found, report_cancelled] # what makes it not owed
    basis: {{kind: force policy, title: Our missing children procedure, published: 2025-01}}   # `assumed` if it is written nowhere
    gaming: Reviews typed one after the other at the end of a shift. Look at when they were written up.
    # Small stories with the answer you expect: one on each side of the limit, one for each reason why it is not owed.
    # Times are of one made-up day. While an answer does not come out as written here, the standard does not load.
    examples:
      - name: reviewed on the last minute
        events: |
          18:00 reported
          20:00 risk_reviewed
        as at: "23:00"                      # when we look
        expect: recorded in time            # or recorded late by 5 minutes, no record found, not owed, not yet due
      - name: reviewed five minutes late
        events: |
          18:00 reported
          20:05 risk_reviewed
        as at: "23:00"
        expect: recorded late by 5 minutes
      - name: nobody reviewed it
        events: 18:00 reported
        as at: "23:00"
        expect: no record found
      - name: found before the review was due
        events: |
          18:00 reported
          19:00 child_found
        as at: "23:00"
        expect: not owed
# What no record shows, for somebody who reads the case files:
not judged from records:
  - whether the review was a good one
"""  # noqa: E501  the lines of the file that it writes, with their comments beside them


def new_standard(name: str) -> str:
    """The text of a standard of this name, which loads as it is.

    Raises UsageError where it cannot be a name, or is that of a standard that ships.
    """
    if not NAME.fullmatch(name):
        raise UsageError(
            Problem(
                ProblemKind.WRONG_VALUE,
                f"“{name}” cannot be the name of a standard, because it is written in commands.",
                "Use letters, digits and hyphens without spaces, such as `our-own/handover`.",
            )
        )
    if name.casefold() in [shipped.casefold() for shipped in shipped_standards()]:
        raise UsageError(
            Problem(
                ProblemKind.WRONG_USE,
                f"`{name}` ships with Wardline, and a standard of your own needs a name of its own.",
                "To change its limits, write them in force.yaml (`wardline standards adopt` drafts it). "
                "To write another "
                "standard, begin its name with yours, such as `our-own/handover`.",
            )
        )
    return TEXT.format(name=name)
