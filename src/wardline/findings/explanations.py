"""The sentence that says why: an explanation, written on demand from a finding's columns. No person's data is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from wardline.english import count, or_list
from wardline.findings.findings_table import Outcome, Reason
from wardline.findings.words import REASON_WORDS, instant_in_words, interval_in_words, outcome_words
from wardline.obligations import (
    EventPattern,
    LimitTable,
    Never,
    Obligation,
    Owner,
    Precede,
    Record,
    RecordOf,
    Repeat,
    ResolvedObligation,
    Respond,
    Standing,
    name_in_words,
    pattern_in_words,
)
from wardline.time_limits import Calendar, TimeIn, ToBeSet, in_words

__all__ = ["Explanation", "explain_finding"]

# The event whose time stands in a column; where that is not exact, the sentence says so.
EVENT_OF = {"triggered_at": "trigger_event", "responded_at": "response_event", "exempted_at": "exemption_event"}


def explain_finding(
    finding: Mapping[str, Any],
    resolved: ResolvedObligation,
    *,
    event_names: Mapping[int, str] | None = None,
    latest_times: Mapping[int, datetime] | None = None,
    keeps_history: bool = True,
    zone: str | None = None,
) -> str:
    """Why a finding (a row of the findings table) says what it says, in plain English and local time.

    `event_names`: the name of each event by its `event_id`; an event that is not in it is called by all the names that
    it could have had. `latest_times`: of each event whose time is not exact, the latest instant that it can be.
    `keeps_history=False`: the grade that set the limit stands in a column that holds only its last value, and the
    explanation says so. `zone` None: the obligation's own.
    """
    calendar = Calendar(zone or resolved.zone)
    return Explanation(finding, resolved, calendar, event_names or {}, latest_times or {}).written(keeps_history)


class Explanation:
    """One finding on its way to its sentence. Every time in it is said by `at`."""

    def __init__(
        self,
        finding: Mapping[str, Any],
        resolved: ResolvedObligation,
        calendar: Calendar,
        names: Mapping[int, str],
        latest: Mapping[int, datetime],
    ) -> None:
        self.finding = finding
        self.latest = latest
        self.names = names
        self.resolved = resolved
        self.obligation: Obligation = resolved.obligation
        self.calendar = calendar
        self.outcome = Outcome(finding["outcome"])
        self.said_day: date | None = None  # so that a day is not said twice in a row

    def written(self, keeps_history: bool) -> str:
        said = [self.conclusion(), *self.further()]
        limit = self.obligation.time_limit
        if not keeps_history and isinstance(limit, LimitTable) and self.finding["limit"] is not None:
            said.append("Judged on the last grade recorded: the records do not keep earlier ones.")
        if self.finding["shipped_limit"] is not None and self.finding["limit"] is not None:
            whose = "oversight body's" if self.finding["standing"] == Standing.ASKED.value else "force's"
            said.append(f"The limit is the {whose} own; the standard's is {self.finding['shipped_limit']}.")
        if self.finding["standing"] == Standing.ASKED.value:
            said.append("The oversight body asks this; the force has not agreed that it is owed.")
        if self.finding["standing"] == Standing.ASSUMED.value:
            said.append("The obligation is assumed: nobody at the force has confirmed it yet.")
        return " ".join(said)

    def conclusion(self) -> str:
        """The outcome, and what it rests on."""
        if self.outcome is Outcome.CANNOT_TELL:
            return f"Cannot tell: {self.reason()}."
        words = outcome_words(self.outcome, self.obligation)
        words = words[0].upper() + words[1:]
        match self.obligation:
            case Never():
                return f"{words}: {self.of_never()}."
            case Record():
                return f"{words}: {self.of_record()}."
            case Precede():
                return f"{words}{self.how_late()}: {self.of_precede()}."
        return f"{words}{self.how_late()}: {self.of_deadline()}."

    def of_deadline(self) -> str:
        """What a respond or a repeat rests on."""
        responses = _any_of(self.obligation.responses())
        match self.outcome:
            case Outcome.MET:
                return f"{self.response()} {self.at('responded_at')}, by the deadline {self.deadline()}"
            case Outcome.LATE:
                return f"{self.response()} {self.at('responded_at')}, after the deadline {self.deadline()}"
            case Outcome.EXEMPT:
                if self.finding["deadline"] is None:
                    return f"{self.exemption()} {self.at('exempted_at')}, before it began to be owed"
                return f"{self.exemption()} {self.at('exempted_at')}, by the deadline {self.deadline()}"
            case Outcome.NOT_YET_DUE:
                return f"the deadline for {responses} is {self.deadline()}"
        return f"there is no {responses} by the deadline {self.deadline()}"

    def of_precede(self) -> str:
        """What a precede rests on; E is its own deadline."""
        responses = _any_of(self.obligation.responses())
        match self.outcome:
            case Outcome.MET:
                return f"{self.response()} {self.at('responded_at')}, not after {self.trigger()}"
            case Outcome.LATE:
                return f"{self.response()} only {self.at('responded_at')}, after {self.trigger()}"
            case Outcome.EXEMPT:
                return f"{self.exemption()} {self.at('exempted_at')}, not after {self.trigger()}"
        return f"there is no {responses} at or before {self.trigger()}"

    def of_never(self) -> str:
        """What a never rests on."""
        match self.outcome:
            case Outcome.MET:
                return f"the case is settled, and there is no {_any_of(self.obligation.triggers())} in it"
            case Outcome.NOT_YET_DUE:
                return f"there is no {_any_of(self.obligation.triggers())} so far, and the case is not settled yet"
            case Outcome.EXEMPT:
                return f"{self.exemption()} {self.at('exempted_at')}, not after {self.trigger()}"
        return self.trigger()

    def of_record(self) -> str:
        """What a record rests on."""
        match self.outcome:
            case Outcome.NOT_YET_DUE:
                return f"{_any_of(self.obligation.triggers())} is not recorded so far"
            case Outcome.EXEMPT:
                return f"{self.exemption()} {self.at('exempted_at')}, not after {self.trigger()}"
        return f"{self.field()}, looked at as of {self.trigger()}"

    def further(self) -> list[str]:
        """What is known beside: evidence that did not decide."""
        said = []
        decided_by_response = self.outcome in (Outcome.MET, Outcome.LATE)
        if self.finding["responded_at"] is not None and not decided_by_response:
            said.append(f"{_capital(self.response())} is recorded {self.at('responded_at')}.")
        if self.finding["exempted_at"] is not None and self.outcome is not Outcome.EXEMPT:
            said.append(f"{_capital(self.exemption())} is recorded {self.at('exempted_at')}; it did not decide.")
        if self.outcome is Outcome.CANNOT_TELL and self.finding["deadline"] is not None and self.obligation.time_limit:
            said.append(f"The deadline is {self.deadline()}.")
        return said

    def reason(self) -> str:
        """Why it cannot be told, with what this obligation adds to the reason."""
        reason = Reason(self.finding["reason"])
        sought = _any_of(self.obligation.responses() or self.obligation.triggers())
        if isinstance(self.obligation, Record):
            sought = self.field()
        owner = self.obligation.owed_by
        kept = (
            ""
            if owner is Owner.FORCE or isinstance(self.obligation, Record)
            else f"; only the {owner.value}'s own records can show what it owes"
        )
        match reason:
            case Reason.LIMIT_UNKNOWN:
                return f"{REASON_WORDS[reason]}, because {self.why_limit_unknown()}"
            case Reason.TRIGGER_WITHOUT_TIME:
                return f"{REASON_WORDS[reason]} ({_any_of(self.obligation.triggers())})"
            case Reason.NOT_RECORDED_HERE | Reason.NOT_JOINED:
                return f"{REASON_WORDS[reason]} ({sought}){kept}"
        return REASON_WORDS[reason]

    def why_limit_unknown(self) -> str:
        match self.obligation.time_limit:
            case ToBeSet():
                return "no limit has been set yet"
            case TimeIn(attribute):
                return f"there is no time in {name_in_words(attribute)}"
            case LimitTable(by=by, of=of):
                whose = "" if of is None else f" of ‘{name_in_words(of)}’"
                return f"the {name_in_words(by)}{whose} is not recorded, or has no limit of its own"
        return "the bank holidays of those years are not known yet"

    def trigger(self) -> str:
        """`‘interviewed’ on Monday 2 June 2025 at 09:00`."""
        counted_from = self.obligation.counted_from if isinstance(self.obligation, Respond) else ()
        events = self.taken("trigger_event", (*self.obligation.triggers(), *counted_from))
        at = "without a time" if self.finding["triggered_at"] is None else self.at("triggered_at")
        return f"{events} {at}"

    def deadline(self) -> str:
        """`at 10:00`, and how it was come by: `(60 minutes from ‘reported’ at 09:00)`."""
        return f"{self.at('deadline')}{self.counted()}"

    def counted(self) -> str:
        limit = self.finding["limit"]
        is_time_in = limit is not None and limit.startswith("the time in ")
        if limit is None or is_time_in:
            return f" ({name_in_words(limit)})" if is_time_in else ""
        # An occasion of a repeat begins with its trigger or with the response before.
        since = f"the start {self.at('triggered_at')}" if isinstance(self.obligation, Repeat) else self.trigger()
        counted = "" if self.latest_of("triggered_at") is None else ", counted from the latest it can have been"
        owed_after = self.obligation.owed_after if isinstance(self.obligation, Respond) else None
        if owed_after is not None:
            since = f"{owed_after} after {since}"
        return f" ({limit} from {since}{counted}{self.by_grading()})"

    def by_grading(self) -> str:
        limit = self.obligation.time_limit
        return f", or from a later ‘{name_in_words(limit.of)}’" if isinstance(limit, LimitTable) and limit.of else ""

    def exemption(self) -> str:
        """What exempted; where no event is named, it was the closing of the case."""
        if self.finding["exemption_event"] is None:
            return "the closing of the case"
        ends = (self.obligation.until or ()) if isinstance(self.obligation, Repeat) else ()
        return self.taken("exemption_event", (*ends, *self.obligation.exemptions))

    def response(self) -> str:
        """What was done."""
        return self.taken("response_event", self.obligation.responses())

    def taken(self, column: str, patterns: Sequence[EventPattern]) -> str:
        """The event that was taken; where its name is not at hand, all that it could have been."""
        name = self.names.get(self.finding[column])
        return _any_of([pattern for pattern in patterns if pattern.event == name] or patterns)

    def field(self) -> str:
        assert isinstance(self.obligation, Record)
        record = self.obligation.record
        match record.of:
            case RecordOf.PERSON:
                return f"{name_in_words(record.field)} in the child's person record"
            case RecordOf.EVENT:
                return f"{name_in_words(record.field)} of ‘{name_in_words(record.event or '')}’"
        return f"{name_in_words(record.field)} of the case"

    def how_late(self) -> str:
        late_by: timedelta | None = self.finding["late_by"]
        if late_by is not None and self.is_known_by_day("responded_at") and self.finding["deadline"] is not None:
            # The days say it as exactly as anybody knows it: a date on the next day is 1 day late, not a microsecond.
            days = self.calendar.days_between(self.finding["deadline"], self.finding["responded_at"])
            return f" by {count(days, 'day')}"
        is_least = any(self.latest_of(column) is not None for column in ("triggered_at", "responded_at"))
        return "" if late_by is None else f" by {'at least ' if is_least else ''}{in_words(late_by)}"

    def latest_of(self, column: str) -> datetime | None:
        """The latest instant that the time in a column can be, where that is not exact."""
        return self.latest.get(self.finding[EVENT_OF[column]]) if column in EVENT_OF else None

    def is_known_by_day(self, column: str) -> bool:
        """Whether the time in a column is a whole local day."""
        instant, latest = self.finding[column], self.latest_of(column)
        return instant is not None and latest is not None and self.calendar.is_whole_day(instant, latest)

    def at(self, column: str) -> str:
        """`on Monday 2 June 2025 at 09:00`; on the day that was said just before, `at 09:00`."""
        instant: datetime = self.finding[column]
        latest = self.latest_of(column)
        if latest is None:
            said = instant_in_words(instant, self.calendar, said_day=self.said_day)
        else:
            said = interval_in_words(instant, latest, self.calendar, said_day=self.said_day)
        self.said_day = self.calendar.local_date(instant)
        return said


def _any_of(patterns: Iterable[EventPattern]) -> str:
    return or_list(dict.fromkeys(pattern_in_words(pattern) for pattern in patterns))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
