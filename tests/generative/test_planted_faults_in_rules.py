"""A slip in any rule that is stated once for everything outside the engines is noticed beside the reference engine.

The rules are those of test_rules_beside_the_engines.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from tests.generative import test_rules_beside_the_engines as rules_beside_the_engines
from tests.generative.test_rules_beside_the_engines import (
    RULES,
    cases_as_the_engine_fits_them,
    cases_as_the_engine_has_them,
    dates_as_the_engine_has_them,
    keys_as_the_model_has_them,
    known_as_the_engine_has_it,
    nothing_else_is_named,
    patterns_as_the_engine_matches_them,
)
from tests.generative.worlds import World, world_of


@dataclass(frozen=True)
class Fault:
    """A slip that a programmer could make in one of the modules; the rule that must notice it."""

    name: str
    module: str
    right: str
    wrong: str
    rule: Callable[[World], None]


FAULTS = (
    Fault(
        "what was recorded after as at is known",
        "known_as_at",
        'return is_not_after("happened_at", as_at) & is_not_after("recorded_at", as_at)',
        'return is_not_after("happened_at", as_at)',
        known_as_the_engine_has_it,
    ),
    Fault(
        "what happens after as at is known",
        "known_as_at",
        'return is_not_after("happened_at", as_at) & is_not_after("recorded_at", as_at)',
        'return is_not_after("recorded_at", as_at)',
        known_as_the_engine_has_it,
    ),
    Fault(
        "what happened at the very instant is not known",
        "known_as_at",
        "return (pl.col(time) <= as_at).fill_null(True)",
        "return (pl.col(time) < as_at).fill_null(True)",
        known_as_the_engine_has_it,
    ),
    Fault(
        "an event without a time is not known",
        "known_as_at",
        "fill_null(True)",
        "fill_null(False)",
        known_as_the_engine_has_it,
    ),
    Fault(
        "a case that closes later is closed",
        "known_as_at",
        '(pl.col("closed_at") <= as_at) & ~ends_before_it_begins',
        "~ends_before_it_begins",
        cases_as_the_engine_has_them,
    ),
    Fault(
        "a case that ends before it begins is closed",
        "known_as_at",
        '(pl.col("closed_at") <= as_at) & ~ends_before_it_begins',
        '(pl.col("closed_at") <= as_at)',
        cases_as_the_engine_has_them,
    ),
    Fault(
        "a case that closed at the very instant is open",
        "known_as_at",
        '(pl.col("closed_at") <= as_at) & ~ends_before_it_begins',
        '(pl.col("closed_at") < as_at) & ~ends_before_it_begins',
        cases_as_the_engine_has_them,
    ),
    Fault(
        "a case that opened at the very instant does not exist",
        "known_as_at",
        '(pl.col("opened_at") <= as_at) |',
        '(pl.col("opened_at") < as_at) |',
        cases_as_the_engine_has_them,
    ),
    Fault(
        "a case without an opening exists before its first event",
        "known_as_at",
        'pl.col("_begun").is_not_null()',
        'pl.col("opened_at").is_null()',
        cases_as_the_engine_has_them,
    ),
    Fault(
        "a case without an opening does not exist",
        "known_as_at",
        '| pl.col("_begun").is_not_null()',
        "",
        cases_as_the_engine_has_them,
    ),
    Fault(
        "an event makes a case exist that opens later",
        "known_as_at",
        '.join(unopened, on="case_id", how="semi")',
        "",
        cases_as_the_engine_has_them,
    ),
    Fault(
        "a case exists through an event that is not known",
        "known_as_at",
        "known_events(event_log, as_at=as_at)\n",
        "event_log.events\n",
        cases_as_the_engine_has_them,
    ),
    Fault(
        "only the first pattern is looked at",
        "matching",
        "for pattern in patterns\n",
        "for pattern in patterns[:1]\n",
        patterns_as_the_engine_matches_them,
    ),
    Fault(
        "an event's name is not looked at",
        "matching",
        '(pl.col("event") == pattern.event) & ',
        "",
        patterns_as_the_engine_matches_them,
    ),
    Fault(
        "one of the conditions will do",
        "matching",
        "return pl.all_horizontal(each)",
        "return pl.any_horizontal(each)",
        patterns_as_the_engine_matches_them,
    ),
    Fault(
        "a full match is one but for an empty attribute too",
        "matching",
        " & ~matches(patterns, attributes)",
        "",
        patterns_as_the_engine_matches_them,
    ),
    Fault(
        "an attribute that no mapping holds fits anything",
        "matching",
        "else pl.lit(if_empty)\n",
        "else pl.lit(True)\n",
        patterns_as_the_engine_matches_them,
    ),
    Fault(
        "an empty attribute fits anything",
        "matching",
        ".fill_null(if_empty)",
        ".fill_null(True)",
        patterns_as_the_engine_matches_them,
    ),
    Fault(
        "a case that fits may fit too",
        "matching",
        " & ~fits(conditions, attributes)",
        "",
        cases_as_the_engine_fits_them,
    ),
    Fault(
        "a case without the attribute fits",
        "matching",
        "return _all_hold(conditions, attributes, if_empty=False)",
        "return _all_hold(conditions, attributes, if_empty=True)",
        cases_as_the_engine_fits_them,
    ),
    Fault("the last day is not judged", "dates", "(day <= last)", "(day < last)", dates_as_the_engine_has_them),
    Fault(
        "the first day is not judged",
        "dates",
        "within = day >= first if last is None else (day >= first)",
        "within = day > first if last is None else (day > first)",
        dates_as_the_engine_has_them,
    ),
    Fault("the period is not looked at", "dates", "if period is None:", "if True:", dates_as_the_engine_has_them),
    Fault(
        "the dates in force end with the period",
        "dates",
        "min(last, period[1])",
        "period[1]",
        dates_as_the_engine_has_them,
    ),
    Fault(
        "the dates in force begin with the period",
        "dates",
        "max(first, period[0])",
        "period[0]",
        dates_as_the_engine_has_them,
    ),
    Fault("days are those of UTC", "dates", "Calendar(resolved.zone)", 'Calendar("UTC")', dates_as_the_engine_has_them),
    Fault(
        "what has no time is not judged",
        "dates",
        "within.fill_null(True)",
        "within.fill_null(False)",
        dates_as_the_engine_has_them,
    ),
    Fault(
        "an occasion without a time goes by nothing",
        "dates",
        'pl.coalesce("happened_at", "opened_at")',
        'pl.col("happened_at")',
        dates_as_the_engine_has_them,
    ),
    Fault(
        "the event of a limit is not named",
        "named",
        "yield Need(Part.LIMIT, RecordOf.EVENT, event)\n            yield Need(Part.LIMIT, "
        "RecordOf.EVENT, event, attribute, values)\n",
        "return\n",
        nothing_else_is_named,
    ),
    Fault(
        "the attribute of a limit is none of the case",
        "named",
        "of_case_too=True",
        "of_case_too=False",
        nothing_else_is_named,
    ),
    Fault(
        "exemptions are not named",
        "named",
        "*_of_patterns(Part.EXEMPTION, obligation.exemptions),\n",
        "",
        nothing_else_is_named,
    ),
    Fault(
        "what ends a repeat is not named",
        "named",
        "case Repeat(until=tuple() as until):\n            found += _of_patterns(Part.SETTLED, until)\n",
        "case Repeat():\n            pass\n",
        nothing_else_is_named,
    ),
    Fault(
        "what settles a never is not named",
        "named",
        "case Never(settled_by=tuple() as settled_by):\n            found += _of_patterns(Part.SETTLED, settled_by)\n",
        "case Never():\n            pass\n",
        nothing_else_is_named,
    ),
    Fault("the field of a record is not named", "named", "*_of_record(obligation),\n", "", nothing_else_is_named),
    Fault(
        "the cases are not named",
        "named",
        "*(_of_condition(Part.CASES, RecordOf.CASE, None, condition) for condition in obligation.only_for),\n",
        "",
        nothing_else_is_named,
    ),
    Fault(
        "two versions have one key",
        "findings_tables",
        '"standard", "obligation", "version"))',
        '"standard", "obligation", "obligation"))',
        keys_as_the_model_has_them,
    ),
    Fault(
        "two obligations have one name",
        "findings_tables",
        '_as_text("standard", "obligation"))',
        '_as_text("standard", "standard"))',
        keys_as_the_model_has_them,
    ),
)
WORLDS = 300


def test_every_rule_has_a_fault_that_it_must_notice() -> None:
    assert {fault.rule for fault in FAULTS} == set(RULES)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(rules_beside_the_engines), fault.module, _with(fault, tmp_path / "faulty.py"))
    for seed in range(WORLDS):
        try:
            fault.rule(world_of(Random(seed)))
        except AssertionError:
            return
    pytest.fail(f"{WORLDS} worlds did not show that {fault.name}")


def _with(fault: Fault, path: Path) -> ModuleType:
    right: ModuleType = vars(rules_beside_the_engines)[fault.module]
    assert right.__file__ is not None
    text = Path(right.__file__).read_text(encoding="utf-8")
    assert text.count(fault.right) == 1, f"the text to replace stands {text.count(fault.right)} times"
    path.write_text(text.replace(fault.right, fault.wrong), encoding="utf-8")
    spec = spec_from_file_location(right.__name__, path)
    assert spec is not None and spec.loader is not None
    wrong = module_from_spec(spec)
    spec.loader.exec_module(wrong)
    return wrong
