"""Standards: YAML to obligations and back, worked examples, the library that ships, and a force's own settings."""

from wardline.standards.adopting import ForceDraft, draft_force
from wardline.standards.differing import Differences, LimitDifference, Named, differences
from wardline.standards.examples import ExampleResult, run_example, run_examples, said_without_events
from wardline.standards.force import Confirmation, Force, LocalLimit, read_force, read_limit
from wardline.standards.library import (
    StandardOfFile,
    earlier_versions,
    find_standard,
    find_versions,
    look_up_standard,
    look_up_versions,
    read_standard,
    shipped_obligation,
    shipped_standards,
    standards_for,
)
from wardline.standards.limits_compared import Compared, compare_limits, how_compared
from wardline.standards.one_of_your_own import new_standard
from wardline.standards.resolving import resolve, working_days_in
from wardline.standards.reviewing import Review, read_review, with_review
from wardline.standards.standard import Standard, remarks
from wardline.standards.standard_file import read_obligations
from wardline.standards.versions import clashes
from wardline.standards.writing import write_obligations, write_standard

__all__ = [
    "Compared",
    "Confirmation",
    "Differences",
    "ExampleResult",
    "Force",
    "ForceDraft",
    "LimitDifference",
    "LocalLimit",
    "Named",
    "Review",
    "Standard",
    "StandardOfFile",
    "clashes",
    "compare_limits",
    "differences",
    "draft_force",
    "earlier_versions",
    "find_standard",
    "find_versions",
    "how_compared",
    "look_up_standard",
    "look_up_versions",
    "new_standard",
    "read_force",
    "read_limit",
    "read_obligations",
    "read_review",
    "read_standard",
    "remarks",
    "resolve",
    "run_example",
    "run_examples",
    "said_without_events",
    "shipped_obligation",
    "shipped_standards",
    "standards_for",
    "with_review",
    "working_days_in",
    "write_obligations",
    "write_standard",
]
