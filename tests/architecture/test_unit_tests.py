"""Unit tests are soon done: what draws its examples, starts a process or makes a dive is a test of another folder."""

import ast

from tests.architecture.repository import ROOT, imports_of

SLOW = (
    "hypothesis",
    "tests.generative.obligations_strategies",
    "tests.generative.worlds",
    "tests.integration",
    "subprocess",
    "multiprocessing",
    "wardline.dive.run_dive",
    "wardline.simulation.simulate",
)


def test_no_unit_test_draws_its_examples_starts_a_process_or_makes_a_dive():
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in sorted((ROOT / "tests" / "unit").rglob("*.py"))
        for name in imports_of(ast.parse(path.read_text(encoding="utf-8")))
        if any(f"{name}.".startswith(f"{slow}.") for slow in SLOW)
    }
    assert found == set()
