"""Standards: YAML to obligations and back, worked examples, the library that ships, and a force's own settings."""

from wardline.standards.examples import ExampleResult, run_example, run_examples, said_without_events
from wardline.standards.force import Confirmation, Force, LocalLimit, read_force
from wardline.standards.library import find_standard, read_standard, shipped_standards
from wardline.standards.reading import read_obligations
from wardline.standards.resolving import resolve
from wardline.standards.standard import Standard, remarks
from wardline.standards.versions import clashes
from wardline.standards.writing import write_obligations, write_standard

__all__ = [
    "Confirmation",
    "ExampleResult",
    "Force",
    "LocalLimit",
    "Standard",
    "clashes",
    "find_standard",
    "read_force",
    "read_obligations",
    "read_standard",
    "remarks",
    "resolve",
    "run_example",
    "run_examples",
    "said_without_events",
    "shipped_standards",
    "write_obligations",
    "write_standard",
]
