"""The page of states, from the tables of the workspace: a child on the list, what is sent to a post, a release."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from wardline_workspace.at_risk import kinds
from wardline_workspace.children import states
from wardline_workspace.releases.states import TITLES as RELEASE_TITLES
from wardline_workspace.releases.states import VALID_TRANSITIONS as RELEASE_TRANSITIONS

__all__ = ["states_page"]


def states_page(written_by: str) -> str:
    """Which state follows which, in words."""
    answers = "\n".join(
        f"| {kind.value} | {state.value}{_of_an_open_case(kind)} |" for kind, state in states.STATE_AFTER.items()
    )
    posts = "\n".join(f"| {kind.value} | {post.value} |" for kind, post in kinds.GOES_TO.items())
    return f"""{written_by}

# States in the workspace

How a child on the list to check stands, what becomes of something sent to a post of the force, and how far a release
has come. No state says that a child is safe. See also [how to use the list](../how-to/look-at-children-to-check.md).

## A child to check

Each thing that is owed to a child has a state of its own. It leaves the list only with an answer, once no later dive
shows it.

{_transitions(states.VALID_TRANSITIONS)}

| who looked says | it is then |
|---|---|
{answers}

Looked at are: {"; ".join(state.value for state in states.State if state in states.LOOKED_AT)}.

## Sent to a post

| what | goes to |
|---|---|
{posts}

{_transitions(kinds.VALID_TRANSITIONS)}

## A release

{_of_releases()}

At the office a release is opened until its last day, and no longer once it is recalled or destroyed.
"""


def _of_releases() -> str:
    words = RELEASE_TITLES
    rows = (
        f"| {words[state]} | {'; '.join(words[one] for one in RELEASE_TRANSITIONS if one in after) or 'nothing more'} |"
        for state, after in RELEASE_TRANSITIONS.items()
    )
    return "\n".join(("| how it stands | what can follow |", "|---|---|", *rows))


def _of_an_open_case(kind: states.AnswerKind) -> str:
    if kind is not states.AnswerKind.NOT_NEEDED:
        return ""
    return f"; of an open case {states.State.WAITS_FOR_SECOND.value}"


def _transitions(table: Mapping[StrEnum, frozenset[StrEnum]]) -> str:
    order = list(table)
    rows = (
        f"| {state.value} | {'; '.join(one.value for one in order if one in after) or 'nothing more'} |"
        for state, after in table.items()
    )
    return "\n".join(("| how it stands | what can follow |", "|---|---|", *rows))
