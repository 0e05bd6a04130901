"""One area of the force: its children, its units and its officers, living through one day after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from wardline.simulation.careful_reader import Reader
from wardline.simulation.children import AreaChildren, KnownChild, record_of
from wardline.simulation.clock import HOUR, MINUTE, Clock
from wardline.simulation.diaries import Diary
from wardline.simulation.draws import clear, count_of_day, hour_by_profile
from wardline.simulation.episode_records import NumberOf, write_up
from wardline.simulation.episode_truth import read_episode
from wardline.simulation.episodes import EpisodeLife, live_episode
from wardline.simulation.investigation_truth import read_investigation
from wardline.simulation.investigations import ONLINE_GROUP, InvestigationPlan, write_investigation
from wardline.simulation.parameters import (
    AREA_POPULATION,
    CONTACT_ABUSE_PER_PERSON,
    ENQUIRIES_A_DAY,
    ENQUIRY_SLOTS_A_DAY,
    INTERVIEW_SLOTS_A_DAY,
    INTERVIEWS_A_DAY,
    KNOWN_SHARE,
    ONLINE_PER_PERSON,
    OTHER_OFFENCES_PER_PERSON,
    OTHER_REFERRALS_PER_PERSON,
    REFERRED_SHARE,
    REPORTS_BY_HOUR,
    REPORTS_PER_PERSON,
    District,
)
from wardline.simulation.records import CONTROL_ROOM, CRIME, MISSING, SAFEGUARDING, Episode, Investigation, Referral
from wardline.simulation.referrals import ReferralPlan, write_referral
from wardline.simulation.repeats import meet_about_repeats, read_repeats
from wardline.simulation.response import ResponseUnits
from wardline.simulation.truth import Truth
from wardline.simulation.truth_of_measures import count_return, count_whether_again
from wardline.simulation.what_became_of_children import come_back, write_up_return

__all__ = ["Area", "AreaPlan"]

DAYS_IN_YEAR = 365.25
DAYS_KEPT = 5  # in diaries: what is written of a day some days later may still book into it
CRIMES_PER_PERSON = {
    ONLINE_GROUP: ONLINE_PER_PERSON,
    "contact abuse": CONTACT_ABUSE_PER_PERSON,
    "other": OTHER_OFFENCES_PER_PERSON,
}
LAST_MINUTES = 10 * MINUTE  # what is reported so shortly before the exports are taken is not on them yet

NoteChild = Callable[[KnownChild, str], None]
"""Writes into the truth which records a system has of a child."""


@dataclass(frozen=True)
class AreaPlan:
    """What an area is made of."""

    number: int
    district: District
    population: float
    seed: int


class Area:
    """The life of one area. Days are lived in order; a day is written some days later, when its calls are answered."""

    def __init__(
        self, plan: AreaPlan, reader: Reader, truth: Truth, number_of: NumberOf, note_child: NoteChild
    ) -> None:
        self._population = plan.population
        self._clock: Clock = reader.clock
        self._reader = reader
        self._truth = truth
        self._number_of = number_of
        self._note_child = note_child
        self._source = Random(f"{plan.seed}/area/{plan.number}")
        self._outcomes = Random(f"{plan.seed}/area/{plan.number}/outcomes")
        self._children = AreaChildren(plan.number, plan.district.name, self._source, plan.seed)
        self._units = ResponseUnits(plan.district, self._clock, self._source)
        other_work = 1 - plan.population / AREA_POPULATION
        self._interviews = Diary(
            self._clock,
            self._source,
            hours=(8, 22),
            slots_a_day=INTERVIEW_SLOTS_A_DAY - other_work * INTERVIEWS_A_DAY,
            every_day=True,
        )
        self._detectives = Diary(
            self._clock,
            self._source,
            hours=(8, 18),
            slots_a_day=ENQUIRY_SLOTS_A_DAY - other_work * ENQUIRIES_A_DAY,
            every_day=False,
        )
        self._lives: dict[int, list[EpisodeLife]] = {}
        self._crimes: dict[int, list[InvestigationPlan]] = {}
        self._referrals: dict[int, list[ReferralPlan]] = {}
        self._repeated: dict[int, KnownChild] = {}

    def warm_up(self, day: int) -> None:
        """A day before the records begin: children go missing, so that some are known already."""
        for at in self._times(day, REPORTS_PER_PERSON):
            self._children.who_goes_missing(day, at)

    def live_through(self, day: int) -> None:
        """A day of the area's life."""
        self._lives[day] = [self._report(day, at) for at in self._times(day, REPORTS_PER_PERSON)]
        self._crimes[day] = [
            InvestigationPlan(self._children.somebody(day, KNOWN_SHARE), group, clear(self._clock, at))
            for group, per_person in CRIMES_PER_PERSON.items()
            for at in self._times(day, per_person)
        ]
        for at in self._times(day, OTHER_REFERRALS_PER_PERSON):
            self._refer(self._children.somebody(day, KNOWN_SHARE), at, "other")
        self._units.live_through(day)
        self._children.forget_before(day)
        for diary in (self._interviews, self._detectives):
            diary.forget_before(day - DAYS_KEPT)

    def write_day(self, day: int) -> Iterator[Episode | Investigation | Referral]:
        """The cases that were opened on a day. Referrals come last: an investigation of the day may make one."""
        for life in self._lives.pop(day):
            yield self._written(life)
        for crime in self._crimes.pop(day):
            yield self._investigated(crime)
        for plan in self._referrals.pop(day, []):
            referral = write_referral(plan, self._number_of, self._source, self._reader, self._truth)
            if referral is not None:
                self._note(plan.known, SAFEGUARDING)
                yield referral

    def finish(self) -> None:
        """Tell what can be said of a child only at the end."""
        for _, known in sorted(self._repeated.items()):
            read_repeats(known, self._reader, self._truth)
        self._truth.tell_what_was_counted()

    def _report(self, day: int, at: int) -> EpisodeLife:
        source, clock = self._source, self._clock
        known = self._children.who_goes_missing(day, at)
        life = live_episode(known, record_of(known, source), at, clock, source, self._interviews)
        meet_about_repeats(known, life, clock, source)
        known.reports.append((life.reported_at, "", life.record))
        count_whether_again(known, life.reported_at, life.record, self._reader, self._truth)
        known.found_at, known.found_record = life.found_at, life.record
        assert life.call is not None
        self._units.add(life.call)
        if life.sighting is not None:
            self._units.add(life.sighting)
        kind = "exploited" if known.child.is_exploited else "other"
        if life.found_at is not None and source.random() < REFERRED_SHARE[kind]:
            sent_at = life.found_at + int(source.uniform(1, 20) * 60) * MINUTE
            self._refer(known, sent_at, "exploitation" if known.child.is_exploited else "other")
        return life

    def _refer(self, known: KnownChild, at: int, kind: str, crime_no: str = "") -> None:
        sent_at = clear(self._clock, at)
        if sent_at < self._reader.end - LAST_MINUTES:
            self._referrals.setdefault(self._clock.day(sent_at), []).append(
                ReferralPlan(known, sent_at, kind, crime_no)
            )

    def _written(self, life: EpisodeLife) -> Episode:
        for job in (life.call, life.sighting):
            if job is not None and not job.is_settled:
                job.given_up_at = 0  # nobody came; nobody will
        number = self._number_of("episode", life.reported_at)
        end, source, known = self._reader.end, self._source, life.known
        episode = write_up(life, number, self._number_of, self._clock, source, end, self._truth)
        outcome = come_back(life, self._clock, self._outcomes)
        write_up_return(outcome, episode, self._outcomes, end)
        count_return(life, outcome, self._reader, self._truth)
        read_episode(life, episode, self._reader, self._truth)
        self._note(known, CONTROL_ROOM, MISSING)
        index = known.reports.index((life.reported_at, "", life.record))
        known.reports[index] = (life.reported_at, f"{MISSING}:{number}", life.record)
        meetings = [entry.at for entry in episode.entries if entry.event == "strategy_discussion"]
        known.strategies += [(at, life.record) for at in meetings]
        if len(known.reports) > 2:
            self._repeated[known.child.number] = known
        return episode

    def _investigated(self, plan: InvestigationPlan) -> Investigation:
        number = self._number_of("investigation", plan.reported_at)
        investigation = write_investigation(
            plan, number, self._number_of, self._reader, self._source, self._outcomes, self._detectives, self._truth
        )
        read_investigation(plan.known, investigation, self._reader, self._truth)
        self._note(plan.known, CRIME)
        if investigation.incidents:
            self._note(plan.known, CONTROL_ROOM)
        for entry in investigation.entries:
            if entry.event == "referral_made":
                kind = "exploitation" if plan.known.child.is_exploited else "other"
                self._refer(plan.known, entry.at + int(self._source.uniform(0, 2) * HOUR), kind, number)
        return investigation

    def _note(self, known: KnownChild, *systems: str) -> None:
        for system in systems:
            if system not in known.noted:
                known.noted.append(system)
                self._note_child(known, system)

    def _times(self, day: int, per_person: float) -> list[int]:
        """When things happen on a day that befall so many people of a population in a year."""
        source, clock = self._source, self._clock
        count = count_of_day(source, self._population * per_person / DAYS_IN_YEAR)
        times = []
        for _ in range(count):
            hour = hour_by_profile(source, REPORTS_BY_HOUR)
            times.append(clock.at(day, (hour * 60 + int(source.random() * 60)) * MINUTE))
        return sorted(at for at in times if at < self._reader.end - LAST_MINUTES)
