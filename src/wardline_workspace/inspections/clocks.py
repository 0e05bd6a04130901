"""By when something follows a report: judged by the library's own engine, with the standard `england/scrutiny`.

An inspection is a case there, and what was recorded after it are its events. Nothing is counted here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

import wardline
from wardline.findings import Outcome, explain_finding
from wardline.obligations import BasisKind, Owner, ResolvedObligation
from wardline.reports.wording import OWNER_WORDS, outcome_words
from wardline.standards import look_up_standard, resolve
from wardline_workspace.inspections.kinds import Happened
from wardline_workspace.inspections.models import Inspection

__all__ = ["Clock", "ClockKind", "clocks_of"]

STANDARD = "england/scrutiny"
CASE_TYPE = "inspection report"
PUBLISHED = "report_published"
ANSWERED = "recommendations_answered"
OURS = "the office's own records"
RECORDED = (PUBLISHED, ANSWERED, *(one.event for one in Happened))


class ClockKind(StrEnum):
    """What sort of clock it is; the value is what people read."""

    STATUTORY = "by law"
    ASKED_FOR = "asked for, and no order"
    NO_DAY = "no day set"
    OURS = "our own reading, to be confirmed"


@dataclass(frozen=True)
class Clock:
    """One thing that is to follow a report. `deadline` is None where no day is set."""

    obligation: str
    title: str
    owner: str
    kind: ClockKind
    deadline: datetime | None
    outcome: Outcome
    outcome_in_words: str
    why: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.outcome in (Outcome.NOT_YET_DUE, Outcome.MISSED) or (
            self.kind is ClockKind.NO_DAY and self.outcome is Outcome.CANNOT_TELL
        )


def clocks_of(inspections: Sequence[Inspection], *, as_at: datetime) -> dict[int, list[Clock]]:
    """The clocks of each report, by its key, as they are at an instant; in the order of the standard."""
    if not inspections:
        return {}
    known = {one.obligation.id: one for one in _obligations(settings.DEPLOYMENT.zone)}
    order = list(known)
    log = _event_log(inspections)
    findings = wardline.check(list(known.values()), log, as_at=as_at)
    names = dict(log.events.select("event_id", "event").collect().iter_rows())
    latest = dict(log.events.select("event_id", "happened_by").drop_nulls().collect().iter_rows())
    found: dict[int, list[Clock]] = defaultdict(list)
    for row in sorted(findings.to_dicts(), key=lambda row: (order.index(row["obligation"]), row["ordinal"])):
        clock = _clock(row, known[row["obligation"]], names, latest)
        found[int(row["case_id"].rpartition(":")[2])].append(clock)
    return found


def _clock(row: dict[str, Any], resolved: ResolvedObligation, names: Any, latest: Any) -> Clock:
    obligation = resolved.obligation
    outcome = Outcome(row["outcome"])
    return Clock(
        obligation=obligation.id,
        title=obligation.title,
        owner=OWNER_WORDS[obligation.owed_by],
        kind=_kind(obligation.basis.kind, has_day=row["deadline"] is not None),
        deadline=row["deadline"],
        outcome=outcome,
        outcome_in_words=outcome_words(obligation)[outcome],
        why=explain_finding(row, resolved, event_names=names, latest_times=latest),
    )


def _kind(basis: BasisKind, *, has_day: bool) -> ClockKind:
    if not has_day:
        return ClockKind.NO_DAY
    if basis is BasisKind.STATUTE:
        return ClockKind.STATUTORY
    return ClockKind.OURS if basis.is_to_be_confirmed else ClockKind.ASKED_FOR


def _event_log(inspections: Iterable[Inspection]) -> Any:
    """The reports as an event log: each entry that was not taken back, on its day."""
    cases, events = [], []
    for one in inspections:
        cases.append({"case_id": str(one.pk), "case_type": CASE_TYPE, "opened_at": one.published_on, "source": OURS})
        for what, on, attributes in _happened(one):
            events.append({"case_id": str(one.pk), "event": what, "happened_at": on, "source": OURS, **attributes})
    return wardline.event_log(
        cases=cases,
        events=events,
        zone=settings.DEPLOYMENT.zone,
        abilities=[{"source": OURS, "case_type": CASE_TYPE, "event": event} for event in RECORDED],
        coverage=[{"source": OURS, "kept_by": Owner.OVERSIGHT_BODY.value}],
        case_sources=[{"case_id": one["case_id"], "source": OURS} for one in cases],
    )


def _happened(one: Inspection) -> Iterable[tuple[str, date, dict[str, str | None]]]:
    yield PUBLISHED, one.published_on, {"assurance": None}
    for event in one.events.all():
        if event.taken_back_at is None:
            yield event.happened.event, event.on, {"assurance": event.assurance or None}
    answered = [recommendation.answer_published_on for recommendation in one.recommendations.all()]
    if answered and None not in answered:
        # The day is that of the last: until then some recommendation has no answer.
        yield ANSWERED, max(day for day in answered if day is not None), {"assurance": None}


@lru_cache(maxsize=1)
def _obligations(zone: str) -> tuple[ResolvedObligation, ...]:
    force = wardline.force(force=settings.DEPLOYMENT.force, nation="England", time_zone=zone)
    return resolve([look_up_standard(STANDARD, relative_to=Path())], force)
