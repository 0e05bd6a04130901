"""Findings to numbers: every figure a value with what it counts and the filter that gives its rows; nothing worded."""

from wardline.measures.all_figures import Figures, figures_of
from wardline.measures.begun_again import has_begun_again
from wardline.measures.by_standard import AssumedWaits, CannotTellReason, ObligationFigures, StandardFigures
from wardline.measures.can_be_told import Answer, CanTell, InTheWay, Obstacle, SystemRecords, can_be_told
from wardline.measures.cases_told import CaseTold, Elapsed, ToldStep
from wardline.measures.children_counted import ChildrenOfCases, children_of_cases
from wardline.measures.children_found import ChildFound, ChildrenFound
from wardline.measures.children_to_check import (
    ChildListed,
    ForToday,
    ListCounts,
    count_children,
    list_by_child,
    was_closed_lately,
)
from wardline.measures.comparisons import COMPARED_BY, HOURS_COMPARED, GroupBeside, GroupsBeside, LowerGroup
from wardline.measures.figures import (
    FEWEST_FOR_A_PERCENTAGE,
    FEWEST_TO_COMPARE,
    MOST_NOT_TOLD,
    Count,
    Counted,
    Percentile,
    Share,
    every_count,
    is_told,
    share_bounds,
)
from wardline.measures.five_areas import AreaFigures, NoFigure, is_fair
from wardline.measures.grouped_outcomes import GroupOutcomes, OutcomesByGroup, outcomes_by_group
from wardline.measures.headlines import AllStandards, HeadlineFigures, Silence, WrittenUp, shares_of_obligations
from wardline.measures.joining import Join
from wardline.measures.left_aside import LeftAside
from wardline.measures.lists_for_today import ListsForToday, lists_for_today
from wardline.measures.lowered_grades import gradings_of, lowered_grades
from wardline.measures.measured_tables import MeasuredTables
from wardline.measures.needing_attention import Attention
from wardline.measures.never_judged import NeverJudged, WhyNeverJudged, never_judged
from wardline.measures.outcomes import OutcomeCounts
from wardline.measures.over_time.measures_over_time import (
    MeasureOverTime,
    MeasuresOverTime,
    WholePeriod,
    measures_over_time,
)
from wardline.measures.published_counts import (
    MOST_DIFFERENCE,
    PublishedCount,
    PublishedMonth,
    differs_much,
    published_counts,
)
from wardline.measures.questions_raised import (
    FEWEST_TO_ASK_ABOUT,
    MOST_QUESTIONS,
    OccasionShown,
    Question,
    QuestionKind,
)
from wardline.measures.records_at_hand import RecordsAtHand
from wardline.measures.rejects_and_faults import FaultKind, FaultsFound, RejectKind, RejectsFound
from wardline.measures.row_filters import Among, Between, CountedTable, Outside, RowFilter, filter_from_data
from wardline.measures.rows_read import ReadingCount, RowsRead, rows_read
from wardline.measures.systems import PiecesHeld, SystemFigures, SystemGap, pieces_held, system_figures
from wardline.measures.wait_curves import STEPS, LimitMark, WaitCurve, position_on_scale
from wardline.measures.waits import LimitWaits, Waits

__all__ = [
    "COMPARED_BY",
    "FEWEST_FOR_A_PERCENTAGE",
    "FEWEST_TO_ASK_ABOUT",
    "FEWEST_TO_COMPARE",
    "HOURS_COMPARED",
    "MOST_DIFFERENCE",
    "MOST_NOT_TOLD",
    "MOST_QUESTIONS",
    "STEPS",
    "AllStandards",
    "Among",
    "Answer",
    "AreaFigures",
    "AssumedWaits",
    "Attention",
    "Between",
    "CanTell",
    "CannotTellReason",
    "CaseTold",
    "ChildFound",
    "ChildListed",
    "ChildrenFound",
    "ChildrenOfCases",
    "Count",
    "Counted",
    "CountedTable",
    "Elapsed",
    "FaultKind",
    "FaultsFound",
    "Figures",
    "ForToday",
    "GroupBeside",
    "GroupOutcomes",
    "GroupsBeside",
    "HeadlineFigures",
    "InTheWay",
    "Join",
    "LeftAside",
    "LimitMark",
    "LimitWaits",
    "ListCounts",
    "ListsForToday",
    "LowerGroup",
    "MeasureOverTime",
    "MeasuredTables",
    "MeasuresOverTime",
    "NeverJudged",
    "NoFigure",
    "ObligationFigures",
    "Obstacle",
    "OccasionShown",
    "OutcomeCounts",
    "OutcomesByGroup",
    "Outside",
    "Percentile",
    "PiecesHeld",
    "PublishedCount",
    "PublishedMonth",
    "Question",
    "QuestionKind",
    "ReadingCount",
    "RecordsAtHand",
    "RejectKind",
    "RejectsFound",
    "RowFilter",
    "RowsRead",
    "Share",
    "Silence",
    "StandardFigures",
    "SystemFigures",
    "SystemGap",
    "SystemRecords",
    "ToldStep",
    "WaitCurve",
    "Waits",
    "WholePeriod",
    "WhyNeverJudged",
    "WrittenUp",
    "can_be_told",
    "children_of_cases",
    "count_children",
    "differs_much",
    "every_count",
    "figures_of",
    "filter_from_data",
    "gradings_of",
    "has_begun_again",
    "is_fair",
    "is_told",
    "list_by_child",
    "lists_for_today",
    "lowered_grades",
    "measures_over_time",
    "never_judged",
    "outcomes_by_group",
    "pieces_held",
    "position_on_scale",
    "published_counts",
    "rows_read",
    "share_bounds",
    "shares_of_obligations",
    "system_figures",
    "was_closed_lately",
]
