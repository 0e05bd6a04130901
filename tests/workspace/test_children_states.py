"""The states of what is on the list: every member is in each table, and no change leads outside it."""

import pytest

from wardline_workspace.children.in_words import TAGS
from wardline_workspace.children.policies import state_after
from wardline_workspace.children.states import LOOKED_AT, STATE_AFTER, VALID_TRANSITIONS, AnswerKind, State, can_become
from wardline_workspace.children.the_list import LEAST_FIRST


def test_each_table_has_every_member():
    assert set(VALID_TRANSITIONS) == set(State)
    assert set(STATE_AFTER) == set(AnswerKind)
    assert set(TAGS) == set(State)
    assert sorted(LEAST_FIRST) == sorted(State)
    assert set().union(*VALID_TRANSITIONS.values()) <= set(State)


def test_no_state_says_that_a_child_is_safe():
    assert not [state for state in State if "safe" in state.value]


@pytest.mark.parametrize("kind", AnswerKind)
@pytest.mark.parametrize("state", State)
def test_every_answer_can_be_given_in_every_state(state, kind):
    assert can_become(state, state_after(kind, is_open=True))
    assert can_become(state, state_after(kind, is_open=False))


def test_not_needed_on_an_open_case_is_not_yet_looked_at():
    assert state_after(AnswerKind.NOT_NEEDED, is_open=True) not in LOOKED_AT
    assert state_after(AnswerKind.NOT_NEEDED, is_open=False) in LOOKED_AT


def test_every_answered_state_opens_again_but_one_that_waits():
    opens_again = {state for state in State if can_become(state, State.ON_AGAIN)}
    assert opens_again == LOOKED_AT
