"""Unit tests are soon done: what draws its examples, starts a process, makes a dive, a force or a large log is a test
of another folder.
"""

import ast

from tests.architecture.repository import ROOT, imports_of

SLOW = (
    "hypothesis",
    "tests.generative.obligations_strategies",
    "tests.generative.worlds",
    "tests.integration",
    "subprocess",
    "multiprocessing",
    "tests.performance.large_log",
    "wardline.dive.run_dive",
    "wardline.simulation.exports",
    "wardline.simulation.simulate",
    "wardline.simulation.world",
)


def test_no_unit_test_draws_its_examples_starts_a_process_makes_a_dive_or_makes_up_a_force():
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in sorted((ROOT / "tests" / "unit").rglob("*.py"))
        for name in imports_of(ast.parse(path.read_text(encoding="utf-8")))
        if any(f"{name}.".startswith(f"{slow}.") for slow in SLOW)
    }
    assert found == set()
