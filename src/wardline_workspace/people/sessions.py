"""Where somebody is logged in: their own sessions, read from what the sessions themselves hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from wardline_workspace.people.models import Account

__all__ = [
    "BEGAN",
    "BROWSER",
    "LAST_SEEN",
    "MINUTES_IDLE",
    "OpenSession",
    "browser_in_words",
    "known_by",
    "sessions_of",
]

# What a session holds of itself.
BEGAN, LAST_SEEN, BROWSER = "began_at", "seen_at", "browser"
MINUTES_IDLE = 30
LETTERS_OF_A_CODE = 16
# Each browser claims to be those behind it too.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Windows": "Windows",
    "Mac OS": "a Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class OpenSession:
    """One place where somebody is logged in. `code` stands for it on a page; the session's own key never does."""

    code: str
    browser: str
    began_at: datetime
    seen_at: datetime


def known_by(key: str) -> str:
    """The code that stands for a session: nobody can log in with it."""
    return hashlib.sha256(key.encode()).hexdigest()[:LETTERS_OF_A_CODE]


def sessions_of(account: Account) -> list[tuple[OpenSession, Session]]:
    """The sessions of an account that still open something, the newest first."""
    return sorted(_open(account), key=lambda pair: pair[0].began_at, reverse=True)


def _open(account: Account) -> Iterator[tuple[OpenSession, Session]]:
    # A session names its account only within, so all are looked at: as many as people are logged in.
    now = timezone.now()
    for session in Session.objects.filter(expire_date__gt=now).iterator():
        held = session.get_decoded()
        if held.get(SESSION_KEY) != str(account.pk):
            continue
        began = datetime.fromtimestamp(held.get(BEGAN, now.timestamp()), UTC)
        seen = datetime.fromtimestamp(held.get(LAST_SEEN, began.timestamp()), UTC)
        if now - seen <= timedelta(minutes=MINUTES_IDLE):
            yield OpenSession(known_by(session.session_key), held.get(BROWSER, "Not known"), began, seen), session


def browser_in_words(agent: str) -> str:
    """What a browser says it is, in two words; nothing else of it is kept."""
    browser = next((name for sign, name in BROWSERS.items() if sign in agent), "A browser")
    system = next((name for sign, name in SYSTEMS.items() if sign in agent), "")
    return f"{browser} on {system}" if system else browser
