"""Every address, as every role and as nobody: the gate answers as the roles' permissions say, and fails closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from wardline_workspace.people.gate import OPEN_TO_ANYBODY, OPEN_WHEN_LOGGED_IN
from wardline_workspace.roles import ROLES, role_named

pytestmark = pytest.mark.django_db

REFUSED = {401, 403, 404}
EXAMPLES = {
    "slug": "no-such-dive",
    "public_id": "0" * 12,
    "secret": "no-such-secret",
    "provider_id": "none",
    "key": "none",
    "named": "none",
    "uidb36": "1",
    "pk": "1",
}


def addresses(patterns: list | None = None, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        else:
            yield address, pattern


OURS = [
    (address, pattern)
    for address, pattern in addresses()
    if getattr(pattern.callback, "__module__", "").startswith("wardline_workspace")
]
THEIRS = [(address, pattern) for address, pattern in addresses() if (address, pattern) not in OURS]


def filled_in(address: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: EXAMPLES[found[1]], address)


@pytest.mark.parametrize(("address", "pattern"), OURS, ids=[address for address, _ in OURS])
def test_each_view_says_what_it_needs(address, pattern):
    assert hasattr(pattern.callback, "needs") or getattr(pattern.callback, "is_open", False), (
        f"{address} says nothing, so nobody can open it: put @needs(...) above its view"
    )


@pytest.mark.parametrize("role", [role.name for role in ROLES if role.place == "force"])
def test_the_gate_answers_as_the_roles_say(role, browse_as):
    browser = browse_as(role)
    may = role_named(role).may if role != "council-partner" else frozenset()
    for address, pattern in OURS:
        if getattr(pattern.callback, "is_open", False):
            continue
        status = browser.get(filled_in(address)).status_code
        place = pattern.callback.place
        if place not in (None, "force"):
            assert status == 404, address
        elif pattern.callback.needs & may:
            assert status != 403, f"{role} may, and is refused at {address}"
        else:
            assert status == 403, f"{role} may not, and gets {status} at {address}"


def test_nobody_is_sent_to_log_in(browse_as):
    browser = browse_as(None)
    for address, pattern in OURS:
        if not getattr(pattern.callback, "is_open", False):
            answer = browser.get(filled_in(address))
            assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/login/"), address


def test_the_log_in_librarys_other_pages_are_closed(browse_as):
    listed = OPEN_TO_ANYBODY | OPEN_WHEN_LOGGED_IN
    browser = browse_as("force-lead")
    for address, pattern in THEIRS:
        if pattern.name not in listed and "(?P" not in address:
            assert browser.get(filled_in(address)).status_code in REFUSED, address
