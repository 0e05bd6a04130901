"""Walking through the workspace as a role: from the home page along every link, each kind of page once."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve

from wardline_workspace.deployment.described import Place
from wardline_workspace.roles import ROLES, Role

LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
FORM = re.compile(r'<form\b[^>]*method="get"[^>]*action="([^"]+)"')
Kind = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Page:
    """A page that a role came to: its address, which kind it is, and the links that led to it."""

    role: str
    address: str
    kind: Kind
    came_from: str
    status: int
    text: str


def roles_of(place: Place) -> list[Role]:
    """The roles that have work there."""
    return [role for role in ROLES if role.place == place]


def walked(browser: Client, role: str, *, at_most: int = 150) -> Iterator[Page]:
    """Each kind of page that links lead to from the home page. A kind is a view and the names in its query, so that
    one case and one finding stand for all of them."""
    seen: set[Kind] = set()
    to_do = deque([("/", "")])
    while to_do and len(seen) < at_most:
        address, came_from = to_do.popleft()
        kind = _kind(address)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        answer = browser.get(address)
        if answer.status_code == 302:
            to_do.appendleft((answer.url, address))
            continue
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        text = answer.content.decode() if is_page else ""
        yield Page(role, address, kind, came_from, answer.status_code, text)
        to_do.extend((one, address) for one in _links(text, address))


def _links(text: str, address: str) -> Iterable[str]:
    for found in (*LINK.findall(text), *FORM.findall(text)):
        whole = urljoin(f"http://here{address}", html.unescape(found))
        if whole.startswith("http://here/"):
            yield whole.removeprefix("http://here")


def _kind(address: str) -> Kind | None:
    """None: no page of ours, such as a picture."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).url_name
    except Resolver404:
        return None if parts.path.startswith("/static/") else (parts.path, ())
    return name or parts.path, tuple(sorted(parse_qs(parts.query)))


def something_in_every_room(browse_as: Any, account_as: Any, added: Any) -> Any:
    """What else pages are about: an account invited, a child at risk, a dive being made, a case opened, a release.
    Gives the release of coded cases, signed."""
    from tests.workspace.making.conftest import ASKED, EXPORTS
    from wardline_workspace.at_risk.actions import send_risk
    from wardline_workspace.at_risk.kinds import Kind as Worry
    from wardline_workspace.people.actions import invite
    from wardline_workspace.releases.preview import fingerprint_of
    from wardline_workspace.releases.signing import sign

    lead, approver = account_as("force-lead"), account_as("release-approver")
    partner = account_as("council-partner")
    partner.is_agreed = True
    partner.save()
    invite(email="new@made-up.example", name="New", role="force-lead", by=account_as("force-administrator"))
    for kind in Worry:
        send_risk(kind=kind, worry="Not seen since Monday", reach="201", token=uuid4(), by=lead)
    browser = browse_as("force-lead")
    (slug,) = re.findall(r"/making/([^/]+)/", browser.post("/making/begin/", ASKED).url)
    files = [SimpleUploadedFile(one.name, one.read_bytes()) for one in sorted((EXPORTS / "missing").iterdir())]
    browser.post(f"/making/{slug}/systems/add/", {"system": "missing", "files": files})
    for role in roles_of(Place.FORCE):
        _open_a_case(browse_as(role.name), added.slug)
    totals = _release(added, lead, "totals", "")
    sign(release=totals, fingerprint=fingerprint_of(totals), by=approver)  # totals go first
    cases = _release(added, lead, "cases", "Who agreed each change of grade?")
    return sign(release=cases, fingerprint=fingerprint_of(cases), by=approver)


def _open_a_case(browser: Client, slug: str) -> None:
    found = re.search(rf"/dives/{slug}/cases/[^/\"]+/", browser.get(f"/dives/{slug}/findings/").content.decode())
    if found:
        browser.post(found[0], {"reason": "check-finding", "text": ""})


def _release(dive: Any, by: Any, kind: str, question: str) -> Any:
    from datetime import timedelta

    from django.utils import timezone

    from wardline_workspace.releases.actions import prepare

    ends = timezone.localdate() + timedelta(days=10)
    terms = {"purpose": "The panel of May", "recipients": ["scrutiny officer"], "certified_by": "The chief executive"}
    days = {"ends_on": ends, "destroyed_by": ends}
    return prepare(
        dive=dive, by=by, kind=kind, question=question, about=[], marking="OFFICIAL-SENSITIVE", **terms, **days
    )


@contextmanager
def at_the_office(settings: Any, folder: Path, release: Any) -> Iterator[None]:
    """The same machine as the office's, which has added the release."""
    from tests.workspace.releases.conftest import unpacked
    from wardline_workspace.dives.actions import add_dive
    from wardline_workspace.dives.models import AddedDive

    handed_over = unpacked(release, folder / "handed-over")
    force = settings.DEPLOYMENT
    (folder / "office").mkdir()
    AddedDive.objects.filter(is_release=False).update(slug="kept-at-the-force")
    settings.DEPLOYMENT = replace(force, place=Place.OFFICE, body=force.office, folder=folder / "office")
    try:
        add_dive(handed_over, by="")
        yield
    finally:
        settings.DEPLOYMENT = force
