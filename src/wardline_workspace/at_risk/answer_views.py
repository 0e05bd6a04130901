"""The force's acknowledgement as a file: made for the office, and taken in there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardline_workspace.at_risk import answering
from wardline_workspace.at_risk.forms import AnswerFile
from wardline_workspace.at_risk.kinds import GoesTo
from wardline_workspace.at_risk.policies import seen_by
from wardline_workspace.at_risk.posts import post_of
from wardline_workspace.deployment.described import Place
from wardline_workspace.exchange.signed_files import LARGEST
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = ["answer_for_the_office", "take_answer_in"]


@needs(May.ACKNOWLEDGE_RISK, May.ACKNOWLEDGE_CONDUCT, place=Place.FORCE)
@require_POST
def answer_for_the_office(request: HttpRequest, code: str) -> HttpResponse:
    """The signed file with the acknowledgement, for the office."""
    found = get_object_or_404(seen_by(request.user), code=code)
    answer = HttpResponse(answering.make_answer(risk=found, by=request.user), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="acknowledged-{found.code}.json"'
    return answer


@needs(May.RAISE_RISK, place=Place.OFFICE)
def take_answer_in(request: HttpRequest) -> HttpResponse:
    """Take in the force's acknowledgement: whoever at the office gets it can."""
    form = AnswerFile(request.POST or None, request.FILES or None) if request.method == "POST" else AnswerFile()
    if form.is_valid():
        given = form.cleaned_data
        try:
            taken = answering.take_answer_in(
                file=given["file"].read(LARGEST + 1), is_confirmed=given["is_confirmed"], by=request.user
            )
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            said = f"{taken.code} is acknowledged by the force. Whoever sent it sees by whom and when."
            messages.success(request, said)
            return redirect("at_risk")
    shown = {"form": form, "duty": post_of(GoesTo.DUTY_POST)}
    return render(request, "at_risk/take_answer_in.html", shown)
