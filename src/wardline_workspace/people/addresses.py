"""Every address of the workspace, and who may open it: read from what each view says it needs.

docs/reference/permissions.md is made from this, and a test opens each address as every role and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from wardline_workspace.deployment.described import Place
from wardline_workspace.people.gate import OPEN_TO_ANYBODY, OPEN_WHEN_LOGGED_IN
from wardline_workspace.roles import Permission, Role

__all__ = ["Address", "every_address", "roles_that_open"]

OURS = "wardline_workspace."


@dataclass(frozen=True)
class Address:
    """One address, as urls.py writes it. `needs` is any one of them; None where the view says nothing, so nobody may.

    `place` is where it is at all (None: in both). `is_open` is for whoever comes, `is_own` for whoever is logged in.
    `is_ours` tells our pages from those of the log-in library.
    """

    path: str
    name: str
    needs: frozenset[Permission] | None
    place: Place | None
    is_open: bool
    is_own: bool
    is_ours: bool

    @property
    def is_closed(self) -> bool:
        """Whether nobody may open it: a page of a library that has no use here."""
        return not (self.is_open or self.is_own or self.needs)


def every_address() -> list[Address]:
    """All of them, ours first, in the order of their paths."""
    found = [_address(path, pattern) for path, pattern in _patterns(get_resolver().url_patterns, "/")]
    return sorted(found, key=lambda address: (not address.is_ours, address.path))


def roles_that_open(address: Address, roles: Iterable[Role]) -> list[Role]:
    """Which of some roles may open an address in their own place."""
    needs = address.needs or frozenset()
    return [
        role for role in roles if address.is_own or (address.place in (None, role.place) and bool(needs & role.may))
    ]


def _patterns(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, path)
        else:
            yield path, pattern


def _address(path: str, pattern: URLPattern) -> Address:
    view = pattern.callback
    name = pattern.name or ""
    is_ours = getattr(view, "__module__", "").startswith(OURS)
    return Address(
        path=path,
        name=name,
        needs=getattr(view, "needs", None),
        place=getattr(view, "place", None),
        is_open=bool(getattr(view, "is_open", False)) or (not is_ours and name in OPEN_TO_ANYBODY),
        is_own=not is_ours and name in OPEN_WHEN_LOGGED_IN,
        is_ours=is_ours,
    )
