"""What this room has for the office's home page: what the law or the inspectors wait for."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from wardline.findings import Outcome
from wardline_workspace.home.today import Urgency, Waiting, has_for_today
from wardline_workspace.inspections.models import Inspection
from wardline_workspace.people.models import Account
from wardline_workspace.roles import Permission as May

__all__ = ["clocks_that_run"]

FORTNIGHT = 14  # days


@has_for_today
def clocks_that_run(account: Account) -> Iterable[Waiting]:
    """Each clock of a report that ends within a fortnight, or has ended with nothing recorded."""
    if settings.DEPLOYMENT.is_force or not account.may(May.KEEP_INSPECTIONS):
        return
    reports = list(Inspection.objects.prefetch_related("events", "recommendations"))
    if not reports:
        return
    from wardline_workspace.inspections.clocks import clocks_of  # loads the engine, which most home pages do without

    now = timezone.now()
    found = clocks_of(reports, as_at=now)
    for report in reports:
        for clock in found.get(report.pk, ()):
            if not clock.is_open or clock.deadline is None:
                continue
            days = (timezone.localdate(clock.deadline) - timezone.localdate(now)).days
            if days <= FORTNIGHT:
                yield Waiting(
                    Urgency.TODAY if days <= 0 else Urgency.FORTNIGHT,
                    f"{clock.title}: {report.title}",
                    reverse("inspection", args=[report.slug]),
                    clock.why,
                    _tag(days),
                    "missed" if clock.outcome is Outcome.MISSED else "plain",
                )


def _tag(days: int) -> str:
    if days < 0:
        return f"{-days} {'day' if days == -1 else 'days'} past it"
    return "last day today" if days == 0 else f"{days} {'day' if days == 1 else 'days'} left"
