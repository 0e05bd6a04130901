"""Respond: the response by the deadline, by the list of rule 5 (docs/reference/meaning.md). Repeat uses it too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from wardline.engines.reference.case_files import Finding, Group
from wardline.engines.reference.due_by import DueBy, due_by, favourable_start, unfavourable_start
from wardline.engines.reference.obligation_and_systems import Concluded, ObligationAndSystems, Taken
from wardline.engines.reference.triggering import Occasion, triggered_occasions
from wardline.engines.reference.windows import Seen, Window
from wardline.findings import Outcome, Reason
from wardline.obligations import Repeat, Respond, TimeLimit
from wardline.time_limits import Length

__all__ = ["InWindow", "check_respond", "conclude_by_deadline"]


class InWindow(NamedTuple):
    """What there is for one occasion: timed events in order, and whether there is any that cannot be placed or read."""

    responses: Sequence[Seen]
    exemptions: Sequence[Seen]
    is_incomplete: bool


Gather = Callable[[DueBy | None], InWindow]
"""Gathers what lies in an occasion's window, given when it is due: by its limit inexact times are placed."""


def check_respond(to_check: ObligationAndSystems, group: Group, period: tuple[date, date] | None) -> list[Finding]:
    """The findings of one group for an obligation of the kind respond."""
    obligation = to_check.resolved.obligation
    assert isinstance(obligation, Respond)
    triggered = triggered_occasions(
        obligation.trigger, group, to_check.resolved, to_check.calendar, counted_from=obligation.counted_from
    )
    responses = group.matching(obligation.response)
    exemptions = group.matching(obligation.exemptions)

    def gather(occasion: Occasion, due: DueBy | None) -> InWindow:
        window = Window(
            occasion, obligation.triggers(), due=due, calendar=to_check.calendar, since_opening=obligation.since_opening
        )
        is_incomplete = bool(responses.untimed or exemptions.untimed) or any(
            window.holds(event) for event in (*responses.partial, *exemptions.partial)
        )
        return InWindow(window.seen_responses(responses.timed), window.seen(exemptions.timed), is_incomplete)

    return to_check.findings(
        [
            (
                occasion,
                conclude_by_deadline(
                    to_check,
                    group,
                    occasion,
                    obligation.within,
                    partial(gather, occasion),
                    owed_after=obligation.owed_after,
                ),
            )
            for occasion in triggered.occasions
            if to_check.is_owed_in(occasion, period)
        ]
    )


def conclude_by_deadline(
    to_check: ObligationAndSystems,
    group: Group,
    occasion: Occasion,
    limit: TimeLimit,
    gather: Gather,
    *,
    owed_after: Length | None = None,
) -> Concluded:
    """What rule 5 says of one occasion, favourably and unfavourably where its times are not exact."""
    if occasion.happened_at is None:
        no_time = Reason.NO_CHILD if to_check.lacks_child(occasion) else Reason.TRIGGER_WITHOUT_TIME
        return Concluded(Outcome.CANNOT_TELL, no_time)
    calendar, is_repeat = to_check.calendar, isinstance(to_check.resolved.obligation, Repeat)
    owed = occasion if owed_after is None else occasion.later(owed_after, calendar)
    due = None
    if owed is not None:
        due = due_by(limit, owed, group, favourable_start(owed, calendar), calendar, is_repeat=is_repeat)
    there = gather(due)
    response, exemption = _taken(there.responses, due), _taken(there.exemptions, due)
    outcome, reason = _favourably_and_not(
        to_check, group, occasion, owed, limit, due, there, is_owed_later=owed_after is not None
    )
    return Concluded(
        outcome,
        reason,
        limit=None if due is None else str(due.limit),
        deadline=None if due is None else due.deadline,
        response=None if response is None else Taken.of(response.event),
        exemption=None if exemption is None else Taken.of(exemption.event),
        late_by=None if due is None or response is None else response.favourably_at - due.deadline,
        is_counted=not to_check.lacks_child(occasion)
        and to_check.would_show(group, occasion.happened_at, group.as_at if due is None else due.deadline),
    )


