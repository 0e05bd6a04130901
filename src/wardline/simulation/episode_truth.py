"""What the records can and cannot show of a missing episode, obligation by obligation."""

from __future__ import annotations

from dataclasses import dataclass

from wardline.simulation.careful_reader import EVIDENCE_INCOMPLETE, Reader, Response
from wardline.simulation.clock import DAY, HOUR, MINUTE
from wardline.simulation.episodes import MINUTES_TO_ATTEND, EpisodeLife
from wardline.simulation.records import MISSING, Entry, Episode
from wardline.simulation.truth import (
    BY_NOTES,
    BY_NOTHING,
    LATE,
    MISSED,
    MISSING_CHILDREN,
    Failing,
    Gaming,
    Missing,
    Truth,
    UntoldOccasion,
)
from wardline.simulation.truth_of_measures import count_attendance

__all__ = ["read_episode"]

UNGRADED_MINUTES = 60  # to attend, while nobody has graded the risk
GRADING_MINUTES = 15
HOURS_TO_VISIT = 48  # after a telephone call; the made-up force's own limit
ENDS = ("child_found", "report_cancelled")
NOT_JOINED, NO_TRIGGER_TIME = "not_joined", "trigger_without_time"


@dataclass(slots=True)
class _Held:
    """What the missing-person system holds of one episode."""

    case: str
    at: int  # of the report
    gradings: list[tuple[int, str]]
    found: Entry | None
    ends: list[int]  # of which a time can be read
    is_found_untimed: bool


def read_episode(life: EpisodeLife, episode: Episode, reader: Reader, truth: Truth) -> None:
    """Tell what a careful reader of the exports finds in this episode."""
    held = _held(episode)
    ends = (entry for entry in episode.entries if entry.event in ENDS and not entry.is_unrecorded)
    told_at = min((entry.typed_at for entry in ends), default=None)
    truth.tell(Missing(held.case, held.at, life.ends_at if life.ends_at <= reader.end else None, told_at))
    _attend(life, episode, held, reader, truth)
    _first_grading(held, reader, truth)
    _strategy_meeting(episode, held, reader, truth)
    _graded_low(episode, held, truth)
    if life.downgraded_just_before and life.gradings[-1][0] < reader.end:
        what = "the risk was downgraded in the last two minutes of the time to attend"
        truth.tell(Gaming("downgraded just before the limit", MISSING, held.case, life.gradings[-1][0], what))
    if held.is_found_untimed:
        _found_at_no_time(episode, held, truth)
    elif held.found is not None:
        _return(life, episode, held, held.found, reader, truth)
    _by_telephone(episode, held, reader, truth)


def _held(episode: Episode) -> _Held:
    found = next((entry for entry in episode.entries if entry.event == "child_found"), None)
    ends = [entry.at for entry in episode.entries if entry.event in ENDS and not entry.is_unreadable]
    gradings = [(entry.at, entry.attributes["grade"]) for entry in episode.entries if entry.event == "risk_graded"]
    is_untimed = found is not None and found.is_unreadable
    return _Held(f"{MISSING}:{episode.number}", episode.opened_at, gradings, found, ends, is_untimed)


def _attend_by(reported_at: int, gradings: list[tuple[int, str]]) -> int:
    """The first grading sets the time, counted from the report; a later one can only bring it forward."""
    by = reported_at + UNGRADED_MINUTES * MINUTE
    for number, (graded_at, grade) in enumerate(gradings):
        minutes = MINUTES_TO_ATTEND[grade] * MINUTE
        if number == 0:
            set_by = reported_at + minutes
            by = set_by if graded_at <= by else min(by, set_by)
        else:
            by = min(by, graded_at + minutes)
    return by


def _attend(life: EpisodeLife, episode: Episode, held: _Held, reader: Reader, truth: Truth) -> None:
    obligation = f"{MISSING_CHILDREN}/attend"
    logged = [reader.logged(one.arrived_at) for one in episode.incidents if one.arrived_at is not None]
    is_joined = episode.incident_no == episode.incidents[0].master_number
    as_shown = reader.after(
        held.at,
        _attend_by(held.at, held.gradings),
        logged if is_joined else [],
        excused_at=held.ends,
        has_untimed=held.is_found_untimed,
        untold="" if is_joined else NOT_JOINED,
    )
    truth.judged(as_shown, "late attendance", obligation, held.case, held.at)
    really = reader.after(
        held.at,
        _attend_by(held.at, [grading for grading in life.gradings if grading[0] < reader.end]),
        logged,
        excused_at=[life.ends_at],
    )
    count_attendance(life, really, reader, truth)
    if really in (LATE, MISSED) and as_shown not in (LATE, MISSED):
        why = (
            "the episode's incident number is missing or wrong, so the control room's log cannot be joined"
            if not is_joined
            else "only the last grade is on the system"
            if episode.has_last_grade_only
            else "a time that decides it cannot be read, or is one that the clocks showed twice"
        )
        truth.tell(Failing("late attendance", obligation, held.case, held.at, really, BY_NOTHING, why))


