"""The draft of a force's settings with every standard at hand, and its lines."""

from __future__ import annotations

import re
from pathlib import Path

from wardline.documents import parse_document
from wardline.standards import draft_force, look_up_standard, read_standard, shipped_standards
from wardline.standards.force import force_in

OWN = Path("tests/fixtures/good/standard_of_every_key.yaml")
DUTY = re.compile(r"^  # ([\w/-]+/[\w-]+): (.+)$", re.MULTILINE)
CONFIRMED = "by: Head of Safeguarding, on: 2025-03-03"


def all_standards():
    shipped = [look_up_standard(name, relative_to=Path()) for name in shipped_standards()]
    return [*shipped, read_standard(OWN)]


def draft_of(standards):
    return draft_force("Teesmouth", "England", "Europe/London", standards)


def read(text):
    return force_in(parse_document(text, "force.yaml"))


def lines_of_duties(text):
    return list(DUTY.finditer(text))


def with_value(text, match):
    """The draft with the `# ` taken out before one line, and a name and a day where they are asked for."""
    line = match[0].replace("# ", "", 1).replace("by: , on: ", CONFIRMED)
    return text[: match.start()] + line + text[match.end() :]
