"""Pages for what cannot be shown or done: in words, with nothing lost of what was typed, and never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape

from wardline.errors import WardlineError
from wardline_workspace.pages.refused import Refused

__all__ = [
    "Refusals",
    "not_found",
    "not_here",
    "not_readable",
    "not_yours",
    "session_ended",
    "stale_form",
    "went_wrong",
]

NEVER_SHOWN_AGAIN = ("password", "csrfmiddlewaretoken", "code", "login", "secret")
log = structlog.get_logger()


def _page(
    request: HttpRequest, status: int, title: str, *paragraphs: str, typed: bool = False, back: str = ""
) -> HttpResponse:
    shown = {"title": title, "paragraphs": paragraphs, "typed": _typed(request) if typed else [], "back": back}
    return render(request, "pages/refusal.html", shown, status=status)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What somebody typed into the form that was refused, but for secrets, so that they can copy it."""
    if request.method != "POST":
        return []
    return [
        (name.replace("_", " "), text)
        for name, texts in request.POST.lists()
        for text in texts
        if text.strip() and not any(word in name for word in NEVER_SHOWN_AGAIN)
    ]


def not_found(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """There is no such page."""
    return _page(
        request,
        404,
        "Page not found",
        "If you typed the address, check it. If you followed a link, what it led to may have been removed.",
    )


def not_readable(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """The request is not one that a browser of ours makes."""
    return _page(request, 400, "This request cannot be read", "Go back, open the page again, and try again.")


def not_here(request: HttpRequest) -> HttpResponse:
    """There is no such page in this place."""
    return not_found(request)


def not_yours(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """The role that somebody holds does not open this page."""
    return _page(
        request,
        403,
        "Your role does not open this page",
        "If you need it for your work, ask your administrator. What each role may do is on the page about roles.",
    )


def session_ended(request: HttpRequest, *, reason: str) -> HttpResponse:
    """The session is over: what was typed is shown, so that it can be copied."""
    # After the log-in they are where they were; what was a form begins anew.
    back = request.get_full_path() if request.method == "GET" else ""
    return _page(request, 401, "You have been logged out", f"{reason} Log in to go on.", typed=True, back=back)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form does not carry what this session gave it: it is old, or it did not come from here."""
    return _page(
        request,
        403,
        "This form is no longer valid",
        "It was opened before you last logged in, or cookies are switched off. Nothing was changed. "
        "Go back, open the page again, and send it again.",
        typed=True,
    )


def went_wrong(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """A fault of the software, wherever it arose; also where the database is away before a view is reached."""
    error = sys.exc_info()[1]
    if error is not None:
        log.error("went wrong", kind=type(error).__name__, where=_where(error))
    if isinstance(error, DatabaseError):
        return _database_away(request)
    try:
        return _page(
            request,
            500,
            "Sorry, something went wrong here",
            "Nothing was changed by what you just did. Try again; if it happens again, tell your administrator when.",
            typed=True,
        )
    except Exception as another:  # noqa: BLE001 - the frame itself does not work: there is a page without one
        log.error("went wrong", kind=type(another).__name__, where=_where(another))
        return _database_away(request)


def _database_away(request: HttpRequest) -> HttpResponse:
    typed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in _typed(request))
    kept = f"<h2>What you typed</h2><p>Copy it before you leave this page.</p><dl>{typed}</dl>" if typed else ""
    return HttpResponse(_DATABASE_AWAY.format(kept), status=503, content_type="text/html; charset=utf-8")


class Refusals:
    """The middleware that makes what a view raises into a page in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error, or None where Django has one of its own."""
        if isinstance(error, ImmediateHttpResponse | ReauthenticationRequired):
            return None  # the log-in library's own middleware answers
        if isinstance(error, Http404):
            return not_found(request)
        if isinstance(error, PermissionDenied):
            return not_yours(request)
        if isinstance(error, Refused):
            return _page(request, 409, "This cannot be done now", error.reason, typed=True)
        if isinstance(error, WardlineError):
            told = [f"{problem.what} {problem.remedy}" for problem in error.problems]
            return _page(request, 409, "This cannot be shown", *told, typed=True)
        if isinstance(error, RequestDataTooBig | TooManyFieldsSent):
            return _page(request, 413, "What you sent is too large", "Send less at once, or ask for the command line.")
        if isinstance(error, SuspiciousOperation):
            return not_readable(request)
        if isinstance(error, DatabaseError):
            log.error("database away", kind=type(error).__name__, where=_where(error))
            return _database_away(request)
        if isinstance(error, OSError):
            log.error("files away", kind=type(error).__name__, number=error.errno)
            return _page(
                request,
                507,
                "A file cannot be read or written",
                "The disk is full, or a folder is not to be reached. Nothing was changed. Tell your administrator.",
                typed=True,
            )
        return went_wrong(request)


def _where(error: BaseException) -> str:
    """The last place in a traceback, without any value: a file and a line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


# It needs nothing from the database, which the frame of other pages does.
_DATABASE_AWAY = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Not available – Wardline</title></head>
<body><main><h1>Wardline cannot reach its database</h1><p>It is away, or its disk is full. Nothing was changed. Wait a
minute and try again. If a child may be at risk now, telephone the duty post or 999.</p>{}</main></body>
</html>
"""