def _favourably_and_not(
    to_check: ObligationAndSystems,
    group: Group,
    occasion: Occasion,
    owed: Occasion | None,
    limit: TimeLimit,
    due: DueBy | None,
    there: InWindow,
    *,
    is_owed_later: bool,
) -> tuple[Outcome, Reason | None]:
    if to_check.lacks_child(occasion):
        return Outcome.CANNOT_TELL, Reason.NO_CHILD
    if owed is None:
        return Outcome.CANNOT_TELL, Reason.LIMIT_UNKNOWN
    assert occasion.happened_at is not None and owed.happened_at is not None and owed.latest is not None
    every = (*there.responses, *there.exemptions)
    calendar, is_repeat = to_check.calendar, isinstance(to_check.resolved.obligation, Repeat)
    # Counted from an earlier trigger, a limit may be known that is not known from a later one: the limit for `unknown`
    # had run out before a grading came whose own limit is still to be set.
    worst = due_by(limit, owed, group, unfavourable_start(owed, calendar), calendar, is_repeat=is_repeat)
    shown = due or worst
    is_uncertain = shown is not None and to_check.is_uncertain(group, occasion.happened_at, shown.deadline)
    favourable = _by_the_list(
        to_check,
        group,
        due,
        [seen.favourably_at for seen in there.responses],
        [seen.favourably_at for seen in there.exemptions],
        owed.latest if is_owed_later else None,
        is_incomplete=there.is_incomplete,
        is_uncertain=is_uncertain,
    )
    if (due is not None and due.is_in_days) or (occasion.is_exact and all(seen.is_sure for seen in every)):
        return favourable
    unfavourable = _by_the_list(
        to_check,
        group,
        worst,
        [seen.unfavourably_at for seen in there.responses if seen.unfavourably_at is not None],
        [seen.unfavourably_at for seen in there.exemptions if seen.unfavourably_at is not None],
        owed.happened_at if is_owed_later else None,
        is_incomplete=there.is_incomplete,
        is_uncertain=is_uncertain,
    )
    if favourable[0] is not unfavourable[0]:
        return Outcome.CANNOT_TELL, Reason.TIME_NOT_EXACT
    return favourable


def _by_the_list(
    to_check: ObligationAndSystems,
    group: Group,
    due: DueBy | None,
    responded_at: list[datetime],
    exempted_at: list[datetime],
    owed_from: datetime | None,
    *,
    is_incomplete: bool,
    is_uncertain: bool,
) -> tuple[Outcome, Reason | None]:
    """Rules 5.3 to 5.11: the first that applies.

    Where nobody knows how long there is, an exemption by `owed_from`, if it is owed only from then, ends it all the
    same.
    """
    if due is None:
        is_ended = owed_from is not None and any(instant <= owed_from for instant in exempted_at)
        return (Outcome.EXEMPT, None) if is_ended else (Outcome.CANNOT_TELL, Reason.LIMIT_UNKNOWN)
    if any(instant <= due.deadline for instant in responded_at):
        return Outcome.MET, None
    if any(instant <= due.deadline for instant in exempted_at):
        return Outcome.EXEMPT, None
    if is_incomplete:
        return Outcome.CANNOT_TELL, Reason.EVIDENCE_INCOMPLETE
    if responded_at:
        return Outcome.LATE, None
    if (reason := to_check.why_not_recorded(group)) is not None:
        return Outcome.CANNOT_TELL, reason
    if due.deadline > group.as_at:
        return Outcome.NOT_YET_DUE, None
    if is_uncertain:
        return Outcome.CANNOT_TELL, Reason.RECORD_GAP
    return Outcome.MISSED, None


def _taken(seen: Sequence[Seen], due: DueBy | None) -> Seen | None:
    """The earliest that counts by the deadline; where none does, the earliest.

    Due at 09:00, an exact response at 09:30 is late; one on that day "between 10:00 and 11:00" counts from the day's
    beginning where local dates are compared, and is in time. So the second is what the finding rests on.
    """
    by_deadline = [one for one in seen if due is not None and one.favourably_at <= due.deadline]
    return next(iter(by_deadline or seen), None)
