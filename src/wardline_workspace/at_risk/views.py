"""A child may be at risk now: the button's page, what was sent, acknowledging it, and telephone calls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardline_workspace.at_risk import actions
from wardline_workspace.at_risk.forms import AcknowledgeForm, CallForm, RiskFile, RiskForm
from wardline_workspace.at_risk.kinds import GoesTo, State
from wardline_workspace.at_risk.models import Risk
from wardline_workspace.at_risk.policies import (
    TELEPHONE_AFTER,
    is_overdue,
    may_acknowledge,
    seen_by,
    why_not_acknowledge,
)
from wardline_workspace.at_risk.posts import post_of
from wardline_workspace.deployment.described import Place
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.exchange.actions import is_known
from wardline_workspace.exchange.signed_files import LARGEST, fingerprint_in_groups, own_fingerprint
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["acknowledge", "at_risk", "call", "file_for_the_force", "risk", "send", "take_in"]


@needs(May.RAISE_RISK)
def at_risk(request: HttpRequest) -> HttpResponse:
    """What somebody sent, and what went to their post: what is not acknowledged first."""
    found = list(seen_by(request.user)[:200])
    waiting = [one for one in found if one.stands in (State.SENT, State.WRITTEN)]
    rest = [one for one in found if one not in waiting]
    given = {"waiting": waiting, "rest": rest, "duty": settings.DEPLOYMENT.duty_post}
    return render(request, "at_risk/at_risk.html", given)


@needs(May.RAISE_RISK)
def send(request: HttpRequest) -> HttpResponse:
    """The button's page. A case comes with the button, in the form and never in the address."""
    dive, case = _case_of(request)
    is_sent = request.method == "POST" and "worry" in request.POST
    given = {"dive": dive, "case": case}
    form = RiskForm(request.POST if is_sent else None, initial=given, has_case=bool(case))
    if is_sent and form.is_valid():
        risk = actions.send_risk(**form.cleaned_data | given, by=request.user)
        return redirect("risk", code=risk.code)
    shown = {
        "form": form,
        "case": case.partition(":")[2] or case,
        "dive": AddedDive.objects.filter(slug=dive).first() if dive else None,
        "duty": post_of(GoesTo.DUTY_POST),
        "standards": post_of(GoesTo.PROFESSIONAL_STANDARDS),
    }
    return render(request, "at_risk/send.html", shown)


def _case_of(request: HttpRequest) -> tuple[str, str]:
    """The dive and case that came with the button; none where there is no such dive here."""
    dive, case = request.POST.get("dive", ""), request.POST.get("case", "")[:300]
    return (dive, case) if case and AddedDive.objects.filter(slug=dive).exists() else ("", "")


@needs(May.RAISE_RISK)
def risk(request: HttpRequest, code: str) -> HttpResponse:
    """One: what it says, whether it is acknowledged, and what to do by telephone."""
    found = get_object_or_404(seen_by(request.user), code=code)
    record(Did.OPENED_RISK, by=request.user, about_kind="at risk", about=found.code)
    return _page(request, found)


@needs(May.ACKNOWLEDGE_RISK, May.ACKNOWLEDGE_CONDUCT, place=Place.FORCE)
@require_POST
def acknowledge(request: HttpRequest, code: str) -> HttpResponse:
    """Acknowledge it for the post."""
    found = get_object_or_404(seen_by(request.user), code=code)
    form = AcknowledgeForm(request.POST, auto_id="acknowledge_%s")
    if form.is_valid():
        try:
            actions.acknowledge(risk=found, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "Acknowledged, by your name and now. Acknowledged does not mean safe.")
            return redirect("risk", code=found.code)
    return _page(request, found, acknowledge_form=form)


@needs(May.RAISE_RISK)
@require_POST
def call(request: HttpRequest, code: str) -> HttpResponse:
    """Record a telephone call."""
    found = get_object_or_404(seen_by(request.user), code=code)
    form = CallForm(request.POST, auto_id="call_%s")
    if form.is_valid():
        try:
            actions.record_call(risk=found, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, "The call is recorded.")
            return redirect("risk", code=found.code)
    return _page(request, found, call_form=form)


@needs(May.RAISE_RISK, place=Place.OFFICE)
@require_POST
def file_for_the_force(request: HttpRequest, code: str) -> HttpResponse:
    """The signed file for the force."""
    found = get_object_or_404(seen_by(request.user), code=code)
    answer = HttpResponse(actions.make_risk_file(risk=found, by=request.user), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="at-risk-{found.code}.json"'
    return answer


@needs(May.RAISE_RISK, place=Place.FORCE)
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in the office's file: whoever at the force gets it can."""
    form = RiskFile(request.POST or None, request.FILES or None) if request.method == "POST" else RiskFile()
    if form.is_valid():
        try:
            taken = actions.take_risk_in(content=form.cleaned_data["file"].read(LARGEST + 1), by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, f"Taken in as {taken.code}. It is in red on the home page of {taken.post.name}.")
            return redirect("at_risk")
    return render(request, "at_risk/take_in.html", {"form": form, "duty": post_of(GoesTo.DUTY_POST)})


def _page(request: HttpRequest, found: Risk, **sent: forms.Form) -> HttpResponse:
    found.refresh_from_db()
    now = timezone.now()
    can = may_acknowledge(found, request.user) and why_not_acknowledge(found) is None
    shown: dict[str, Any] = {
        "risk": found,
        "calls": found.calls.all(),
        "is_overdue": is_overdue(found, now=now),
        "telephone_at": found.sent_at + TELEPHONE_AFTER,
        "is_mine": found.sent_by == request.user.public_id,
        "key": fingerprint_in_groups(found.fingerprint) if found.fingerprint else "",
        "own_key": "" if settings.DEPLOYMENT.is_force else own_fingerprint(),
        "is_key_known": bool(found.fingerprint) and is_known(found.fingerprint),
        "acknowledge_form": AcknowledgeForm(initial={"name": request.user.name}, auto_id="acknowledge_%s")
        if can
        else None,
        "call_form": CallForm(auto_id="call_%s"),
        "form": next(iter(sent.values()), None),
    }
    return render(request, "at_risk/risk.html", shown | sent)
