"""Pages about accounts: who has one, inviting somebody, taking an invitation up, one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from wardline_workspace.pages.refused import Refused
from wardline_workspace.people import actions, forms
from wardline_workspace.people.gate import needs, open_to_anybody
from wardline_workspace.people.models import Account, Invitation
from wardline_workspace.people.policies import why_not_close, why_not_reset, why_not_take_up, why_not_use
from wardline_workspace.roles import ROLES
from wardline_workspace.roles import Permission as May

__all__ = ["account_of", "invite", "make_reset_link", "my_account", "people", "roles_page", "take_up", "use_reset_link"]


@needs(May.INVITE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and the invitations that are still open."""
    still_open = Invitation.objects.filter(taken_up_at=None, ends_at__gt=timezone.now())
    return render(request, "people/people.html", {"accounts": Account.objects.all(), "invitations": still_open})


@needs(May.INVITE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody: their link is shown once."""
    form = forms.Invite(request.POST or None)
    if form.is_valid():
        invitation, secret = actions.invite(**form.cleaned_data, by=request.user)
        link = request.build_absolute_uri(reverse("take_up", args=[secret]))
        return render(request, "people/invited.html", {"invitation": invitation, "link": link})
    return render(request, "people/invite.html", {"form": form})


@open_to_anybody
def take_up(request: HttpRequest, secret: str) -> HttpResponse:
    """Take an invitation up: choose a password."""
    invitation = actions.find_invitation(secret)
    if reason := why_not_take_up(invitation, now=timezone.now()):
        return render(request, "people/no_invitation.html", {"reason": reason}, status=410)
    assert invitation is not None
    form = forms.TakeUp(request.POST or None, account=Account(email=invitation.email, name=invitation.name))
    if form.is_valid():
        actions.take_up(secret=secret, password=form.cleaned_data["password"])
        messages.success(request, "Your account is made. Log in, and set up your second step.")
        return redirect("account_login")
    return render(request, "people/take_up.html", {"form": form, "invitation": invitation})


@needs(May.INVITE)
def account_of(request: HttpRequest, public_id: str) -> HttpResponse:
    """One account: give it another role, or close it."""
    account = get_object_or_404(Account, public_id=public_id)
    now = {"role": account.role, "is_agreed": account.is_agreed, "version": account.version}
    form = forms.Role(request.POST if "role" in request.POST else None, initial=now)
    try:
        if "close" in request.POST:
            actions.close_account(account=account, by=request.user)
            messages.success(request, "The account is closed. What it did stays in the trail.")
            return redirect("people")
        if form.is_valid():
            actions.change_role(account=account, **form.cleaned_data, by=request.user)
            messages.success(request, "The role is changed.")
            return redirect("people")
    except Refused as refused:
        form.add_error(None, refused.reason)
    shown = {
        "form": form,
        "holder": account,
        "why_not_close": why_not_close(account, by=request.user),
        "why_not_reset": why_not_reset(account, by=request.user),
    }
    return render(request, "people/account.html", shown)


@needs(May.INVITE)
def make_reset_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a link to a new password for somebody who cannot get in: it is shown once."""
    account = get_object_or_404(Account, public_id=public_id)
    if reason := why_not_reset(account, by=request.user):
        raise Refused(reason)
    form = forms.Reset(request.POST if request.method == "POST" else None)
    if form.is_valid():
        link, secret = actions.make_reset_link(account=account, **form.cleaned_data, by=request.user)
        address = request.build_absolute_uri(reverse("use_reset_link", args=[secret]))
        return render(request, "people/reset_link.html", {"holder": account, "reset": link, "link": address})
    return render(request, "people/make_reset_link.html", {"form": form, "holder": account})


@open_to_anybody
def use_reset_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a new password with a link that the administrator handed over."""
    link = actions.find_reset_link(secret)
    if reason := why_not_use(link, now=timezone.now()):
        return render(request, "people/no_invitation.html", {"reason": reason}, status=410)
    assert link is not None
    form = forms.TakeUp(request.POST or None, account=link.account)
    if form.is_valid():
        actions.use_reset_link(secret=secret, password=form.cleaned_data["password"])
        messages.success(request, "Your new password is set. Log in with it.")
        return redirect("account_login")
    return render(request, "people/use_reset_link.html", {"form": form, "holder": link.account})


@needs(May.LOG_IN)
def my_account(request: HttpRequest) -> HttpResponse:
    """One's own account: the role and what it may, and where to change the password and second step."""
    return render(request, "people/my_account.html", {})


@needs(May.LOG_IN)
def roles_page(request: HttpRequest) -> HttpResponse:
    """What each role is for and may do."""
    return render(request, "people/roles.html", {"roles": ROLES})
