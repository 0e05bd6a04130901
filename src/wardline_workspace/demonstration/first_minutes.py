"""The first ten minutes: a short path for somebody who sees Wardline for the first time, shown on the home page.

A figure, its cases, one child, the sentence of guidance; then another role; then records of one's own. Which steps
somebody has done is kept in a cookie, since they change role on the way and a session ends with its account.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from wardline_workspace.demonstration.newest import FIGURE, LATE, newest_dive
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may, roles_at

__all__ = ["FollowedSteps", "Step", "first_minutes", "remember"]

COOKIE = "wardline-first-minutes"  # one for both workspaces: a browser does not tell their ports apart
BETWEEN = "."


@dataclass(frozen=True)
class Step:
    """A step as it stands for somebody. `address` is None where their role does not open it: `roles` do."""

    title: str
    words: str
    address: str | None
    is_done: bool
    roles: tuple[str, ...]


@dataclass(frozen=True)
class _Planned:
    """A step: where it begins (nothing: there is no such page here), and which pages show that it was done."""

    name: str
    title: str
    words: str
    begins_at: Callable[[AddedDive | None], str]
    done_at: tuple[str, ...]
    needs: May


def _address(name: str, *of: str) -> str:
    """The address of a page, or nothing where this version has no such room."""
    try:
        return reverse(name, args=of)
    except NoReverseMatch:
        return ""


def _of_dive(name: str, query: str = "") -> Callable[[AddedDive | None], str]:
    def address(dive: AddedDive | None) -> str:
        page = _address(name, dive.slug) if dive is not None else ""
        return f"{page}?{query}" if page and query else page

    return address


def _where_there_is(needed: str, name: str) -> Callable[[AddedDive | None], str]:
    """Our own page `name`, which leads on to the page `needed` of a dive."""
    return lambda dive: _address(name) if dive is not None and _address(needed, dive.slug, "x") else ""


PATH = (
    _Planned(
        "figure",
        "Read one figure",
        "How many children were reached in time, out of how many, and of how many nobody can tell.",
        _of_dive("dive"),
        ("dive", "dive_obligation"),
        May.SEE_FIGURES,
    ),
    _Planned(
        "cases",
        "Open the cases behind it",
        "Those in which somebody came late, the latest first.",
        _of_dive("findings", urlencode({"obligation": FIGURE, "outcome": LATE, "sort": "late"}, safe="/")),
        ("findings",),
        May.SEE_CASES,
    ),
    _Planned(
        "child",
        "Look at one child",
        "You are asked why. Then you see what happened and when it was written down, on two clocks.",
        _where_there_is("case", "one_child"),
        ("case",),
        May.OPEN_TIMELINE,
    ),
    _Planned(
        "sentence",
        "Find the sentence of guidance",
        "What the figure and the finding rest on, with its source.",
        _where_there_is("dive_obligation", "one_sentence"),
        ("dive_obligation",),
        May.SEE_FIGURES,
    ),
    _Planned(
        "role",
        "Be somebody else",
        "See what others here see, and what they do not.",
        lambda dive: _address("choose_role"),
        (),
        May.LOG_IN,
    ),
    _Planned(
        "csv",
        "Bring a CSV of your own",
        "A mapping is drafted from its first rows, and you put it right. Nothing of it leaves this machine.",
        lambda dive: _address("making"),
        ("begin_dive", "dive_being_made", "mapping_of_dive"),
        May.MAKE_DIVE,
    ),
    _Planned(
        "tell",
        "Ask: can we tell?",
        "Which questions the records can answer, which they cannot, and why.",
        _of_dive("dive_can_we_tell"),
        ("can_we_tell", "dive_can_we_tell"),
        May.SEE_FIGURES,
    ),
)
_DONE_AT = {page: [step.name for step in PATH if page in step.done_at] for step in PATH for page in step.done_at}


def first_minutes(request: HttpRequest) -> list[Step]:
    """The steps for which this workspace has pages; none outside a demonstration."""
    if not settings.DEPLOYMENT.is_demonstration:
        return []
    dive, done = newest_dive(), _done(request)
    steps = [(one, address) for one in PATH if (address := one.begins_at(dive))]
    return [
        Step(
            one.title,
            one.words,
            address if may(request.user, one.needs) else None,
            one.name in done,
            tuple(role.title for role in roles_at(settings.DEPLOYMENT.place) if one.needs in role.may),
        )
        for one, address in steps
    ]


def _done(request: HttpRequest) -> set[str]:
    return set(request.COOKIES.get(COOKIE, "").split(BETWEEN)) & {one.name for one in PATH}


def remember(steps: list[str], request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep that steps were done, for as long as the browser is open."""
    done = _done(request)
    if not set(steps) <= done:
        kept = BETWEEN.join(sorted(done | set(steps)))
        response.set_cookie(COOKIE, kept, httponly=True, samesite="Lax")
    return response


class FollowedSteps:
    """The middleware that notices, in a demonstration, which steps were done: their pages were shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request on, and look afterwards at which page it was."""
        response = self.get_response(request)
        page = request.resolver_match.url_name if request.resolver_match else None
        steps = _DONE_AT.get(page or "", [])
        if steps and response.status_code == 200 and settings.DEPLOYMENT.is_demonstration:
            return remember(steps, request, response)
        return response
