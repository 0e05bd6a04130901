"""Faults planted in a copy of the reference engine: the comparison must notice every one, or green means nothing."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import polars as pl
import pytest

from tests.generative.comparing import Check, check_world
from tests.generative.many_worlds import ALL_KINDS, kinds_of, many_worlds_of
from tests.generative.test_engines_agree import ONCE_DIFFERED, SEEDS_OF_MANY
from tests.generative.worlds import World, world_of
from wardline.engines import check_by_reference, reference

PACKAGE = "wardline.engines.reference"


@dataclass(frozen=True)
class Fault:
    """A slip that a programmer could make: in one module, one piece of text in place of another."""

    name: str
    module: str
    right: str
    wrong: str


FAULTS = (
    Fault(
        "on the deadline is late",
        "respond",
        "if any(instant <= due.deadline for instant in responded_at)",
        "if any(instant < due.deadline for instant in responded_at)",
    ),
    Fault(
        "an exemption on the deadline does not count",
        "respond",
        "if any(instant <= due.deadline for instant in exempted_at)",
        "if any(instant < due.deadline for instant in exempted_at)",
    ),
    Fault(
        "an exemption counts however late",
        "respond",
        "if any(instant <= due.deadline for instant in exempted_at)",
        "if exempted_at",
    ),
    Fault(
        "exemptions are forgotten",
        "respond",
        "exemptions = group.matching(obligation.exemptions)",
        "exemptions = group.matching(())",
    ),
    Fault(
        "the deadline at as at is not yet due",
        "respond",
        "if due.deadline > group.as_at",
        "if due.deadline >= group.as_at",
    ),
    Fault(
        "a gap is seen before what is not yet due",
        "respond",
        "if due.deadline > group.as_at:\n        return Outcome.NOT_YET_DUE, None\n    if is_uncertain:\n"
        "        return Outcome.CANNOT_TELL, Reason.RECORD_GAP",
        "if is_uncertain:\n        return Outcome.CANNOT_TELL, Reason.RECORD_GAP\n    if due.deadline > group.as_at:\n"
        "        return Outcome.NOT_YET_DUE, None",
    ),
    Fault(
        "a grading whose limit is to be set is passed over",
        "due_by",
        "listed = {value for value, _ in table.limits}",
        "listed = {value for value, one in table.limits if not isinstance(one, ToBeSet)}",
    ),
    Fault(
        "`owed after` is forgotten",
        "respond",
        "owed = occasion if owed_after is None else occasion.later(owed_after, calendar)",
        "owed = occasion",
    ),
    Fault(
        "what ended before it was owed is not seen where no limit is set",
        "respond",
        "is_ended = owed_from is not None and any(",
        "is_ended = False and any(",
    ),
    Fault("counted from the first of several, not the last", "triggering", "return earlier[-1]", "return earlier[0]"),
    Fault(
        "counted from an event after the trigger",
        "triggering",
        "            and event.happened_at <= trigger.happened_at\n",
        "",
    ),
    Fault(
        "counted from an event of the child's other case",
        "triggering",
        "if event.case_id == trigger.case_id\n            and event.happened_at is not None",
        "if event.happened_at is not None",
    ),
    Fault(
        "evidence without a time is ignored", "respond", "bool(responses.untimed or exemptions.untimed) or any(", "any("
    ),
    Fault("inexact times are taken as exact", "respond", "if favourable[0] is not unfavourable[0]:", "if False:"),
    Fault(
        "a response may be the trigger itself",
        "windows",
        "else event.happened_at > self._begins",
        "else event.happened_at >= self._begins",
    ),
    Fault(
        "a response at the trigger's instant does not count",
        "windows",
        "self._interval_of(event).latest >= self._trigger.earliest",
        "self._interval_of(event).latest > self._trigger.earliest",
    ),
    Fault(
        "`since: opening` is forgotten", "windows", "self._since_opening = since_opening", "self._since_opening = False"
    ),
    Fault(
        "a date alone is not widened to its day",
        "windows",
        "return interval.by_whole_days(self._calendar) if self._is_in_days else interval",
        "return interval",
    ),
    Fault(
        "a date of the trigger's own day may always lie before it",
        "windows",
        "is_taken_as_after = seen.unfavourably_at is None and self.takes_as_after(event)",
        "is_taken_as_after = False",
    ),
    Fault(
        "a date of the trigger's own day is after it, however short the limit",
        "windows",
        "self._is_a_day_or_longer\n            and self._occasion.is_exact",
        "self._occasion.is_exact",
    ),
    Fault(
        "nothing is owed after a response of the day on which a repeat began",
        "repeat",
        "if at > begins or is_taken_as_after(one)]",
        "if at > begins]",
    ),
    Fault(
        "what was recorded after as at is known",
        "case_files",
        "not _is_after(self.happened_at, as_at) and not _is_after(self.recorded_at, as_at)",
        "not _is_after(self.happened_at, as_at)",
    ),
    Fault(
        "events are sorted by when they were recorded",
        "case_files",
        "return (event.happened_at is None, event.happened_at, event.event_id)",
        "at = event.recorded_at or event.happened_at\n    return (at is None, at, event.event_id)",
    ),
    Fault(
        "a case closed after as at is closed",
        "case_files",
        "return None if _is_after(at, self.as_at) or ends_before_it_begins else at",
        "return None if ends_before_it_begins else at",
    ),
    Fault(
        "only the first condition of a pattern is looked at",
        "case_files",
        "for one in pattern.conditions",
        "for one in pattern.conditions[:1]",
    ),
    Fault(
        "of several triggers only the first is seen",
        "triggering",
        "return TriggeredOccasions(timed[:1] if first_only else timed + untimed, case_ids)",
        "return TriggeredOccasions(timed[:1] + untimed, case_ids)",
    ),
    Fault(
        "`nth` fires at every event from the nth on",
        "triggering",
        "and not any(earlier in fired for earlier in in_window)",
        "",
    ),
    Fault("`nth` leaves out an event exactly at the end of its time", "triggering", "until >= at", "until > at"),
    Fault(
        "the last day in force is not judged", "triggering", "day <= resolved.in_force_to", "day < resolved.in_force_to"
    ),
    Fault(
        "a downgrade lengthens the limit",
        "due_by",
        "held = _earliest([held, *(_counted(limit, from_itself, calendar) for limit in limits)])",
        "held = _earliest([_counted(limit, start, calendar) for limit in limits])",
    ),
    Fault(
        "a late first grading delays the clock",
        "due_by",
        "held = _earliest([held, set_by_first]) if is_late else set_by_first",
        "held = set_by_first",
    ),
    Fault(
        "an upgrade counts from the trigger",
        "due_by",
        "from_itself = Start(graded_at, graded_at)",
        "from_itself = start",
    ),
    Fault(
        "a value that no table lists is taken for none",
        "due_by",
        "return dict[object, ListedLimit](table.limits).get(value, table.unknown)",
        "return dict[object, ListedLimit](table.limits).get(value)",
    ),
    Fault(
        "a system that does not hold the case is believed",
        "obligation_and_systems",
        "if able & group.sources:\n        return None",
        "if able:\n        return None",
    ),
    Fault(
        "anybody's system shows another's obligation",
        "obligation_and_systems",
        "is_theirs = owner is Owner.FORCE or",
        "is_theirs = True or",
    ),
    Fault(
        "a child's cases are not counted together",
        "__init__",
        "groups = each_child if to_check.resolved.obligation.per_child else each_case",
        "groups = each_case",
    ),
    Fault(
        "the order before an event does not matter",
        "by_event",
        "if any_before(there, at):\n                return Outcome.MET, None",
        "if there:\n                return Outcome.MET, None",
    ),
    Fault(
        "an open case without the event is met",
        "by_event",
        "is_settled = group.closed_at(case) is not None if settling is None",
        "is_settled = True if settling is None",
    ),
    Fault(
        "`unknown` is filled in", "filled_in", 'NOT_FILLED_IN = {"", "unknown", "not stated"}', "NOT_FILLED_IN = set()"
    ),
    Fault(
        "a trigger inside a period begins another",
        "repeat",
        "if at is None or (periods and periods[-1].runs_at(at)):",
        "if at is None:",
    ),
    Fault(
        "a response at the end of a period begins another gap",
        "repeat",
        "if after and period.runs_at(at):",
        "if after and (period.runs_at(at) or at == period.ends):",
    ),
    Fault(
        "a response after the period answers", "repeat", "return is_after and period.answers(one)", "return is_after"
    ),
    Fault(
        "a trigger at the closing of another of the child's cases begins nothing",
        "repeat",
        "if at is None or (periods and periods[-1].runs_at(at)):",
        "if at is None or (periods and (periods[-1].runs_at(at) or at == periods[-1].ends)):",
    ),
    Fault(
        "a case that ends before it begins is closed",
        "case_files",
        "return None if _is_after(at, self.as_at) or ends_before_it_begins else at",
        "return None if _is_after(at, self.as_at) else at",
    ),
    Fault(
        "what a gap hides is counted",
        "obligation_and_systems",
        "return self.why_not_recorded(group) is None and not self.is_uncertain(group, start, end)",
        "return self.why_not_recorded(group) is None",
    ),
    Fault(
        "what no system could have recorded is counted",
        "obligation_and_systems",
        "return self.why_not_recorded(group) is None and not self.is_uncertain(group, start, end)",
        "return not self.is_uncertain(group, start, end)",
    ),
    Fault("a closed case still owes the record of what never came", "filled_in", "if closed_at is None:", "if True:"),
    Fault(
        "in a repeat the grade that the case held before counts for nothing",
        "due_by",
        "if is_repeat and (held",
        "if False and (held",
    ),
    Fault(
        "in a repeat another case's grade holds",
        "due_by",
        "if one.case_id == occasion.case.case_id and _at(one) <= starts_at",
        "if _at(one) <= starts_at",
    ),
    Fault(
        "the first response is the evidence, in time or not",
        "respond",
        "return next(iter(by_deadline or seen), None)",
        "return next(iter(seen), None)",
    ),
)


# What test_engines_agree draws many at a time, one seed of each kind after the other; and where the engines once
# differed.
SEEDS = [(kind, seed, True) for seed in SEEDS_OF_MANY for kind in ALL_KINDS]
SEEDS += [(kind, seed, False) for kind, seed in ONCE_DIFFERED]


@cache
def drawn_and_checked(kind: str, seed: int, are_many: bool) -> tuple[World, pl.DataFrame]:
    """The worlds of a seed as one, and what the engine without a fault finds in them."""
    world = many_worlds_of(seed, kinds_of(kind)).as_one if are_many else world_of(Random(seed), kinds_of(kind))
    return world, check_world(check_by_reference, world)


@pytest.fixture
def engine_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Makes the `check` of a copy of the reference engine in which a fault is planted."""
    monkeypatch.syspath_prepend(tmp_path)

    def plant(fault: Fault) -> Check:
        name = "reference_with_a_fault"
        folder = tmp_path / name
        shutil.copytree(Path(reference.__path__[0]), folder, ignore=shutil.ignore_patterns("__pycache__"))
        for module in folder.glob("*.py"):
            module.write_text(module.read_text().replace(PACKAGE, name))
        faulty = folder / f"{fault.module}.py"
        text = faulty.read_text()
        assert text.count(fault.right) == 1, f"the text to replace stands {text.count(fault.right)} times"
        faulty.write_text(text.replace(fault.right, fault.wrong))
        importlib.invalidate_caches()
        return importlib.import_module(name).check

    yield plant
    for name in [name for name in sys.modules if name.partition(".")[0] == "reference_with_a_fault"]:
        del sys.modules[name]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_comparison_notices(fault: Fault, engine_with) -> None:
    faulty = engine_with(fault)
    for drawn in SEEDS:
        world, expected = drawn_and_checked(*drawn)
        if not check_world(faulty, world).equals(expected):
            return
    pytest.fail(f"What test_engines_agree draws did not show that {fault.name}")


def test_a_copy_without_a_fault_agrees(engine_with) -> None:
    same = engine_with(Fault("none", "case_files", "from typing import NamedTuple", "from typing import NamedTuple"))
    for drawn in SEEDS[:12]:
        world, expected = drawn_and_checked(*drawn)
        assert check_world(same, world).equals(expected)
