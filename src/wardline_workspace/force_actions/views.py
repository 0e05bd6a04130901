"""The office's pages of the force's actions: the list, one action, and writing one down."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wardline_workspace.deployment.described import Place
from wardline_workspace.force_actions import actions, forms, policies
from wardline_workspace.force_actions.kinds import Colour
from wardline_workspace.force_actions.models import ForceAction
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may

__all__ = ["add", "force_action", "force_actions", "page_of"]

AT_ONCE = 50


@needs(May.SEE_ACTIONS, place=Place.OFFICE)
def force_actions(request: HttpRequest) -> HttpResponse:
    """Every action, with its first date beside the newest; narrowed by colour."""
    today = timezone.localdate()
    every = [(one, one.colour(today=today)) for one in ForceAction.objects.select_related("recommendation", "concern")]
    wanted = next((colour for colour in Colour if colour.name.lower() == request.GET.get("colour")), None)
    shown = [pair for pair in every if wanted in (None, pair[1])]
    start = _whole(request.GET.get("from", "")) if len(shown) > AT_ONCE else 0
    counts = [(colour, sum(pair[1] is colour for pair in every)) for colour in Colour]
    return render(
        request,
        "force_actions/force_actions.html",
        {
            "shown": shown[start : start + AT_ONCE],
            "many": len(shown),
            "start": start,
            "at_once": AT_ONCE,
            "counts": counts,
            "wanted": wanted,
            "every": len(every),
        },
    )


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0


@needs(May.KEEP_ACTIONS, place=Place.OFFICE)
def add(request: HttpRequest) -> HttpResponse:
    """Write down an action."""
    form = forms.ActionForm(request.POST or None, initial={"recommendation": request.GET.get("recommendation")})
    if form.is_valid():
        try:
            added = actions.add_action(**form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, "The action is written down.")
            return redirect("force_action", pk=added.pk)
    return render(request, "force_actions/add.html", {"form": form})


@needs(May.SEE_ACTIONS, place=Place.OFFICE)
def force_action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: its dates, what was said, its evidence, and the three ends."""
    return page_of(request, get_object_or_404(ForceAction, pk=pk))


def page_of(request: HttpRequest, found: ForceAction, **sent: Any) -> HttpResponse:
    """The page of an action; `sent` is a form that was refused, under its name, with what else it shows."""
    found = ForceAction.objects.select_related("recommendation__inspection", "concern").get(pk=found.pk)
    mine = request.user.public_id
    evidence = list(found.evidence.all())
    shown = {
        "one": found,
        "colour": found.colour(today=timezone.localdate()),
        "moves": [(move, policies.why_not_view(move, by=mine)) for move in found.moves.all()],
        "progress": found.progress.all(),
        "evidence": [(one, policies.why_not_judge(one, by=mine)) for one in evidence],
        "why_not_satisfied": policies.why_not_satisfied(found, by=mine),
        "form": next((one for one in sent.values() if isinstance(one, django_forms.Form)), None),
        "theirs": None,
    }
    shown |= _forms_of(found) if may(request.user, May.KEEP_ACTIONS) else {}
    return render(request, "force_actions/force_action.html", shown | sent)


def _forms_of(found: ForceAction) -> dict[str, django_forms.Form]:
    version = {"version": found.version}
    return {
        "first_date_form": forms.FirstDateForm(initial={"owner": found.owner}, auto_id="first_%s"),
        "move_form": forms.MoveForm(initial=version, auto_id="move_%s"),
        "progress_form": forms.ProgressForm(auto_id="progress_%s"),
        "standing_form": forms.StandingForm(
            initial=version | {"standing": found.standing, "because": found.because}, auto_id="standing_%s"
        ),
        "complete_form": forms.CompleteForm(initial=version, auto_id="complete_%s"),
        "link_form": forms.LinkForm(auto_id="link_%s"),
        "file_form": forms.FileForm(auto_id="file_%s"),
        "satisfied_form": forms.SatisfiedForm(initial=version, auto_id="satisfied_%s"),
        "view_form": forms.ViewForm(auto_id="view_%s"),
        "judge_form": forms.JudgeForm(auto_id="judge_%s"),
    }
