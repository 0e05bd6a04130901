"""A release shown as a dive: what its pages need, from the tables of the release, in the words of the report.

The figures are those that were released: nothing is counted again here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from wardline.dive.releasing.kept_release import KeptRelease
from wardline.english import and_list, number
from wardline.findings import Outcome
from wardline.measures import Count, Counted, Share
from wardline.obligations import Owner, ResolvedObligation, Standing, Topic, name_in_words, sentence
from wardline.reports.figures_in_words import told_as_figure, told_in_words
from wardline.reports.wording import BASIS_WORDS, OWNER_WORDS, date_in_words, duration, outcome_words, percent
from wardline.time_limits import minutes_long
from wardline_workspace.dives.addresses import obligation_address
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import check_may_be_opened, release_in

__all__ = ["ObligationReleased", "PagesOfRelease", "pages_of_release"]

Row = dict[str, Any]
HELD = 8
ASSUMED = "This limit is assumed and nobody has confirmed it, so no share is given."
FEW = "Too few for a length of time"


@dataclass(frozen=True)
class ObligationReleased:
    """An obligation with what was released of it."""

    item: ResolvedObligation
    address: str
    row: Row
    groups: tuple[Row, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.item.obligation.title

    @property
    def share(self) -> Share | None:
        """What was met of what can be judged; None where no share is given."""
        if self.row["share"] is None or not self.row["judged"]:
            return None
        return Share(_count(self.row["met"]), _count(self.row["judged"]))

    @property
    def not_told(self) -> Count:
        """Of how many the records cannot tell."""
        return _count(self.row["cannot_tell"])

    @property
    def figure(self) -> str:
        """The shortest honest figure, or a dash."""
        return "–" if self.share is None else told_as_figure(self.share, self.not_told)

    @property
    def in_words(self) -> str:
        """The share in words, with its interval; why there is none."""
        if self.share is None:
            return ASSUMED if self.item.standing is Standing.ASSUMED else "Nothing of it can be judged."
        said = told_in_words(self.share, self.not_told)
        met = outcome_words(self.item.obligation)[Outcome.MET].lower()
        return f"{said} {met}."

    @property
    def interval(self) -> str:
        """The 95% interval, as the force gave it."""
        low, high = self.row["share_low"], self.row["share_high"]
        if low is None or high is None or self.share is None or not self.share.can_be_a_percentage:
            return ""
        ends = [percent(end, part_is_none=end == 0, part_is_all=end == 1) for end in (low, high)]
        return f"95% interval {ends[0]} to {ends[1]}"

    @property
    def outcomes(self) -> tuple[tuple[str, str], ...]:
        """Each outcome with how many."""
        words = outcome_words(self.item.obligation)
        return tuple((words[one], number(self.row[one.value])) for one in Outcome if one in words)

    @property
    def waits(self) -> str:
        """How long it took, in a sentence."""
        many = self.row["waits"]
        if not many:
            return ""
        half, nine = (self.row[name] for name in ("half_waited", "nine_in_ten_waited"))
        said = [f"half had a response within {_long(half)}"] if half is not None else []
        said += [f"nine in ten within {_long(nine)}"] if nine is not None else []
        return f"Of {number(many)} waits, {and_list(said)}." if said else f"{FEW}: {number(many)} waits."

    @property
    def wait_figures(self) -> tuple[str, str]:
        """Half waited, and nine in ten waited, for a table."""
        told = [self.row[name] for name in ("half_waited", "nine_in_ten_waited")]
        return tuple("–" if one is None else _long(one) for one in told)  # type: ignore[return-value]

    @property
    def by_group(self) -> Iterator[tuple[str, list[list[str]]]]:
        """By what groups are made, with a row of cells for each group."""
        for split in dict.fromkeys(one["split"] for one in self.groups):
            mine = [one for one in self.groups if one["split"] == split]
            yield name_in_words(split), [_group_cells(one) for one in mine]


def _group_cells(row: Row) -> list[str]:
    part, whole = row["met"], row["judged"]
    known = part is not None and whole is not None
    share = Share(_count(part), _count(whole)) if known and whole else None
    figure = told_as_figure(share, _count(0)) if share is not None else "–"
    return [str(row["group"]).capitalize(), _told(row["occasions"]), _told(whole), _told(part), figure]


def _told(value: int | None) -> str:
    return "withheld" if value is None else number(value)


def _count(value: int) -> Count:
    return Count(Counted.OCCASION, value)


def _long(minutes: int) -> str:
    return duration(minutes_long(minutes))


class PagesOfRelease:
    """One release as its pages show it."""

    def __init__(self, release: KeptRelease, slug: str) -> None:
        self.release = release
        self.slug = slug
        with release.readable():
            self._figures = release.figures.collect()
            self._can_tell = release.can_tell.collect()
            self._coverage = release.coverage.collect()
            self._claims = release.claims.collect()
            self._measures = release.measures.collect()
        self.obligations = tuple(self._obligations())

    def _obligations(self) -> Iterator[ObligationReleased]:
        by_name = {(one.standard, one.version, one.obligation.id): one for one in self.release.obligations}
        whole = self._figures.filter(pl.col("split").is_null())
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in self._figures.filter(pl.col("split").is_not_null()).to_dicts():
            groups.setdefault(_key(row), []).append(row)
        for row in whole.to_dicts():
            item = by_name[row["standard"], row["version"], row["obligation"]]
            address = obligation_address(self.slug, item)
            yield ObligationReleased(item, address, row, tuple(groups.get(_key(row), ())))

    def of(self, name: str) -> ObligationReleased | None:
        """The obligation of that name, as an address has it: `standard/obligation/version`."""
        return next((one for one in self.obligations if f"{one.item.full_name}/{one.item.version}" == name), None)

    @property
    def by_standard(self) -> list[tuple[str, list[ObligationReleased]]]:
        """The standards in their order, each with its obligations."""
        names = [one.name for one in self.release.standards]
        titles = {
            (one.name, one.version): one.title + (f" (version {one.version})" if names.count(one.name) > 1 else "")
            for one in self.release.standards
        }
        found: dict[tuple[str, str], list[ObligationReleased]] = {}
        for one in self.obligations:
            found.setdefault((one.item.standard, one.item.version), []).append(one)
        return [(titles.get(key, key[0]), mine) for key, mine in found.items()]

    @property
    def headlines(self) -> list[ObligationReleased]:
        """For each standard the obligation that speaks for it, as in the report: of those that the force owes, the
        first with a time limit on the initial response, else the first with a time limit, else the first."""
        found = []
        for _, mine in self.by_standard:
            owed = [one for one in mine if one.item.obligation.owed_by is Owner.FORCE and one.share is not None]
            timed = [one for one in owed if one.row["waits"] is not None]
            initial = [one for one in timed if one.item.obligation.topic is Topic.INITIAL_RESPONSE]
            found += [*initial, *timed, *owed][:1]
        return found

    @property
    def can_tell(self) -> list[list[str]]:
        """Each obligation with whether it can be judged, and what stands in the way."""
        titles = {_key(one.row): one.title for one in self.obligations}
        words = {"yes": "Yes", "in part": "In part", "no": "No"}
        return [
            [
                titles.get(_key(row), row["obligation"]),
                words.get(row["can_tell"], row["can_tell"]),
                row["in_the_way"] or "–",
                row["systems"] or "–",
            ]
            for row in self._can_tell.to_dicts()
        ]

    @property
    def systems(self) -> list[list[str]]:
        """Each record system with what was read of it."""
        return [
            [
                row["system"],
                row["kept_by"] or "–",
                "–" if row["taken_on"] is None else date_in_words(row["taken_on"]),
                _gap(row),
                *(
                    "–" if row[name] is None else number(row[name])
                    for name in ("rows_in", "rows_kept", "rows_rejected")
                ),
            ]
            for row in self._coverage.to_dicts()
        ]

    @property
    def claims(self) -> list[Row]:
        """Each claim with what the records say to it."""
        return self._claims.to_dicts()

    @property
    def measures(self) -> list[tuple[str, str, list[list[str]]]]:
        """Each measure with its title, what it counts, and its months, the newest first."""
        known = {one.name: one for one in self.release.settings.measures}
        found = []
        for name in self._measures["measure"].unique(maintain_order=True):
            rows = self._measures.filter(
                pl.col("measure") == name, pl.col("by") == "month", pl.col("split").is_null()
            ).sort("first_day", descending=True)
            if rows.is_empty() or name not in known:
                continue
            cells = [
                [f"{row['first_day']:%B %Y}", *_measured(row)]
                for row in rows.unique("first_day", keep="first", maintain_order=True).to_dicts()
            ]
            found.append((name, known[name].title, cells))
        return found

    @property
    def sentences(self) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
        """Each standard with its obligations as sentences, and what each rests on."""
        return [
            (
                title,
                [
                    (
                        one.title,
                        sentence(one.item.obligation),
                        BASIS_WORDS[one.item.obligation.basis.kind],
                        one.item.obligation.basis.title,
                    )
                    for one in mine
                ],
            )
            for title, mine in self.by_standard
        ]

    @staticmethod
    def owner(one: ObligationReleased) -> str:
        """Whose duty it is."""
        return OWNER_WORDS[one.item.obligation.owed_by]


def _gap(row: Row) -> str:
    if row["gap_from"] is None:
        return "None"
    return f"{date_in_words(row['gap_from'])} to {date_in_words(row['gap_to'])}"


def _measured(row: Row) -> tuple[str, str, str]:
    """The value and what it is out of; a share as a percentage, a wait as a length of time."""
    whole = row["denominator"]
    many = "–" if whole is None else number(round(whole))
    if row["value"] is None:
        return row["no_value"] or "–", many, "–"
    if row["numerator"] is not None and whole:
        share = Share(_count(round(row["numerator"])), _count(round(whole)))
        return told_as_figure(share, _count(row["not_told"] or 0)), many, number(round(row["numerator"]))
    return f"{row['value']:,.4g}", many, "–"


def _key(row: Row) -> tuple[str, str, str]:
    return row["standard"], row["version"], row["obligation"]


@lru_cache(maxsize=HELD)
def _pages(folder: Path, release_sha256: str, slug: str) -> PagesOfRelease:
    return PagesOfRelease(release_in(folder, release_sha256), slug)


def pages_of_release(added: AddedDive) -> PagesOfRelease:
    """What the pages of a release show, read once. Raises Refused where it may not be opened now."""
    check_may_be_opened(added)
    return _pages(added.path, added.manifest_sha256, added.slug)
