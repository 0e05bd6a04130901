"""Referrals of children to the safeguarding partners: sent, answered or not, and what the records show of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from wardline.simulation.careful_reader import Reader
from wardline.simulation.children import KnownChild
from wardline.simulation.clock import DAY, HOUR, MINUTE, Clock
from wardline.simulation.draws import clear
from wardline.simulation.notes import NotesOfCase
from wardline.simulation.parameters import (
    CHASED_SHARE,
    DATED_BACK_SHARE,
    GAP_FROM,
    GAP_TO,
    REPLIED_SHARE,
    REPLY_UNREADABLE_SHARE,
)
from wardline.simulation.records import SAFEGUARDING, Referral
from wardline.simulation.truth import BY_NOTHING, EXPLOITATION, LATE, Failing, Gaming, Truth
from wardline.simulation.typing_in import EntriesOfCase

__all__ = ["ReferralPlan", "write_referral"]

THREE_WORKING_DAYS = "3 working days"
OBLIGATION = f"{EXPLOITATION}/reply-or-chased"
FAILING = "referral with no reply"
RECORD_GAP = "record_gap"
GAP_DAYS = (date.fromisoformat(GAP_FROM).toordinal(), date.fromisoformat(GAP_TO).toordinal())
USUAL_HOURS, SLOW_HOURS = (3, 60), (60, 200)
SLOW_SHARE = 0.22


@dataclass(slots=True)
class ReferralPlan:
    """A referral that is sent."""

    known: KnownChild
    sent_at: int
    referral_kind: str
    crime_no: str = ""


def write_referral(
    plan: ReferralPlan, number_of: Callable[[str, int], str], source: Random, reader: Reader, truth: Truth
) -> Referral | None:
    """The referral as the safeguarding system holds it; None where it was sent in the months of the gap."""
    clock = reader.clock
    if GAP_DAYS[0] <= clock.day(plan.sent_at) <= GAP_DAYS[1]:
        return None
    number = number_of("referral", plan.sent_at)
    case = f"{SAFEGUARDING}:{number}"
    typed = EntriesOfCase(source, reader.end)
    typed.add("referral_sent", plan.sent_at, typed_at=plan.sent_at)
    ends_at = _answer(plan, case, typed, source, reader, truth)
    closed_at = _office_hours(clock, ends_at + int(source.uniform(1, 20)) * DAY, source)
    typed.add("referral_closed", closed_at, typed_at=closed_at)
    for entry in typed.entries:
        entry.is_unrecorded = _in_gap(clock, entry.typed_at)
    notes = NotesOfCase(plan.known.child, number, source, reader.end, truth, SAFEGUARDING)
    if not any(_in_gap(clock, at) for at in (plan.sent_at, plan.sent_at + 5 * HOUR, ends_at, ends_at + 2 * HOUR)):
        notes.write(plan.sent_at, ends_at)
    last = typed.entries[-1]
    is_closed = last.event == "referral_closed" and not last.is_unrecorded
    referral = Referral(
        number=number,
        child=plan.known.child,
        person_number=plan.known.records_in(SAFEGUARDING)[0].number,
        district=plan.known.child.district,
        referral_kind=plan.referral_kind,
        crime_no=plan.crime_no,
        opened_at=plan.sent_at,
        closed_at=closed_at if is_closed else None,
        entries=typed.entries,
        notes=notes.notes,
    )
    _read(referral, case, reader, truth)
    return referral


def _answer(plan: ReferralPlan, case: str, typed: EntriesOfCase, source: Random, reader: Reader, truth: Truth) -> int:
    """What becomes of it; returns when that was."""
    clock = reader.clock
    by = int(clock.deadline(THREE_WORKING_DAYS, plan.sent_at))
    hours = SLOW_HOURS if source.random() < SLOW_SHARE else USUAL_HOURS
    at = clear(clock, _office_hours(clock, plan.sent_at + int(source.uniform(*hours) * HOUR), source))
    kind = source.random()
    if kind >= REPLIED_SHARE + CHASED_SHARE:
        return by + 20 * DAY
    if kind >= REPLIED_SHARE:
        typed.add("reply_chased", at)
        return at + 5 * DAY
    by_day = clock.day(by)
    is_a_day_late = clock.day(at) > by_day and clock.day(at) <= by_day + 3
    if is_a_day_late and source.random() < DATED_BACK_SHARE:
        evening = clock.at(by_day, 17 * HOUR + int(source.random() * 45) * MINUTE)
        morning = clock.at(by_day + 1, 8 * HOUR + int(source.random() * 80) * MINUTE)
        if typed.add("reply_received", evening, typed_at=morning) and not _in_gap(clock, morning):
            what = "typed the next morning, and dated the evening before, when it was due"
            truth.tell(Gaming("reply dated the evening before", SAFEGUARDING, case, evening, what))
            why = "the reply is dated the evening before it was typed, which was the last in time"
            truth.tell(Failing(FAILING, OBLIGATION, case, plan.sent_at, LATE, BY_NOTHING, why))
        return morning
    typed.add("reply_received", at, is_unreadable=source.random() < REPLY_UNREADABLE_SHARE)
    return at


def _read(referral: Referral, case: str, reader: Reader, truth: Truth) -> None:
    clock = reader.clock
    by = clock.deadline(THREE_WORKING_DAYS, referral.opened_at)
    held = [entry for entry in referral.entries if not entry.is_unrecorded]
    answers = [entry for entry in held if entry.event in ("reply_received", "reply_chased")]
    touches_gap = clock.day(referral.opened_at) <= GAP_DAYS[1] and clock.day(int(by)) >= GAP_DAYS[0]
    shown = reader.after(
        referral.opened_at,
        by,
        [reader.instants(entry) for entry in answers if not entry.is_unreadable],
        has_untimed=any(entry.is_unreadable for entry in answers),
        untold=RECORD_GAP if touches_gap else "",
    )
    truth.judged(shown, FAILING, OBLIGATION, case, referral.opened_at)


def _in_gap(clock: Clock, at: int) -> bool:
    return GAP_DAYS[0] <= clock.day(at) <= GAP_DAYS[1]


def _office_hours(clock: Clock, at: int, source: Random) -> int:
    """The same day's office hours if they are not over, or those of the next working day."""
    day = clock.day(at)
    if clock.second_of_day(at) > 17 * HOUR:
        day += 1
    while not clock.is_working_day(day):
        day += 1
    return max(at // MINUTE * MINUTE, clock.at(day, 9 * HOUR + int(source.random() * 7 * 60) * MINUTE))
