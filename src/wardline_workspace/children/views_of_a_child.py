"""The page of one child on the list: what is owed, what was done, who looks, and what somebody found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardline_workspace.children import actions, in_words
from wardline_workspace.children.forms import AnswerForm, SecondForm, WhoLooksForm
from wardline_workspace.children.models import Answer, CaseToCheck, Item
from wardline_workspace.children.policies import why_not_second
from wardline_workspace.children.the_list import Child, Section
from wardline_workspace.deployment.described import Place
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.people.models import Account
from wardline_workspace.roles import Permission as May
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.codes import case_code
from wardline_workspace.trail.kinds import Did

__all__ = ["answer", "child", "second", "who_looks"]


@needs(May.SEE_CHILDREN_TO_CHECK, place=Place.FORCE)
def child(request: HttpRequest, pk: int) -> HttpResponse:
    """One child, and the forms for whoever may answer."""
    case = get_object_or_404(CaseToCheck, pk=pk)
    record(Did.OPENED_CHILD, by=request.user, about_kind="child to check", about=case.pk)
    return _page(request, case)


@needs(May.ANSWER_CHILD_TO_CHECK, place=Place.FORCE)
@require_POST
def who_looks(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who looks, and by when."""
    case = get_object_or_404(CaseToCheck, pk=pk)
    form = WhoLooksForm(request.POST, auto_id="who_%s")

    def do(given: dict[str, Any]) -> object:
        return actions.say_who_looks(case=case, **given, by=request.user)

    return _done(request, case, form, do, "It is recorded who looks, and by when.", name="who_form")


@needs(May.ANSWER_CHILD_TO_CHECK, place=Place.FORCE)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was found."""
    case = get_object_or_404(CaseToCheck, pk=pk)
    form = AnswerForm(request.POST, auto_id="answer_%s", items=case.items.all())

    def do(given: dict[str, Any]) -> object:
        return actions.record_answer(case=case, **given, by=request.user)

    return _done(request, case, form, do, "The answer is recorded. Looked at does not mean safe.", name="answer_form")


@needs(May.ANSWER_CHILD_TO_CHECK, place=Place.FORCE)
@require_POST
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree as the second person that nothing is needed, or not."""
    case = get_object_or_404(CaseToCheck, pk=pk)
    form = SecondForm(request.POST, auto_id="second_%s")

    def do(given: dict[str, Any]) -> object:
        about = get_object_or_404(Answer, pk=given.pop("answer"), case=case)
        agrees = given.pop("agrees") == "yes"
        return actions.answer_as_second(answer=about, agrees=agrees, **given, by=request.user)

    return _done(request, case, form, do, "What you said as the second person is recorded.", name="second_form")


def _done(
    request: HttpRequest,
    case: CaseToCheck,
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    said: str,
    *,
    name: str,
) -> HttpResponse:
    """Do it and go back to the list; else the page again, with what is wrong and everything that was typed."""
    theirs: dict[str, object] = {}
    if form.is_valid():
        try:
            do(dict(form.cleaned_data))
        except ChangedMeanwhile as changed:
            form.add_error(None, changed.reason)
            theirs = changed.theirs
            # Whoever has read what the other wrote may send theirs after all.
            form.data = form.data.copy()
            form.data["version"] = CaseToCheck.objects.get(pk=case.pk).version
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, said)
            return redirect("children")
    return _page(request, case, theirs=theirs, **{name: form})


def _page(
    request: HttpRequest, case: CaseToCheck, *, theirs: dict[str, object] | None = None, **sent: Any
) -> HttpResponse:
    now = timezone.now()
    case = CaseToCheck.objects.get(pk=case.pk)
    items = tuple(Item.objects.filter(case=case).select_related("shown_on").prefetch_related("lists"))
    shown = Child(case, items, case.looks.first(), case.answers.first(), Section.OPEN)
    newest = max(items, key=lambda item: item.shown_on.records_to).shown_on
    waiting = _waiting(case)
    given = {
        "child": shown,
        "now": now,
        "words": in_words,
        "history": in_words.history_of(case, now),
        "theirs": theirs,
        "newest": newest,
        "form": next(iter(sent.values()), None),
        "waiting": waiting,
        "timeline": _timeline(request.user, newest.dive, case),
        "why_not_second": why_not_second(waiting, by=request.user) if waiting else None,
        **_forms(request.user, case, items, waiting),
        **sent,
    }
    return render(request, "children/child.html", given)


def _timeline(account: Account, dive: str, case: CaseToCheck) -> str:
    """The address of the case's own page, for those who may open it; it asks why. Empty where there is none."""
    if not account.may(May.OPEN_TIMELINE):
        return ""
    try:
        return reverse("case", args=[dive, case_code(dive, case.case_id)])
    except NoReverseMatch:
        return ""


def _waiting(case: CaseToCheck) -> Answer | None:
    """The answer that waits for a second person."""
    asked = case.answers.filter(needs_second=True, second_at=None).prefetch_related("items")
    return next((one for one in asked if one.waits_for_second), None)


def _forms(account: Account, case: CaseToCheck, items: tuple[Item, ...], waiting: Answer | None) -> dict[str, Any]:
    if not account.may(May.ANSWER_CHILD_TO_CHECK):
        return {}
    version = {"version": case.version}
    every = version | {"items": [item.pk for item in items]}
    return {
        "who_form": WhoLooksForm(initial=version, auto_id="who_%s"),
        "answer_form": AnswerForm(initial=every, auto_id="answer_%s", items=items),
        "second_form": SecondForm(initial=version | {"answer": waiting.pk}, auto_id="second_%s") if waiting else None,
    }
