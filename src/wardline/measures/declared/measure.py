"""A measure: what is counted, which way it should go, and where it has its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from wardline.measures.charts import ChartKind, Shown, Wanted

__all__ = [
    "EXAMPLE_SEEN_FROM",
    "CasesCounted",
    "ChildrenCounted",
    "Counting",
    "Measure",
    "MeasureExample",
    "MeasureSet",
    "Needs",
    "NotesWith",
    "PartOfPage",
    "ShareAgain",
    "ShareFilledIn",
    "ShareLowered",
    "ShareMet",
    "ShareNotTold",
    "ShareOfEvents",
    "ShareWithin",
    "Wait",
    "WrittenLate",
]


class PartOfPage(Enum):
    """In which part of a page a measure is shown, in the order of the page."""

    CHILDREN = "what changed for children"
    DONE = "what was done"
    RECORDED = "what is recorded"
    DEMAND = "demand"


class Needs(Enum):
    """What a dive must have before a measure can be given; the value is the sentence."""

    LINKED_CHILDREN = "It is given once the records of one child are linked across systems."
    NOTES_READ = "It is given once notes are read."


@dataclass(frozen=True)
class ShareMet:
    """The share of an obligation's occasions that were recorded in time (docs/reference/meaning.md, rule 13)."""

    obligation: str  # its full name


@dataclass(frozen=True)
class ShareNotTold:
    """The share of an obligation's occasions of which the records cannot tell, among all that were owed."""

    obligation: str


@dataclass(frozen=True)
class Wait:
    """How long so many per cent waited for the response, with those still waiting counted (Kaplan-Meier)."""

    obligation: str
    percent: int  # 50 or 90


@dataclass(frozen=True)
class CasesCounted:
    """How many cases were opened. `per`: a rate, per `investigator` or per `1,000 people` of the force's settings."""

    case_type: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # attributes of the case
    per: str | None = None


@dataclass(frozen=True)
class ChildrenCounted:
    """How many children had at least so many cases opened within the period."""

    case_type: str
    at_least: int


@dataclass(frozen=True)
class ShareWithin:
    """The share of cases in which one event followed another within a length of time, as `8 hours`."""

    case_type: str
    start: tuple[str, ...]
    then: tuple[str, ...]
    within: str


@dataclass(frozen=True)
class ShareAgain:
    """The share of cases after whose end the same child had another within a length of time.

    `after` are the events that end the case; `again` those that begin the next one.
    """

    case_type: str
    after: tuple[str, ...]
    again: tuple[str, ...]
    within: str


@dataclass(frozen=True)
class ShareOfEvents:
    """The share of events whose attribute has one of some values, among those in which it is filled in."""

    case_type: str
    event: tuple[str, ...]
    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class ShareLowered:
    """The share of cases with such an event in which a later one has a lower value of the attribute than an earlier.

    `order` are the values, the highest first.
    """

    case_type: str
    event: tuple[str, ...]
    attribute: str
    order: tuple[str, ...]


@dataclass(frozen=True)
class ShareFilledIn:
    """The share of cases in which an attribute of the case, or of the child's person record, is filled in."""

    case_type: str
    attribute: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class WrittenLate:
    """The share of events that were written up later than the force's settings allow."""

    case_type: str
    event: tuple[str, ...]


@dataclass(frozen=True)
class NotesWith:
    """The share of cases of which a note has a sign, as `blaming language`."""

    case_type: str
    sign: str


Counting = (
    ShareMet
    | ShareNotTold
    | Wait
    | CasesCounted
    | ChildrenCounted
    | ShareWithin
    | ShareAgain
    | ShareOfEvents
    | ShareLowered
    | ShareFilledIn
    | WrittenLate
    | NotesWith
)


EXAMPLE_SEEN_FROM = "2026-01-01"
"""From when a worked example is looked at where it does not say."""


@dataclass(frozen=True)
class MeasureExample:
    """A worked example, as it is written: a small table of findings or the events of some cases, and the figure.

    `as_at` None: EXAMPLE_SEEN_FROM. `of` is how many investigators or people there are, for a rate.
    """

    name: str
    expect: str
    findings: str = ""
    cases: str = ""
    as_at: str | None = None
    of: int | None = None


@dataclass(frozen=True)
class Measure:
    """One measure. `target`, if there is one, is a share, a count or a number of seconds, like the figures."""

    name: str  # england/missing-children/reached-in-time
    title: str
    part: PartOfPage
    counting: Counting
    wanted: Wanted
    chart: ChartKind
    splits: tuple[str, ...] = ()  # by what groups are made: case attributes, or `age`, `grade`, `shift`
    target: float | None = None
    needs: Needs | None = None
    gaming: str = ""  # how it could look better without being better
    why: str = ""  # why it matters
    cannot_tell: str = ""  # what it says nothing about
    examples: tuple[MeasureExample, ...] = ()

    @property
    def id(self) -> str:
        """The last part of its name."""
        return self.name.rpartition("/")[2]

    @property
    def obligation(self) -> str | None:
        """The full name of the obligation whose findings it counts; None where it counts cases or events."""
        match self.counting:
            case ShareMet(obligation) | ShareNotTold(obligation) | Wait(obligation):
                return obligation
        return None

    @property
    def shown(self) -> Shown:
        """What its figures are."""
        match self.counting:
            case CasesCounted(per=str()):
                return Shown.RATE
            case CasesCounted() | ChildrenCounted() | Wait():
                return Shown.VALUE
            case _:
                return Shown.SHARE


@dataclass(frozen=True)
class MeasureSet:
    """The measures of one file: beside a standard that ships, by its name, or a force's own."""

    name: str  # england/missing-children
    title: str
    version: str
    case_type: str
    measures: tuple[Measure, ...]
