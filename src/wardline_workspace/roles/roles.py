"""The roles: what each is for, where it is, and what it may. docs/reference/permissions.md is made from this."""

from __future__ import annotations

from dataclasses import dataclass

from wardline_workspace.deployment.described import Place
from wardline_workspace.roles.permissions import Permission as May

__all__ = ["ROLES", "Role", "role_named", "roles_at"]

EVERYBODY = frozenset({May.LOG_IN, May.RAISE_RISK})


@dataclass(frozen=True)
class Role:
    """What somebody is here for. `name` is written in the database; `title` is what people read."""

    name: str
    title: str
    place: Place
    what_for: str
    may: frozenset[May]


def _role(name: str, title: str, place: Place, what_for: str, *may: May) -> Role:
    return Role(name, title, place, what_for, EVERYBODY | frozenset(may))


ROLES = (
    _role(
        "head",
        "Head of the oversight body",
        Place.OFFICE,
        "The commissioner, mayor or board that holds the force to account. Sees totals and cleared vignettes, and "
        "never a timeline: what one officer did in one case is the chief's to direct.",
        May.SEE_FIGURES,
        May.COUNT_CHILDREN_TO_CHECK,
        May.SEE_RELEASES,
    ),
    _role(
        "chief-executive",
        "Chief executive and monitoring officer",
        Place.OFFICE,
        "Answers for what the office does with what it was given, and for its lawfulness.",
        May.SEE_FIGURES,
        May.COUNT_CHILDREN_TO_CHECK,
        May.SEE_RELEASES,
        May.SEE_TRAIL,
        May.EXPORT,
    ),
    _role(
        "scrutiny-officer",
        "Scrutiny officer",
        Place.OFFICE,
        "Does the office's daily work: reads releases, opens coded cases for a named question, asks the force.",
        May.SEE_FIGURES,
        May.SEE_CASES,
        May.OPEN_TIMELINE,
        May.EXPORT,
        May.ADD_DIVE,
        May.COUNT_CHILDREN_TO_CHECK,
        May.SEE_RELEASES,
    ),
    _role(
        "office-auditor",
        "Auditor (office)",
        Place.OFFICE,
        "Reads coded cases to grade them, and the trail to see who opened what.",
        May.SEE_FIGURES,
        May.SEE_CASES,
        May.OPEN_TIMELINE,
        May.SEE_TRAIL,
    ),
    _role(
        "office-administrator",
        "Administrator (office)",
        Place.OFFICE,
        "Runs the workspace and its accounts. Sees no figure and no case.",
        May.INVITE,
        May.SEE_DEPLOYMENT,
    ),
    _role(
        "force-lead",
        "Force lead for child protection",
        Place.FORCE,
        "Makes dives from the force's records, looks at the children on the list, prepares what is released.",
        May.SEE_FIGURES,
        May.SEE_CASES,
        May.OPEN_TIMELINE,
        May.EXPORT,
        May.ADD_DIVE,
        May.MAKE_DIVE,
        May.SEE_CHILDREN_TO_CHECK,
        May.ANSWER_CHILD_TO_CHECK,
        May.PREPARE_RELEASE,
        May.SEE_RELEASES,
    ),
    _role(
        "fact-checker",
        "Force fact-checker",
        Place.FORCE,
        "Looks whether a finding is right before it is used: opens the case and the entries it rests on.",
        May.SEE_FIGURES,
        May.SEE_CASES,
        May.OPEN_TIMELINE,
    ),
    _role(
        "release-approver",
        "Data-release approver",
        Place.FORCE,
        "Reads what goes and what stays, signs it or does not, recalls it, and holds cases back.",
        May.SEE_FIGURES,
        May.SEE_CASES,
        May.SIGN_RELEASE,
        May.SEE_RELEASES,
        May.CLEAR_VIGNETTE,
    ),
    _role(
        "force-auditor",
        "Auditor (force)",
        Place.FORCE,
        "Reads case files to grade them, and the trail to see who opened what.",
        May.SEE_FIGURES,
        May.SEE_CASES,
        May.OPEN_TIMELINE,
        May.SEE_TRAIL,
    ),
    _role(
        "duty-inspector",
        "Duty inspector",
        Place.FORCE,
        "The post that always has somebody in it. Acknowledges every child who may be at risk now.",
        May.SEE_CASES,
        May.OPEN_TIMELINE,
        May.SEE_CHILDREN_TO_CHECK,
        May.ANSWER_CHILD_TO_CHECK,
        May.ACKNOWLEDGE_RISK,
    ),
    _role(
        "professional-standards",
        "Professional standards",
        Place.FORCE,
        "Acknowledges possible misconduct, a death or a serious injury that somebody saw in a case.",
        May.ACKNOWLEDGE_CONDUCT,
    ),
    _role(
        "council-partner",
        "Council partner",
        Place.FORCE,
        "Sees the figures of the council's own duties, once the partnership has agreed to it. Off until then.",
        May.SEE_OWN_DUTIES,
    ),
    _role(
        "force-administrator",
        "Administrator (force)",
        Place.FORCE,
        "Runs the workspace and its accounts. Sees no figure and no case.",
        May.INVITE,
        May.SEE_DEPLOYMENT,
    ),
)
_BY_NAME = {role.name: role for role in ROLES}


def role_named(name: str) -> Role | None:
    """The role of that name, or None: a role that is not known may nothing."""
    return _BY_NAME.get(name)


def roles_at(place: Place) -> tuple[Role, ...]:
    """The roles that somebody can hold in that place, in the order they are listed."""
    return tuple(role for role in ROLES if role.place is place)
