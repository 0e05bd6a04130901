"""Every figure of a dive, counted once: what a report, a spreadsheet, a workspace or a notebook shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wardline.measures.by_standard import CannotTellReason, StandardFigures, cannot_tell_reasons, standard_figures
from wardline.measures.can_be_told import CanTell, can_be_told, count_answers
from wardline.measures.cases_told import CaseTold, cases_told
from wardline.measures.charts import FalseSignals, false_signals_expected
from wardline.measures.children_found import ChildrenFound, children_found
from wardline.measures.children_to_check import ListCounts, count_children
from wardline.measures.claims.answers import ClaimAnswer
from wardline.measures.comparisons import GroupsBeside
from wardline.measures.figures import Count
from wardline.measures.five_areas import AreaFigures, five_areas
from wardline.measures.headlines import AllStandards, HeadlineFigures, all_standards, headline_figures
from wardline.measures.joining import Join, joins
from wardline.measures.left_aside import LeftAside, left_aside
from wardline.measures.measured_tables import MeasuredTables
from wardline.measures.needing_attention import Attention, most_needing_attention
from wardline.measures.outcomes import OutcomeCounts, count_findings
from wardline.measures.over_time.measures_over_time import MeasuresOverTime
from wardline.measures.published_counts import PublishedCount, published_counts
from wardline.measures.questions_raised import Question, questions_and_groups
from wardline.measures.records_at_hand import RecordsAtHand
from wardline.measures.rejects_and_faults import FaultsFound, RejectsFound, faults_found, rejects_found
from wardline.measures.rows_read import ReadingCount, RowsRead, rows_read
from wardline.measures.systems import SystemFigures, last_value_only, system_figures
from wardline.threads import in_turn

__all__ = ["Figures", "figures_of"]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What was counted of a dive: numbers and codes, nothing worded."""

    findings: Count
    to_check: ListCounts  # who is on the list of children to check today
    headlines: tuple[HeadlineFigures, ...]  # one for each standard, in order
    all_standards: AllStandards | None
    areas: tuple[AreaFigures, ...]  # the inspectorate's five
    told: tuple[CaseTold, ...]  # one case of each standard of which one may be told, in order
    attention: Attention | None
    questions: tuple[Question, ...]
    groups_beside: tuple[GroupsBeside, ...]  # of the headline's obligation, and those that a question is about
    standards: tuple[StandardFigures, ...]  # those of which an obligation was checked
    obligations: Mapping[str, OutcomeCounts]  # every one, by its key, in order
    children: ChildrenFound
    cannot_tell: tuple[CannotTellReason, ...]
    cannot_be_told: Count  # over all reasons
    can_tell: tuple[CanTell, ...]  # one for each obligation, in order
    answers: tuple[Count, Count, Count]  # of the obligations: yes, in part, no
    left_aside: tuple[LeftAside, ...]
    joins: tuple[Join, ...]
    systems: tuple[SystemFigures, ...]
    last_value_only: tuple[tuple[str, str], ...]  # a field and its system
    published: tuple[PublishedCount, ...]
    rejects: RejectsFound
    record_faults: FaultsFound
    reading: tuple[ReadingCount, ...]  # file by file
    rows_read: tuple[RowsRead, ...]  # system by system
    over_time: MeasuresOverTime | None = None  # None: the dive was made before it kept measures
    claims: tuple[ClaimAnswer, ...] = ()  # in the order of their file

    @property
    def false_signals(self) -> FalseSignals:
        """What chance alone is to be expected to do to all charts that the dive draws: those of the measures, and those
        of the claims beside them."""
        of_claims = [one.chart.chart for one in self.claims if one.chart is not None]
        drawn = [*(() if self.over_time is None else self.over_time.charts), *of_claims]
        return false_signals_expected(chart for chart in drawn if chart is not None)


def figures_of(
    tables: MeasuredTables,
    *,
    reading: Sequence[ReadingCount] = (),
    published: Mapping[str, Mapping[str, int]] | None = None,
    compared_by: Sequence[str] | None = None,
    over_time: MeasuresOverTime | None = None,
    claims: Sequence[ClaimAnswer] = (),
) -> Figures:
    """Count everything.

    `reading` is what reading counted of each file. `published` are the force's own numbers of cases, by case type and
    month (`2024-04`). `compared_by` are the case attributes by which groups are compared (None: those that hold only
    yes and no, and those in `COMPARED_BY`). `over_time` are the measures with their charts, where
    the dive keeps any, and `claims` what the records say to its claims.
    """
    counted = count_findings(tables)
    headlines = tuple(headline_figures(tables, counted, standard) for standard in tables.standards)
    spoken_of = [one.item for one in headlines if one.item is not None]
    # What takes longest comes first; none of them needs what another counts.
    counting: dict[str, Callable[[], object]] = {
        "questions": lambda: questions_and_groups(
            tables, counted, next(iter(spoken_of), None), compared_by=compared_by
        ),
        "standards": lambda: standard_figures(tables, counted),
        "can_tell": lambda: can_be_told(tables.obligations, RecordsAtHand(tables.event_log, as_at=tables.as_at)),
        "children": lambda: children_found(tables),
        "told": lambda: cases_told(tables, spoken_of),
        "to_check": lambda: count_children(tables.lists_for_today.to_check, tables.lists_for_today.not_recorded_here),
        "all_standards": lambda: all_standards(tables),
        "areas": lambda: five_areas(tables, counted),
        "attention": lambda: most_needing_attention(tables, counted),
        "cannot_tell": lambda: cannot_tell_reasons(tables, counted),
        "left_aside": lambda: left_aside(tables),
        "joins": lambda: joins(tables),
        "systems": lambda: system_figures(tables),
        "last_value_only": lambda: last_value_only(tables),
        "published": lambda: published_counts(tables, published or {}),
        "rejects": lambda: rejects_found(tables),
        "record_faults": lambda: faults_found(tables),
    }
    found: dict[str, Any] = dict(zip(counting, in_turn(lambda count: count(), counting.values()), strict=True))
    found["questions"], found["groups_beside"] = found["questions"]
    return Figures(
        **found,
        findings=counted.everything(),
        headlines=headlines,
        obligations={item.key: counted.of(item) for item in tables.obligations},
        cannot_be_told=counted.all_that_cannot_be_told(),
        answers=count_answers(found["can_tell"]),
        reading=tuple(reading),
        rows_read=rows_read(reading),
        over_time=over_time,
        claims=tuple(claims),
    )
