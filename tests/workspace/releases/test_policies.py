"""When a release, a held case or a vignette may be changed, as tables: every state, every person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from wardline_workspace.releases.models import HeldCase, Release, Vignette, VignetteState
from wardline_workspace.releases.policies import (
    INTRUDER,
    why_not_cases,
    why_not_change,
    why_not_days,
    why_not_destroyed,
    why_not_lift,
    why_not_recall,
    why_not_refuse,
    why_not_sign,
    why_not_sign_vignette,
)
from wardline_workspace.releases.states import VALID_TRANSITIONS, State

TODAY = date(2026, 5, 4)
ALL_NO = dict.fromkeys(INTRUDER, "no")


@dataclass(frozen=True)
class Person:
    """An account, as far as policies look at it."""

    public_id: str


def _release(state: str, ends_on: date = date(2026, 7, 31)) -> Release:
    return Release(state=state, prepared_by="lead", ends_on=ends_on)


@pytest.mark.parametrize(
    ("state", "change", "sign", "refuse", "recalled", "destroyed"),
    [
        (State.PREPARED, True, True, True, False, False),
        (State.NOT_RELEASED, False, False, False, False, False),
        (State.SIGNED, False, False, False, True, True),
        (State.RECALLED, False, False, False, False, True),
        (State.DESTROYED, False, False, False, False, False),
    ],
)
def test_each_state_allows_what_it_allows(
    state: str, change: bool, sign: bool, refuse: bool, recalled: bool, destroyed: bool
) -> None:
    release = _release(state)
    said = (
        why_not_change(release),
        why_not_sign(release, by=Person("approver"), today=TODAY),
        why_not_refuse(release),
        why_not_recall(release),
        why_not_destroyed(release),
    )
    assert tuple(reason is None for reason in said) == (change, sign, refuse, recalled, destroyed)


def test_every_state_has_what_can_follow_and_none_is_out_of_reach() -> None:
    assert set(VALID_TRANSITIONS) == set(State)
    reached = {State.PREPARED}.union(*VALID_TRANSITIONS.values())
    assert reached == set(State)
    assert not any(state in after for state, after in VALID_TRANSITIONS.items())


@pytest.mark.parametrize(
    ("by", "ends_on", "said"),
    [
        ("approver", date(2026, 5, 5), None),
        ("lead", date(2026, 5, 5), "Somebody else must sign it"),
        ("approver", date(2026, 5, 4), "would end today or earlier"),
    ],
)
def test_who_signs_and_when(by: str, ends_on: date, said: str | None) -> None:
    reason = why_not_sign(_release(State.PREPARED, ends_on), by=Person(by), today=TODAY)
    assert reason is None if said is None else reason is not None and said in reason


@pytest.mark.parametrize(
    ("kind", "question", "totals", "said"),
    [
        ("totals", "", False, None),
        ("totals", "", True, None),
        ("cases", "", True, "named question"),
        ("cases", "  ", True, "named question"),
        ("cases", "Who agreed?", False, "Totals go first"),
        ("cases", "Who agreed?", True, None),
    ],
)
def test_coded_cases_go_only_for_a_named_question_after_totals(
    kind: str, question: str, totals: bool, said: str | None
) -> None:
    reason = why_not_cases(kind, question, totals_have_left=totals)
    assert reason is None if said is None else reason is not None and said in reason


@pytest.mark.parametrize(
    ("ends_on", "destroyed_by", "field"),
    [
        (date(2026, 5, 5), date(2026, 5, 5), None),
        (date(2026, 5, 4), date(2026, 5, 5), "ends_on"),
        (date(2026, 5, 6), date(2026, 5, 5), "destroyed_by"),
    ],
)
def test_the_two_days_fit(ends_on: date, destroyed_by: date, field: str | None) -> None:
    unfit = why_not_days(ends_on, destroyed_by, today=TODAY)
    assert (unfit and unfit[0]) == field


def test_a_held_case_is_let_go_once() -> None:
    assert why_not_lift(HeldCase()) is None
    assert why_not_lift(HeldCase(lifted_at=TODAY)) is not None


@pytest.mark.parametrize(
    ("changed", "by", "found", "is_held", "answers", "said"),
    [
        ({}, "approver", (), False, ALL_NO, None),
        ({"state": VignetteState.SIGNED}, "approver", (), False, ALL_NO, "decided already"),
        ({"state": VignetteState.NOT_CLEARED}, "approver", (), False, ALL_NO, "decided already"),
        ({}, "lead", (), False, ALL_NO, "Somebody else must sign"),
        ({}, "approver", ("a name",), False, ALL_NO, "still has something"),
        ({}, "approver", (), True, ALL_NO, "held"),
        ({"is_sexual_offence": True}, "approver", (), False, ALL_NO, "anonymous for life"),
        ({"is_sexual_offence": True, "keeps_anonymity": True}, "approver", (), False, ALL_NO, None),
        ({}, "approver", (), False, ALL_NO | {"rare": "yes"}, "must be answered no"),
        ({}, "approver", (), False, {}, "must be answered no"),
    ],
)
def test_who_signs_a_vignette_and_when(
    changed: dict[str, object],
    by: str,
    found: tuple[str, ...],
    is_held: bool,
    answers: dict[str, str],
    said: str | None,
) -> None:
    given = {"state": VignetteState.WRITTEN, "written_by": "lead", "is_sexual_offence": False} | changed
    reason = why_not_sign_vignette(Vignette(**given), by=Person(by), found=found, is_held=is_held, answers=answers)
    assert reason is None if said is None else reason is not None and said in reason
