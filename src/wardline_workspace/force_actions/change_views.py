"""What the forms on the page of an action send: each is one change, and comes back to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from wardline_workspace.deployment.described import Place
from wardline_workspace.force_actions import actions, bringing_evidence, forms
from wardline_workspace.force_actions.kinds import EvidenceKind
from wardline_workspace.force_actions.models import DateMove, Evidence, ForceAction
from wardline_workspace.force_actions.views import page_of
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = [
    "add_progress",
    "be_satisfied",
    "bring_file",
    "bring_link",
    "change_standing",
    "evidence_file",
    "give_first_date",
    "judge",
    "move_date",
    "record_complete",
    "say_on_move",
    "withdraw_satisfied",
]


def _changed(
    request: HttpRequest,
    action: ForceAction,
    name: str,
    form: django_forms.Form,
    change: Callable[..., object],
    done: str,
) -> HttpResponse:
    """Do what a form asks and come back; what is refused is said on the page, with what was typed."""
    theirs = None
    if form.is_valid():
        try:
            change(**form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
            theirs = refused.theirs if isinstance(refused, ChangedMeanwhile) else None
        else:
            messages.success(request, done)
            return redirect("force_action", pk=action.pk)
    return page_of(request, action, **{name: form, "theirs": theirs})


def _action(pk: int) -> ForceAction:
    return get_object_or_404(ForceAction, pk=pk)


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def give_first_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it its owner and its first date."""
    found, form = _action(pk), forms.FirstDateForm(request.POST, auto_id="first_%s")
    change = _of(actions.give_first_date, action=found)
    return _changed(request, found, "first_date_form", form, change, "Its first date is kept for ever.")


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def move_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the force moved its date."""
    found, form = _action(pk), forms.MoveForm(request.POST, auto_id="move_%s")
    done = "The move is recorded. Somebody else at the office says whether it accepts it."
    return _changed(request, found, "move_form", form, _of(actions.move_date, action=found), done)


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def say_on_move(request: HttpRequest, pk: int, move: int) -> HttpResponse:
    """Say whether the office accepts a move."""
    found = get_object_or_404(DateMove, pk=move, action=pk)
    form = forms.ViewForm(request.POST, auto_id="view_%s")
    change = _of(actions.say_on_move, move=found)
    return _changed(request, found.action, "view_form", form, change, "What the office thinks of it is recorded.")


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def add_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was said on the way."""
    found, form = _action(pk), forms.ProgressForm(request.POST, auto_id="progress_%s")
    return _changed(request, found, "progress_form", form, _of(actions.add_progress, action=found), "It is recorded.")


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def change_standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how it stands with the force."""
    found, form = _action(pk), forms.StandingForm(request.POST, auto_id="standing_%s")
    change = _of(actions.change_standing, action=found)
    return _changed(request, found, "standing_form", form, change, "How it stands is recorded.")


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def record_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the force's word that it is complete."""
    found, form = _action(pk), forms.CompleteForm(request.POST, auto_id="complete_%s")

    def change(*, version: int, complete_on: Any, by: Any) -> None:
        actions.record_complete(action=found, version=version, on=complete_on, by=by)

    done = "The force’s word is recorded. The office is satisfied only on evidence that somebody else judged."
    return _changed(request, found, "complete_form", form, change, done)


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def be_satisfied(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the office is satisfied."""
    found, form = _action(pk), forms.SatisfiedForm(request.POST, auto_id="satisfied_%s")
    change = _of(actions.be_satisfied, action=found)
    return _changed(request, found, "satisfied_form", form, change, "The office is recorded as satisfied.")


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def withdraw_satisfied(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that the office is satisfied."""
    found, form = _action(pk), forms.SatisfiedForm(request.POST, auto_id="satisfied_%s")
    change = _of(actions.withdraw_satisfied, action=found)
    return _changed(request, found, "satisfied_form", form, change, "It is taken back, and the reason is kept.")


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def bring_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a link as evidence."""
    found, form = _action(pk), forms.LinkForm(request.POST, auto_id="link_%s")
    change = _of(bringing_evidence.bring_link, action=found)
    return _changed(request, found, "link_form", form, change, "It is brought. Somebody else judges it.")


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def bring_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a file as evidence."""
    found, form = _action(pk), forms.FileForm(request.POST, request.FILES, auto_id="file_%s")

    def change(*, title: str, file: Any, by: Any) -> None:
        content = file.read(bringing_evidence.LARGEST + 1)
        bringing_evidence.bring_file(action=found, title=title, name=file.name, content=content, by=by)

    return _changed(request, found, "file_form", form, change, "It is brought. Somebody else judges it.")


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
@require_POST
def judge(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """Say whether evidence shows what it should."""
    found = get_object_or_404(Evidence, pk=evidence, action=pk)
    form = forms.JudgeForm(request.POST, auto_id="judge_%s")
    change = _of(bringing_evidence.judge, evidence=found)
    return _changed(request, found.action, "judge_form", form, change, "It is judged.")


@needs(May.SEE_ACTIONS, place=Place.OFFICE)
@require_GET
def evidence_file(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """A file that was brought, to be kept and opened elsewhere: no browser opens it here."""
    found = get_object_or_404(Evidence, pk=evidence, action=pk, kind=EvidenceKind.FILE.name)
    content = bringing_evidence.file_of(found)
    record(Did.TOOK_EVIDENCE, by=request.user, about_kind="force action", about=pk, evidence=found.pk)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="evidence-{found.pk}{_ending(found.file_name)}"'
    return answer


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"


def _of(change: Callable[..., object], **about: Any) -> Callable[..., object]:
    def changed(**given: Any) -> object:
        return change(**about, **given)

    return changed
