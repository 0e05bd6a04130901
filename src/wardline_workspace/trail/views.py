"""Pages of the trail: its entries, searched, and whether it is whole. Looking into it is itself an entry."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wardline_workspace.people.gate import needs
from wardline_workspace.people.models import Account
from wardline_workspace.roles import Permission as May
from wardline_workspace.trail.actions import find_break, head, record
from wardline_workspace.trail.forms import Search
from wardline_workspace.trail.kinds import Did
from wardline_workspace.trail.models import Entry

__all__ = ["trail", "verify"]

ON_A_PAGE = 50


@needs(May.SEE_TRAIL)
def trail(request: HttpRequest) -> HttpResponse:
    """The entries, the newest first."""
    form = Search(request.GET or None)
    found: QuerySet[Entry] = Entry.objects.order_by("-number")
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    if since := asked.get("since"):
        begins = timezone.make_aware(timezone.datetime(since.year, since.month, since.day))
        found = found.filter(at__gte=begins)
    found = found.filter(**{name: value for name, value in asked.items() if name != "since"})
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    # Which fields were searched, and not for what: a text may be a name.
    record(Did.SEARCHED_TRAIL if asked else Did.LOOKED_AT_TRAIL, by=request.user, fields=sorted(asked), found=len(page))
    names = dict(Account.objects.values_list("public_id", "name"))
    shown = {"form": form, "entries": page, "names": names, "query": _without_page(request), "head": head()}
    return render(request, "trail/trail.html", shown)


@needs(May.SEE_TRAIL)
def verify(request: HttpRequest) -> HttpResponse:
    """Whether the trail is whole, and where it is not."""
    broken = find_break()
    record(Did.VERIFIED_TRAIL, by=request.user, whole=broken is None)
    return render(request, "trail/verified.html", {"broken": broken, "head": head()})


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