def _first_grading(held: _Held, reader: Reader, truth: Truth) -> None:
    shown = reader.after(
        held.at,
        held.at + GRADING_MINUTES * MINUTE,
        [Response(at, at) for at, _ in held.gradings],
        excused_at=held.ends,
        has_untimed=held.is_found_untimed,
    )
    truth.judged(shown, "late grading", f"{MISSING_CHILDREN}/first-grading", held.case, held.at)


def _strategy_meeting(episode: Episode, held: _Held, reader: Reader, truth: Truth) -> None:
    meetings = [reader.instants(entry) for entry in episode.entries if entry.event == "strategy_discussion"]
    by = held.at + 2 * DAY
    shown = reader.after(held.at, by, meetings, excused_at=held.ends, has_untimed=held.is_found_untimed)
    truth.judged(shown, "no strategy discussion", f"{MISSING_CHILDREN}/strategy-meeting", held.case, held.at)


def _graded_low(episode: Episode, held: _Held, truth: Truth) -> None:
    child = episode.child
    for graded_at, grade in held.gradings:
        if grade != "low" or not child.is_exploited:
            continue
        if child.is_flagged:
            truth.judged(MISSED, "under-graded risk", f"{MISSING_CHILDREN}/not-graded-low", held.case, graded_at)
        else:
            why = "no flag says that the child is exploited"
            truth.tell(Failing("under-graded risk", "", held.case, graded_at, "", BY_NOTES, why))


def _return(life: EpisodeLife, episode: Episode, held: _Held, found: Entry, reader: Reader, truth: Truth) -> None:
    interviews = [entry for entry in episode.entries if entry.event == "interviewed"]
    shown = reader.after(
        found.at,
        found.at + 24 * HOUR,
        [reader.instants(entry) for entry in interviews if not entry.is_unreadable],
        excused_at=[entry.at for entry in episode.entries if entry.event == "interview_declined"],
        has_untimed=any(entry.is_unreadable for entry in interviews),
        counts_before=True,
    )
    truth.judged(shown, "no timely interview", f"{MISSING_CHILDREN}/prevention-interview", held.case, found.at)
    told = [reader.instants(entry) for entry in episode.entries if entry.event == "council_told"]
    shown = reader.after(found.at, found.at + 24 * HOUR, told)
    truth.judged(shown, "council told late", f"{MISSING_CHILDREN}/council-told", held.case, found.at)
    if not life.known.records_in(MISSING)[life.record].ethnicity:
        truth.judged(MISSED, "ethnicity not recorded", f"{MISSING_CHILDREN}/ethnicity", held.case, found.at)


def _found_at_no_time(episode: Episode, held: _Held, truth: Truth) -> None:
    """Where the time at which the child was found cannot be read, what is owed from then on cannot be told."""
    owed_from_then = ["prevention-interview", "council-told", "return-interview-offered", "return-interview-done"]
    owed_from_then += ["ethnicity"]
    if episode.child.is_flagged:
        owed_from_then += ["exploitation-assessed"]
    for obligation in owed_from_then:
        truth.tell(UntoldOccasion(f"{MISSING_CHILDREN}/{obligation}", held.case, held.at, NO_TRIGGER_TIME))
    for obligation in ("circulated", "national-bureau-told"):
        truth.tell(UntoldOccasion(f"{MISSING_CHILDREN}/{obligation}", held.case, held.at, EVIDENCE_INCOMPLETE))


def _by_telephone(episode: Episode, held: _Held, reader: Reader, truth: Truth) -> None:
    """After a call a visit follows; one from before the call will do."""
    interviews = [entry for entry in episode.entries if entry.event == "interviewed"]
    visits = [entry for entry in interviews if entry.attributes["method"] == "face to face"]
    for call in (entry for entry in interviews if entry.attributes["method"] == "telephone"):
        shown = reader.after(
            call.at,
            call.at + HOURS_TO_VISIT * HOUR,
            [reader.instants(visit) for visit in visits if not visit.is_unreadable],
            has_untimed=any(visit.is_unreadable for visit in visits),
            counts_before=True,
        )
        obligation = f"{MISSING_CHILDREN}/not-only-by-telephone"
        truth.judged(shown, "interview by telephone only", obligation, held.case, call.at)
