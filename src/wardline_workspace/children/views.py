"""The pages of the list: the list itself, its print, what falls due next, and older closures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardline_workspace.children import in_words
from wardline_workspace.children.models import TakenList
from wardline_workspace.children.taking import take_list
from wardline_workspace.children.the_list import list_now
from wardline_workspace.deployment.described import Place
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["children", "closed_without_a_record", "due_next", "print_view", "take"]

ON_A_PAGE = 50
COLUMNS = ("Child and case", "What is owed", "Since", "Last thing recorded", "Due")


def _the_list() -> dict[str, Any]:
    now = timezone.now()
    shown = list_now(now=now)
    return {"shown": shown, "now": now, "title": in_words.list_title(shown), "words": in_words}


@needs(May.SEE_CHILDREN_TO_CHECK, place=Place.FORCE)
def children(request: HttpRequest) -> HttpResponse:
    """Who has to be looked at, who looks, and what was answered."""
    shown = _the_list()
    record(Did.LOOKED_AT_LIST, by=request.user, about_kind="list", children=shown["shown"].tally.on_the_list)
    taken = {one.dive for one in TakenList.objects.all()}
    shown["not_taken"] = [dive for dive in AddedDive.objects.filter(is_release=False) if dive.slug not in taken]
    shown["newest"] = shown["shown"].lists[0] if shown["shown"].lists else None
    return render(request, "children/children.html", shown)


@needs(May.SEE_CHILDREN_TO_CHECK, place=Place.FORCE)
def print_view(request: HttpRequest) -> HttpResponse:
    """The same list on paper, with room to write."""
    shown = _the_list()
    record(Did.PRINTED_LIST, by=request.user, about_kind="list", children=shown["shown"].tally.on_the_list)
    return render(request, "children/print.html", shown)


@needs(May.SEE_CHILDREN_TO_CHECK, place=Place.FORCE)
def due_next(request: HttpRequest) -> HttpResponse:
    """What falls due in the 24 hours after the records end."""
    return _further_list(
        request, "due_next", "Falls due in the next 24 hours", "Counted from the time to which the records go."
    )


@needs(May.SEE_CHILDREN_TO_CHECK, place=Place.FORCE)
def closed_without_a_record(request: HttpRequest) -> HttpResponse:
    """What was closed earlier than seven days before, without a record of a step that protects the child."""
    return _further_list(
        request,
        "closed_without_a_record",
        "Older closures without a record",
        "Cases closed more than seven days before the records end, where a step that protects the child was owed and "
        "no record of it is found. They are for an audit to read.",
    )


def _further_list(request: HttpRequest, name: str, title: str, says: str) -> HttpResponse:
    now = timezone.now()
    shown = list_now(now=now)
    record(Did.LOOKED_AT_LIST, by=request.user, about_kind=name.replace("_", " "))
    added = {dive.slug: dive for dive in AddedDive.objects.filter(slug__in=[taken.dive for taken in shown.lists])}
    gone = [taken.title for taken in shown.lists if taken.dive not in added]
    rows: list[dict[str, Any]] = []
    for taken in shown.lists:
        dive = added.get(taken.dive)
        rows += getattr(opened(dive).lists_for_today, name).to_dicts() if dive else []
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    given = {"shown": shown, "now": now, "title": title, "says": says, "page": page, "words": in_words, "gone": gone}
    given["columns"] = [{"title": column} for column in COLUMNS]
    return render(request, "children/further_list.html", given)


@needs(May.ANSWER_CHILD_TO_CHECK, place=Place.FORCE)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take in the list of a dive."""
    dive = get_object_or_404(AddedDive, slug=request.POST.get("dive", ""))
    take_list(dive=dive, by=request.user)
    messages.success(request, "The list is taken in.")
    return redirect("children")
